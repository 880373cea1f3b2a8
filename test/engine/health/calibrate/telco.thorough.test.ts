import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readOutcomes } from '../../../../engine/health/backtest/readOutcomes';
import { calibrateDraft } from '../../../../engine/health/calibrate/calibrateDraft';
import { draftSignals } from '../../../../engine/health/calibrate/draft';
import { readColumns } from '../../../../engine/health/calibrate/columns';
import { freeRegression } from '../../../../engine/health/calibrate/freeRegression';
import { calibrateSettingsSchema } from '../../../../engine/health/calibrate/rows';
import { fitsByNumber } from '../../../../engine/health/calibrate/split';
import { shareOf } from '../../../../engine/journeys/hash';

const table: Record<string, unknown>[] = parse(
	readFileSync(join(__dirname, '../../../data/telco-churn.csv')),
	{ columns: true },
);
const read = readOutcomes(table, { churned: 'churn', arrTimes: 1 }, 0);
if (read.kind !== 'snapshot') throw new Error('a file without dates is a snapshot');
const rows = read.rows.map((row) => ({ ...row, fit: fitsByNumber(row.number) }));
const { columns } = readColumns(rows.map(({ facts }) => facts));
const settings = calibrateSettingsSchema.parse({});

describe('the telco sample', () => {
	it('is 7,043 customers of which 1,869 left, every row read', () => {
		expect(rows).toHaveLength(7043);
		expect(rows.filter(({ churned }) => churned)).toHaveLength(1869);
		expect(read.problems).toEqual([]);
		expect(columns).toHaveLength(19);
	});

	it('plain regression gives what R gives on this split: AUC 0.846, Brier 0.136', () => {
		const { auc, brier } = freeRegression(columns, rows);
		expect(auc?.value.toFixed(3)).toBe('0.846');
		expect(brier?.value.toFixed(3)).toBe('0.136');
	});

	const { calibration } = calibrateDraft(columns, rows, settings);

	it('Calibrate reaches at least 0.84 on the rows it did not learn from', () => {
		if (calibration.verdict !== 'better') throw new Error(calibration.verdict);
		const { auc, brier, accounts } = calibration.judged;
		expect(accounts).toBe(rows.filter(({ fit }) => !fit).length);
		expect(auc?.value).toBeGreaterThanOrEqual(0.84);
		expect(brier?.value).toBeLessThan(0.14);
		expect(calibration.weights.every(({ proposed }) => proposed >= 0)).toBe(true);
	});

	it('the rows set aside have no part in it: other outcomes there, the same weights', () => {
		const others = rows.map((row) => (row.fit ? row : { ...row, churned: row.number % 2 === 0 }));
		const again = calibrateDraft(columns, others, settings);
		expect(again.calibration).toMatchObject({
			fitted: 'fitted' in calibration ? calibration.fitted : undefined,
		});
		const turned = rows.filter(({ fit }) => fit).reverse();
		expect(again.signals).toEqual(draftSignals(columns, turned));
	});

	// a coin's interval misses 0.5 one time in forty, twice in a row one time in 1,600
	it.each(Array.from({ length: 8 }, (_shuffle, index) => index))(
		'with outcomes dealt out by hash it says that there is nothing to learn (%i)',
		(shuffle) => {
			const order = rows
				.map((_row, place) => ({
					place,
					hash: shareOf(`shuffle ${String(shuffle)} ${String(place)}`),
				}))
				.sort((a, b) => a.hash - b.hash);
			const dealt = rows.map((row, place) => ({
				...row,
				churned: rows[order[place]?.place ?? 0]?.churned ?? false,
			}));
			const result = calibrateDraft(columns, dealt, settings).calibration;
			expect(result.verdict).toBe('nothing_to_learn');
		},
	);
});
