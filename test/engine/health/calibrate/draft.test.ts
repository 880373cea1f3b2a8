import { readColumns } from '../../../../engine/health/calibrate/columns';
import { columnReader } from '../../../../engine/health/backtest/columnReader';
import { draftModel, draftSignals } from '../../../../engine/health/calibrate/draft';
import { compileEarned } from '../../../../engine/health/calibrate/earned';
import { learnBands, learnCategories } from '../../../../engine/health/calibrate/learnCurve';
import { dice } from '../../../harness/dice';

describe('columns', () => {
	const rows = Array.from({ length: 30 }, (_row, index) => ({
		name: `Customer ${String(index)}`,
		users: String(index),
		plan: index % 2 === 0 ? 'pro' : 'free',
		flag: index % 2,
		country: 'DE',
		charges: index === 3 ? 'NA' : index * 1.5,
	}));
	const { columns, skipped } = readColumns(rows, ['country']);

	it('are numbers or categories by their values; missing ones are no values', () => {
		expect(columns).toEqual([
			{ field: 'users', kind: 'number' },
			{ field: 'plan', kind: 'category' },
			{ field: 'flag', kind: 'category' },
			{ field: 'charges', kind: 'number' },
		]);
	});

	it('of names, or of one value, are no signals, and it is said', () => {
		expect(skipped.map(({ field }) => field)).toEqual(['name']);
		const same = readColumns(rows).skipped.map(({ field }) => field);
		expect(same).toEqual(['name', 'country']);
	});
});

const times = <Value>(
	value: Value,
	left: number,
	stayed: number,
): { value: Value; churned: boolean }[] => [
	...Array.from({ length: left }, () => ({ value, churned: true })),
	...Array.from({ length: stayed }, () => ({ value, churned: false })),
];

const pointsOf = ({
	values,
}: ReturnType<typeof learnCategories>): Record<string, number | undefined> =>
	Object.fromEntries(values.map(({ value, points }) => [value, points]));

describe('points per category', () => {
	it('give 100 where fewest leave, 0 where most leave, and the rest in between', () => {
		const curve = learnCategories([
			...times('monthly', 430, 570),
			...times('yearly', 110, 890),
			...times('two years', 30, 970),
		]);
		const points = pointsOf(curve);
		expect(points).toMatchObject({ monthly: 0, 'two years': 100 });
		expect(points.yearly).toBeGreaterThan(40);
		expect(points.yearly).toBeLessThan(75);
	});

	it('take a handful that all left for a handful', () => {
		const curve = learnCategories([
			...times('many', 400, 600),
			...times('three', 3, 0),
			...times('most', 100, 900),
		]);
		const { three = 0, many = 0 } = pointsOf(curve);
		expect(Math.abs(three - many)).toBeLessThan(30);
	});

	it('are 50 for all where no category differs', () => {
		const curve = learnCategories([...times('a', 10, 90), ...times('b', 10, 90)]);
		expect(pointsOf(curve)).toEqual({ a: 50, b: 50 });
	});

	it('take spellings for one that a model takes for one', () => {
		const curve = learnCategories([
			...times('Pro', 10, 90),
			...times(' pro', 0, 50),
			...times('b', 9, 9),
		]);
		expect(pointsOf(curve)).toEqual({ b: 0, [curve.values[0]?.value ?? '']: 100 });
	});
});

describe('points of numbers', () => {
	it('never rise and fall both, whatever the data', () => {
		for (let seed = 1; seed <= 100; seed++) {
			const roll = dice(seed);
			const bend = roll() * 100;
			const rows = Array.from({ length: 300 }, () => {
				const value = Math.floor(roll() * 100);
				return { value, churned: roll() < Math.abs(value - bend) / 120 };
			});
			const curve = learnBands(rows);
			const points = curve.steps.map((step) => step.points);
			const up = [...points].sort((a, b) => a - b);
			expect([up, [...up].reverse()]).toContainEqual(points);
			expect(points.every((one) => one >= 0 && one <= 100)).toBe(true);
			const edges = curve.steps.map(({ atLeast }) => atLeast);
			expect([...new Set(edges)].sort((a, b) => a - b)).toEqual(edges);
			expect(curve.below).toBe(points[0]);
		}
	});

	it('rise where those with more stay, and fall where they leave', () => {
		const rows = Array.from({ length: 400 }, (_row, value) => ({ value, churned: value < 150 }));
		const rising = learnBands(rows);
		const falling = learnBands(rows.map(({ value, churned }) => ({ value, churned: !churned })));
		expect([rising.steps[0]?.points, rising.steps.at(-1)?.points]).toEqual([0, 100]);
		expect([falling.steps[0]?.points, falling.steps.at(-1)?.points]).toEqual([100, 0]);
	});
});

describe('a draft', () => {
	const rows = Array.from({ length: 200 }, (_row, index) => ({
		churned: index % 4 === 0,
		facts: { 'plan type': index % 4 === 0 ? 'free' : 'pro', users: index, __proto__: null },
	}));
	const { columns } = readColumns(rows.map(({ facts }) => facts));
	const signals = draftSignals(columns, rows);

	it('has a signal per column, with an id and a label of its own', () => {
		expect(signals.map(({ id, label, field }) => [id, label, field])).toEqual([
			['plan_type', 'Plan type', 'plan type'],
			['users', 'Users', 'users'],
		]);
	});

	it('gives points to what it has seen and null to what is missing, unreadable or new', () => {
		const model = draftModel(
			'draft',
			signals.map((signal) => ({ ...signal, weight: 1 })),
		);
		const earn = compileEarned(model, columnReader, 0);
		const points = (facts: Record<string, unknown>): (number | null)[] => earn(facts).points;
		expect(points({ 'plan type': 'pro', users: 'NA' })).toEqual([100, null]);
		expect(points({ 'plan type': 'enterprise', users: 'many' })).toEqual([null, null]);
		expect(points({ 'plan type': 'constructor' })).toEqual([null, null]);
		expect(points({ 'plan type': ' free ', users: '3' })[0]).toBe(0);
	});
});
