import { z } from 'zod/v4';
import { isMissing } from '../../accounts/missing';
import type { Facts, ReaderOf } from '../fields';
import { readInstant } from '../instant';
import { columnReader } from './columnReader';
import type { History, Outcome } from './history';

/** Which fields of a row say what. */
export const outcomeFieldsSchema = z.object({
	/** The account; without one, rows are numbered from 1. */
	account: z.string().min(1).optional(),
	/** Whether it left: yes or no. */
	churned: z.string().min(1),
	/** When the row became known. With it, rows of one account are its history. */
	date: z.string().min(1).optional(),
	/** When it left, or until when it was seen to stay. */
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

/**
 * Turns rows, as a CSV file or n8n's items have them, into accounts with outcomes. Columns that tell the outcome are
 * taken out of the facts: nothing may learn from them. A row that cannot be read is told and costs no other row.
 * @param readerOf reads a field that is more than a column's name
 */
export function readOutcomes(
	rows: readonly Facts[],
	fields: OutcomeFields,
	readerOf: ReaderOf = columnReader,
): OutcomesRead {
	const problems: RowProblem[] = [];
	const readId = fields.account === undefined ? undefined : readerOf(fields.account);
	const readLeft = readerOf(fields.churned);
	const factsOf = compileFacts(fields, readerOf);
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
		return { kind: 'histories', ...readHistories(read, instants, date, outcomeDate, problems) };
	}
	const seen = new Set<string>();
	const first = read.filter(({ accountId, number }) => {
		if (!seen.has(accountId)) return seen.add(accountId);
		problems.push({ row: number, text: 'is a second row of an account, which needs dates' });
		return false;
	});
	return { kind: 'snapshot', rows: first, problems };
}

function readHistories(
	read: readonly SnapshotRow[],
	instants: readonly { at: number | undefined; end: number | undefined }[],
	date: string,
	outcomeDate: string,
	problems: RowProblem[],
): { histories: History[]; problems: RowProblem[] } {
	const dated = read.flatMap((one) => {
		const { at } = instants[one.number - 1] ?? {};
		if (at !== undefined) return [{ ...one, at }];
		problems.push({ row: one.number, text: `'${date}' is not a date such as 2026-03-01` });
		return [];
	});
	const last = dated.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
	const accounts = new Map<string, typeof dated>();
	for (const row of dated) {
		const own = accounts.get(row.accountId);
		if (own === undefined) accounts.set(row.accountId, [row]);
		else own.push(row);
	}
	const histories = [...accounts.values()].flatMap((own): History[] => {
		const [first] = own;
		if (first === undefined) return [];
		const { accountId, churned, number } = first;
		const ends = own.flatMap((row) => instants[row.number - 1]?.end ?? []);
		const end = ends.length > 0 ? Math.max(...ends) : undefined;
		if (own.some((row) => row.churned !== churned) || new Set(ends).size > 1) {
			problems.push({ row: number, text: 'rows of one account tell different outcomes' });
			return [];
		}
		if (churned && end === undefined) {
			problems.push({ row: number, text: `left, but '${outcomeDate}' does not say when` });
			return [];
		}
		// a customer is seen to stay until the last day of which there are any data
		const outcome: Outcome =
			churned && end !== undefined
				? { type: 'churned', at: end }
				: { type: 'retained', until: end ?? last };
		return [{ accountId, outcome, facts: own.map(({ at, facts }) => ({ at, values: facts })) }];
	});
	return { histories, problems };
}

/** A row without the columns that tell its outcome, and with its revenue a year as `arr`. */
function compileFacts(
	{ account, churned, outcomeDate, arr, arrTimes }: OutcomeFields,
	readerOf: ReaderOf,
): (row: Facts) => Facts {
	const readRevenue = arr === undefined ? () => undefined : readerOf(arr);
	return (row) => {
		const revenue = readRevenue(row);
		const amount = isMissing(revenue) ? NaN : Number(revenue);
		const facts = Object.entries(row).filter(
			([field]) => field !== account && field !== churned && field !== outcomeDate,
		);
		if (Number.isFinite(amount)) facts.push(['arr', amount * arrTimes]);
		return Object.fromEntries(facts);
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
