import type { NextBand } from '../../../engine/health/health';
import type { Facts } from '../../../engine/health/fields';
import { compileScorer } from '../../../engine/health/scoreAccounts';
import { historyOf } from './histories';
import { DAY, modelOf, NOW, options, scoreOne } from './models';

const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();
const users = {
	id: 'users',
	label: 'Weekly users',
	field: 'users',
	unit: 'weekly users',
	weight: 70,
	curve: { type: 'linear', from: 0, to: 10 },
};
const p1 = {
	id: 'openP1',
	label: 'Open P1 tickets',
	field: 'p1',
	unit: { one: 'open P1 ticket', many: 'open P1 tickets', less: 'resolved' },
	weight: 30,
	curve: { type: 'linear', from: 1, to: 0 },
	range: { min: 0 },
};

/** A model in which one signal weighs 60 beside one that always earns its 40, so that 20 more are needed from 0. */
function only(signal: object, account: Facts, more: object = {}): NextBand | null {
	const model = modelOf(
		[
			{ id: 'x', label: 'X', field: 'x', weight: 60, ...signal },
			{ id: 'rest', field: 'rest', weight: 40, curve: { type: 'yesNo' } },
		],
		more,
	);
	return scoreOne(model, { rest: true, ...account }).nextBand;
}

describe('the next band', () => {
	it('is reached by the smallest change of one signal, told as data and as a sentence', () => {
		// 42 of 70 for six users; 17.5 are needed for 59.5, which is shown as 60
		expect(scoreOne(modelOf([users, p1]), { users: 6, p1: 1 }).nextBand).toEqual({
			band: 'yellow',
			score: 60,
			changes: [
				{ signal: 'users', field: 'users', from: 6, to: 9, text: '3 more weekly users' },
				{
					signal: 'openP1',
					field: 'p1',
					from: 1,
					to: 0,
					text: 'the one open P1 ticket resolved',
				},
			],
			text: 'Yellow with 3 more weekly users, or with the one open P1 ticket resolved',
		});
	});

	it('is green after yellow, and none after green', () => {
		const model = modelOf([users]);
		expect(scoreOne(model, { users: 6 }).nextBand).toMatchObject({ band: 'green', score: 75 });
		expect(scoreOne(model, { users: 8 }).nextBand).toBeNull();
	});

	it('names no more than two ways, first the signal that has to move least', () => {
		const of = (id: string, weight: number): object => ({ id, label: id, field: id, weight });
		const model = modelOf([of('a', 20), of('b', 50), of('c', 30)]);
		const { nextBand } = scoreOne(model, { a: 50, b: 50, c: 50 });
		expect(nextBand?.changes.map(({ signal, to }) => [signal, to])).toEqual([
			['b', 69],
			['c', 81.67],
		]);
	});

	it('is not told where no single signal is enough, where the band is unknown, and without a score', () => {
		const model = modelOf([users, p1, { id: 'n', field: 'n', weight: 60 }]);
		expect(scoreOne(model, { users: 0, p1: 1, n: 0 }).nextBand).toBeNull();
		expect(scoreOne(model, { users: 5 }).nextBand).toBeNull();
		expect(scoreOne(model, {}).nextBand).toBeNull();
	});

	it('leaves a signal alone whose absence counts', () => {
		const model = modelOf([users, { ...p1, missing: 'worst' }]);
		expect(scoreOne(model, { users: 6 }).nextBand?.changes).toHaveLength(1);
	});

	it('follows thresholds that are no whole numbers', () => {
		const model = modelOf([{ id: 'a', label: 'A', field: 'a' }], {
			bands: { green: 80.5, yellow: 70.2 },
		});
		expect(scoreOne(model, { a: 10 }).nextBand).toMatchObject({
			score: 71,
			changes: [{ to: 70.5 }],
		});
	});

	it('skips a yellow that is empty', () => {
		const model = modelOf([users], { bands: { green: 70, yellow: 70 } });
		expect(scoreOne(model, { users: 1 }).nextBand).toMatchObject({ band: 'green', score: 70 });
	});
});

describe('the smallest change', () => {
	// 20 points of 60 are a third, less what rounding gives
	it.each<[string, object, Facts, unknown, string]>([
		['a number', {}, { x: 0 }, 32.5, 'Yellow with X at 32.5'],
		['a count', { unit: 'calls' }, { x: 0 }, 33, 'Yellow with 33 more calls'],
		['one more', { unit: 'calls' }, { x: 32 }, 33, 'Yellow with 1 more call'],
		[
			'fewer of a count',
			{ unit: 'tickets', curve: { type: 'linear', from: 9, to: 0 } },
			{ x: 9 },
			6,
			'Yellow with 3 fewer tickets',
		],
		[
			'some of a count that can go',
			{ ...p1, id: 'x', field: 'x', weight: 60, curve: { type: 'linear', from: 9, to: 0 } },
			{ x: 9 },
			6,
			'Yellow with 3 of 9 open P1 tickets resolved',
		],
		[
			'all of a count that can go',
			{ ...p1, id: 'x', field: 'x', weight: 60 },
			{ x: 2 },
			0,
			'Yellow with all 2 open P1 tickets resolved',
		],
		[
			'what is divided',
			{ of: { field: 'all' }, unit: 'seats in use', curve: { type: 'linear', from: 0, to: 1 } },
			{ x: 2, all: 10 },
			4,
			'Yellow with 2 more seats in use',
		],
		[
			'a share without a unit, told in percent',
			{ of: { field: 'all' }, curve: { type: 'linear', from: 0, to: 1 } },
			{ x: 2, all: 10 },
			3.25,
			'Yellow with X at 33 %',
		],
		[
			'a date',
			{ curve: { type: 'recency', from: 30, to: 0 } },
			{ x: daysAgo(40) },
			20,
			'Yellow with X within 20 days',
		],
		[
			'a date with a half-life',
			{ curve: { type: 'halfLife', days: 10 } },
			{ x: daysAgo(40) },
			16,
			'Yellow with X within 16 days',
		],
		['an answer', { curve: { type: 'yesNo' } }, { x: 'no' }, true, 'Yellow with X at yes'],
		[
			'a word',
			{
				curve: {
					type: 'categories',
					values: [
						{ value: 'best', points: 100 },
						{ value: 'fair', points: 40 },
						{ value: 'poor', points: 10 },
					],
				},
			},
			{ x: 'poor' },
			'fair',
			'Yellow with X at fair',
		],
		[
			'a step',
			{ curve: { type: 'bands', steps: [3, 7].map((at) => ({ atLeast: at, points: at * 10 })) } },
			{ x: 1 },
			7,
			'Yellow with X at 7',
		],
		[
			'a step down, to just below it',
			{ curve: { type: 'bands', steps: [{ atLeast: 4, points: 0 }], below: 100 } },
			{ x: 6 },
			3.99,
			'Yellow with X at 3.99',
		],
		[
			'an NPS, which is a whole number',
			{ curve: { type: 'nps' } },
			{ x: -80 },
			-17,
			'Yellow with X at -17',
		],
	])('may be of %s', (_what, signal, account, to, text) => {
		const found = only(signal, account);
		expect(found?.changes).toMatchObject([{ signal: 'x', to }]);
		expect(found?.text).toBe(text);
	});

	it('stays within what is possible', () => {
		expect(only({ range: { max: 32 } }, { x: 0 })).toBeNull();
		expect(only({ range: { max: 32.5 } }, { x: 0 })).not.toBeNull();
	});

	it('of a baseline from memory moves today, and a closed week cannot be moved', () => {
		const change = (curve: object): NextBand | null => {
			const model = modelOf([{ ...users, curve }]);
			const history = () => historyOf({ users: Array.from({ length: 29 }, () => 20) });
			return compileScorer(model, { ...options, history }).score({ users: 10 }).nextBand;
		};
		// 59.5 % of the way from 10 to 20
		expect(change({ type: 'baseline', from: 0.5, to: 1 })?.changes).toMatchObject([
			{ from: 10, to: 16 },
		]);
		expect(change({ type: 'weekChange', from: 0.5, to: 2, counts: 'day' })).toBeNull();
	});
});

describe('a cap in the way', () => {
	const signIn = { id: 'signIn', label: 'Last sign-in', field: 'signIn', weight: 0 };
	const recency = { type: 'recency', from: 90, to: 0 };
	const cap = { signal: 'signIn', from: 30, atMost: 40 };
	const model = modelOf([users, { ...signIn, curve: recency }], { caps: [cap] });

	it('is what has to be lifted', () => {
		const { score, nextBand } = scoreOne(model, { users: 10, signIn: daysAgo(45) });
		expect(score).toBe(40);
		// without the cap the score would be 100, but the band after red is yellow
		expect(nextBand).toMatchObject({
			band: 'yellow',
			changes: [{ signal: 'signIn', from: 45, to: 29 }],
			text: 'Yellow with Last sign-in within 29 days',
		});
	});

	it('leaves nothing to say where the rest is not enough either, or two signals cap', () => {
		expect(scoreOne(model, { users: 5, signIn: daysAgo(45) }).nextBand).toBeNull();
		const two = modelOf([users, { ...signIn, curve: recency }], {
			caps: [cap, { signal: 'users', to: 10, atMost: 30 }],
		});
		expect(scoreOne(two, { users: 10, signIn: daysAgo(45) }).nextBand).toBeNull();
	});

	it('and its own signal may be lifted by one change', () => {
		const heavy = modelOf([users, { ...signIn, weight: 30, curve: recency }], { caps: [cap] });
		// 63 of users, 30 × 2/3 for 30 days: more than enough below the cap
		const { nextBand } = scoreOne(heavy, { users: 9, signIn: daysAgo(80) });
		expect(nextBand?.changes).toMatchObject([{ signal: 'signIn', to: 29 }]);
	});

	it('does not mind where it is above the band that is to be reached', () => {
		const loose = modelOf([users], { caps: [{ signal: 'users', from: 1, to: 9, atMost: 65 }] });
		expect(scoreOne(loose, { users: 2 }).nextBand?.changes).toMatchObject([{ to: 6 }]);
		expect(scoreOne(loose, { users: 7 }).nextBand?.changes).toMatchObject([{ to: 10 }]);
	});
});
