import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { OutcomesRead } from '../../engine/health/backtest/readOutcomes';

/** Items that were left out are counted all, and told as far as anybody reads. */
const MOST_TOLD = 20;

/** One item about all items. */
export function studyItem(
	context: IExecuteFunctions,
	found: IDataObject,
	{ problems }: OutcomesRead,
	binary?: IBinaryKeyData,
): INodeExecutionData {
	const told = problems.slice(0, MOST_TOLD).map(({ row, text }) => ({ item: row, text }));
	return {
		json: { ...found, leftOut: { items: problems.length, examples: told } },
		pairedItem: context.getInputData().map((_item, item) => ({ item })),
		...(binary === undefined ? {} : { binary }),
	};
}

/** @returns a hint where items could not be used */
export function sayLeftOut({ problems }: OutcomesRead): NodeExecutionHint[] {
	const [first] = problems;
	if (first === undefined) return [];
	const items = problems.length === 1 ? '1 item was' : `${problems.length} items were`;
	const message = `${items} left out. Item ${first.row} ${first.text}.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}
