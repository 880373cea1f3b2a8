import { evaluate, type Picked } from '../../../../engine/content/evaluation/evaluate';
import {
	EVALUATED_AT,
	labelledProfiles,
	questionOf,
	sampleCatalogue,
} from '../../../../engine/content/evaluation/labels';
import { compileSelector } from '../../../../engine/content/selector';
import { selectorSettingsSchema } from '../../../../engine/content/settings';
import { readCatalogue } from '../../../../engine/content/catalogue';

const LABELLED = labelledProfiles();
const CATALOGUE = sampleCatalogue();

describe('the labelled profiles', () => {
	it('are sixty, each with its reason, and cover every stage, role and more than one language', () => {
		expect(LABELLED).toHaveLength(60);
		expect(new Set(LABELLED.map(({ id }) => id)).size).toBe(60);
		expect(new Set(LABELLED.map(({ rationale }) => rationale)).size).toBe(60);
		expect(new Set(LABELLED.map(({ stage }) => stage)).size).toBe(5);
		expect(new Set(LABELLED.map(({ role }) => role)).size).toBe(4);
		expect(new Set(LABELLED.map(({ language }) => language)).size).toBeGreaterThan(4);
	});

	it('name content that there is, and none in two ways', () => {
		const ids = new Set(CATALOGUE.map(({ id }) => id));
		for (const { id, best, acceptable, never } of LABELLED) {
			const all = [...best, ...acceptable, ...never];
			expect({ id, strangers: all.filter((one) => !ids.has(one)) }).toEqual({ id, strangers: [] });
			expect({ id, count: new Set(all).size }).toEqual({ id, count: all.length });
		}
	});

	it('call nothing good that the rules forbid, so that everybody who chooses could agree', () => {
		const settings = selectorSettingsSchema.parse({ choices: 100 });
		const selector = compileSelector(CATALOGUE, settings);
		const forbidden = LABELLED.flatMap((label) => {
			const { profile, seen } = questionOf(label, CATALOGUE);
			const eligible = selector
				.select(profile, seen, EVALUATED_AT)
				.ranked.map(({ item }) => item.id);
			return [...label.best, ...label.acceptable].filter((one) => !eligible.includes(one));
		});
		expect(forbidden).toEqual([]);
	});

	it('stand on a catalogue that can be read from rows, and is not stale that day', () => {
		const rows = CATALOGUE.map((item) => ({ ...item }));
		const settings = { now: EVALUATED_AT, zone: 'UTC', reviewDays: 180, productVersion: '5.2' };
		expect(readCatalogue(rows, settings)).toEqual({
			items: CATALOGUE,
			stale: [],
			expired: [],
			invalid: [],
			hints: [],
		});
	});
});

describe('scores', () => {
	const all = (pick: (label: (typeof LABELLED)[number]) => string | undefined): Picked[] =>
		LABELLED.map((label) => ({ profileId: label.id, contentId: pick(label), cost: 5 }));

	it('of whoever picks the best are whole', () => {
		const scores = evaluate(
			LABELLED,
			all(({ best }) => best[0]),
		);
		expect(scores).toMatchObject({
			best: 60,
			acceptable: 60,
			never: 0,
			other: 0,
			cost: 300,
			apart: [],
		});
		expect(scores.agreement).toEqual({ best: 1, acceptable: 1 });
	});

	it('of whoever picks what should never be sent tell it', () => {
		const scores = evaluate(
			LABELLED,
			all(({ never }) => never[0]),
		);
		expect(scores).toMatchObject({ best: 0, acceptable: 0, never: 60 });
		expect(scores.apart).toHaveLength(60);
	});

	it('by stage add up to all', () => {
		const scores = evaluate(
			LABELLED,
			all(({ best, acceptable }) => acceptable[0] ?? best[0]),
		);
		for (const name of ['profiles', 'best', 'acceptable', 'never', 'other', 'cost'] as const) {
			const sum = scores.byStage.reduce((total, stage) => total + stage[name], 0);
			expect({ name, sum }).toEqual({ name, sum: scores[name] });
		}
	});

	it('nothing picked is right only where nothing should be sent; no answer agrees with nothing', () => {
		const nothing = LABELLED.filter(({ best }) => best.length === 0).length;
		expect(
			evaluate(
				LABELLED,
				all(() => undefined),
			),
		).toMatchObject({ best: nothing, other: 60 - nothing });
		expect(evaluate(LABELLED, [])).toMatchObject({ best: 0, missing: 60 });
		expect(evaluate([], [])).toMatchObject({ profiles: 0, agreement: { best: 0, acceptable: 0 } });
	});

	it('count answers that could not be used', () => {
		const picks = all(({ best }) => best[0]).map((one) => ({ ...one, invalid: true }));
		expect(evaluate(LABELLED, picks)).toMatchObject({ invalid: 60, best: 60 });
	});
});

it('the rules alone never pick what a customer would take amiss', () => {
	const selector = compileSelector(CATALOGUE, selectorSettingsSchema.parse({}));
	const picks = LABELLED.map((label): Picked => {
		const { profile, seen } = questionOf(label, CATALOGUE);
		const [best] = selector.select(profile, seen, EVALUATED_AT).ranked;
		return { profileId: label.id, contentId: best?.item.id };
	});
	const { never, agreement } = evaluate(LABELLED, picks);
	expect(never).toBe(0);
	// what a rule set must reach to be worth shipping; the figure itself is told by `npm run evaluate`
	expect(agreement.acceptable).toBeGreaterThan(0.75);
});
