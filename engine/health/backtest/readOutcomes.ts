import { z } from 'zod/v4';
import { isMissing } from '../../accounts/missing';
import type { Facts, ReaderOf } from '../fields';
import { readInstant } from '../instant';
import { columnOf, columnReader } from './columnReader';
import type { History, Outcome } from './history';
import { compileTakeOut, type PartsOf } from './takeOut';

/** Which fields of a row say what. */
export const outcomeFieldsSchema = z.object({
	/** The account; without one, rows are numbered from 1. */
	account: z.string().min(1).optional(),
	/** Whether it left: yes or no. */
	churned: z.string().min(1),
	/** When the row became known. With it, rows of one account are its history. */
	date: z.string().min(1).optional(),
	/** When it left, or until when it stayed: the last day seen, or a renewal. */
	outcomeDate: z.string().min(1).optional(),
	/** Recurring revenue, `arrTimes` of which are a year's. */
	arr: z.string().min(1).optional(),
	arrTimes: z.number().positive().default(1),
});
export type OutcomeFields = z.infer<typeof outcomeFieldsSchema>;

/** A row that could not be used; its number counts from 1. */
export type RowProblem = { readonly row: number; readonly text: string };

export type SnapshotRow = {
	readonly accountId: string;
	/** From 1, as the row stands in the data. */
	readonly number: number;
	readonly churned: boolean;
	readonly facts: Facts;
};

export type OutcomesRead =
	| { kind: 'snapshot'; rows: SnapshotRow[]; problems: RowProblem[] }
	| { kind: 'histories'; histories: History[]; problems: RowProblem[] };

const LEFT = new Set(['yes', 'true', '1', 'y', 'churned', 'left', 'lost']);
const STAYED = new Set(['no', 'false', '0', 'n', 'retained', 'stayed', 'renewed', 'active']);

/** How fields that are more than a column's name are read, and through which keys their paths lead. */
export type Paths = { readonly readerOf: ReaderOf; readonly partsOf: PartsOf };

const COLUMNS: Paths = { readerOf: columnReader, partsOf: (path) => [columnOf(path)] };

/**
 * Turns rows, as a CSV file or n8n's items have them, into accounts with outcomes. Columns that tell the outcome are
 * taken out of the facts: nothing may learn from them. A row that cannot be read is told and costs no other row.
 * @param now in ms since 1970: what is dated later is a slip of the pen, or a plan, and left out
 */
export function readOutcomes(
	rows: readonly Facts[],
	fields: OutcomeFields,
	now: number,
	paths: Paths = COLUMNS,
): OutcomesRead {
	const { readerOf } = paths;
	const problems: RowProblem[] = [];
	const readId = fields.account === undefined ? undefined : readerOf(fields.account);
	const readLeft = readerOf(fields.churned);
	const factsOf = compileFacts(fields, paths);
	const read = rows.flatMap((row, index): SnapshotRow[] => {
		const number = index + 1;
		const accountId = readId === undefined ? String(number) : idOf(readId(row));
		const churned = readChurned(readLeft(row));
		if (churned === undefined) {
			const text = `'${fields.churned}' says neither yes nor no`;
			problems.push({ row: number, text });
		} else if (accountId === undefined) {
			problems.push({ row: number, text: `'${fields.account ?? ''}' names no account` });
		} else {
			return [{ accountId, number, churned, facts: factsOf(row) }];
		}
		return [];
	});
	const { date, outcomeDate } = fields;
	if (date !== undefined && outcomeDate !== undefined) {
		const [readDate, readEnd] = [readerOf(date), readerOf(outcomeDate)];
		const instants = rows.map((row) => {
			return { at: instantOf(readDate(row)), end: instantOf(readEnd(row)) };
		});
		const dates = { date, outcomeDate, instants, now };
		return { kind: 'histories', histories: readHistories(read, dates, problems), problems };
	}
	const seen = new Set<string>();
	const first = read.filter(({ accountId, number }) => {
		if (!seen.has(accountId)) return seen.add(accountId);
		problems.push({ row: number, text: 'is a second row of an account, which needs dates' });
		return false;
	});
	return { kind: 'snapshot', rows: first, problems };
}

/** The fields that hold dates, and what they hold in each row. */
type Dates = {
	readonly date: string;
	readonly outcomeDate: string;
	readonly instants: readonly { at: number | undefined; end: number | undefined }[];
	readonly now: number;
};

/** @param problems where rows that cannot be used are told */
function readHistories(
	read: readonly SnapshotRow[],
	{ date, outcomeDate, instants, now }: Dates,
	problems: RowProblem[],
): History[] {
	const dated = read.flatMap((one) => {
		const { at } = instants[one.number - 1] ?? {};
		if (at !== undefined && at <= now) return [{ ...one, at }];
		const wrong = at === undefined ? 'is not a date such as 2026-03-01' : 'lies in the future';
		problems.push({ row: one.number, text: `'${date}' ${wrong}` });
		return [];
	});
	const accounts = new Map<string, typeof dated>();
	for (const row of dated) {
		const own = accounts.get(row.accountId);
		if (own === undefined) accounts.set(row.accountId, [row]);
		else own.push(row);
	}
	return [...accounts.values()].flatMap((own): History[] => {
		const [first] = own;
		if (first === undefined) return [];
		const { accountId, churned, number } = first;
		const ends = own.flatMap((row) => instants[row.number - 1]?.end ?? []);
		const contradict =
			own.some((row) => row.churned !== churned) || (churned && new Set(ends).size > 1);
		const latest = ends.length > 0 ? Math.max(...ends) : undefined;
		const outcome = contradict
			? 'rows of one account tell different outcomes'
			: churned
				? leftAt(latest, outcomeDate, now)
				: stayedUntil(latest, own);
		if (typeof outcome === 'object') {
			const facts = own.map(({ at, facts: values }) => ({ at, values }));
			return [{ accountId, outcome, facts }];
		}
		problems.push({ row: number, text: outcome });
		return [];
	});
}

/** Or why it cannot be used. */
function leftAt(end: number | undefined, outcomeDate: string, now: number): Outcome | string {
	if (end === undefined) return `left, but '${outcomeDate}' does not say when`;
	if (end > now) return `left, but '${outcomeDate}' lies in the future: it is still a customer`;
	return { type: 'churned', at: end };
}

/**
 * An account is seen to stay until the last day of which it has data itself. Anything later, a renewal to come or the
 * last day of others, would have it looked at on a day when its data had gone stale, and take it for one that left.
 */
function stayedUntil(end: number | undefined, own: readonly { at: number }[]): Outcome {
	const last = own.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
	return { type: 'retained', until: Math.min(end ?? last, last) };
}

/** A row without the columns that tell its outcome, and with its revenue a year as `arr`. */
function compileFacts(
	{ account, churned, outcomeDate, arr, arrTimes }: OutcomeFields,
	{ readerOf, partsOf }: Paths,
): (row: Facts) => Facts {
	const named = [account, churned, outcomeDate].filter((path) => path !== undefined);
	const takeOut = compileTakeOut(named, partsOf);
	const readRevenue = arr === undefined ? () => undefined : readerOf(arr);
	return (row) => {
		const revenue = readRevenue(row);
		const amount = isMissing(revenue) ? NaN : Number(revenue);
		const facts = takeOut(row);
		return Number.isFinite(amount) ? { ...facts, arr: amount * arrTimes } : facts;
	};
}

function idOf(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function readChurned(value: unknown): boolean | undefined {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : JSON.stringify(value);
	if (LEFT.has(word)) return true;
	return STAYED.has(word) ? false : undefined;
}

function instantOf(value: unknown): number | undefined {
	const at = typeof value === 'number' ? value : readInstant(value);
	return Number.isFinite(at) ? at : undefined;
}
