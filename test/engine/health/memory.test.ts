import { compileScorer } from '../../../engine/health/scoreAccounts';
import type { Facts } from '../../../engine/health/fields';
import type { Health } from '../../../engine/health/health';
import type { HealthModel } from '../../../engine/health/model';
import { historyOf } from './histories';
import { DAY, modelOf, NOW, options } from './models';

const nothing = NaN;
const times = (count: number, value: number): number[] =>
	Array.from({ length: count }, () => value);

function scoreWith(
	model: HealthModel,
	account: Facts,
	days: Record<string, readonly number[]> | undefined,
	more: object = {},
): Health {
	const history = days === undefined ? undefined : () => historyOf(days);
	return compileScorer(model, { ...options, history, ...more }).score(account);
}

const users = {
	id: 'users',
	label: 'Weekly users',
	field: 'users',
	unit: 'weekly users',
	curve: { type: 'baseline', from: 0.5, to: 1, days: 28, atLeastDays: 14 },
};

describe("an account's own baseline", () => {
	const model = modelOf([users]);

	it.each([
		[75, 50],
		[100, 100],
		[400, 100],
		[50, 0],
	])('of 100 makes %p worth %p points: a spike is not rewarded', (value, score) => {
		expect(scoreWith(model, { users: value }, { users: [nothing, ...times(28, 100)] }).score).toBe(
			score,
		);
	});

	it('is the mean of the days before today that are known; today is not among them, nor is day 29', () => {
		const days = [999, ...times(14, 80), ...times(14, nothing), 999];
		const { reasons } = scoreWith(model, { users: 60 }, { users: days });
		expect(reasons[0]?.text).toBe('Weekly users is 75 %, which earns 50 of 100 points');
	});

	it.each([
		[times(13, 80), ['users']],
		[times(14, 80), []],
		[times(28, 0), ['users']],
	])('%#: needs enough known days, and something to compare with', (before, missing) => {
		const health = scoreWith(model, { users: 60 }, { users: [nothing, ...before] });
		expect(health.missing).toEqual(missing);
		if (missing.length === 0) return;
		expect(health.reasons.at(-1)?.text).toBe(
			'Weekly users cannot be compared yet: it needs a value today and 14 of the 28 days before (users) and is left out',
		);
	});

	it('without memory is missing and says so', () => {
		const health = scoreWith(model, { users: 60 }, undefined);
		expect(health).toMatchObject({ score: null, missing: ['users'] });
		expect(health.reasons.at(-1)?.text).toBe(
			'Weekly users (users) is compared with memory, which is off, and is left out',
		);
	});

	it('needs no memory where the source has one', () => {
		const own = modelOf([{ ...users, of: { field: 'usual' } }]);
		expect(scoreWith(own, { users: 75, usual: 100 }, undefined).score).toBe(50);
		expect(compileScorer(own, options).remembered).toEqual([]);
	});
});

describe('the change from week to week', () => {
	const events = { id: 'events', label: 'Events', field: 'events' };
	const change = { type: 'weekChange', from: 0.6, to: 1 };

	it('compares two fields, the earlier week with at least 50 events (P03)', () => {
		const model = modelOf([{ ...events, of: { field: 'before' }, curve: change }]);
		expect(scoreWith(model, { events: 80, before: 100 }, undefined).score).toBe(50);
		expect(scoreWith(model, { events: 40, before: 50 }, undefined).score).toBe(50);
		expect(scoreWith(model, { events: 49, before: 49 }, undefined).missing).toEqual(['events']);
	});

	it('of a field that counts a week compares with what it showed last week', () => {
		// NOW is a Saturday: 6 days ago was the Sunday of last week
		const model = modelOf([{ ...events, curve: change }]);
		const sunday = [nothing, 1, 1, 1, 1, 1, 100, 7, 7];
		expect(scoreWith(model, { events: 80 }, { events: sunday }).score).toBe(50);
		const friday = [nothing, 1, 1, 1, 1, 1, nothing, nothing, 100];
		expect(scoreWith(model, { events: 80 }, { events: friday }).score).toBe(50);
		const before = [nothing, ...times(5, 1), ...times(7, nothing), 100];
		expect(scoreWith(model, { events: 80 }, { events: before }).missing).toEqual(['events']);
	});

	it('of a field that counts a day compares the weekdays that both closed weeks have', () => {
		const model = modelOf([{ ...events, curve: { ...change, counts: 'day' } }]);
		const thisWeek = times(6, 1000);
		const score = (closed: number[], before: number[], today: unknown = 1000): unknown =>
			scoreWith(model, { events: today }, { events: [...thisWeek, ...closed, ...before] }).score;
		expect(score(times(7, 80), times(7, 100))).toBe(50);
		expect(score(times(7, 80), times(7, 100), undefined)).toBe(50);
		// a day that is not known is not zero
		expect(score([nothing, ...times(6, 80)], [1, ...times(6, 100)])).toBe(50);
		expect(score([...times(3, nothing), ...times(4, 80)], times(7, 100))).toBeNull();
		// 49 in all
		expect(score(times(7, 7), times(7, 7))).toBeNull();
	});

	it("begins its weeks in the program's zone", () => {
		const model = modelOf([{ ...events, curve: change }]);
		// Sunday 23:30 in UTC is Monday in Auckland: yesterday was Sunday, 7 days ago last Monday
		const now = Date.UTC(2026, 1, 1, 23, 30);
		const days = { events: [nothing, 100, ...times(6, nothing), 50] };
		const at = (zone: string) => scoreWith(model, { events: 80 }, days, { now, zone }).score;
		expect(at('Pacific/Auckland')).toBe(50);
		// in UTC 8 days ago was the last day known of last week
		expect(at('UTC')).toBe(100);
	});
});

describe('a last known value', () => {
	const asOf = { field: 'asOf', maxAgeDays: 14 };
	const lastKnown = { lastKnown: 7, otherwise: 'worst' };
	const model = modelOf([
		{ id: 'a', label: 'A', field: 'a', weight: 1 },
		{
			id: 'b',
			label: 'B',
			field: 'b',
			weight: 1,
			asOf,
			missing: lastKnown,
			invalid: lastKnown,
			stale: { lastKnown: 20 },
		},
	]);

	it.each([
		[{ a: 100 }, 'missing', 'B has no data (b), so its value of 7 days ago counts'],
		[
			{ a: 100, b: 'x' },
			'invalid',
			'B is not a number, or its As Of (asOf) is not a date up to today (b), so its value of 7 days ago counts',
		],
	])('counts in place of nothing: %j', (account, state, text) => {
		const health = scoreWith(model, account, { b: [...times(7, nothing), 60] });
		expect(health).toMatchObject({ score: 80, coverage: 1, [state]: ['b'] });
		expect(health.reasons[0]).toMatchObject({
			code: `signal_${state}`,
			counted: 'lastKnown',
			daysAgo: 7,
			weight: 50,
			text,
		});
	});

	it('counts for nothing when it is too old, or never was', () => {
		for (const b of [[...times(8, nothing), 60], []]) {
			const health = scoreWith(model, { a: 100 }, { b });
			expect(health).toMatchObject({ score: 50, coverage: 0.5, missing: ['b'] });
			expect(health.reasons.at(1)?.text).toBe(
				'B has no data (b), nothing was known for 7 days, and it counts as the worst',
			);
		}
	});

	it('without memory says so', () => {
		expect(scoreWith(model, { a: 100 }, undefined).reasons.at(1)?.text).toBe(
			'B has no data (b), there is no memory to ask, and it counts as the worst',
		);
	});

	it('may be the stale value itself, by its own age', () => {
		const at = (days: number): Facts => ({
			a: 100,
			b: 60,
			asOf: new Date(NOW - days * DAY).toISOString(),
		});
		expect(scoreWith(model, at(20), undefined)).toMatchObject({
			score: 80,
			stale: ['b'],
			reasons: [{ daysAgo: 20 }, {}],
		});
		expect(scoreWith(model, at(21), undefined)).toMatchObject({ score: 100, coverage: 0.5 });
		// memory may know a later one
		expect(scoreWith(model, at(20), { b: [nothing, nothing, 40] }).score).toBe(70);
	});

	it('of a date is further away by now', () => {
		const recency = { type: 'recency', from: 20, to: 0 };
		const dated = modelOf([
			{ id: 'd', label: 'D', field: 'd', curve: recency, missing: { lastKnown: 30 } },
		]);
		// 4 days ago it was 6 days ago
		expect(scoreWith(dated, {}, { d: [...times(4, nothing), 6] }).score).toBe(50);
	});

	it('of what is compared with memory is compared all the same', () => {
		const model = modelOf([{ ...users, missing: { lastKnown: 3 } }]);
		const days = (mean: number): number[] => [nothing, nothing, 75, ...times(26, mean)];
		const health = scoreWith(model, {}, { users: days(100) });
		// the mean of 26 days of 100 and one of 75 is 99.07
		expect(health).toMatchObject({ coverage: 1, missing: ['users'], score: 51 });
		expect(health.reasons[0]?.text).toBe(
			'Weekly users has no data (users), so its value of 2 days ago counts',
		);
		expect(scoreWith(model, {}, { users: [nothing, nothing, 75] }).score).toBeNull();
	});

	it('cannot be changed any more, so it reaches no band', () => {
		const { nextBand } = scoreWith(model, { a: 100 }, { b: [0] });
		expect(nextBand).toBeNull();
	});
});

describe('what a memory has to keep', () => {
	const model = modelOf([
		{ id: 'd', field: 'd', curve: { type: 'weekChange', counts: 'day' } },
		{ ...users, missing: { lastKnown: 3 }, range: { max: 1000 } },
		{ id: 'b', field: 'b', of: { field: 'all' }, stale: { lastKnown: 90 } },
		{ id: 'plain', field: 'plain' },
	]);

	it('are daily values of what is compared with it, and last known values', () => {
		expect(compileScorer(model, options).remembered).toEqual([
			{ signal: 'b', days: 0, lastKnownDays: 90 },
			{ signal: 'd', days: 20, lastKnownDays: 0 },
			{ signal: 'users', days: 28, lastKnownDays: 3 },
		]);
	});

	it("is today's number of a field that is compared, and what was measured else; nothing of what cannot be", () => {
		const scorer = compileScorer(model, options);
		const today = (account: Facts): number[] => {
			scorer.score(account);
			return [...scorer.today];
		};
		expect(today({ d: 30, users: 12, b: 1, all: 4 })).toEqual([0.25, 30, 12]);
		expect(today({ d: 'x', users: 1001, b: 1 })).toEqual([NaN, NaN, NaN]);
		expect(today({})).toEqual([NaN, NaN, NaN]);
	});
});
