import type { Account } from '../accounts/account';
import { addLocalDays, parseLocal, sayTime, startOfLocalDate } from '../calendar/localTime';
import type { Decision } from './advance';
import { HOUR_MS } from './caps';
import type { Journey } from './definition';
import type { JourneyMemory, Reason } from './memory';
import { GO_LIVE_DAYS } from './entry';
import { notEnrolled } from './reasons';

/** P10: more newly triggered accounts than this share, and at least so many, are a fault of the data until somebody looked. */
const MOST_PERCENT = 20;
const LEAST_ACCOUNTS = 20;
const OLDEST_USAGE_MS = 48 * HOUR_MS;
const ALARM = 'mass_trigger_held';

/**
 * P10: holds every new start of a health intervention when implausibly many would begin in one sweep, or the usage data
 * are old. Nobody held is enrolled, so all are decided afresh; the first of them carries the alarm, once a day.
 */
export function holdMassTrigger(
	journey: Journey,
	accounts: readonly Account[],
	decisions: readonly Decision[],
	{ events, startedAt }: JourneyMemory,
	now: number,
): Decision[] {
	const zone = journey.timezone;
	const chosen = journey.atGoLive === 'enroll' && now < addLocalDays(startedAt, GO_LIVE_DAYS, zone);
	if (journey.type !== 'intervention' || journey.start.type !== 'conditions' || chosen)
		return [...decisions];
	const starts = decisions.filter(({ enroll }) => enroll.some(({ cycle }) => cycle > 0));
	const cause = whyHeld(starts.length, accounts, zone, now);
	if (starts.length === 0 || cause === undefined) return [...decisions];
	const held = new Set(starts);
	const today = `${journey.id}/${String(startOfLocalDate(now, 0, zone))}`;
	const isTold = events.some(({ type, id }) => type === ALARM && id === today);
	return decisions.map((decision): Decision => {
		if (!held.has(decision)) return decision;
		const { index, accountId } = decision;
		const isFirst = !isTold && decision === starts[0];
		return {
			index,
			accountId,
			enroll: [],
			end: [],
			touches: [],
			notes: [],
			observed: isFirst ? [{ id: today, accountId, type: ALARM, occurredAt: now }] : [],
			reasons: [cause],
			standing: undefined,
			lookAt: now + HOUR_MS,
			...(isFirst ? { alarm: cause } : {}),
		};
	});
}

function whyHeld(
	count: number,
	accounts: readonly Account[],
	zone: string,
	now: number,
): Reason | undefined {
	if (count >= LEAST_ACCOUNTS && count * 100 > accounts.length * MOST_PERCENT)
		return notEnrolled.massTrigger(count, accounts.length);
	let newest: number | undefined;
	for (const { usage } of accounts) {
		const asOf = parseLocal(usage?.asOf, zone);
		if (asOf !== undefined) newest = Math.max(asOf, newest ?? asOf);
	}
	return newest !== undefined && newest < now - OLDEST_USAGE_MS
		? notEnrolled.usageTooOld(sayTime(newest, zone))
		: undefined;
}
