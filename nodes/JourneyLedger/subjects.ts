import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readId } from '../platform/readId';
import { readText } from '../platform/readText';

/** The id or address that each item names in the field a parameter points at; undefined where it names none, or what can be none. */
export function readSubjects(
	context: IExecuteFunctions,
	parameter: string,
): (string | undefined)[] {
	const path = readText(context, parameter);
	if (path === '') return context.getInputData().map(() => undefined);
	const read = compileFieldPath(path);
	return context.getInputData().map(({ json }) => readId(read(json)));
}

const A_SUBJECT = ' It has to be a text of 1 to 500 characters.';

/** An item for which nothing could be done, with what to look at. */
export function notDone(
	item: INodeExecutionData,
	index: number,
	code: string,
	text: string,
): INodeExecutionData {
	return withAdded(item, index, 'ledger', {
		done: false,
		reasons: [{ code, text: `Item ${index + 1}: ${text}${code === 'noSubject' ? A_SUBJECT : ''}` }],
	});
}

/** What a test run did stays in the test ledger; whoever runs it should know. */
export function sayTestOnly(context: IExecuteFunctions, what: string): void {
	context.addExecutionHints({
		message: `Test run: ${what} in the test ledger only. Published, this workflow does it for customers.`,
		type: 'warning',
		location: 'outputPane',
	});
}
