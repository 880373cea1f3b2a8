import type { Account } from '../accounts/account';
import { addLocalDays, parseLocal, sayTime } from '../calendar/localTime';
import { areImplausiblyMany, isUsageTooOld } from '../health/history/massHold';
import type { Decision } from './advance';
import { HOUR_MS } from './caps';
import type { Journey } from './definition';
import { GO_LIVE_DAYS } from './entry';
import { HANDED_OVER } from './episode';
import type { Enrollment, JourneyMemory, Reason, Touch } from './memory';
import { massHold } from './reasons';
import type { Step } from './step';

/**
 * What is decided within this time is one sweep, in however many pages it comes. An hour short of a day: the sweep of the
 * day before is another one, though this one comes early or the clocks change.
 */
const SWEEP_MS = 23 * HOUR_MS;

/** Whether what health or usage say begins an episode, which is held while the data cannot be true (P10). */
export function startsOnHealth({ type, start, onHealth, holdMassTriggers }: Journey): boolean {
	return holdMassTriggers && start.type === 'conditions' && (onHealth ?? type === 'intervention');
}

/** The same of a step. */
export function triggersOnHealth({ when, onHealth }: Step): boolean {
	return onHealth && when.type === 'conditionsMet';
}

/** Whether it reached somebody before, or was on its way: it is no new trigger. */
export function wasTold(before: Touch | undefined): boolean {
	return before !== undefined && (before.attempts > 0 || HANDED_OVER.has(before.state));
}

/** Since when new triggers are counted together, in ms since 1970; undefined where nobody counts. */
export function triggersSince(journey: Journey, now: number): number | undefined {
	const counts =
		startsOnHealth(journey) || (journey.holdMassTriggers && journey.steps.some(triggersOnHealth));
	return counts ? now - SWEEP_MS : undefined;
}

type Page = {
	journey: Journey;
	accounts: readonly Account[];
	decisions: readonly Decision[];
	memory: JourneyMemory;
	/** Of an account and the records merged into it. */
	rowsOf: (accountId: string) => readonly Enrollment[];
	touchesOf: (accountId: string) => readonly Touch[];
	now: number;
};

/** When each account last triggered, 0 for never, undefined for those that cannot; and why those of now are held. */
export type Triggers = {
	at: readonly (number | undefined)[];
	/** Positions of those that would trigger now. */
	fresh: ReadonlySet<number>;
	cause: Reason | undefined;
};

/** P10: whether implausibly many accounts would trigger in one sweep, or the usage data are old. */
export function countTriggers(page: Page): Triggers {
	const { journey, accounts, decisions, memory, now } = page;
	const since = triggersSince(journey, now);
	if (since === undefined) return { at: [], fresh: new Set(), cause: undefined };
	const zone = journey.timezone;
	// who comes in at go-live because one chose so is no trigger
	const from =
		journey.atGoLive === 'enroll'
			? addLocalDays(memory.startedAt, GO_LIVE_DAYS, zone)
			: Number.NEGATIVE_INFINITY;
	const at = decisions.map((decision) => lastTrigger(decision, from, page));
	const fresh = new Set(
		now < from ? [] : decisions.flatMap((one, place) => (isFresh(one, page) ? [place] : [])),
	);
	if (fresh.size === 0) return { at, fresh, cause: undefined };
	const { decided, triggered } = memory.sweep ?? { decided: 0, triggered: 0 };
	const here = new Map(
		decisions.flatMap(({ accountId }, place) => {
			const time = at[place];
			return time === undefined ? [] : [[accountId, time] as const];
		}),
	);
	const count = triggered + [...here.values()].filter((time) => time >= since).length;
	return { at, fresh, cause: whyHeld(count, decided + here.size, accounts, zone, now) };
}

function isFresh(
	decision: Decision,
	{ journey, touchesOf }: Pick<Page, 'journey' | 'touchesOf'>,
): boolean {
	if (startsOnHealth(journey) && decision.enroll.some(({ cycle }) => cycle > 0)) return true;
	const planned = decision.touches.filter(({ step }) => triggersOnHealth(step));
	if (planned.length === 0) return false;
	const known = new Map(touchesOf(decision.accountId).map((touch) => [touch.key, touch]));
	return planned.some(({ touch }) => !wasTold(known.get(touch.key)));
}

/** When an episode last began, or a step of health was told; what was only listed at go-live never did. */
function lastTrigger(
	decision: Decision,
	from: number,
	{ journey, rowsOf, touchesOf }: Page,
): number | undefined {
	const { accountId, enroll } = decision;
	const rows = [...rowsOf(accountId), ...enroll];
	const starts = startsOnHealth(journey);
	// where a step triggers, the others of the journey are those to compare with
	if (!starts && !rows.some(({ state }) => state === 'active')) return undefined;
	const began = starts
		? rows
				.filter(({ cycle, enrolledAt }) => cycle > 0 && enrolledAt >= from)
				.map(({ enrolledAt }) => enrolledAt)
		: [];
	const ids = new Set(journey.steps.filter(triggersOnHealth).map(({ id }) => id));
	const planned = decision.touches.map(({ touch }) => touch);
	const told = [...touchesOf(accountId).filter(wasTold), ...planned]
		.filter(({ stepId }) => ids.has(stepId))
		.map(({ dueAt }) => dueAt);
	return Math.max(0, ...began, ...told);
}

function whyHeld(
	count: number,
	of: number,
	accounts: readonly Account[],
	zone: string,
	now: number,
): Reason | undefined {
	if (areImplausiblyMany(count, of)) return massHold.massTrigger(count, of);
	let newest: number | undefined;
	for (const { usage } of accounts) {
		const asOf = parseLocal(usage?.asOf, zone);
		if (asOf !== undefined) newest = Math.max(asOf, newest ?? asOf);
	}
	return newest !== undefined && isUsageTooOld(newest, now)
		? massHold.usageTooOld(sayTime(newest, zone))
		: undefined;
}
