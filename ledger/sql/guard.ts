import type { Touch } from '../../engine/journeys/memory';
import type { Cap, Claim, ClaimRefusal, Ramp } from '../ledger';
import {
	COUNTS_FOR_CAP,
	COUNTS_FROM,
	EDUCATION_PRIORITY,
	heldEmails,
	IS_TIP,
	suppressedAmong,
	type HeldEmail,
} from './addresses';
import { ask, askForTexts, type Work } from './database';
import { handOversFor } from './handOvers';
import { pausesFor } from './pauses';

/** Whether a touch speaks to the customer; hand-overs, alerts and records are never stopped nor capped. */
export function isForCustomers({ channel }: Touch): boolean {
	return channel === 'email' || channel === 'inApp';
}

/** What may keep due touches from being handed out, all read in the transaction that hands them out. */
export type Guard = {
	/** Why a claim is refused, whatever became of its touch so far. */
	refusal: (claim: Claim) => ClaimRefusal | undefined;
	/** Counts a touch that was just handed out, for those that follow. */
	handedOut: (touch: Touch) => void;
};

type CountedEmail = { key: string; dry: boolean; at: number; digest: boolean; tip: boolean };

export function* guardOf(
	claims: readonly Claim[],
	now: number,
	ramp: Ramp | undefined,
): Work<Guard> {
	const lower = claims.map(({ touch }) => ({ ...touch, address: touch.address.toLowerCase() }));
	const toCustomers = lower.filter(isForCustomers);
	const emails = toCustomers.filter(({ channel }) => channel === 'email');
	const pauses = yield* pausesFor(toCustomers, now);
	const suppressed = yield* suppressedAmong(emails.map(({ address }) => address));
	const counted = yield* countedEmails(claims);
	const held = yield* heldFor(claims, now);
	const handOvers = yield* handOversFor(claims);
	const [first] = toCustomers;
	let handedOut =
		ramp === undefined || first === undefined
			? 0
			: yield* handedOutSince(first.journey, first.dry, ramp.since);

	const isCapped = ({ touch, caps }: Claim, address: string): boolean =>
		(counted.get(address) ?? []).some(
			(other) =>
				other.key !== touch.key &&
				other.dry === touch.dry &&
				caps.some(({ since, counts }) => other.at >= since && isCounted(other, counts)),
		);
	const yields = ({ touch, yieldsUntil }: Claim, address: string): boolean =>
		yieldsUntil !== undefined &&
		(held.get(address) ?? []).some(
			(other) =>
				other.key !== touch.key && other.priority < touch.priority && other.nextAt <= yieldsUntil,
		);

	return {
		refusal: (claim) => {
			const { touch } = claim;
			if (handOvers.isNews(claim)) return 'caseOpen';
			if (!isForCustomers(touch)) return undefined;
			const address = touch.address.toLowerCase();
			if (pauses.covers(touch.accountId, address)) return 'paused';
			if (touch.channel === 'email') {
				if (suppressed.has(address)) return 'suppressed';
				if (isCapped(claim, address)) return 'capped';
				if (yields(claim, address)) return 'yields';
			}
			return ramp !== undefined && handedOut >= ramp.atMost ? 'ramp' : undefined;
		},
		handedOut: (touch) => {
			handOvers.handedOut(touch);
			if (!isForCustomers(touch)) return;
			handedOut++;
			if (touch.channel !== 'email') return;
			const { key, dry, kind, priority, address } = touch;
			const tip = priority === EDUCATION_PRIORITY;
			add(counted, address, { key, dry, at: now, digest: kind === 'digest', tip });
		},
	};
}

function isCounted({ digest, tip }: CountedEmail, counts: Cap['counts']): boolean {
	if (counts === 'education') return tip;
	return counts === 'any' || !digest;
}

/** E-mails that may keep a cap closed, by address. */
function* countedEmails(claims: readonly Claim[]): Work<Map<string, CountedEmail[]>> {
	const counted = new Map<string, CountedEmail[]>();
	const capped = claims.filter(({ touch, caps }) => touch.channel === 'email' && caps.length > 0);
	const since = capped
		.flatMap(({ caps }) => caps)
		.reduce((first, cap) => Math.min(first, cap.since), Infinity);
	const rows = yield* askForTexts(
		capped.map(({ touch }) => touch.address.toLowerCase()),
		(among) =>
			`SELECT address, key, dry, ${COUNTS_FROM} AS counts_from, kind, CASE WHEN ${IS_TIP} THEN 1 ELSE 0 END AS tip FROM dcs_touches WHERE channel = 'email' AND ${COUNTS_FROM} >= ?1 AND ${COUNTS_FOR_CAP} AND address ${among}`,
		{ values: [since] },
	);
	for (const { address, key, dry, counts_from, kind, tip } of rows) {
		add(counted, String(address), {
			key: String(key),
			dry: Number(dry) === 1,
			at: Number(counts_from),
			digest: kind === 'digest',
			tip: Number(tip) === 1,
		});
	}
	return counted;
}

/** Messages that wait for the same addresses, by address. */
function* heldFor(claims: readonly Claim[], now: number): Work<Map<string, HeldEmail[]>> {
	const held = new Map<string, HeldEmail[]>();
	const yielding = claims.filter(
		({ touch, yieldsUntil }) => touch.channel === 'email' && yieldsUntil !== undefined,
	);
	const [first] = yielding;
	if (first === undefined) return held;
	const addresses = yielding.map(({ touch }) => touch.address.toLowerCase());
	for (const email of yield* heldEmails(addresses, first.touch.dry, now))
		add(held, email.address, email);
	return held;
}

/** How many messages of the journey were handed out to customers since then, each counted once. */
export function* handedOutSince(journey: string, dry: boolean, since: number): Work<number> {
	const [row] = yield* ask(
		`SELECT COUNT(*) AS n FROM dcs_touches WHERE journey = ?1 AND dry = ?2 AND channel IN ('email', 'inApp') AND ${COUNTS_FOR_CAP} AND ${COUNTS_FROM} >= ?3`,
		journey,
		dry ? 1 : 0,
		since,
	);
	return Number(row?.n);
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [item]);
	else list.push(item);
}
