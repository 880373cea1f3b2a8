import {
	settleAccount,
	type BuiltAccount,
	type BuiltAccounts,
	type RejectedRow,
} from './buildAccounts';
import { readId, UNREADABLE } from './cell';
import { isMissing } from './missing';
import { ACCOUNT_FIELDS } from './fields';
import { accountPreset } from './presets';
import { cellProblem, noSampleProblem } from './problems';
import { compileAccountReader, type ReaderSettings } from './readAccount';
import { isObject, type AccountRecord, type Cell, type Row, type RowPlace } from './row';
import { sampleAccounts } from './sample';

const ID_FIELD = ACCOUNT_FIELDS.filter(({ path }) => path === 'accountId');

/** Rows that speak of one account, in the order they came. */
type Call = { accountId: string; places: RowPlace[]; payload?: { row: Row; place: RowPlace } };

/**
 * Sample accounts for the items that trigger them. Items with an `accountId` call that account, each once and in
 * their order; an id the samples do not know becomes an account made from the item's own `account` object (Customer Event
 * Trigger has it in `data`). Items
 * without ids call all samples. `now` is ms since 1970; the samples' dates are relative to it.
 */
export function chooseSamples(
	triggers: readonly Row[],
	now: number,
	compilePath: ReaderSettings['compilePath'],
): Omit<BuiltAccounts, 'unusedSources'> {
	const samples = new Map<string, AccountRecord>(
		sampleAccounts(now).map((account) => [
			account.accountId,
			{ ...recordOf(account), accountId: account.accountId },
		]),
	);
	const { called, rejected } = callsIn(triggers);
	if (called.length === 0 && rejected.length === 0) {
		const places = triggers.slice(0, 1).map((_trigger, row) => ({ source: 0, row }));
		return {
			accounts: [...samples.values()].map((account) => ({ account, places, warnings: [] })),
			rejected,
		};
	}
	const reader = compileAccountReader({
		preset: accountPreset('canonical'),
		mapping: [],
		otherColumns: 'keep',
		columnsAtMost: Infinity,
		compilePath,
	});
	const accounts = called.flatMap(({ accountId, places, payload }): BuiltAccount[] => {
		const sample = samples.get(accountId);
		if (sample !== undefined) return [{ account: sample, places, warnings: [] }];
		const place = payload?.place ?? places[0] ?? { source: 0, row: 0 };
		if (payload === undefined) {
			rejected.push({ place, problems: [noSampleProblem(place, accountId)] });
			return [];
		}
		const row = { ...payload.row, accountId };
		const { account, contact, problems, warnings } = reader.read(row, place);
		if (problems.length > 0) {
			rejected.push({ place, problems });
			return [];
		}
		return [settleAccount({ account: { ...account, accountId }, places, warnings, contact })];
	});
	return { accounts, rejected };
}

/** Gathers the items by the account they name; items that name none only trigger. */
function callsIn(triggers: readonly Row[]): { called: Call[]; rejected: RejectedRow[] } {
	const calls = new Map<string, Call>();
	const rejected: RejectedRow[] = [];
	triggers.forEach(({ accountId: cell, account, data }, row) => {
		if (isMissing(cell)) return;
		const place = { source: 0, row };
		const accountId = readId(cell);
		if (accountId === UNREADABLE) {
			rejected.push({
				place,
				problems: ID_FIELD.map((field) => cellProblem(place, field, 'accountId', cell)),
			});
			return;
		}
		const call: Call = calls.get(accountId) ?? { accountId, places: [] };
		call.places.push(place);
		const told = isObject(account) ? account : recordOf(isObject(data) ? data : {}).account;
		if (isObject(told)) call.payload ??= { row: recordOf(told), place };
		calls.set(accountId, call);
	});
	return { called: [...calls.values()], rejected };
}

function recordOf(account: object): Record<string, Cell> {
	return Object.fromEntries(Object.entries<Cell>({ ...account }));
}
