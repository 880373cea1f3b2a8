import {
	backtest,
	backtestSettingsSchema,
	type Backtest,
} from '../../../../engine/health/backtest/backtest';
import { daysBefore } from '../../../../engine/health/backtest/asOf';
import { columnReader } from '../../../../engine/health/backtest/columnReader';
import { byFacts, type Follow, type Verdict } from '../../../../engine/health/backtest/follow';
import { followModel } from '../../../../engine/health/backtest/followModel';
import type { History } from '../../../../engine/health/backtest/history';
import { shareOf } from '../../../../engine/journeys/hash';
import { modelOf } from '../models';
import { DAY, customers, field, followUse, scoreUse } from './customers';

const settings = backtestSettingsSchema.parse({});
const run = (histories: readonly History[], more: object = {}): Backtest =>
	backtest(histories, followUse, backtestSettingsSchema.parse(more));

describe('accounts that decay before they leave', () => {
	const base = customers(400, 'decay');
	const report = run(base);
	const aucs = report.horizons.map(({ figures }) => figures.auc?.value ?? 0);

	it('are told apart better the nearer the day comes: 90, 60, 30 days before', () => {
		expect(report.horizons.map(({ daysBefore: days }) => days)).toEqual([90, 60, 30]);
		expect(aucs[0]).toBeLessThan(aucs[1] ?? 0);
		expect(aucs[1]).toBeLessThan(aucs[2] ?? 0);
		expect(aucs[2]).toBeGreaterThan(0.85);
	});

	it('are all there at every horizon, with their outcome', () => {
		const left = base.filter(({ outcome }) => outcome.type === 'churned').length;
		for (const { figures } of report.horizons) {
			expect(figures).toMatchObject({ accounts: 400, churned: left, retained: 400 - left });
		}
	});

	it('are scored only by what had been written down', () => {
		let looked = 0;
		backtest(
			base.slice(0, 40),
			byFacts((facts, asOf) => {
				looked++;
				const seen = field(facts.usage, 'seen');
				if (typeof seen !== 'number' || seen > asOf) throw new Error('looked into the future');
				return scoreUse(facts);
			}),
			settings,
		);
		expect(looked).toBe(40 * (3 + 180));
	});

	it('give the same report in any order of accounts and of facts', () => {
		const turned = [...base]
			.reverse()
			.map((history) => ({ ...history, facts: [...history.facts].reverse() }));
		expect(JSON.stringify(run(turned))).toBe(JSON.stringify(report));
	});
});

/** Three futures for the same past: one in which nothing is written, one of nonsense, one of much more. */
const futures: Record<string, (history: History, asOf: number) => History['facts']> = {
	'nothing more is written': () => [],
	'all is different': ({ accountId, facts }, asOf) =>
		facts
			.filter(({ at }) => at > asOf)
			.map(({ at }) => ({
				at,
				values: { usage: { level: shareOf(`${accountId} ${String(at)}`) * 200 }, arr: 9e9 },
			})),
	'much more is written': (history, asOf) => [
		...history.facts.filter(({ at }) => at > asOf),
		...Array.from({ length: 30 }, (_fact, index) => ({
			at: asOf + 1 + index * DAY,
			values: { usage: null, arr: 0, extra: index },
		})),
	],
};

/** Points, a date's age, an own baseline, a closed week and a last known value: whatever looks back looks here. */
const looksBack = modelOf([
	{ id: 'level', field: 'usage.level', weight: 3, missing: { lastKnown: 30 } },
	{ id: 'own', field: 'usage.level', curve: { type: 'baseline' } },
	{ id: 'week', field: 'usage.level', curve: { type: 'weekChange', counts: 'day' } },
	{ id: 'arr', field: 'arr', curve: { type: 'bands', steps: [{ atLeast: 1080, points: 100 }] } },
]);

const cases = Object.entries(futures).flatMap(([name, future]) => [
	{ name, future, what: 'a score', followed: (): Follow<Verdict> => followUse, accounts: 150 },
	{
		name,
		future,
		what: 'a model with a memory',
		followed: (): Follow<Verdict> => followModel(looksBack, columnReader).follow,
		accounts: 60,
	},
]);

describe.each(cases)('when the future changes ($name), for $what', (one) => {
	const { future, followed, accounts } = one;
	const base = customers(accounts, 'future');
	const run = (histories: readonly History[], more: object = {}): Backtest =>
		backtest(histories, followed(), backtestSettingsSchema.parse(more));

	it('tells accounts apart at all', () => {
		expect(run(base, { windowDays: 2 }).horizons.at(-1)?.figures.auc?.value).toBeGreaterThan(0.6);
	});

	test.each([90, 60, 30])('no figure of %i days before changes', (days) => {
		const changed = base.map((history) => {
			const asOf = daysBefore(history.outcome, days);
			const facts = [...history.facts.filter(({ at }) => at <= asOf), ...future(history, asOf)];
			return { ...history, facts };
		});
		const figures = (histories: readonly History[]): unknown =>
			run(histories, { horizons: [days], windowDays: 2 }).horizons;
		expect(figures(changed)).toEqual(figures(base));
	});

	test('after the outcome itself, nothing changes at all', () => {
		const changed = base.map((history) => {
			const end = history.outcome.type === 'churned' ? history.outcome.at : history.outcome.until;
			const facts = [...history.facts, ...future({ ...history, facts: [] }, end)];
			return { ...history, facts };
		});
		expect(run(changed)).toEqual(run(base));
	});
});
