import type { Account } from '../accounts/account';
import { onceADay, type Once } from '../health/history/massHold';
import { isHeldOut } from './assignment';
import type { Conditions } from './conditions';
import { decideTouches, type PlannedTouch } from './decideTouches';
import type { Journey } from './definition';
import { readEngagement } from './engagement';
import { placeAccount, type Place } from './enrollment';
import { heardSince, isGoingLive } from './entry';
import type { Addresses } from './episode';
import { touchesIn } from './history';
import type { Enrollment, JourneyEvent, JourneyMemory, Reason, Touch } from './memory';
import { countTriggers } from './massTrigger';
import { limitsNoted } from './observations';
import { isCaseTaken } from './openCase';
import { foldProgress } from './progress';
import { campaignReused } from './sameCampaign';
import { standingOf, type Standing } from './standing';
import { survivorsOf } from './survivors';

export type { Standing } from './standing';

/** What one account gets: who it is in the journey, what goes out now, what is written down, and why. */
export type Decision = {
	/** Position of the account's item in the input. */
	index: number;
	accountId: string;
	/** To be written before anything is claimed. */
	enroll: Enrollment[];
	end: Enrollment[];
	touches: PlannedTouch[];
	/** Held and lapsed touches, as they are to be written. */
	notes: Touch[];
	/** Facts seen for the first time, to be recorded so that they keep their date. */
	observed: JourneyEvent[];
	/** Why nothing, or not everything, goes out. */
	reasons: Reason[];
	/** Where the account stands; undefined for one that is not in the journey. */
	standing: Standing | undefined;
	/** When the account has to be decided on again even if nothing is heard of it; undefined for never. */
	lookAt: number | undefined;
	/** When the journey last began, or was to begin, for the account, 0 for never; only where that is counted (P10). */
	triggeredAt?: number;
	/** Why the journey does not have the account, or lets it rest; left out for one that is on its way in it. */
	outside?: Reason[];
	/** What operations have to look at, on one decision of a page: new starts were held (P10), or a campaign's ID used again (R60). */
	alarm?: Alarm;
};

/** Leaves once in the whole programme. */
export type Alarm = { reason: Reason; once: Once };

export type AdvanceOptions = { now: number; dry: boolean; conditions?: Conditions };

/** Accounts decided on between two pauses: some milliseconds. */
const PER_TURN = 500;

/**
 * Decides what is due for each account: pure, in the order of the input, the same answer for the same facts, rows and
 * time. Nothing here is claimed; whoever calls it writes `enroll`, `notes` and `end` and claims `touches`.
 */
export function advanceJourney(...given: Parameters<typeof advanceInTurns>): Decision[] {
	const turns = advanceInTurns(...given);
	let turn = turns.next();
	while (turn.done !== true) turn = turns.next();
	return turn.value;
}

/** The same, pausing now and then, so that 100,000 accounts do not keep everything else in the process waiting. */
export function* advanceInTurns(
	journey: Journey,
	accounts: readonly Account[],
	memory: JourneyMemory,
	{ now, dry, conditions = {} }: AdvanceOptions,
): Generator<void, Decision[], void> {
	const survivorOf = survivorsOf(memory.survivorOf, accounts);
	const enrollments = groupBy(memory.enrollments, ({ accountId }) => survivorOf(accountId));
	const touches = groupBy(memory.touches, ({ accountId }) => survivorOf(accountId));
	const handOvers = groupBy(memory.handOvers, ({ accountId }) => survivorOf(accountId));
	const openCases = groupBy(memory.openCases, ({ accountId }) => survivorOf(accountId));
	const events = groupBy(memory.events, ({ accountId }) => survivorOf(accountId));
	const pausedAccounts = new Map(
		[...memory.pausedAccounts].map(([id, pause]) => [survivorOf(id), pause]),
	);
	let addresses = readAddresses(memory, accounts);
	let seen = new Set<string>();

	const decide = (account: Account, index: number, massHold?: Reason): Decision => {
		const { accountId } = account;
		const zone = account.timezone ?? journey.timezone;
		const own = {
			events: events.get(accountId) ?? [],
			touches: touches.get(accountId) ?? [],
			handOvers: handOvers.get(accountId) ?? [],
			openCases: openCases.get(accountId) ?? [],
		};
		const progress = foldProgress(account, own.events, journey, zone, now);
		let rows = enrollments.get(accountId) ?? [];
		let { events: noted } = own;
		const engagementIn = (of: Enrollment | undefined) =>
			readEngagement(touchesIn(of, own.touches, rows), own.events, {
				anchorAt: of?.anchorAt ?? 0,
				isReported: journey.engagementReported,
				now,
			});
		const standingIn = (of: Enrollment | undefined): Standing =>
			standingOf(of, {
				...own,
				journey,
				account,
				rows,
				mine: touchesIn(of, own.touches, rows),
				progress,
				engagement: engagementIn(of),
				zone,
				now,
				limits: of === undefined ? undefined : limitsNoted(noted, of),
				caseOpen: isCaseTaken({ journey, progress, now, ...own }),
				heldOut: journey.holdOutPercent > 0 && isHeldOut(journey, accountId),
			});
		const merged = survivorOf(accountId) !== accountId;
		const repeated = seen.has(accountId);
		seen.add(accountId);
		const { enters, goal, exit } = conditions;
		const mayEnter = (standing: Standing): boolean =>
			(enters?.(index, standing) ?? true) &&
			!(goal?.(index, standing) ?? false) &&
			!(exit?.(index, standing) ?? false);
		const place = placeAccount({
			journey,
			account,
			zone,
			progress,
			events: own.events,
			touches: own.touches,
			merged,
			repeated,
			rows,
			startedAt: memory.startedAt,
			massHold,
			now,
			dry,
			mayEnter: () => mayEnter(standingIn(latestOf(rows))),
			mayEnterButForCase: () => mayEnter({ ...standingIn(latestOf(rows)), caseOpen: false }),
			reachedGoal: (enrollment) => goal?.(index, standingIn(enrollment)) ?? false,
			mustExit: (enrollment) => exit?.(index, standingIn(enrollment)) ?? false,
		});
		const decision: Decision = {
			index,
			accountId,
			enroll: place.enroll,
			end: place.end,
			touches: [],
			notes: [],
			observed: merged || repeated ? [] : [...progress.observed, ...place.observed],
			reasons: place.reasons,
			standing: undefined,
			lookAt: place.lookAt,
			...(isOnItsWay(place) || place.reasons.length === 0 ? {} : { outside: place.reasons }),
		};
		const { enrollment } = place;
		if (enrollment === undefined) return decision;
		// a cycle that begins now is not the one that ends with it
		noted = [...noted, ...place.observed];
		rows = rows.map((row) => place.end.find((end) => isSame(end, row)) ?? row);
		let standing: Standing | undefined;
		const decided = decideTouches({
			journey,
			account,
			zone,
			progress,
			engagement: engagementIn(enrollment),
			enrollment,
			ending: place.ending,
			helpOnly: place.helpOnly,
			events: own.events,
			touches: own.touches,
			mine: touchesIn(enrollment, own.touches, rows),
			handOvers: own.handOvers,
			openCases: own.openCases,
			addresses,
			pausedAccount: pausedAccounts.get(accountId),
			goingLive: isGoingLive(journey, memory.startedAt, zone, now),
			heardSince: heardSince(memory.startedAt, zone),
			massHold,
			now,
			meetsConditions: (step) =>
				conditions.step?.(step, index, (standing ??= standingIn(enrollment))) ?? true,
		});
		decision.touches = decided.touches;
		if (enrollment.state === 'active' || decided.touches.length > 0)
			decision.standing = standing ?? standingIn(enrollment);
		decision.notes = decided.notes;
		decision.reasons = [...decision.reasons, ...decided.reasons];
		if (decided.outcome !== undefined) {
			decision.end.push({
				...enrollment,
				state: 'ended',
				outcome: decided.outcome,
				endedAt: now,
				version: journey.version,
			});
		}
		decision.lookAt = earlier(place.lookAt, decided.lookAt);
		return decision;
	};
	const decideAll = function* (massHold?: Reason): Generator<void, Decision[], void> {
		addresses = readAddresses(memory, accounts);
		seen = new Set();
		const decisions: Decision[] = [];
		for (const [index, account] of accounts.entries()) {
			if (index % PER_TURN === PER_TURN - 1) yield;
			decisions.push(decide(account, index, massHold));
		}
		return decisions;
	};
	const decisions = yield* decideAll();
	const { at, fresh, cause } = countTriggers({
		journey,
		accounts,
		decisions,
		memory,
		rowsOf: (accountId) => enrollments.get(accountId) ?? [],
		touchesOf: (accountId) => touches.get(accountId) ?? [],
		now,
	});
	const [first] = fresh;
	const held = cause === undefined ? decisions : yield* decideAll(cause);
	const reused = campaignReused(journey, held);
	return held.map((decision, place) => ({
		...decision,
		...(at[place] === undefined ? {} : { triggeredAt: at[place] }),
		...(place === reused?.place ? { alarm: reused.alarm } : {}),
		...(cause !== undefined && place === first
			? { alarm: { reason: cause, once: onceADay(now, journey.timezone) } }
			: {}),
	}));
}

/** P12: who has unsubscribed anywhere gets no mail for any account, whatever another record says. */
function readAddresses(memory: JourneyMemory, accounts: readonly Account[]): Addresses {
	const suppressed = new Set(memory.suppressed);
	for (const { contacts = [] } of accounts) {
		for (const { email, unsubscribed } of contacts)
			if (unsubscribed) suppressed.add(email.toLowerCase());
	}
	const { waiting, stopped, pausedAddresses, lastEmails } = memory;
	return { waiting, stopped, pausedAddresses, suppressed, lastEmails: new Map(lastEmails) };
}

function latestOf(rows: readonly Enrollment[]): Enrollment | undefined {
	return rows.reduce<Enrollment | undefined>(
		(latest, row) => (latest === undefined || row.cycle > latest.cycle ? row : latest),
		undefined,
	);
}

function isOnItsWay({ enrollment, ending, helpOnly }: Place): boolean {
	return enrollment?.state === 'active' && ending === undefined && !helpOnly;
}

function isSame(a: Enrollment, b: Enrollment): boolean {
	return a.accountId === b.accountId && a.cycle === b.cycle;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = keyOf(row);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [row]);
		else group.push(row);
	}
	return groups;
}
