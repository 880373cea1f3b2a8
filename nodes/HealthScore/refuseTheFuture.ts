import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { DAY_MS } from '../../engine/calendar/zone';

/**
 * A day that is remembered ahead of the clock stops drops and alerts until the clock is there.
 * @param now ms since 1970
 * @throws NodeOperationError where it is more than a day ahead
 */
export function refuseTheFuture(context: IExecuteFunctions, now: number): void {
	if (now <= Date.now() + DAY_MS) return;
	throw new NodeOperationError(
		context.getNode(),
		"The 'Now' option is more than a day ahead of the clock",
		{
			description:
				"A live run would remember days to come, and raise nothing until they are past. Leave 'Now' empty here; walk through days in the editor, with 'Test Runs' on Continue, or switch off 'Remember'.",
		},
	);
}
