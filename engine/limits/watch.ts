import { dateOf, localDay } from '../health/history/localDay';
import { nameOf, planOf, upgradeOf, type Plan, type Upgrade } from './plans';
import type { LimitMemory, LimitsMemory } from './memory';
import { readingsOf, type LimitReading } from './readings';

/** P29: a limit is near from 80 % of what the plan allows, on two consecutive daily readings. */
export const NEAR_PERCENT = 80;
const READINGS = 2;
/** As with scores: so many days without a reading part what was before from what comes after. */
const PARTING_DAYS = 7;
/** P10: what was read longer ago says nothing of today. */
const FRESH_DAYS = 2;

export type LimitReason =
	| {
			code: 'limit_near' | 'limit_near_once' | 'limit_near_at_start';
			limit: string;
			percent: number;
			text: string;
	  }
	| { code: 'no_limit_known' | 'usage_too_old' | 'plan_unknown' | 'no_plan_above'; text: string };

/** A limit that is near; `share` of what is allowed, to two decimals. */
export type NearLimit = {
	limit: string;
	used: number;
	allowed: number;
	share: number;
	/** Local date of the reading that made it near. */
	since: string;
};

/** What the expansion journey reads (P29, P30): a state, so that a sweep that is repeated tells the same. */
export type PlanLimits = Upgrade & {
	/** Of the uplift: the price list's, whatever the account pays in (P36). */
	currency?: string;
	nearing: boolean;
	/** Which limit, since when, how much of it: the fullest of those that are near. */
	limit: string | null;
	since: string | null;
	share: number | null;
	/** All that are near, the fullest first. */
	near: NearLimit[];
	/** Limits that were near before anybody watched: to be looked at once, never triggered (P09). */
	atStart: string[];
	reasons: LimitReason[];
};

export type WatchOptions = {
	plans: readonly Plan[];
	/** Of the plans' prices, where somebody said. */
	currency?: string;
	/** ms since 1970 */
	now: number;
	/** IANA zone of the program. */
	zone: string;
	/** What is near at its first reading was so before anybody watched (P09). */
	isBaseline: boolean;
	/** Whether one reading is enough: for whoever tries a flow and has no second day. */
	atOnce: boolean;
};

export type Watched = {
	limits: PlanLimits;
	/** What to remember from now on; undefined: nothing new. */
	memory: LimitsMemory | undefined;
	/** Whether a limit is listed now, and never again, because it was near before anybody watched (P09). */
	listed: boolean;
};

/** What follows from today's readings of an account and from what is remembered of it. Nothing given is changed. */
export function watchLimits(
	account: Readonly<Record<string, unknown>>,
	before: LimitsMemory | undefined,
	options: WatchOptions,
): Watched {
	const { plans, currency, now, zone } = options;
	const plan = planOf(account.plan, plans);
	const { readings, tooOld } = readingsOf(account, plan, now, zone);
	const known = new Map(Object.entries(before ?? {}));
	let isNew = false;
	let listed = false;
	for (const reading of readings) {
		const key = nameOf(reading.limit);
		const last = known.get(key);
		if (last !== undefined && reading.day <= last.day) continue;
		const next = follow(last, reading, options, before !== undefined);
		known.set(key, next);
		isNew = true;
		listed ||= next.baseline === true && last?.baseline !== true;
	}
	const today = localDay(now, zone);
	const fresh = [...known.values()].filter(({ day }) => today - day <= FRESH_DAYS);
	const running = fresh.filter(({ run }) => run > 0);
	const needed = options.atOnce ? 1 : READINGS;
	const near = running
		.filter(({ run, baseline }) => baseline !== true && run >= needed)
		.map((one) => ({ ...one, share: one.used / one.allowed }))
		.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
	const atStart = running.filter(({ baseline }) => baseline === true);
	const once = running.filter(({ run, baseline }) => baseline !== true && run < needed);
	const upgrade =
		near.length === 0
			? upgradeOf(plan, readings, plans)
			: upgradeOf(
					plan,
					near.map(({ name, used, allowed, day }) => ({ limit: name, used, allowed, day })),
					plans,
				);
	const list = near.map(({ name, used, allowed, share, since = today }): NearLimit => ({
		limit: name,
		used,
		allowed,
		share: Math.round(share * 100) / 100,
		since: dateOf(since),
	}));
	const [first] = list;
	const reasons: LimitReason[] = [
		...near.map((one) => sayNear('limit_near', one)),
		...atStart.map((one) => sayNear('limit_near_at_start', one)),
		...once.map((one) => sayNear('limit_near_once', one)),
		...sayWhatIsUnknown(known.size > 0, tooOld, first === undefined ? undefined : upgrade, plans),
	];
	return {
		limits: {
			nearing: first !== undefined,
			limit: first?.limit ?? null,
			since: first?.since ?? null,
			share: first?.share ?? null,
			near: list,
			atStart: atStart.map(({ name }) => name),
			...upgrade,
			...(upgrade.uplift === undefined || currency === undefined ? {} : { currency }),
			reasons,
		},
		memory: isNew ? Object.fromEntries(known) : undefined,
		listed,
	};
}

/** @param knowsAccount a limit that is new of an account that is not was near before somebody thought of telling it */
function follow(
	last: LimitMemory | undefined,
	{ limit, used, allowed, day }: LimitReading,
	{ isBaseline, atOnce }: WatchOptions,
	knowsAccount: boolean,
): LimitMemory {
	const reading = { name: limit, day, used, allowed };
	// in whole figures, because 0.8 is none of a computer's
	if (used * 100 < allowed * NEAR_PERCENT) return { ...reading, run: 0 };
	const goesOn = last !== undefined && last.run > 0 && day - last.day <= PARTING_DAYS;
	if (!goesOn) {
		const baseline = !atOnce && (last === undefined ? isBaseline || knowsAccount : false);
		return { ...reading, run: 1, since: day, ...(baseline ? { baseline: true } : {}) };
	}
	const run = last.run + 1;
	const since = run === READINGS ? day : last.since;
	return { ...reading, run, since, ...(last.baseline === true ? { baseline: true } : {}) };
}

const TEXTS = {
	limit_near: 'on two daily readings in a row',
	limit_near_once: 'on one daily reading; the next one tells whether it stays so',
	limit_near_at_start: 'since before it was watched, so it is listed and triggers nothing',
};

function sayNear(
	code: keyof typeof TEXTS,
	{ name, used, allowed }: Pick<LimitMemory, 'name' | 'used' | 'allowed'>,
): LimitReason {
	const percent = Math.floor((used * 100) / allowed);
	const text = `${String(used)} of ${String(allowed)} ${name} are used (${String(percent)} %), ${TEXTS[code]}`;
	return { code, limit: name, percent, text };
}

function sayWhatIsUnknown(
	isAnyKnown: boolean,
	tooOld: boolean,
	upgrade: Upgrade | undefined,
	plans: readonly Plan[],
): LimitReason[] {
	const reasons: LimitReason[] = [];
	if (tooOld)
		reasons.push({
			code: 'usage_too_old',
			text: 'The usage data are older than 48 hours, so their limits were not read',
		});
	else if (!isAnyKnown)
		reasons.push({
			code: 'no_limit_known',
			text: 'No limit of the plan is known: usage.limits or licences would tell',
		});
	if (upgrade === undefined || plans.length === 0) return reasons;
	if (upgrade.plan === undefined)
		reasons.push({
			code: 'plan_unknown',
			text: "The account's plan is none of the plans listed, so nobody knows what an upgrade would be",
		});
	else if (upgrade.nextPlan === undefined)
		reasons.push({
			code: 'no_plan_above',
			text: `No plan above ${upgrade.plan} allows more, so an upgrade is a matter for sales`,
		});
	return reasons;
}
