import {
	backtest,
	backtestSettingsSchema,
	backtestSnapshot,
	type Backtest,
} from '../../../../engine/health/backtest/backtest';
import type { History } from '../../../../engine/health/backtest/history';
import type { Judged } from '../../../../engine/health/backtest/judged';
import { DAY, TODAY, customers, followUse, verdict } from './customers';

const settings = backtestSettingsSchema.parse({});
const run = (histories: readonly History[], more: object = {}): Backtest =>
	backtest(histories, followUse, backtestSettingsSchema.parse(more));

/** Use of 90, day by day, that from `from` days before the outcome on is `to`. */
const stepDown = (
	accountId: string,
	churned: boolean,
	levels: (before: number) => number,
): History => ({
	accountId,
	outcome: churned ? { type: 'churned', at: TODAY } : { type: 'retained', until: TODAY },
	facts: Array.from({ length: 240 }, (_fact, index) => {
		const before = 240 - index;
		return { at: TODAY - before * DAY, values: { usage: { level: levels(before) } } };
	}),
});

describe('lead time', () => {
	const left = (name: string, levels: (before: number) => number): History =>
		stepDown(name, true, levels);
	const stayed = (name: string, levels: (before: number) => number): History =>
		stepDown(name, false, levels);
	const base = [
		left('yellow from 100, red from 40', (before) => (before <= 40 ? 20 : before <= 100 ? 65 : 90)),
		left('red from 20', (before) => (before <= 20 ? 20 : 90)),
		left('red once, 150 days before, then green', (before) => (before === 150 ? 20 : 90)),
		left('green until the day they leave', () => 90),
		left('red all along', () => 10),
		stayed('green', () => 90),
		stayed('yellow once', (before) => (before === 10 ? 70 : 90)),
		stayed('red once', (before) => (before === 10 ? 30 : 90)),
		stayed('red, but longer ago than anybody looks', (before) => (before > 180 ? 30 : 90)),
	];
	const { leadTime } = run(base);
	const row = (band: string): object | undefined => leadTime?.rows.find((one) => one.band === band);

	it('is the first day in the band, for those that left: 40, 20, 150 and from the start', () => {
		expect(row('red')).toMatchObject({
			warned: 4,
			shareWarned: 0.8,
			fromTheStart: 1,
			firstDay: { lowerQuartile: 35, median: 95, upperQuartile: 157.5 },
		});
	});

	it('counts yellow or worse as the earlier warning that it is', () => {
		expect(row('yellowOrRed')).toMatchObject({ warned: 4, firstDay: { median: 125 } });
	});

	it('tells a warning that lasted from one that passed', () => {
		expect(row('red')).toMatchObject({ untilTheEnd: 3, lastStretch: { median: 40 } });
	});

	it('stands beside how often it rang for those that stayed', () => {
		expect(row('red')).toMatchObject({ falseAlarms: 0.25 });
		expect(row('yellowOrRed')).toMatchObject({ falseAlarms: 0.5 });
	});

	it('is given only where facts come often enough', () => {
		const monthly = base.map((history) => ({
			...history,
			facts: history.facts.filter((_fact, index) => index % 30 === 0),
		}));
		const report = run(monthly);
		expect(report.leadTime).toMatchObject({ churned: 0, retained: 0, tooSeldom: 9 });
		expect(report.cannotTell.map(({ code }) => code)).toContain('no_lead_time');
		expect(report.horizons[0]?.figures.accounts).toBe(9);
	});
});

describe('what a backtest cannot tell', () => {
	const codes = ({ cannotTell }: Backtest): string[] => cannotTell.map(({ code }) => code);

	it('accounts of which nothing was known then are left out, counted, and told', () => {
		const young = customers(10, 'young').map((history) => ({
			...history,
			facts: history.facts.slice(-45),
		}));
		const report = run(young);
		expect(report.horizons.map(({ notKnownThen }) => notKnownThen)).toEqual([10, 10, 0]);
		expect(report.horizons[2]?.figures.accounts).toBe(10);
		expect(codes(report)).toContain('not_known_then');
	});

	it('a snapshot says that it knows neither horizons nor lead time, and may hold late facts', () => {
		const rows: Judged[] = [40, 80, 90].map((score, index) => ({
			accountId: String(index),
			...verdict(score),
			churned: index === 0,
		}));
		const report = backtestSnapshot(rows);
		expect(report.leadTime).toBeNull();
		expect(report.horizons).toHaveLength(1);
		expect(report.horizons[0]).toMatchObject({ daysBefore: null, figures: { auc: { value: 1 } } });
		expect(codes(report)).toEqual([
			'no_dates',
			'no_lead_time',
			'facts_may_be_late',
			'few_churned',
			'no_revenue',
		]);
	});

	it('says when nobody left', () => {
		const all = customers(60, 'calm').filter(({ outcome }) => outcome.type === 'retained');
		expect(codes(run(all))).toContain('one_outcome_only');
	});

	it('of no accounts is an empty report', () => {
		expect(run([]).horizons[0]?.figures.accounts).toBe(0);
	});

	it('shows how far it is, up to the end', () => {
		const seen: number[] = [];
		backtest(customers(5, 'progress'), followUse, settings, (done) => seen.push(done));
		expect(seen.at(-1)).toBe(1);
		expect([...seen].sort((a, b) => a - b)).toEqual(seen);
	});
});
