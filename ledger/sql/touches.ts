import type { Touch } from '../../engine/journeys/memory';
import type { Claim, ClaimResult, ConfirmResult, Failure, Ramp, SendGrant } from '../ledger';
import { afterBegin, afterClaim, afterConfirm, afterFailure, afterNote } from '../touchStates';
import { askForTexts, insert, update, type Columns, type Work } from './database';
import { suppressedAmong } from './addresses';
import { GIVEN_TO_HUMAN } from './handOvers';
import { guardOf, isForCustomers } from './guard';
import { pausesFor } from './pauses';
import {
	PROGRESS_COLUMNS,
	progressRow,
	SENDING_COLUMNS,
	sendingRow,
	storable,
	TOUCH_COLUMNS,
	touchOf,
	touchRow,
} from './rows';

/** The work on touches: read them, let `touchStates` decide, write what changed, and write down what happened. */

/** Hands out due touches. Asks to be alone: a new touch has no row to lock, and a cap is about other rows. */
export function* claimTouches(
	claims: readonly Claim[],
	now: number,
	ramp: Ramp | undefined,
): Work<ClaimResult[]> {
	const guard = yield* guardOf(claims, now, ramp);
	const before = yield* touchesByKey(claims.map(({ touch }) => touch.key));
	const changes: Touch[] = [];
	const results = claims.map((claim): ClaimResult => {
		const { key } = claim.touch;
		const why = guard.refusal(claim);
		if (why !== undefined) return { key, claimed: false, why };
		const after = afterClaim(before.get(key), claim, now);
		if (after === 'taken') return { key, claimed: false, why: 'taken' };
		before.set(key, after);
		changes.push(after);
		guard.handedOut(after);
		return { key, claimed: true, attempt: after.attempts };
	});
	yield* decided(changes);
	return results;
}

/** Writes down what was held, withdrawn, lapsed or dry-run. Asks to be alone, as claims do. */
export function* noteTouches(noted: readonly Touch[]): Work<never[]> {
	const before = yield* touchesByKey(noted.map(({ key }) => key));
	const changes: Touch[] = [];
	for (const touch of noted) {
		const after = afterNote(before.get(touch.key), touch);
		if (after === undefined) continue;
		before.set(touch.key, after);
		changes.push(after);
	}
	yield* decided(changes);
	return [];
}

export function* beginTouches(
	keys: readonly string[],
	now: number,
	resend: boolean,
): Work<SendGrant[]> {
	const before = yield* touchesByKey(keys);
	const toCustomers = [...before.values()].filter(isForCustomers);
	const pauses = yield* pausesFor(toCustomers, now);
	const suppressed = yield* suppressedAmong(
		toCustomers.filter(({ channel }) => channel === 'email').map(({ address }) => address),
	);
	const stopped = (touch: Touch): SendGrant | undefined => {
		if (!isForCustomers(touch)) return undefined;
		if (touch.channel === 'email' && suppressed.has(touch.address)) return 'suppressed';
		return pauses.covers(touch.accountId, touch.address) ? 'paused' : undefined;
	};
	const { answers, changes } = change(before, keys, 'granted', (touch) =>
		afterBegin(touch, stopped, now, resend),
	);
	// the timeline does not tell of it: what comes of it follows at once
	yield* update('dcs_touches', SENDING_COLUMNS, ['key'], changes.map(sendingRow));
	return answers;
}

export function* confirmTouches(keys: readonly string[], now: number): Work<ConfirmResult[]> {
	const before = yield* touchesByKey(keys);
	const { answers, changes } = change(before, keys, 'confirmed', (touch) =>
		afterConfirm(touch, now),
	);
	yield* progress(changes);
	return answers;
}

export function* failTouches(failures: readonly Failure[], now: number): Work<never[]> {
	const before = yield* touchesByKey(failures.map(({ key }) => key));
	const changes: Touch[] = [];
	for (const failure of failures) {
		const after = afterFailure(before.get(failure.key), failure, now);
		if (after === undefined) continue;
		before.set(after.key, after);
		changes.push(after);
	}
	yield* progress(changes);
	return [];
}

/** One answer per key in the order asked: `done` where it changed, else why it did not; and what changed, each once. */
function change<Done extends string, Answer extends string>(
	before: Map<string, Touch>,
	keys: readonly string[],
	done: Done,
	decide: (touch: Touch | undefined) => Touch | Answer,
): { answers: (Done | Answer)[]; changes: Touch[] } {
	const changes: Touch[] = [];
	const answers = keys.map((key) => {
		const after = decide(before.get(key));
		if (typeof after === 'string') return after;
		before.set(key, after);
		changes.push(after);
		return done;
	});
	return { answers, changes };
}

/** Where they are to be changed, nobody else may change them until the transaction is over. */
export function* touchesByKey(keys: readonly string[], forUpdate = true): Work<Map<string, Touch>> {
	const rows = yield* askForTexts(
		keys.map(storable),
		(among) => `SELECT * FROM dcs_touches WHERE key ${among} ORDER BY key`,
		{ forUpdate },
	);
	return new Map(rows.map((row) => [String(row.key), touchOf(row)]));
}

/** What a new decision may change of a touch that is there. */
const DECIDED = [
	...Object.keys(PROGRESS_COLUMNS),
	'channel',
	'kind',
	'priority',
	'address',
	'due_at',
]
	.filter((name) => name !== 'key')
	.map((name) => `${name} = excluded.${name}`)
	.join(', ');
const LOG_COLUMNS: Columns = {
	account_id: 'text',
	touch: 'text',
	at: 'bigint',
	what: 'text',
	next_at: 'bigint',
	reasons: 'text',
};

/** New touches, and new decisions about those that are there. */
function* decided(changes: readonly Touch[]): Work<void> {
	const end = `ON CONFLICT (key) DO UPDATE SET ${DECIDED}`;
	yield* insert('dcs_touches', TOUCH_COLUMNS, ['key'], lastOf(changes).map(touchRow), end);
	yield* log(changes);
}

/** What becomes of touches that are there. What does not change is left alone, and the indexes on it with it. */
function* progress(changes: readonly Touch[]): Work<void> {
	yield* update('dcs_touches', PROGRESS_COLUMNS, ['key'], changes.map(progressRow));
	yield* log(changes);
}

/** The last word on each touch: one statement may not write a row twice. */
function lastOf(changes: readonly Touch[]): Touch[] {
	return [...new Map(changes.map((touch) => [touch.key, touch])).values()];
}

function* log(changes: readonly Touch[]): Work<void> {
	const entries = changes.map((touch) => ({
		account_id: touch.accountId,
		touch: touch.key,
		at: touch.changedAt,
		what: touch.state,
		next_at: touch.nextAt ?? null,
		reasons: JSON.stringify(touch.reasons),
	}));
	yield* insert('dcs_log', LOG_COLUMNS, [], entries, '');
}

/** By key: those of the journey, and the human hand-overs of every other. */
export function* touchesOf(
	accountIds: readonly string[],
	journey: string,
	dry: boolean,
): Work<Touch[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT * FROM dcs_touches WHERE dry = ?2 AND (journey = ?1 OR (${GIVEN_TO_HUMAN})) AND account_id ${among}`,
		{ values: [journey, dry ? 1 : 0] },
	);
	return rows.map(touchOf).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Touches by the token in their links and Message-IDs. */
export function* byToken(tokens: readonly string[]): Work<(Touch | undefined)[]> {
	const rows = yield* askForTexts(
		tokens.map(storable),
		(among) => `SELECT * FROM dcs_touches WHERE token ${among}`,
	);
	const found = new Map(rows.map((row) => [String(row.token), touchOf(row)]));
	return tokens.map((token) => found.get(token));
}
