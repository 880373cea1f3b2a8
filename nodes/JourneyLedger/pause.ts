import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { parseLocal, sayTime } from '../../engine/calendar/localTime';
import type { PauseOf, PauseScope } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { runModeOf } from '../platform/runMode';
import { notDone, readSubjects, sayTestOnly } from './subjects';

const scopeSchema = z.enum(['account', 'address']).catch('account');

/** Pauses accounts or single contacts until a date, or ends their pauses (P33). Nothing is stored up meanwhile. */
export async function pauseSends(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const scope = scopeSchema.parse(context.getNodeParameter('pauseScope', 0));
	const resume = context.getNodeParameter('pauseAction', 0) === 'resume';
	const now = readNow(context);
	const subjects = readSubjects(
		context,
		scope === 'account' ? 'pauseAccountField' : 'pauseContactField',
	);
	const until = resume ? undefined : readUntil(context, now);
	const reason = resume ? '' : readText(context, 'pauseReason');
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);

	const ids = subjects.filter((id) => id !== undefined);
	const pauses = ids.map((id): PauseOf => ({ scope, id, until, reason }));
	const ended = resume ? await ledger.resume(pauses) : [];
	if (!resume) await ledger.pause(pauses, now);
	if (mode === 'test') sayTestOnly(context, resume ? 'resumed' : 'paused');

	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	let position = 0;
	for (const [index, item] of items.entries()) {
		if (subjects[index] === undefined) {
			const field = scope === 'account' ? 'an account id' : 'an e-mail address';
			outputs[1].push(notDone(item, index, 'noSubject', `names no ${field.slice(3)} to pause.`));
			continue;
		}
		const was = ended[position++];
		outputs[0].push(withAdded(item, index, 'ledger', { done: true, ...saying(scope, until, was) }));
	}
	return outputs;
}

function saying(scope: PauseScope, until: number | undefined, was: boolean | undefined): object {
	if (was !== undefined) {
		return {
			paused: false,
			reasons: [
				{
					code: was ? 'resumed' : 'wasNotPaused',
					text: was ? 'The pause is over; what falls due from now on goes.' : 'There was no pause.',
				},
			],
		};
	}
	const whom = scope === 'account' ? 'The account' : 'The contact';
	const when = until === undefined ? 'until it is resumed' : `until ${sayTime(until, 'utc')} UTC`;
	return {
		paused: true,
		...(until === undefined ? {} : { until: new Date(until).toISOString() }),
		reasons: [
			{
				code: 'paused',
				text: `${whom} gets no automated message ${when}; hand-overs to people go on (P33).`,
			},
		],
	};
}

/** @throws NodeOperationError for a date that is none, or is over */
function readUntil(context: IExecuteFunctions, now: number): number | undefined {
	const text = readText(context, 'pauseUntil');
	if (text === '') return undefined;
	const until = parseLocal(text, context.getTimezone());
	if (until !== undefined && until > now) return until;
	throw new NodeOperationError(
		context.getNode(),
		until === undefined
			? "'Until' is not an ISO date such as 2027-01-31"
			: "'Until' is over already",
		{ description: 'Nothing was paused. Leave it empty to pause until somebody resumes.' },
	);
}
