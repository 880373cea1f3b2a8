import type { Touch } from '../../engine/journeys/memory';
import type { Claim, ClaimResult, ConfirmResult, Failure, SendGrant } from '../ledger';
import { afterBegin, afterClaim, afterConfirm, afterFailure, afterNote } from '../touchStates';
import { askForRows, askForTexts, type Columns, type Work } from './database';
import { COUNTS_FOR_CAP, suppressedAmong } from './addresses';
import { storable, TOUCH_COLUMNS, touchOf, touchRow } from './rows';

/** The work on touches: read them, let `touchStates` decide, write what changed, and write down what happened. */

/** Hands out due touches, checking suppression and cap in the same transaction. Asks to be alone: a new touch has no row to lock. */
export function* claimTouches(claims: readonly Claim[], now: number): Work<ClaimResult[]> {
	const emails = claims.filter(({ touch }) => touch.channel === 'email');
	const addresses = emails.map(({ touch }) => touch.address.toLowerCase());
	const suppressed = yield* suppressedAmong(addresses);
	const capped = emails.filter(({ capMs }) => capMs > 0);
	const recent = yield* recentEmails(capped, now);
	const before = yield* byKey(claims.map(({ touch }) => touch.key));
	const changes: Change[] = [];
	const results = claims.map((claim): ClaimResult => {
		const { touch, capMs } = claim;
		const { key } = touch;
		const address = touch.address.toLowerCase();
		if (touch.channel === 'email') {
			if (suppressed.has(address)) return { key, claimed: false, why: 'suppressed' };
			const near = (recent.get(address) ?? []).some(
				(other) => other.key !== key && other.dry === touch.dry && other.at > now - capMs,
			);
			if (capMs > 0 && near) return { key, claimed: false, why: 'capped' };
		}
		const after = afterClaim(before.get(key), claim, now);
		if (after === 'taken') return { key, claimed: false, why: 'taken' };
		before.set(key, after);
		changes.push({ touch: after, log: true });
		if (touch.channel === 'email') {
			const others = recent.get(address) ?? [];
			recent.set(address, [...others, { key, dry: touch.dry, at: now }]);
		}
		return { key, claimed: true, attempt: after.attempts };
	});
	yield* write(changes);
	return results;
}

/** Writes down what was held, lapsed or dry-run. Asks to be alone, as claims do. */
export function* noteTouches(noted: readonly Touch[]): Work<never[]> {
	const before = yield* byKey(noted.map(({ key }) => key));
	const changes: Change[] = [];
	for (const touch of noted) {
		const after = afterNote(before.get(touch.key), touch);
		if (after === undefined) continue;
		before.set(touch.key, after);
		changes.push({ touch: after, log: true });
	}
	yield* write(changes);
	return [];
}

export function* beginTouches(keys: readonly string[], now: number): Work<SendGrant[]> {
	const before = yield* byKey(keys);
	const emails = [...before.values()].filter(({ channel }) => channel === 'email');
	const suppressed = yield* suppressedAmong(emails.map(({ address }) => address));
	const stopped = ({ channel, address }: Touch): SendGrant | undefined =>
		channel === 'email' && suppressed.has(address) ? 'suppressed' : undefined;
	return yield* change(before, keys, 'granted', (touch) => ({
		after: afterBegin(touch, stopped, now),
		// what comes of it follows at once
		log: false,
	}));
}

export function* confirmTouches(keys: readonly string[], now: number): Work<ConfirmResult[]> {
	const before = yield* byKey(keys);
	return yield* change(before, keys, 'confirmed', (touch) => ({
		after: afterConfirm(touch, now),
		log: true,
	}));
}

export function* failTouches(failures: readonly Failure[], now: number): Work<never[]> {
	const before = yield* byKey(failures.map(({ key }) => key));
	const changes: Change[] = [];
	for (const failure of failures) {
		const after = afterFailure(before.get(failure.key), failure, now);
		if (after === undefined) continue;
		before.set(after.key, after);
		changes.push({ touch: after, log: true });
	}
	yield* write(changes);
	return [];
}

/** One answer per key in the order asked: `done` where it changed, else why it did not. */
function* change<Done extends string, Answer extends string>(
	before: Map<string, Touch>,
	keys: readonly string[],
	done: Done,
	decide: (touch: Touch | undefined) => { after: Touch | Answer; log: boolean },
): Work<(Done | Answer)[]> {
	const changes: Change[] = [];
	const answers = keys.map((key) => {
		const { after, log } = decide(before.get(key));
		if (typeof after === 'string') return after;
		before.set(key, after);
		changes.push({ touch: after, log });
		return done;
	});
	yield* write(changes);
	return answers;
}

function* byKey(keys: readonly string[]): Work<Map<string, Touch>> {
	const rows = yield* askForTexts(
		keys.map(storable),
		(r) => `SELECT * FROM dcs_touches WHERE key IN (SELECT text FROM ${r} AS r) ORDER BY key`,
		{ forUpdate: true },
	);
	return new Map(rows.map((row) => [String(row.key), touchOf(row)]));
}

type RecentEmail = { key: string; dry: boolean; at: number };

/** The e-mails that may keep a cap closed, by address. */
function* recentEmails(claims: readonly Claim[], now: number): Work<Map<string, RecentEmail[]>> {
	const recent = new Map<string, RecentEmail[]>();
	if (claims.length === 0) return recent;
	const longest = claims.reduce((most, { capMs }) => Math.max(most, capMs), 0);
	const rows = yield* askForTexts(
		claims.map(({ touch }) => touch.address.toLowerCase()),
		(rows) =>
			`SELECT address, key, dry, changed_at FROM dcs_touches WHERE channel = 'email' AND changed_at > ?1 AND ${COUNTS_FOR_CAP} AND address IN (SELECT text FROM ${rows} AS r)`,
		{ values: [now - longest] },
	);
	for (const { address, key, dry, changed_at } of rows) {
		const email = { key: String(key), dry: Number(dry) === 1, at: Number(changed_at) };
		const others = recent.get(String(address));
		if (others === undefined) recent.set(String(address), [email]);
		else others.push(email);
	}
	return recent;
}

/** A touch as it stands now, and whether the account's timeline tells of it. */
type Change = { touch: Touch; log: boolean };

const ALL_COLUMNS = Object.keys(TOUCH_COLUMNS);
const LOG_COLUMNS: Columns = {
	account_id: 'text',
	touch: 'text',
	at: 'bigint',
	what: 'text',
	reasons: 'text',
};

function* write(changes: readonly Change[]): Work<void> {
	const names = ALL_COLUMNS.join(', ');
	const others = ALL_COLUMNS.filter((name) => name !== 'key');
	yield* askForRows(
		TOUCH_COLUMNS,
		lastOf(changes).map(touchRow),
		(r) =>
			`INSERT INTO dcs_touches (${names}) SELECT ${names} FROM ${r} AS r WHERE true ON CONFLICT (key) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`,
	);
	yield* log(changes);
}

/** The last word on each touch: one statement may not write a row twice. */
function lastOf(changes: readonly Change[]): Touch[] {
	return [...new Map(changes.map(({ touch }) => [touch.key, touch])).values()];
}

function* log(changes: readonly Change[]): Work<void> {
	const entries = changes.filter(({ log }) => log);
	const columns = Object.keys(LOG_COLUMNS).join(', ');
	yield* askForRows(
		LOG_COLUMNS,
		entries.map(({ touch }) => ({
			account_id: touch.accountId,
			touch: touch.key,
			at: touch.changedAt,
			what: touch.state,
			reasons: JSON.stringify(touch.reasons),
		})),
		(r) => `INSERT INTO dcs_log (${columns}) SELECT ${columns} FROM ${r} AS r`,
	);
}
