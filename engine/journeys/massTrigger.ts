import type { Account } from '../accounts/account';
import { addLocalDays, parseLocal, sayTime, startOfLocalDate } from '../calendar/localTime';
import { areImplausiblyMany, isUsageTooOld } from '../health/history/massHold';
import type { Decision } from './advance';
import { HOUR_MS } from './caps';
import type { Journey } from './definition';
import type { Enrollment, JourneyEvent, JourneyMemory, Reason } from './memory';
import { GO_LIVE_DAYS } from './entry';
import { notEnrolled } from './reasons';

/**
 * What is decided within this time is one sweep, in however many pages it comes. An hour short of a day: the sweep of the
 * day before is another one, though this one comes early or the clocks change.
 */
const SWEEP_MS = 23 * HOUR_MS;

/** Leaves for operations once: with whoever is the first to record its event, which is nobody's in particular. */
export type Alarm = { reason: Reason; event: JourneyEvent };

/** Since when new starts are counted together, in ms since 1970; undefined where nobody counts. */
export function triggersSince({ type, start }: Journey, now: number): number | undefined {
	return type === 'intervention' && start.type === 'conditions' ? now - SWEEP_MS : undefined;
}

type Page = {
	journey: Journey;
	accounts: readonly Account[];
	decisions: readonly Decision[];
	memory: JourneyMemory;
	rowsOf: (accountId: string) => readonly Enrollment[];
	now: number;
	dry: boolean;
};

/**
 * P10: holds every new start of a health intervention when implausibly many would begin in one sweep, or the usage data
 * are old. Nobody held is enrolled, so all are decided afresh; the first of them carries the alarm, one a day.
 */
export function holdMassTrigger(page: Page): Decision[] {
	const { journey, accounts, memory, rowsOf, now } = page;
	const since = triggersSince(journey, now);
	if (since === undefined) return [...page.decisions];
	const zone = journey.timezone;
	// who comes in at go-live because one chose so is no trigger
	const from =
		journey.atGoLive === 'enroll'
			? addLocalDays(memory.startedAt, GO_LIVE_DAYS, zone)
			: Number.NEGATIVE_INFINITY;
	const decisions = page.decisions.map((decision) => ({
		...decision,
		triggeredAt: lastStart([...rowsOf(decision.accountId), ...decision.enroll], from),
	}));
	const starts = new Set(
		now < from ? [] : decisions.filter(({ enroll }) => enroll.some(({ cycle }) => cycle > 0)),
	);
	if (starts.size === 0) return decisions;
	const { decided, triggered } = memory.sweep ?? { decided: 0, triggered: 0 };
	const here = new Map(decisions.map((one) => [one.accountId, one.triggeredAt]));
	const count = triggered + [...here.values()].filter((at) => at >= since).length;
	const cause = whyHeld(count, decided + here.size, accounts, zone, now);
	if (cause === undefined) return decisions;
	const [first] = starts;
	return decisions.map((decision): Decision => {
		if (!starts.has(decision)) return decision;
		const { index, accountId } = decision;
		return {
			index,
			accountId,
			enroll: [],
			end: [],
			touches: [],
			notes: [],
			observed: [],
			reasons: [cause],
			standing: undefined,
			lookAt: now + HOUR_MS,
			triggeredAt: now,
			...(decision === first ? { alarm: { reason: cause, event: alarmOf(page) } } : {}),
		};
	});
}

/** When an episode last began, 0 for never; what was only listed at go-live never did. */
function lastStart(rows: readonly Enrollment[], from: number): number {
	const times = rows.filter(({ cycle, enrolledAt }) => cycle > 0 && enrolledAt >= from);
	return Math.max(0, ...times.map(({ enrolledAt }) => enrolledAt));
}

function alarmOf({ journey, now, dry }: Page): JourneyEvent {
	const today = String(startOfLocalDate(now, 0, journey.timezone));
	const id = `${dry ? 'dry/' : ''}${journey.id}/${today}`;
	return { id, accountId: '', type: 'mass_trigger_held', occurredAt: now };
}

function whyHeld(
	count: number,
	of: number,
	accounts: readonly Account[],
	zone: string,
	now: number,
): Reason | undefined {
	if (areImplausiblyMany(count, of)) return notEnrolled.massTrigger(count, of);
	let newest: number | undefined;
	for (const { usage } of accounts) {
		const asOf = parseLocal(usage?.asOf, zone);
		if (asOf !== undefined) newest = Math.max(asOf, newest ?? asOf);
	}
	return newest !== undefined && isUsageTooOld(newest, now)
		? notEnrolled.usageTooOld(sayTime(newest, zone))
		: undefined;
}
