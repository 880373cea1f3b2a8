import type { OutcomeFields } from '../../engine/health/backtest/readOutcomes';

/** Names by which a column is recognized, without case and punctuation; the first that is there wins. */
const NAMES = {
	account: ['accountid', 'customerid', 'companyid', 'account', 'customer', 'id'],
	churned: ['churned', 'churn', 'left', 'lost'],
	date: ['asof', 'date', 'day', 'snapshotdate', 'knownat'],
	outcomeDate: ['outcomedate', 'churnedat', 'churndate', 'endedat', 'enddate'],
	arr: ['arr', 'annualrecurringrevenue', 'acv'],
	mrr: ['mrr', 'monthlyrecurringrevenue', 'monthlycharges'],
	score: ['score', 'healthscore'],
} as const;

type Meaning = keyof typeof NAMES;
const MONTHS = 12;

/** Columns named on the command line come before recognized ones. */
export type Named = Partial<Record<Meaning, string>>;

/**
 * @throws Error with a sentence where no column tells who left, or where a named column is not there
 */
export function recognize(
	columns: readonly string[],
	named: Named,
): OutcomeFields & { score?: string } {
	const find = (meaning: Meaning): string | undefined => {
		const given = named[meaning];
		if (given !== undefined && !columns.includes(given)) {
			throw new Error(`There is no column '${given}'. There are: ${columns.join(', ')}`);
		}
		return (
			given ??
			NAMES[meaning].flatMap((name) => columns.find((column) => plain(column) === name) ?? [])[0]
		);
	};
	const churned = find('churned');
	if (churned === undefined) {
		throw new Error(
			`No column says who left. Call it 'churned' (yes or no), or name it: --churned=<column>. There are: ${columns.join(', ')}`,
		);
	}
	const arr = find('arr');
	const revenue = arr ?? find('mrr');
	return {
		churned,
		account: find('account'),
		date: find('date'),
		outcomeDate: find('outcomeDate'),
		arr: revenue,
		arrTimes: arr === undefined && revenue !== undefined ? MONTHS : 1,
		score: find('score'),
	};
}

function plain(column: string): string {
	return column.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
