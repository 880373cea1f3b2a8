/** A value as a spreadsheet, a CRM or a webhook delivers it. */
export type Cell = string | number | boolean | object | null | undefined;

/** One row of a source: column name → cell. */
export type Row = Readonly<Record<string, Cell>>;

/** A checked account that still carries what else its row held. `accountSchema` accepts it as it is. */
export type AccountRecord = Record<string, Cell> & { accountId: string };

/** Where a row came from. Both count from 0; sentences count from 1. */
export type RowPlace = { source: number; row: number };

/** Why a row was rejected: a stable code, the canonical field it is about, and a sentence a person can act on. */
export type RowProblem = { code: RowProblemCode; field: string; text: string };

export type RowProblemCode =
	| 'ambiguousNumber'
	| 'badEmail'
	| 'duplicateId'
	| 'emptyRow'
	| 'goneRecord'
	| 'idEmpty'
	| 'idMissing'
	| 'invalidContact'
	| 'invalidValue'
	| 'noAccount'
	| 'noCustomer'
	| 'notANumber'
	| 'notATime'
	| 'notOneOf'
	| 'notYesOrNo'
	| 'otherRecord'
	| 'outOfRange'
	| 'severalCurrencies'
	| 'tooManyColumns'
	| 'unknownTimeZone'
	| 'wrongShape';

/** A cell with named parts: neither a list nor nothing. */
export function isObject(cell: Cell): cell is object {
	return typeof cell === 'object' && cell !== null && !Array.isArray(cell);
}
