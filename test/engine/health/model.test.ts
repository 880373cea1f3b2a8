import { compileCurve } from '../../../engine/health/curve';
import { curveSchema, healthModelSchema } from '../../../engine/health/model';
import { b2bSaas, fewData } from '../../../engine/health/presets';

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
	])('%j gives %j the points %j', (curve, values, points) => {
		expect(values.map(compileCurve(curveSchema.parse(curve)))).toEqual(points);
	});
});

describe('a model', () => {
	it('has the bands and the floor of P19 where it names none', () => {
		expect(healthModelSchema.parse({ id: 'm', signals: [signal] })).toMatchObject({
			version: '1',
			bands: { green: 75, yellow: 60 },
			coverageFloor: 0.6,
			signals: [{ missing: 'leaveOut', group: 'other' }],
		});
	});

	it.each([
		[{ id: 'm', signals: [] }, 'has no signal'],
		[{ id: 'm', signals: [signal, signal] }, "'a' is used twice"],
		[{ id: 'm', signals: [{ ...signal, weight: 0 }] }, 'is not above 0'],
		[{ id: 'm', signals: [{ ...signal, id: '9 lives' }] }, 'starts with a letter'],
		[{ id: 'm', signals: [signal], bands: { green: 50, yellow: 60 } }, 'green starts below yellow'],
		[
			{ id: 'm', signals: [{ ...signal, curve: { type: 'linear', from: 3, to: 3 } }] },
			'"From" and "To" are the same',
		],
	])('is refused with a sentence: %#', (model, message) => {
		const { error } = healthModelSchema.safeParse(model);
		expect(error?.issues[0]?.message).toContain(message);
	});

	it.each([b2bSaas, fewData])('survives export and import as JSON', (model) => {
		expect(healthModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
	});
});
