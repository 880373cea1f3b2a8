import type { CrmFacts, CrmTouch } from '../../engine/crm/facts';
import type { CrmTold } from '../ledger';
import { familiesAmong } from './aliases';
import { keptId, stateOf } from './caseRows';
import { ask, askForTexts, insert, type Columns, type Row, type Work } from './database';
import { resolvedCasesOf } from './escalations';
import { reader, storable } from './rows';

/** What a CRM is to show of accounts, and what it was told. */

const TIER_COLUMNS: Columns = { account_id: 'text', tier: 'text', since: 'bigint' };
const TOLD_KEY = ['target', 'account_id'];
const TOLD_COLUMNS: Columns = {
	target: 'text',
	account_id: 'text',
	told: 'text',
	told_at: 'bigint',
};

/** Only what changed is written: most accounts stay where they are for years. */
export function* rememberTiers(
	tiers: readonly { accountId: string; tier: string }[],
	now: number,
): Work<never[]> {
	const given = new Map(tiers.map(({ accountId, tier }) => [storable(accountId), storable(tier)]));
	const rows = yield* askForTexts(
		[...given.keys()],
		(among) => `SELECT account_id, tier FROM dcs_tiers WHERE account_id ${among}`,
	);
	const known = new Map(rows.map(({ account_id, tier }) => [String(account_id), String(tier)]));
	yield* insert(
		'dcs_tiers',
		TIER_COLUMNS,
		['account_id'],
		[...given]
			.filter(([id, tier]) => known.get(id) !== tier)
			.map(([account_id, tier]) => ({ account_id, tier, since: now })),
		'ON CONFLICT (account_id) DO UPDATE SET tier = excluded.tier, since = excluded.since',
	);
	return [];
}

/** Every table is asked for its own next ones, by its index; a union of whole tables would be sorted first. */
const KNOWN_IN = ['dcs_health', 'dcs_enrollments', 'dcs_cases', 'dcs_tiers', 'dcs_touches'];

export function* knownAccounts(after: string, limit: number): Work<string[]> {
	const parts = KNOWN_IN.map(
		(table) =>
			`SELECT account_id FROM (SELECT DISTINCT account_id FROM ${table} WHERE account_id > ?1 AND account_id <> '' ORDER BY account_id LIMIT ${String(limit)}) AS ${table}_next`,
	);
	const rows = yield* ask(
		`SELECT k.account_id FROM (${parts.join(' UNION ')}) AS k WHERE NOT EXISTS (SELECT 1 FROM dcs_aliases AS a WHERE a.alias = k.account_id) ORDER BY k.account_id LIMIT ${String(limit)}`,
		storable(after),
	);
	return rows.map(({ account_id }) => String(account_id));
}

/** The last message sent and the next one held, of each account by itself. */
const TOUCHES = (among: string): string =>
	`SELECT account_id, journey, step_id, channel, state, at FROM (
		SELECT account_id, journey, step_id, channel, state, CASE state WHEN 'sent' THEN changed_at ELSE next_at END AS at,
			ROW_NUMBER() OVER (PARTITION BY account_id, state ORDER BY CASE state WHEN 'sent' THEN -changed_at ELSE next_at END, key) AS place
		FROM dcs_touches WHERE dry = 0 AND channel IN ('email', 'inApp')
			AND (state = 'sent' OR (state = 'held' AND next_at IS NOT NULL)) AND account_id ${among}
	) AS ranked WHERE place = 1`;

/** Those that arrived: what is on its way may have to be made again. */
const HAND_OVERS = (among: string): string =>
	`SELECT account_id, journey, step_id, address, changed_at FROM dcs_touches WHERE dry = 0 AND channel = 'human' AND state = 'sent' AND account_id ${among}`;

export function* crmFacts(target: string, accountIds: readonly string[]): Work<CrmFacts[]> {
	const { ids, survivor } = yield* familiesAmong(accountIds);
	const facts = new Map<string, CrmFacts>(
		accountIds.map((accountId) => [storable(accountId), { accountId, journeys: [], health: [] }]),
	);
	const of = (id: unknown): CrmFacts | undefined => facts.get(survivor(String(id)));
	for (const row of yield* askForTexts(ids, TOUCHES)) addTouch(of(row.account_id), row);
	const resolvedAt = new Map<CrmFacts | undefined, number>();
	for (const { accountId, occurredAt } of yield* resolvedCasesOf(ids))
		resolvedAt.set(of(accountId), Math.max(occurredAt, resolvedAt.get(of(accountId)) ?? -Infinity));
	for (const row of yield* askForTexts(ids, HAND_OVERS))
		addHandOver(of(row.account_id), row, resolvedAt);
	const enrollments = yield* askForTexts(
		ids,
		(among) =>
			`SELECT DISTINCT account_id, journey FROM dcs_enrollments WHERE dry = 0 AND state = 'active' AND account_id ${among}`,
	);
	for (const { account_id, journey } of enrollments) {
		const journeys = of(account_id)?.journeys;
		if (journeys?.includes(String(journey)) === false) journeys.push(String(journey));
	}
	for (const { journeys } of facts.values()) journeys.sort();
	const asked = new Map(ids.map((id) => [keptId(id), id]));
	const cases = yield* askForTexts(
		[...asked.keys()],
		(among) =>
			`SELECT account_id, state FROM dcs_cases WHERE open = 1 AND account_id ${among} ORDER BY no`,
	);
	for (const row of cases) {
		const known = of(asked.get(String(row.account_id)) ?? row.account_id);
		const { no, kind, priority, owner, openedAt } = stateOf(row);
		if (known !== undefined) known.openCase ??= { no, kind, priority, owner: owner.name, openedAt };
	}
	// health and tier are the survivor's own: two records have two scores, and one customer has one
	const health = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT account_id, model, day, state FROM dcs_health WHERE account_id ${among} ORDER BY model`,
	);
	for (const row of health) {
		const r = reader('health memory', row);
		const found = { model: r.text('model'), day: r.number('day'), state: r.text('state') };
		facts.get(r.text('account_id'))?.health.push(found);
	}
	const tiers = yield* askForTexts(
		accountIds,
		(among) => `SELECT account_id, tier FROM dcs_tiers WHERE account_id ${among}`,
	);
	for (const { account_id, tier } of tiers) {
		const known = facts.get(String(account_id));
		if (known !== undefined) known.tier = String(tier);
	}
	const told = yield* askForTexts(
		accountIds,
		(among) => `SELECT account_id, told FROM dcs_crm WHERE target = ?1 AND account_id ${among}`,
		{ values: [target] },
	);
	for (const row of told) {
		const known = facts.get(String(row.account_id));
		if (known !== undefined) known.told = String(row.told);
	}
	return accountIds.map(
		(accountId) => facts.get(storable(accountId)) ?? { accountId, journeys: [], health: [] },
	);
}

function addTouch(known: CrmFacts | undefined, row: Row): void {
	if (known === undefined) return;
	const r = reader('touch', row);
	const touch: CrmTouch = {
		at: r.number('at'),
		journey: r.text('journey'),
		stepId: r.text('step_id'),
		channel: r.text('channel'),
	};
	if (r.text('state') === 'sent') {
		if (touch.at > (known.lastTouch?.at ?? -Infinity)) known.lastTouch = touch;
	} else if (touch.at < (known.nextTouch?.at ?? Infinity)) known.nextTouch = touch;
}

/** The oldest of those that are newer than what was resolved last (P06). */
function addHandOver(
	known: CrmFacts | undefined,
	row: Row,
	resolvedAt: ReadonlyMap<CrmFacts | undefined, number>,
): void {
	if (known === undefined) return;
	const r = reader('touch', row);
	const at = r.number('changed_at');
	if (at <= (resolvedAt.get(known) ?? -Infinity) || at >= (known.handOver?.at ?? Infinity)) return;
	const [journey, stepId, to] = [r.text('journey'), r.text('step_id'), r.text('address')];
	known.handOver = { at, journey, stepId, to };
}

export function* toldCrm(target: string, told: readonly CrmTold[], now: number): Work<never[]> {
	const last = new Map(told.map((one) => [storable(one.accountId), one]));
	yield* insert(
		'dcs_crm',
		TOLD_COLUMNS,
		TOLD_KEY,
		[...last].map(([account_id, one]) => ({ target, account_id, told: one.told, told_at: now })),
		`ON CONFLICT (${TOLD_KEY.join(', ')}) DO UPDATE SET told = excluded.told, told_at = excluded.told_at`,
	);
	return [];
}

const cursorOf = (target: string): string => `crm/${target}`;

export function* crmCursor(target: string): Work<string> {
	const [row] = yield* ask('SELECT value FROM dcs_settings WHERE name = ?1', cursorOf(target));
	return typeof row?.value === 'string' ? row.value : '';
}

export function* moveCrmCursor(target: string, accountId: string): Work<void> {
	yield* ask(
		'INSERT INTO dcs_settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
		cursorOf(target),
		storable(accountId),
	);
}
