import { caseSchema, silencedBy, type Case } from '../../engine/escalation/case';
import { tokenOf } from '../token';
import { askForTexts, type Cell, type Columns, type Row, type Work } from './database';
import { reader, storable } from './rows';

/** Cases as the stores keep them: each whole in its `state`, but for the policy, which many have in common. */

export const CASE_COLUMNS: Columns = {
	no: 'bigint',
	account_id: 'text',
	open: 'bigint',
	reopened: 'bigint',
	owner: 'text',
	arr: 'bigint',
	silences: 'bigint',
	waiting: 'bigint',
	next_look: 'bigint',
	opened_at: 'bigint',
	escalated_at: 'bigint',
	resolved_at: 'bigint',
	written_at: 'bigint',
	sla: 'text',
	state: 'text',
};

export type CaseState = Omit<Case, 'sla'>;

const stateSchema = caseSchema.omit({ sla: true });
/** What no account is worth; in hundredths still a number that counts exactly, also summed up. */
const MOST_ARR = 1e12;

export function caseRow(one: Case, writtenAt: number): Record<string, Cell> {
	const { sla, ...state } = one;
	return {
		no: one.no,
		account_id: keptId(one.accountId),
		open: one.open ? 1 : 0,
		reopened: one.reopened,
		owner: storable(one.owner.email),
		arr: Math.round(Math.min(one.facts.arr ?? 0, MOST_ARR) * 100),
		silences: silencedBy(one) ?? null,
		waiting: one.open && one.digest === 'waiting' ? 1 : 0,
		next_look: one.nextLook ?? null,
		opened_at: one.openedAt,
		escalated_at: one.escalatedAt ?? null,
		resolved_at: one.open ? null : (one.resolvedAt ?? one.openedAt),
		written_at: writtenAt,
		sla: tokenOf(sla),
		state: stateText(state),
	};
}

/** What no database keeps in a text stands there escaped, so a case comes back as it was. */
export function stateText(state: CaseState): string {
	return JSON.stringify(state);
}

/** @throws Error where the row is damaged */
export function stateOf(row: Row): CaseState {
	return reader('case', row).fitting('state', stateSchema, 'a case');
}

/**
 * An account's id as it is looked up. One that no database keeps has a name of its own rather than somebody else's: two
 * accounts of one name could not both have an open case, and the second would fail all that are routed with it.
 */
export function keptId(id: string): string {
	return storable(id) === id ? id : `unstorable/${tokenOf(JSON.stringify(id))}`;
}

/** The cases of these rows (`no`, `sla`, `state`), in their order; the same policy is the same text in each. */
export function* casesOf(rows: readonly Row[]): Work<Case[]> {
	const found = yield* askForTexts(
		rows.map((row) => reader('case', row).text('sla')),
		(among) => `SELECT id, policy FROM dcs_case_policies WHERE id ${among}`,
	);
	const policies = new Map(found.map(({ id, policy }) => [id, policy]));
	return rows.map((row) => {
		const sla = reader('policy of a case', { policy: policies.get(row.sla) }).text('policy');
		return { ...stateOf(row), sla };
	});
}
