import type { Known } from '../../../../engine/health/history/memory';
import { hasNews, Recollection, valuesWith } from '../../../../engine/health/history/recollection';

const REMEMBERED = [
	{ signal: 'users', days: 3, lastKnownDays: 0 },
	{ signal: 'constructor', days: 0, lastKnownDays: 5 },
	{ signal: 'both', days: 2, lastKnownDays: 2 },
];

/** Values by day from 0; null: no sweep that day. */
function remember(days: readonly (readonly number[] | null)[]): Known | undefined {
	let known: Known | undefined;
	for (const [day, today] of days.entries()) {
		if (today === null || !hasNews(known, REMEMBERED, today, day)) continue;
		const memory = { scores: '', steady: 0, ...valuesWith(known, REMEMBERED, today, day) };
		known = { day, memory: JSON.parse(JSON.stringify(memory)) as typeof memory };
	}
	return known;
}

const ask = (today: number, days: readonly (readonly number[] | null)[]): Recollection => {
	const known = remember(days);
	const recollection = new Recollection(today);
	return known === undefined ? recollection : recollection.of(known);
};
const users = (memory: Recollection): number[] =>
	[0, 1, 2, 3, 4].map((daysAgo) => memory.valueAt('users', daysAgo));

describe('what memory knows of values', () => {
	it('is one a day, today first', () => {
		const memory = ask(2, [
			[1, NaN, NaN],
			[2, NaN, NaN],
			[3, NaN, NaN],
		]);
		expect(users(memory)).toEqual([3, 2, 1, NaN, NaN]);
	});

	it('keeps the days apart on which nothing was known', () => {
		const memory = ask(4, [[1, NaN, NaN], null, [NaN, 7, NaN], [4, NaN, NaN]]);
		expect(users(memory)).toEqual([NaN, 4, NaN, NaN, 1]);
	});

	it('forgets what is older than asked for', () => {
		const memory = ask(5, [
			[1, NaN, NaN],
			[2, NaN, NaN],
			[3, NaN, NaN],
			[4, NaN, NaN],
			null,
			[6, NaN, NaN],
		]);
		expect(users(memory)).toEqual([6, NaN, 4, 3, NaN]);
	});

	it('is the last value known and how old it is, until it is too old', () => {
		const memory = ask(4, [[NaN, 7, 1], null, [NaN, NaN, 2]]);
		expect([memory.lastValue('constructor'), memory.lastDaysAgo('constructor')]).toEqual([7, 4]);
		expect([memory.lastValue('both'), memory.lastDaysAgo('both')]).toEqual([2, 2]);
		const later = ask(9, [[NaN, 7, NaN], ...[1, 2, 3, 4, 5, 6].map(() => null), [1, NaN, NaN]]);
		expect(later.lastDaysAgo('constructor')).toBeNaN();
	});

	it('is of no signal that it never heard of, whatever it is called', () => {
		const memory = ask(1, [[1, NaN, NaN]]);
		for (const signal of ['other', 'constructor', 'toString']) {
			expect(memory.valueAt(signal, 1)).toBeNaN();
			expect(memory.lastValue(signal)).toBeNaN();
			expect(memory.lastDaysAgo(signal)).toBeNaN();
		}
		expect(ask(1, []).valueAt('users', 1)).toBeNaN();
	});

	it('is of no later day than the one asked about', () => {
		const memory = ask(1, [
			[1, 5, NaN],
			[2, NaN, NaN],
			[3, 6, NaN],
		]);
		expect(users(memory)).toEqual([2, 1, NaN, NaN, NaN]);
		expect(memory.lastDaysAgo('constructor')).toBeNaN();
	});

	it("changes on a day that it knows only by what was not known that day: a day's first value counts", () => {
		const known = remember([[5, NaN, NaN]]);
		expect(hasNews(known, REMEMBERED, [6, NaN, NaN], 0)).toBe(false);
		expect(hasNews(known, REMEMBERED, [6, 8, NaN], 0)).toBe(true);
		expect(valuesWith(known, REMEMBERED, [6, 8, NaN], 0)).toEqual({
			values: { users: [5], both: [null] },
			last: { constructor: [0, 8] },
		});
	});
});
