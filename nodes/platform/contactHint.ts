import type { IExecuteFunctions } from 'n8n-workflow';
import type { RowProblem } from '../../engine/accounts/row';

const MOST_NAMED = 3;

/** One hint about what of accounts could not be used while they went on: how many, and the first few sentences. */
export function sayOfContacts(
	context: IExecuteFunctions,
	warnings: readonly Pick<RowProblem, 'text'>[],
	about = 'contacts',
): void {
	const count = warnings.length;
	if (count === 0) return;
	const what = count === 1 ? 'entry' : 'entries';
	const named = warnings.slice(0, MOST_NAMED).map(({ text }) => text);
	const more = count > MOST_NAMED ? ` (And ${String(count - MOST_NAMED)} more.)` : '';
	context.addExecutionHints({
		message: `${String(count)} ${what} about ${about} could not be used; the accounts went on. ${named.join(' ')}${more}`,
		type: 'warning',
		location: 'outputPane',
	});
}
