import { calibrate, type ToCalibrate } from '../../../../engine/health/calibrate/calibrate';
import type {
	Calibration,
	Proposed,
	WeightRow,
} from '../../../../engine/health/calibrate/calibration';
import { calibrateModel } from '../../../../engine/health/calibrate/calibrateModel';
import { columnReader } from '../../../../engine/health/backtest/columnReader';
import type { Facts } from '../../../../engine/health/fields';
import { healthModelSchema } from '../../../../engine/health/model';
import type { FactsRow } from '../../../../engine/health/calibrate/split';
import { propose } from '../../../../engine/health/calibrate/propose';
import { riskAt } from '../../../../engine/health/calibrate/riskOfScore';
import { calibrateSettingsSchema, type Points } from '../../../../engine/health/calibrate/rows';
import { weigh } from '../../../../engine/health/calibrate/weigh';
import { dice } from '../../../harness/dice';

const settings = calibrateSettingsSchema.parse({});

type Base = ToCalibrate & { points: Points[] };
type Making = { accounts?: number; weights?: number[]; missing?: number; chance?: boolean };

/**
 * Accounts that stay by weights 6, 2, 0 and −4 on the points of four signals (the fourth has its direction wrong), so
 * that the truth is known. Every fifth is set aside.
 */
function base(seed: number, { accounts = 1000, weights, missing = 0, chance }: Making = {}): Base {
	const roll = dice(seed);
	const truth = [6, 2, 0, -4];
	const points = Array.from({ length: accounts }, () =>
		truth.map(() => (roll() < missing ? null : Math.floor(roll() * 101))),
	);
	const rows = points.map((row, index) => {
		const odds = truth.reduce((sum, one, at) => sum + (one * ((row[at] ?? 50) - 50)) / 100, 0.9);
		const stays = roll() < (chance === true ? 0.7 : 1 / (1 + Math.exp(-odds)));
		return {
			accountId: `A-${String(index).padStart(5, '0')}`,
			churned: !stays,
			fit: index % 5 > 0,
		};
	});
	const signals = ['strong', 'weak', 'useless', 'backwards'].map((id, at) => ({
		id,
		label: `The ${id} one`,
		weight: weights?.[at] ?? 25,
	}));
	return { signals, rows, points, pointsFrom: () => points };
}

function proposed(calibration: Calibration): Proposed {
	if (calibration.verdict === 'better' || calibration.verdict === 'no_better') return calibration;
	throw new Error(calibration.reasons.map(({ text }) => text).join('; '));
}

const weightOf = ({ weights }: Proposed, id: string): Partial<WeightRow> =>
	weights.find((row) => row.id === id) ?? {};

describe('weights learned where the truth is known', () => {
	const given = base(1);
	const result = proposed(calibrate(given, settings));

	it('come out near it: three to one, nothing for what says nothing, and none below 0', () => {
		const strong = weightOf(result, 'strong').proposed ?? 0;
		const weak = weightOf(result, 'weak').proposed ?? 0;
		expect(strong / weak).toBeGreaterThan(2);
		expect(strong / weak).toBeLessThan(4.5);
		expect(weightOf(result, 'useless').proposed).toBeLessThan(8);
		expect(weightOf(result, 'backwards')).toMatchObject({ proposed: 0, why: 'adds_nothing' });
	});

	it('are shares of 100', () => {
		const sum = result.weights.reduce((total, row) => total + row.proposed, 0);
		expect(Math.abs(sum - 100)).toBeLessThan(0.03);
		expect(result.weights.map(({ current }) => current)).toEqual([25, 25, 25, 25]);
	});

	it('rank the accounts set aside better than equal weights do, and say by how much', () => {
		expect(result.verdict).toBe('better');
		expect(result.judged.accounts).toBe(200);
		expect(result.judged.gain?.low).toBeGreaterThan(0);
		expect(result.reasons[0]?.text).toContain('AUC rises from');
	});

	it('come with a probability for each score, better than giving everybody the same', () => {
		expect(riskAt(result.risk, 20)).toBeGreaterThan(riskAt(result.risk, 80));
		const { value, ofBaseRate } = result.judged.brier ?? { value: 1, ofBaseRate: 0 };
		expect(value).toBeLessThan(ofBaseRate);
	});

	it('are the same to the last digit whatever order the accounts come in', () => {
		const roll = dice(77);
		const order = given.rows
			.map((_row, place) => ({ place, hash: roll() }))
			.sort((a, b) => a.hash - b.hash)
			.map(({ place }) => place);
		const points = order.map((place) => given.points[place] ?? []);
		const rows = order.flatMap((place) => given.rows[place] ?? []);
		const turned = calibrate({ signals: given.signals, rows, pointsFrom: () => points }, settings);
		expect(JSON.stringify(turned)).toBe(JSON.stringify(result));
	});

	it('do not depend on the accounts they are judged by, only the judgement does', () => {
		const rows = given.rows.map((row) => (row.fit ? row : { ...row, churned: !row.churned }));
		const points = given.points.map((row, place) =>
			given.rows[place]?.fit === true ? row : row.map((one) => 100 - (one ?? 0)),
		);
		const other = calibrate({ signals: given.signals, rows, pointsFrom: () => points }, settings);
		const { weights, fitted, judged } = proposed(other);
		expect(weights).toEqual(result.weights);
		expect(fitted).toEqual(result.fitted);
		expect(judged.brier).not.toEqual(result.judged.brier);
	});

	it('come from curves that never saw who is held back, or set aside', () => {
		const asked: (readonly number[])[] = [];
		const spy: ToCalibrate = {
			...given,
			pointsFrom: (learnFrom) => {
				asked.push(learnFrom);
				return given.points;
			},
		};
		calibrate(spy, settings);
		const fitting = given.rows.flatMap(({ fit }, place) => (fit ? [place] : []));
		const [all = [], ...folds] = [...asked].sort((a, b) => b.length - a.length);
		expect([...all].sort((a, b) => a - b)).toEqual(fitting);
		expect(folds).toHaveLength(settings.folds);
		// every fitting row is held back exactly once
		const heldBack = folds.flatMap((fold) => fitting.filter((place) => !fold.includes(place)));
		expect(heldBack.sort((a, b) => a - b)).toEqual(fitting);
	});

	it('leave everything they were given alone', () => {
		const frozen: ToCalibrate = {
			signals: Object.freeze(given.signals.map((one) => Object.freeze({ ...one }))),
			rows: Object.freeze(given.rows.map((one) => Object.freeze({ ...one }))),
			pointsFrom: () => Object.freeze(given.points),
		};
		expect(calibrate(frozen, settings)).toEqual(result);
	});
});

describe('who changes band', () => {
	const given = base(2, { missing: 0.2, accounts: 900 });
	const result = proposed(calibrate(given, settings));
	const after = result.weights.map((row) => row.proposed);

	it('is every account whose band differs, with its score before and after', () => {
		const expected = given.rows.flatMap(({ accountId, churned }, place) => {
			const from = weigh(given.points[place] ?? [], [25, 25, 25, 25], settings);
			const to = weigh(given.points[place] ?? [], after, settings);
			return from.band === to.band ? [] : [{ accountId, from, to, churned }];
		});
		expect(expected.length).toBeGreaterThan(50);
		expect(result.moves).toEqual(expected);
	});

	it('is counted from band to band, everybody once', () => {
		expect(result.moved.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(900);
		const changed = result.moved.filter(({ from, to }) => from !== to);
		expect(changed.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(result.moves.length);
	});
});

describe('missing points', () => {
	it('are no zeros: whether a fifth is missing hardly moves the weights', () => {
		const whole = proposed(calibrate(base(3), settings));
		const holes = proposed(calibrate(base(3, { missing: 0.2 }), settings));
		const [before, after] = [whole, holes].map((one) => weightOf(one, 'strong').proposed ?? 0);
		expect(Math.abs((before ?? 0) - (after ?? 0))).toBeLessThan(15);
	});

	it('of all accounts, or points that are the same for all, get no weight and it says why', () => {
		const given = base(4);
		const points = given.points.map(([one = null, two = null]) => [one, two, null, 40]);
		const result = proposed(calibrate({ ...given, pointsFrom: () => points }, settings));
		expect(weightOf(result, 'useless')).toMatchObject({ proposed: 0, why: 'never_known' });
		expect(weightOf(result, 'backwards')).toMatchObject({ proposed: 0, why: 'same_for_all' });
	});
});

describe('calibrate refuses', () => {
	const withChurned = (churned: number, retained = 500): ToCalibrate => {
		const given = base(5, { accounts: churned + retained });
		const rows = given.rows.map((row, index) => ({ ...row, churned: index < churned }));
		return { ...given, rows };
	};

	it('below 50 accounts that left, in a sentence; with 50 it does not', () => {
		const refused = calibrate(withChurned(49), settings);
		expect(refused).toMatchObject({
			verdict: 'refused',
			churned: 49,
			reasons: [{ code: 'too_few_churned' }],
		});
		expect(refused.reasons[0]?.text).toContain('49 accounts left and 50 are needed');
		expect(calibrate(withChurned(50), settings).verdict).not.toBe('refused');
	});

	it('where hardly anybody stayed', () => {
		expect(calibrate(withChurned(500, 20), settings).reasons[0]?.code).toBe('too_few_retained');
	});

	it('a split that leaves too few to judge by', () => {
		const given = base(6);
		let kept = 0;
		const rows = given.rows.map((row) => {
			return { ...row, fit: row.fit || (row.churned && ++kept > 3) };
		});
		const refused = calibrate({ ...given, rows }, settings);
		expect(refused.reasons[0]).toMatchObject({ code: 'split_too_thin' });
		expect(refused.reasons[0]?.text).toContain('Only 3 accounts that left would be judged by');
	});

	it('an account counts once, though it stands in both parts', () => {
		const given = withChurned(40);
		const again = given.rows.map((row) => ({ ...row, fit: !row.fit }));
		const points = [...given.pointsFrom([]), ...given.pointsFrom([])];
		const twice = { ...given, rows: [...given.rows, ...again], pointsFrom: () => points };
		expect(calibrate(twice, settings)).toMatchObject({ verdict: 'refused', churned: 40 });
	});
});

describe('where there is nothing to learn', () => {
	test.each([11, 12, 13])('it says so (outcomes by chance, %i)', (seed) => {
		const result = calibrate(base(seed, { chance: true }), settings);
		expect(result.verdict).toBe('nothing_to_learn');
		expect(result.reasons[0]?.text).toContain('nothing to learn');
		expect(result).not.toHaveProperty('weights');
	});

	it('also where every signal points the wrong way', () => {
		const given = base(7);
		const points = given.points.map((row) => [null, null, null, row[3] ?? null]);
		const result = calibrate({ ...given, pointsFrom: () => points }, settings);
		expect(result).toMatchObject({ verdict: 'nothing_to_learn', judged: null });
		expect(result.reasons.map(({ code }) => code)).toContain('no_weight_helps');
	});
});

describe('where the weights are right already', () => {
	it('it sees no gain and says that there is no need to change', () => {
		const result = proposed(calibrate(base(8, { weights: [6, 2, 0, 0] }), settings));
		expect(result.verdict).toBe('no_better');
		expect(result.reasons[0]?.text).toContain('no need to change');
	});
});

describe('a proposal', () => {
	const model = {
		id: 'own',
		version: '3',
		coverageFloor: 0.5,
		signals: ['weak', 'strong', 'later'].map((id) => ({ id, weight: 10, field: `f.${id}` })),
	};
	const result = proposed(calibrate(base(1), settings));
	const copy = propose(Object.freeze(model), result);

	it('is a copy of the model with other weights and a version of its own; the model is as it was', () => {
		expect(copy.signals.map(({ weight }) => weight)).toEqual([
			weightOf(result, 'weak').proposed,
			weightOf(result, 'strong').proposed,
			10,
		]);
		expect(copy).toMatchObject({
			id: 'own',
			coverageFloor: 0.5,
			signals: [{ field: 'f.weak' }, {}, {}],
		});
		expect(copy.version).toMatch(/^3\+calibrated\.[0-9a-f]+$/);
		expect(model.signals.every(({ weight }) => weight === 10)).toBe(true);
	});

	it('of the same weights is the same version, also on top of an earlier proposal', () => {
		expect(propose(copy, result).version).toBe(copy.version);
	});
});

describe('a model whose curves stay as they are', () => {
	const given = base(1);
	const signals = given.signals.map((signal) => ({
		...signal,
		field: signal.id,
		curve: { type: 'linear', from: 0, to: 100 },
	}));
	const model = healthModelSchema.parse({ id: 'own', version: '1', signals });
	const factsOf = (place: number): Facts =>
		Object.fromEntries(signals.map(({ id }, index) => [id, given.points[place]?.[index]]));
	const rowsBy = (facts: (place: number) => Facts): FactsRow[] =>
		given.rows.map((row, place) => {
			const known = facts(place);
			return { ...row, facts: known, asOf: 0, past: [{ at: 0, values: known }] };
		});

	it('gets the weights of its points, and a copy of itself with them that is a model', () => {
		const { calibration, proposal } = calibrateModel(model, rowsBy(factsOf), columnReader);
		expect(proposed(calibration).weights).toEqual(proposed(calibrate(given, settings)).weights);
		expect(proposal).toEqual(propose(model, proposed(calibration)));
		expect(healthModelSchema.parse(proposal)).toEqual(proposal);
	});

	it('is judged with its caps: what is capped is ranked as low as it scores', () => {
		const capped = healthModelSchema.parse({
			...model,
			caps: [{ signal: model.signals[0]?.id, to: 30, atMost: 10 }],
		});
		const { calibration } = calibrateModel(capped, rowsBy(factsOf), columnReader);
		const without = proposed(calibrate(given, settings));
		expect(proposed(calibration).weights).toEqual(without.weights);
		expect(proposed(calibration).judged.currentAuc).not.toEqual(without.judged.currentAuc);
		const low = proposed(calibration).moves.filter(({ from }) => (from.score ?? 100) <= 10);
		expect(low.every(({ to }) => (to.score ?? 100) <= 10)).toBe(true);
	});

	it('gets none where there is nothing to learn', () => {
		const dull = calibrateModel(
			model,
			rowsBy(() => ({ weak: 1, strong: 2 })),
			columnReader,
		);
		expect(dull).toMatchObject({ calibration: { verdict: 'nothing_to_learn' }, proposal: null });
	});
});
