import type { LimitsMemory } from '../../../engine/limits/memory';
import { readLimitsMemory, writeLimitsMemory } from '../../../engine/limits/memory';
import type { Plan } from '../../../engine/limits/plans';
import { watchLimits, type PlanLimits, type WatchOptions } from '../../../engine/limits/watch';

const DAY = 86_400_000;
const MONDAY = Date.parse('2026-03-02T09:00:00Z');

type Facts = Record<string, unknown>;
const seats = (used: number, allowed = 100): Facts => ({ licences: { used, bought: allowed } });
const limits = (
	figures: Record<string, [used: number, allowed: number]>,
	more: Facts = {},
): Facts => ({
	usage: {
		limits: Object.fromEntries(
			Object.entries(figures).map(([name, [used, allowed]]) => [name, { used, allowed }]),
		),
		...more,
	},
});

/** An account on the days given, each counted from Monday; a day that is not named has no sweep. */
function live(
	days: readonly (readonly [day: number, facts: Facts])[],
	options: Partial<WatchOptions> = {},
): PlanLimits[] {
	let memory: LimitsMemory | undefined;
	return days.map(([day, facts]) => {
		const now = MONDAY + day * DAY;
		const settings = { plans: [], now, zone: 'UTC', isBaseline: false, atOnce: false, ...options };
		const watched = watchLimits(facts, memory, settings);
		// as the ledger keeps it
		if (watched.memory !== undefined) memory = readLimitsMemory(writeLimitsMemory(watched.memory));
		return watched.limits;
	});
}
const nearing = (...args: Parameters<typeof live>): boolean[] =>
	live(...args).map((found) => found.nearing);

describe('a plan limit (P29)', () => {
	it.each<[string, number[], boolean[]]>([
		['at 80 % on two daily readings is near from the second on', [80, 80, 80], [false, true, true]],
		['at 79 % is not', [79, 79.99, 79], [false, false, false]],
		['needs the two in a row', [80, 79, 80, 80], [false, false, false, true]],
		['is near no more on the day it is under', [85, 85, 79], [false, true, false]],
		['beyond what is allowed is near', [120, 120], [false, true]],
	])('%s', (_what, used, expected) => {
		expect(nearing(used.map((figure, day) => [day, seats(figure)]))).toEqual(expected);
	});

	it('tells which, how much and since when', () => {
		const [, second, third] = live([
			[0, seats(84)],
			[1, seats(85)],
			[2, seats(86)],
		]);
		expect(second).toMatchObject({ limit: 'seats', since: '2026-03-03', share: 0.85 });
		expect(third).toMatchObject({
			limit: 'seats',
			since: '2026-03-03',
			near: [{ limit: 'seats', used: 86, allowed: 100, share: 0.86, since: '2026-03-03' }],
			reasons: [{ code: 'limit_near', limit: 'seats', percent: 86 }],
		});
	});

	it('is read once a day, however often the flow runs', () => {
		const at = (hour: number): number => hour / 24;
		expect(
			nearing([
				[0, seats(85)],
				[at(1), seats(85)],
				[at(14), seats(85)],
				[at(16), seats(85)],
			]),
		).toEqual([false, false, false, true]);
	});

	it('has a day in its zone', () => {
		// 18:30 and 19:30 UTC are two days in Karachi, five hours ahead
		const days = [
			[-14.5 / 24, seats(85)],
			[-13.5 / 24, seats(85)],
		] as const;
		expect(nearing(days)).toEqual([false, false]);
		expect(nearing(days, { zone: 'Asia/Karachi' })).toEqual([false, true]);
	});

	it('with a day without a reading goes on where it was; a week without parts the two', () => {
		expect(
			nearing([
				[0, seats(85)],
				[2, seats(85)],
			]),
		).toEqual([false, true]);
		expect(
			nearing([
				[0, seats(85)],
				[1, {}],
				[2, seats(85)],
			]),
		).toEqual([false, false, true]);
		expect(
			nearing([
				[0, seats(85)],
				[7, seats(85)],
			]),
		).toEqual([false, true]);
		expect(
			nearing([
				[0, seats(85)],
				[8, seats(85)],
				[9, seats(85)],
			]),
		).toEqual([false, false, true]);
	});

	it('that nobody reads any more says nothing after two days (P10)', () => {
		const before = [
			[0, seats(85)],
			[1, seats(85)],
		] as const;
		expect(nearing([...before, [3, {}], [4, {}]])).toEqual([false, true, true, false]);
	});

	it('is not near when it was raised', () => {
		expect(
			nearing([
				[0, seats(85)],
				[1, seats(85)],
				[2, seats(85, 200)],
			]),
		).toEqual([false, true, false]);
	});

	it('stands beside others, each for itself; the fullest is told first', () => {
		const [, , third] = live([
			[0, limits({ projects: [8, 10], storage: [50, 100] })],
			[1, limits({ projects: [8, 10], storage: [95, 100] })],
			[2, limits({ projects: [8, 10], storage: [96, 100] })],
		]);
		expect(third?.near.map(({ limit, since }) => [limit, since])).toEqual([
			['storage', '2026-03-04'],
			['projects', '2026-03-03'],
		]);
		expect(third?.limit).toBe('storage');
	});

	it('of an export that stands still is no second reading, and of one older than 48 hours none (P10)', () => {
		const stuck = limits({ projects: [9, 10] }, { asOf: new Date(MONDAY - DAY / 2).toISOString() });
		const found = live([
			[0, stuck],
			[1, stuck],
			[2, stuck],
		]);
		expect(found.map((one) => one.nearing)).toEqual([false, false, false]);
		expect(found[2]?.reasons.map(({ code }) => code)).toContain('usage_too_old');
	});

	it('that was near before anybody watched is listed and triggers nothing until it has left and come again (P09)', () => {
		const found = live(
			[0, 1, 2, 3, 4, 5].map((day) => [day, seats([85, 85, 85, 70, 85, 85][day] ?? 0)]),
			{ isBaseline: true },
		);
		expect(found.map((one) => one.nearing)).toEqual([false, false, false, false, false, true]);
		expect(found.map(({ atStart }) => atStart.length)).toEqual([1, 1, 1, 0, 0, 0]);
		expect(found[1]?.reasons).toMatchObject([{ code: 'limit_near_at_start', limit: 'seats' }]);
	});

	it('that is told for the first time of an account that is known was near before, too (P09)', () => {
		const found = live([
			[0, seats(10)],
			[1, { ...seats(10), ...limits({ projects: [9, 10] }) }],
			[2, { ...seats(10), ...limits({ projects: [9, 10] }) }],
		]);
		expect(found[2]).toMatchObject({ nearing: false, atStart: ['projects'] });
	});

	it('is near at once where somebody tries the flow', () => {
		expect(nearing([[0, seats(80)]], { atOnce: true, isBaseline: true })).toEqual([true]);
	});

	it.each<[string, Facts]>([
		['no figures', {}],
		['nothing allowed', seats(0, 0)],
		['no number', { licences: { used: 'many', bought: 10 } }],
		['less than nothing', { licences: { used: -1, bought: 10 } }],
	])('is not known of an account with %s', (_what, facts) => {
		expect(live([[0, facts]])).toMatchObject([
			{ nearing: false, limit: null, near: [], reasons: [{ code: 'no_limit_known' }] },
		]);
	});
});

describe('the upgrade (P30)', () => {
	const plan = (
		name: string,
		price: number,
		selfService: boolean,
		...seatsAllowed: number[]
	): Plan => ({
		name,
		price,
		selfService,
		limits: new Map(seatsAllowed.map((figure) => ['seats', figure])),
	});
	const plans = [
		plan('Start', 600, true, 10),
		plan('Team', 2400, true, 50),
		plan('Business', 7400, true, 200),
		plan('Enterprise', 30_000, false),
	];
	const upgrade = (name: string | undefined, facts: Facts = seats(45, 50)) =>
		live(
			[
				[0, { plan: name, ...facts }],
				[1, { plan: name, ...facts }],
			],
			{ plans },
		)[1];

	it('is the next plan that allows more, and what it costs more a year', () => {
		expect(upgrade('team')).toMatchObject({
			nearing: true,
			plan: 'Team',
			nextPlan: 'Business',
			selfService: true,
			uplift: 5000,
		});
		expect(upgrade('Start', seats(9, 10))).toMatchObject({ nextPlan: 'Team', uplift: 1800 });
		// bought seats beyond what Team allows
		expect(upgrade('Start', seats(45, 50))).toMatchObject({ nextPlan: 'Business', uplift: 6800 });
	});

	it('goes without self-service where no plan above has it, or there is none', () => {
		expect(upgrade('Business')).toMatchObject({ nextPlan: 'Enterprise', selfService: false });
		const top = upgrade('Enterprise');
		expect(top).toMatchObject({ selfService: false });
		expect(top).not.toHaveProperty('uplift');
		expect(top?.reasons.map(({ code }) => code)).toEqual(['limit_near', 'no_plan_above']);
	});

	it('is not known of a plan that is not listed', () => {
		const found = upgrade('Legacy');
		expect(found).not.toHaveProperty('selfService');
		expect(found?.reasons.map(({ code }) => code)).toEqual(['limit_near', 'plan_unknown']);
	});

	it('knows what a plan allows where the account does not say', () => {
		expect(upgrade('Team', { usage: { limits: { Seats: { used: 40 } } } })).toMatchObject({
			nearing: true,
			limit: 'Seats',
			share: 0.8,
		});
	});
});

describe('a memory that is damaged', () => {
	it.each(['', '{}', '{"limits":{"seats":{"day":"x"}}}'])('is read as none: %s', (text) => {
		expect(readLimitsMemory(text)).toBeUndefined();
	});
});
