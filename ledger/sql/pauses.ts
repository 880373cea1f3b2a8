import type { Pause } from '../../engine/journeys/memory';
import type { PauseOf, PauseScope } from '../ledger';
import { familiesAmong } from './aliases';
import { ask, askForRows, type Row, type Work } from './database';
import { storable } from './rows';

const SCOPES: readonly PauseScope[] = ['all', 'account', 'address'];
const COLUMNS = { scope: 'text', id: 'text', until: 'bigint', reason: 'text' } as const;

/** A later word replaces an earlier one. */
export function* pause(pauses: readonly PauseOf[], now: number): Work<never[]> {
	const last = new Map(pauses.map((one) => [JSON.stringify(keyOf(one)), one]));
	yield* askForRows(
		COLUMNS,
		[...last.values()].map((one) => ({
			...keyOf(one),
			until: one.until ?? null,
			reason: storable(one.reason),
		})),
		(r) =>
			`INSERT INTO dcs_pauses (scope, id, until, reason, since) SELECT scope, id, until, reason, ?1 FROM ${r} AS r WHERE true ORDER BY scope, id ON CONFLICT (scope, id) DO UPDATE SET until = excluded.until, reason = excluded.reason, since = excluded.since`,
		{ values: [now] },
	);
	return [];
}

export function* resume(pauses: readonly { scope: PauseScope; id: string }[]): Work<boolean[]> {
	const keys = pauses.map(keyOf);
	const rows = yield* askForRows(
		{ scope: 'text', id: 'text' },
		keys,
		(r) =>
			`DELETE FROM dcs_pauses WHERE EXISTS (SELECT 1 FROM ${r} AS r WHERE r.scope = dcs_pauses.scope AND r.id = dcs_pauses.id) RETURNING scope, id`,
	);
	const ended = new Set(rows.map(({ scope, id }) => JSON.stringify({ scope, id })));
	return keys.map((key) => ended.delete(JSON.stringify(key)));
}

export function* pausesAt(now: number): Work<PauseOf[]> {
	const rows = yield* ask(
		'SELECT scope, id, until, reason FROM dcs_pauses WHERE until IS NULL OR until > ?1 ORDER BY since, scope, id',
		now,
	);
	return rows.flatMap(pauseOf);
}

/** What keeps messages from going to these accounts and addresses. */
export class Pauses {
	readonly stopped: Pause | undefined;
	readonly accounts = new Map<string, Pause>();
	readonly addresses = new Map<string, Pause>();

	/** `survivor`: whose pause it is after all merges, where the records are asked about one by one (P32). */
	constructor(
		pauses: readonly PauseOf[],
		private readonly survivor = (id: string): string => id,
	) {
		for (const { scope, id, ...pause } of pauses) {
			if (scope === 'all') this.stopped = pause;
			else if (scope === 'account') this.accounts.set(survivor(id), pause);
			if (scope === 'address') this.addresses.set(id, pause);
		}
	}

	covers(accountId: string, address: string): boolean {
		return (
			this.stopped !== undefined ||
			this.accounts.has(this.survivor(accountId)) ||
			this.addresses.has(address)
		);
	}
}

/** The pauses that matter to these accounts, with all records merged together, and addresses. */
export function* pausesFor(
	given: readonly { accountId: string; address: string }[],
	now: number,
): Work<Pauses> {
	const [any] = yield* ask('SELECT 1 FROM dcs_pauses LIMIT 1');
	if (any === undefined) return new Pauses([]);
	const { ids, survivor } = yield* familiesAmong(given.map(({ accountId }) => accountId));
	const asked = [
		...ids.map((id) => ({ scope: 'account', id })),
		...given.map(({ address }) => ({ scope: 'address', id: address })),
	];
	const unique = new Map(asked.map((one) => [JSON.stringify(one), one]));
	const rows = yield* askForRows(
		{ scope: 'text', id: 'text' },
		[{ scope: 'all', id: '' }, ...unique.values()],
		(r) =>
			`SELECT p.scope, p.id, p.until, p.reason FROM ${r} AS r JOIN dcs_pauses AS p ON p.scope = r.scope AND p.id = r.id WHERE p.until IS NULL OR p.until > ?1`,
		{ values: [now] },
	);
	return new Pauses(rows.flatMap(pauseOf), survivor);
}

function keyOf({ scope, id }: { scope: PauseScope; id: string }): { scope: string; id: string } {
	if (scope === 'all') return { scope, id: '' };
	return { scope, id: storable(scope === 'address' ? id.toLowerCase() : id) };
}

function pauseOf({ scope, id, until, reason }: Row): PauseOf[] {
	const known = SCOPES.find((one) => one === scope);
	if (known === undefined) return [];
	return [
		{
			scope: known,
			id: String(id),
			...(typeof until === 'number' ? { until } : {}),
			reason: String(reason),
		},
	];
}
