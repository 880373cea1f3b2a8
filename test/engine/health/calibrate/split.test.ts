import { fitsByNumber, splitByTime } from '../../../../engine/health/calibrate/split';
import { DAY, TODAY, customers } from '../backtest/customers';

describe('a snapshot is split by row number', () => {
	it('of every ten, those with a number mod 10 below 7 are fitted on', () => {
		const numbers = Array.from({ length: 20 }, (_row, index) => index + 1);
		expect(numbers.filter(fitsByNumber)).toEqual([
			1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 20,
		]);
	});
});

describe('histories are split by time', () => {
	const base = customers(120, 'split');
	const { splitAt, rows } = splitByTime(base, 30);
	const fit = rows.filter((row) => row.fit);
	const judge = rows.filter((row) => !row.fit);
	const exits = base.flatMap(({ outcome }) => (outcome.type === 'churned' ? [outcome.at] : []));

	it('at the day by which seven of ten that left had left', () => {
		const before = exits.filter((at) => at <= splitAt).length / exits.length;
		expect(before).toBeGreaterThanOrEqual(0.7);
		expect(before).toBeLessThan(0.73);
	});

	it('fitted on is who had left by then, and everybody else as a customer', () => {
		expect(fit.filter(({ churned }) => churned)).toHaveLength(
			exits.filter((at) => at <= splitAt).length,
		);
		expect(fit.every(({ asOf }) => asOf <= splitAt - 30 * DAY)).toBe(true);
	});

	it('judged by are the outcomes after it', () => {
		expect(judge.filter(({ churned }) => churned)).toHaveLength(
			exits.filter((at) => at > splitAt).length,
		);
		expect(judge.every(({ asOf }) => asOf > splitAt - 31 * DAY)).toBe(true);
	});

	it('what happens after the split changes nothing that is fitted on', () => {
		const changed = base.map((history) => ({
			...history,
			outcome:
				history.outcome.type === 'churned' && history.outcome.at > splitAt
					? ({ type: 'churned', at: history.outcome.at + 5 * DAY } as const)
					: history.outcome,
			facts: [
				...history.facts.filter(({ at }) => at <= splitAt),
				{ at: splitAt + 1, values: { usage: null } },
				{ at: TODAY, values: { usage: { level: 0 } } },
			],
		}));
		const other = splitByTime(changed, 30);
		expect(other.splitAt).toBe(splitAt);
		expect(other.rows.filter((row) => row.fit)).toEqual(fit);
	});

	it('without anybody who left there is nothing to fit on', () => {
		const stayed = base.filter(({ outcome }) => outcome.type === 'retained');
		expect(splitByTime(stayed, 30).rows.every((row) => !row.fit)).toBe(true);
	});
});
