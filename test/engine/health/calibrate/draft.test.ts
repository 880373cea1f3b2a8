import { readColumns } from '../../../../engine/health/calibrate/columns';
import { draftPoints, draftSignals } from '../../../../engine/health/calibrate/draft';
import { learnBands, learnCategories } from '../../../../engine/health/calibrate/learnCurve';
import { dice } from '../../journeys/dice';

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

describe('points per category', () => {
	it('give 100 where fewest leave, 0 where most leave, and the rest in between', () => {
		const curve = learnCategories([
			...times('monthly', 430, 570),
			...times('yearly', 110, 890),
			...times('two years', 30, 970),
		]);
		if (curve.type !== 'categories') throw new Error('not categories');
		expect(curve.points).toMatchObject({ monthly: 0, 'two years': 100 });
		expect(curve.points.yearly).toBeGreaterThan(40);
		expect(curve.points.yearly).toBeLessThan(75);
	});

	it('take a handful that all left for a handful', () => {
		const curve = learnCategories([
			...times('many', 400, 600),
			...times('three', 3, 0),
			...times('most', 100, 900),
		]);
		if (curve.type !== 'categories') throw new Error('not categories');
		expect(Math.abs((curve.points.three ?? 0) - (curve.points.many ?? 0))).toBeLessThan(30);
	});

	it('are 50 for all where no category differs', () => {
		const curve = learnCategories([...times('a', 10, 90), ...times('b', 10, 90)]);
		expect(curve).toEqual({ type: 'categories', points: { a: 50, b: 50 } });
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
			if (curve.type !== 'bands') throw new Error('not bands');
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
		if (rising.type !== 'bands' || falling.type !== 'bands') throw new Error('not bands');
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
		const points = (facts: Record<string, unknown>): (number | null)[] =>
			draftPoints(signals, facts);
		expect(points({ 'plan type': 'pro', users: 'NA' })).toEqual([100, null]);
		expect(points({ 'plan type': 'enterprise', users: 'many' })).toEqual([null, null]);
		expect(points({ 'plan type': 'constructor' })).toEqual([null, null]);
		expect(points({ 'plan type': ' free ', users: '3' })[0]).toBe(0);
	});
});
