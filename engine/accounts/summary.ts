import type { Row, RowPlace, RowProblem } from './row';

/** What else a summary depends on. */
export type SummaryOptions = {
	/** ms since 1970 */
	now: number;
	/** IANA zone of the program, whose weeks are counted (P03). */
	zone: string;
	/** What of an event names the feature it is about; left out: its name. */
	featureOf?: (event: object) => unknown;
	/** Of which `usage.adoption` is the share in use; none: nobody knows. */
	coreFeatures: readonly string[];
};

/** A row and the item it came in: a file of JSON lines holds many. */
export type SourceRow = { row: Row; index: number };

/** What the rows of one account say together, in canonical names. */
export type Summary = {
	key: string;
	row: Row;
	/** The rows it is made of, in their order. */
	of: SourceRow[];
	/** What about it could not be used, and rejects nothing. */
	warnings?: ((place: RowPlace) => RowProblem)[];
};

export type Summaries = {
	summaries: Summary[];
	/** Rows that are in none. */
	rejected: { index: number; why: (place: RowPlace) => RowProblem }[];
	/** Rows that name no account. */
	keyless: number[];
	/** What is so of accounts of which no row tells, where some rows told of others: no ticket is no open ticket. */
	others?: Row;
};

/** @param keyOf the id of the account a row is about; undefined where it names none */
export type Summarize = (
	rows: readonly SourceRow[],
	keyOf: (row: Row) => string | undefined,
	options: SummaryOptions,
) => Summaries;

/** Rows by account, in the order in which the accounts come. */
export function byKey(
	rows: readonly SourceRow[],
	keyOf: (row: Row) => string | undefined,
): { groups: Map<string, SourceRow[]>; keyless: number[] } {
	const groups = new Map<string, SourceRow[]>();
	const keyless: number[] = [];
	for (const one of rows) {
		const key = keyOf(one.row);
		if (key === undefined) keyless.push(one.index);
		else {
			const group = groups.get(key);
			if (group === undefined) groups.set(key, [one]);
			else group.push(one);
		}
	}
	return { groups, keyless };
}
