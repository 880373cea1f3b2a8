import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCurve } from '../../../engine/health/curve';
import { curveSchema } from '../../../engine/health/curveSchema';
import { directionOf } from '../../../engine/health/direction';
import { healthModelSchema, parseModel } from '../../../engine/health/model';
import { HEALTH_PRESETS } from '../../../engine/health/presets';

const signal = { id: 'a', label: 'A', field: 'a', weight: 1, curve: { type: 'yesNo' } };

describe('a curve', () => {
	it.each([
		[{ type: 'linear', from: 0, to: 10 }, [-1, 0, 5, 10, 11], [0, 0, 50, 100, 100]],
		[{ type: 'linear', from: 10, to: 0 }, [-1, 0, 5, 10, 11], [100, 100, 50, 0, 0]],
		[{ type: 'recency', from: 30, to: 0 }, [0, 15, 30, 99], [100, 50, 0, 0]],
		[
			{
				type: 'bands',
				steps: [
					{ atLeast: 3, points: 0 },
					{ atLeast: 0, points: 80 },
				],
				below: 20,
			},
			[-1, 0, 2.9, 3, 99],
			[20, 80, 80, 0, 0],
		],
		[{ type: 'yesNo' }, [1, 0], [100, 0]],
		[{ type: 'yesNo', yes: 0, no: 100 }, [1, 0], [0, 100]],
		[{ type: 'halfLife', days: 14 }, [0, 14, 28, 42], [100, 50, 25, 12.5]],
		// a spike is not rewarded
		[{ type: 'baseline' }, [0.6, 0.8, 1, 3], [0, 50, 100, 100]],
		[{ type: 'baseline', from: 3, to: 1 }, [0.2, 1, 2, 3], [100, 100, 50, 0]],
		[{ type: 'weekChange' }, [0.6, 0.8, 1, 2], [0, 50, 100, 100]],
		[{ type: 'nps' }, [-50, 0, 50], [0, 50, 100]],
		[{ type: 'nps', scale: 'answer' }, [0, 6, 7, 8, 9, 10], [0, 0, 50, 50, 100, 100]],
		[{ type: 'csat' }, [2, 3.25, 4.5], [0, 50, 100]],
		[{ type: 'csat', scale: 10, from: 4, to: 9 }, [4, 6.5, 9], [0, 50, 100]],
		[
			{
				type: 'categories',
				values: [
					{ value: 'high', points: 100 },
					{ value: 'low', points: 10 },
				],
				other: 30,
			},
			[0, 1, 2],
			[100, 10, 30],
		],
		[{ type: 'licenceUse' }, [0.2, 0.5, 0.8, 1.2], [0, 50, 100, 100]],
	])('%j gives %j the points %j', (curve, values, points) => {
		const found = values.map(compileCurve(curveSchema.parse(curve)));
		expect(found.map((value) => Math.round(value * 1e9) / 1e9)).toEqual(points);
	});

	it.each([7, 10, 100])(
		'of CSAT takes the same shares of a scale of %p as of one of 5',
		(scale) => {
			const of5 = compileCurve(curveSchema.parse({ type: 'csat' }));
			const other = compileCurve(curveSchema.parse({ type: 'csat', scale }));
			for (const share of [0, 0.3, 0.6, 1]) {
				expect(other(1 + share * (scale - 1))).toBeCloseTo(of5(1 + share * 4), 9);
			}
		},
	);
});

const line = { type: 'linear', from: 0, to: 1 };
const words = [
	{ value: 'good', points: 100 },
	{ value: 'Bad ', points: 0 },
];

describe('a direction', () => {
	it.each<[object, object[], string]>([
		[line, [], 'up'],
		[{ type: 'linear', from: 1, to: 0 }, [], 'down'],
		[{ type: 'recency', from: 30, to: 0 }, [], 'down'],
		[{ type: 'halfLife', days: 7 }, [], 'down'],
		[{ type: 'yesNo' }, [], 'up'],
		[{ type: 'yesNo', yes: 0, no: 100 }, [], 'down'],
		[{ type: 'categories', values: words }, [], 'none'],
		[{ type: 'nps', scale: 'answer' }, [], 'up'],
		[{ type: 'bands', steps: [{ atLeast: 1, points: 50 }] }, [], 'up'],
		[{ type: 'bands', steps: [{ atLeast: 1, points: 50 }], below: 80 }, [], 'down'],
		[
			{ type: 'bands', steps: [1, 2, 3].map((at) => ({ atLeast: at, points: (at % 2) * 50 })) },
			[],
			'none',
		],
		[line, [{ signal: 'a', to: 0.2, atMost: 40 }], 'up'],
		[line, [{ signal: 'a', from: 0.9, atMost: 40 }], 'none'],
		[line, [{ signal: 'a', from: 0.1, to: 0.2, atMost: 40 }], 'none'],
		[{ type: 'yesNo' }, [{ signal: 'a', is: 'no', atMost: 40 }], 'up'],
		[{ type: 'yesNo' }, [{ signal: 'a', is: 'yes', atMost: 40 }], 'none'],
	])('of %j with the caps %j is %s', (curve, caps, direction) => {
		const model = healthModelSchema.parse({ id: 'm', signals: [{ ...signal, curve }], caps });
		const [only] = model.signals;
		expect(only && directionOf(model, only)).toBe(direction);
	});
});

describe('a model', () => {
	it('has the bands and the floor of P19 where it names none', () => {
		expect(healthModelSchema.parse({ id: 'm', signals: [signal] })).toMatchObject({
			format: 1,
			version: '1',
			bands: { green: 75, yellow: 60 },
			coverageFloor: 0.6,
			signals: [{ missing: 'leaveOut', stale: 'leaveOut', invalid: 'leaveOut', group: 'other' }],
			caps: [],
		});
	});

	const withSignal = (more: object): object => ({ id: 'm', signals: [{ ...signal, ...more }] });
	const withCurve = (curve: object): object => withSignal({ curve });
	const withCap = (cap: object, more: object = {}): object => ({
		...withSignal({ curve: line, ...more }),
		caps: [{ signal: 'a', atMost: 40, ...cap }],
	});
	it.each([
		[{ id: 'm', signals: [] }, 'has no signal'],
		[{ id: 'm', signals: [signal, signal] }, "'a' is used twice"],
		[withSignal({ weight: -1 }), 'is below 0'],
		[withSignal({ weight: 0 }), 'at least one signal must count'],
		[withSignal({ id: '9 lives' }), 'starts with a letter'],
		[withSignal({ wieght: 3 }), 'wieght'],
		[withSignal({ missing: 'skip' }), 'is none of leaveOut, neutral, worst, fail'],
		[withSignal({ of: { field: 'b' } }), 'only numbers can be divided'],
		[withSignal({ curve: line, range: { min: 3, max: 1 } }), 'ends before it begins'],
		[withSignal({ unit: 3 }), 'is neither a plural'],
		[{ id: 'm', signals: [signal], bands: { green: 50, yellow: 60 } }, 'green starts below yellow'],
		[withCurve({ type: 'linear', from: 3, to: 3 }), '"From" and "To" are the same'],
		[withCurve({ type: 'baseline', to: 1.5 }), 'a spike would be rewarded'],
		[withCurve({ type: 'baseline', from: 2, to: 0.5 }), 'a spike would be rewarded'],
		[withCurve({ type: 'baseline', days: 7 }), 'more known days than it looks back'],
		[withCurve({ type: 'licenceUse' }), 'say which field holds the seats bought'],
		[withCurve({ type: 'categories', values: [] }), 'lists no value'],
		[withCurve({ type: 'categories', values: [...words, ...words] }), 'lists a value twice'],
		[withSignal({ direction: 'down' }), "is 'down', but the curve goes up"],
		[withSignal({ direction: 'up', curve: { type: 'halfLife', days: 3 } }), 'goes down'],
		[withCap({ signal: 'b', to: 1 }), "there is no signal 'b'"],
		[withCap({}), "needs 'from' or 'to'"],
		[withCap({ from: 2, to: 1 }), 'ends before it begins'],
		[withCap({ is: 'yes' }), "says when it holds by 'from' or 'to'"],
		[withCap({ to: 1 }, { curve: { type: 'yesNo' } }), "says when it holds by 'is'"],
		[withCap({ is: 'maybe' }, { curve: { type: 'yesNo' } }), "'a' is never 'maybe'"],
		[withCap({ from: 0.5 }, { direction: 'up' }), 'its caps reward the other way'],
	])('is refused with a sentence: %#', (model, message) => {
		const { error } = healthModelSchema.safeParse(model);
		expect(error?.issues[0]?.message).toContain(message);
	});

	it.each([
		[
			withCurve({ type: 'liner', from: 0, to: 1 }),
			'curve.type',
			/must be one of .*baseline.*linear/,
		],
		[withSignal({ curve: undefined }), 'curve', /must be one of .*baseline.*linear/],
		[withCurve({ type: 'linear', from: 0 }), 'curve.to', /^is missing: a number belongs here$/],
		[withSignal({ weight: undefined }), 'weight', /^is missing: a number belongs here$/],
		[withSignal({ weight: '3' }), 'weight', /^is not a number$/],
		[withSignal({ weight: -1 }), 'weight', /^is below 0$/],
		[withSignal({ label: 3 }), 'label', /^is not a text$/],
		[withSignal({ wieght: 3 }), '', /^there is no 'wieght' here: is it misspelled\?$/],
		[withSignal({ direction: 'left' }), 'direction', /^is none of up, down, none$/],
		[withCurve({ type: 'halfLife', days: 0 }), 'curve.days', /^is not above 0$/],
		[
			{ ...withSignal({}), coverageFloor: 60 },
			'coverageFloor',
			/^is a share from 0 to 1: 60 % is 0.6$/,
		],
		[{ ...withSignal({}), bands: { green: 110 } }, 'bands.green', /^is above 100$/],
		[
			{ ...withSignal({}), hysteresis: { scores: 1.5 } },
			'hysteresis.scores',
			/^is not a whole number$/,
		],
		[{ id: 'm', signals: 7 }, 'signals', /^is not a list$/],
	])('has one mistake, told in words of the model: %#', (model, field, message) => {
		const issues = parseModel(model).error?.issues ?? [];
		expect(issues).toHaveLength(1);
		expect(issues[0]?.path.join('.').replace(/^signals\.0\.?/, '')).toBe(field);
		expect(issues[0]?.message).toMatch(message);
	});

	it('names the signal and the field that are wrong', () => {
		const model = { id: 'm', signals: [signal, { ...signal, id: 'b', weight: 'much' }] };
		expect(healthModelSchema.safeParse(model).error?.issues[0]?.path).toEqual([
			'signals',
			1,
			'weight',
		]);
	});

	it('is written as the docs page writes it', () => {
		const page = readFileSync(join(__dirname, '../../../docs/health-score.md'), 'utf8');
		const blocks = [...page.matchAll(/```json\n([^`]*)```/g)].map(([, block = '']) => block);
		const models = blocks.filter((block) => block.includes('"format"'));
		expect(models).toHaveLength(1);
		for (const model of models) {
			expect(healthModelSchema.safeParse(JSON.parse(model)).error).toBeUndefined();
		}
	});

	it.each(Object.values(HEALTH_PRESETS))('survives export and import as JSON', (model) => {
		expect(healthModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
	});
});
