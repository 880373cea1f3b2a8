import { compileEarned, weighable } from '../../../engine/health/calibrate/earned';
import { calibrateSettingsSchema } from '../../../engine/health/calibrate/rows';
import { weigh } from '../../../engine/health/calibrate/weigh';
import { directionOf } from '../../../engine/health/direction';
import type { Health } from '../../../engine/health/health';
import type { HealthModel } from '../../../engine/health/model';
import { lastKnownOf } from '../../../engine/health/remembered';
import { compileScorer } from '../../../engine/health/scoreAccounts';
import { anyCases } from './anyCase';
import { options } from './models';

const cases = anyCases(1_000, 100, 2026);
const scored = cases.map(({ model, accounts, history }) => {
	const scorer = compileScorer(model, { ...options, history });
	const earn = compileEarned(model, options.readerOf, options.now, history);
	return {
		model,
		all: accounts.map((account) => ({ health: scorer.score(account), ...earn(account) })),
	};
});
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** How often each thing was met. */
function tally(things: (model: HealthModel, health: Health) => string[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const { model, all } of scored)
		for (const { health } of all)
			for (const thing of things(model, health)) counts.set(thing, (counts.get(thing) ?? 0) + 1);
	return Object.fromEntries(counts);
}

describe('over 100,000 cases of any model', () => {
	it('contributions add up to what is weighed by hand, to a billionth: points, policies, coverage and caps', () => {
		let compared = 0;
		const wrong = scored.flatMap(({ model, all }) => {
			const { bands, coverageFloor } = model;
			const settings = calibrateSettingsSchema.parse({ bands, coverageFloor });
			const weights = weighable(model).map(({ weight }) => weight);
			return all.flatMap(({ health, points, held }) => {
				const byHand = weigh(points, weights, settings, held);
				compared++;
				const exact = health.score === null ? null : sum(health.contributions);
				const same =
					exact === null || byHand.score === null
						? exact === byHand.score
						: Math.abs(exact - byHand.score) < 1e-9;
				return same && byHand.band === health.band ? [] : [{ model, health, points, byHand }];
			});
		});
		expect(wrong.slice(0, 1)).toEqual([]);
		expect(compared).toBe(100_000);
	});

	it('every curve has counted, in thousands of scores', () => {
		const counts = tally(({ signals }, health) =>
			signals.flatMap(({ id, curve }) => (health.signals.includes(id) ? [curve.type] : [])),
		);
		for (const curve of [
			'linear',
			'bands',
			'baseline',
			'weekChange',
			'recency',
			'halfLife',
			'yesNo',
			'nps',
			'csat',
			'categories',
			'licenceUse',
		]) {
			expect([curve, counts[curve]]).toEqual([curve, expect.any(Number)]);
			expect(counts[curve]).toBeGreaterThan(5_000);
		}
	});

	it('every policy has decided for what was missing, stale and invalid', () => {
		const counts = tally(({ signals }, health) =>
			(['missing', 'stale', 'invalid'] as const).flatMap((absence) =>
				signals
					.filter(({ id }) => health[absence].includes(id))
					.map((signal) => {
						const policy = signal[absence];
						return `${absence} ${lastKnownOf(policy) > 0 ? 'lastKnown' : JSON.stringify(policy)}`;
					}),
			),
		);
		for (const absence of ['missing', 'stale', 'invalid']) {
			for (const policy of ['"leaveOut"', '"neutral"', '"worst"', 'lastKnown']) {
				const [name, count] = [`${absence} ${policy}`, counts[`${absence} ${policy}`] ?? 0];
				expect(count > 1_000 ? name : count).toBe(name);
			}
		}
		expect(counts['missing "fail"']).toBeGreaterThan(100);
	});

	it('caps by numbers, days and words have lowered scores', () => {
		const counts = tally(({ signals }, health) => {
			const last = health.signals.at(-1) ?? '';
			const capping = signals.find(({ id }) => last === `cap:${id}`);
			return capping === undefined ? [] : [capping.curve.type];
		});
		const total = sum(Object.values(counts));
		expect(total).toBeGreaterThan(5_000);
		for (const curve of ['linear', 'recency', 'yesNo', 'categories'])
			expect(counts[curve]).toBeGreaterThan(100);
	});

	it('signals go up, go down and go neither way', () => {
		const counts = tally((model) => model.signals.map((signal) => directionOf(model, signal)));
		for (const direction of ['up', 'down', 'none'])
			expect(counts[direction]).toBeGreaterThan(50_000);
	});
});
