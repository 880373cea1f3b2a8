import { createHmac } from 'node:crypto';
import type { LastEmail, Waiting } from '../../engine/journeys/memory';
import { priorityOf } from '../../engine/journeys/priority';
import type { Suppression, SuppressionSource } from '../ledger';
import { ask, askForRows, askForTexts, type Work } from './database';
import { storable } from './rows';

/** What the ledger knows of addresses, whichever accounts and journeys they belong to. All are in lower case. */

const GIVEN_OUT = "state IN ('claimed', 'sending', 'sent', 'dry')";
/** A mail that went, is on its way or may have gone. A dry run is capped by what it would have sent. */
export const COUNTS_FOR_CAP = `(${GIVEN_OUT} OR open_since IS NOT NULL)`;
/** When such a mail left, or may have: what waits to be sent again since counts from its last attempt on. */
export const COUNTS_FROM = `(CASE WHEN ${GIVEN_OUT} THEN changed_at ELSE open_since END)`;

export const EDUCATION_PRIORITY = priorityOf('education');
/** Of a bounce `e`, whether the touch is the one that it names, itself or in what its sender told; of one that names none, of mails before it. */
const IS_OF_TOUCH = `CASE WHEN e.touch IS NOT NULL THEN e.touch = dcs_touches.key WHEN e.data LIKE '%"touch":"%' THEN REPLACE(e.data, '"touch":"' || dcs_touches.key || '"', '') <> e.data ELSE lower(e.contact) = dcs_touches.address AND e.occurred_at >= dcs_touches.changed_at END`;
/** An education mail that its address did not send back for good (P24). A hard bounce says so, or says nothing of it. */
export const IS_TIP = `(priority = ${String(EDUCATION_PRIORITY)} AND NOT EXISTS (SELECT 1 FROM dcs_events AS e WHERE e.account_id = dcs_touches.account_id AND e.type = 'bounced' AND (e.data IS NULL OR e.data NOT LIKE '%"hard":false%') AND ${IS_OF_TOUCH}))`;

const DAY_MS = 86_400_000;

/** Those that get no automated e-mail (P12); also when the person was erased since. */
export function* suppressedAmong(addresses: readonly string[]): Work<Set<string>> {
	const suppressed = yield* spokenOf(addresses);
	const [erased] = yield* ask('SELECT 1 FROM dcs_erased LIMIT 1');
	if (erased === undefined) return suppressed;
	const secret = yield* secretOf();
	const prints = new Map(addresses.map((address) => [fingerprint(secret, address), address]));
	const found = yield* askForTexts(
		[...prints.keys()],
		(among) => `SELECT fingerprint FROM dcs_erased WHERE fingerprint ${among}`,
	);
	for (const row of found) suppressed.add(prints.get(String(row.fingerprint)) ?? '');
	return suppressed;
}

/** Addresses of which any source says that nothing may go there. */
function* spokenOf(addresses: readonly string[]): Work<Set<string>> {
	const rows = yield* askForTexts(
		addresses.map(storable),
		(among) => `SELECT address FROM dcs_suppressions WHERE address ${among}`,
	);
	return new Set(rows.map(({ address }) => String(address)));
}

/** When the last automated e-mail that counts left for each (P04). */
export function* lastEmails(
	addresses: readonly string[],
	dry: boolean,
): Work<[string, LastEmail][]> {
	const rows = yield* askForTexts(
		addresses,
		(among) =>
			`SELECT address, MAX(${COUNTS_FROM}) AS any_at, MAX(CASE WHEN kind = 'digest' THEN NULL ELSE ${COUNTS_FROM} END) AS counted_at, MAX(CASE WHEN ${IS_TIP} THEN ${COUNTS_FROM} END) AS tip_at FROM dcs_touches WHERE channel = 'email' AND dry = ?1 AND ${COUNTS_FOR_CAP} AND address ${among} GROUP BY address`,
		{ values: [dry ? 1 : 0] },
	);
	const timeOf = (value: unknown): number =>
		value === null ? Number.NEGATIVE_INFINITY : Number(value);
	return rows.map(({ address, any_at, counted_at, tip_at }) => [
		String(address),
		{ any: Number(any_at), notDigest: timeOf(counted_at), education: timeOf(tip_at) },
	]);
}

export type HeldEmail = Waiting & { address: string; key: string };

/**
 * Messages that are held for these addresses. One that should have gone a day ago belongs to a journey that is switched
 * off, and keeps nobody waiting.
 */
export function* heldEmails(
	addresses: readonly string[],
	dry: boolean,
	now: number,
): Work<HeldEmail[]> {
	const rows = yield* askForTexts(
		addresses,
		(among) =>
			`SELECT address, key, journey, priority, next_at FROM dcs_touches WHERE channel = 'email' AND state = 'held' AND dry = ?1 AND next_at > ?2 AND address ${among}`,
		{ values: [dry ? 1 : 0, now - DAY_MS] },
	);
	return rows
		.map(({ address, key, journey, priority, next_at }) => ({
			address: String(address),
			key: String(key),
			journey: String(journey),
			priority: Number(priority),
			nextAt: Number(next_at),
		}))
		.sort((a, b) => a.nextAt - b.nextAt || (a.key < b.key ? -1 : 1));
}

/** Each source has a word of its own; an address is free again when all have taken theirs back. */
export function* suppress(suppressions: readonly Suppression[], now: number): Work<never[]> {
	yield* askForRows(
		{ address: 'text', source: 'text', reason: 'text' },
		suppressions.map(({ address, source = '', reason }) => ({
			address: storable(address.toLowerCase()),
			source: storable(source),
			reason: storable(reason),
		})),
		(r) =>
			`INSERT INTO dcs_suppressions (address, source, reason, since) SELECT address, source, reason, ?1 FROM ${r} AS r WHERE true ORDER BY address, source ON CONFLICT (address, source) DO NOTHING`,
		{ values: [now] },
	);
	return [];
}

/** Each sweep takes back a word for most of its addresses, and next to none was ever given: looked up first. */
export function* unsuppress(words: readonly SuppressionSource[]): Work<never[]> {
	const given = words.map(({ address, source }) => ({
		address: storable(address.toLowerCase()),
		source: storable(source),
	}));
	const against = yield* spokenOf(given.map(({ address }) => address));
	yield* askForRows(
		{ address: 'text', source: 'text' },
		given.filter(({ address }) => against.has(address)),
		(r) =>
			`DELETE FROM dcs_suppressions WHERE EXISTS (SELECT 1 FROM ${r} AS r WHERE r.address = dcs_suppressions.address AND r.source = dcs_suppressions.source)`,
	);
	return [];
}

/** True where something stood against the address, whoever said so. */
export function* allowAgain(addresses: readonly string[]): Work<boolean[]> {
	const given = addresses.map((address) => storable(address.toLowerCase()));
	const said = yield* askForTexts(
		given,
		(among) => `DELETE FROM dcs_suppressions WHERE address ${among} RETURNING address`,
	);
	const freed = new Set(said.map(({ address }) => String(address)));
	const secret = yield* secretOf();
	const prints = new Map(given.map((address) => [fingerprint(secret, address), address]));
	const erased = yield* askForTexts(
		[...prints.keys()],
		(among) => `DELETE FROM dcs_erased WHERE fingerprint ${among} RETURNING fingerprint`,
	);
	for (const row of erased) freed.add(prints.get(String(row.fingerprint)) ?? '');
	return given.map((address) => freed.has(address));
}

export function* secretOf(): Work<string> {
	const [row] = yield* ask("SELECT value FROM dcs_settings WHERE name = 'secret'");
	return String(row?.value);
}

/** Stands for an address that may not be kept: the same address gives the same, and nobody reads it back. */
export function fingerprint(secret: string, address: string): string {
	return createHmac('sha256', secret).update(address).digest('hex');
}
