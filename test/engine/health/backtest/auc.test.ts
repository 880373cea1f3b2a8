import { compareAuc, rocAuc, type Ranked } from '../../../../engine/health/backtest/auc';
import { dice } from '../../../harness/dice';

/** One entry per account: how much at risk it is ranked, and whether it left. */
const ranked = (risks: readonly number[], churned: readonly boolean[]): Ranked[] =>
	risks.map((risk, index) => ({ risk, churned: churned[index] ?? false }));

/** By the definition: of all pairs of one who left and one who stayed, the share ranked right; a tie is half right. */
function pairsRankedRight(rows: readonly Ranked[]): number {
	const left = rows.filter(({ churned }) => churned);
	const stayed = rows.filter(({ churned }) => !churned);
	const points = left.flatMap((a) =>
		stayed.map((b) => (a.risk > b.risk ? 1 : a.risk === b.risk ? 0.5 : 0)),
	);
	return points.reduce<number>((sum, point) => sum + point, 0) / points.length;
}

/** DeLong's variance from its definition, pair by pair, without ranks. */
function varianceByDefinition(rows: readonly Ranked[]): number {
	const left = rows.filter(({ churned }) => churned);
	const stayed = rows.filter(({ churned }) => !churned);
	const win = (a: Ranked, b: Ranked): number => (a.risk > b.risk ? 1 : a.risk === b.risk ? 0.5 : 0);
	const mean = (list: readonly number[]): number =>
		list.reduce((sum, one) => sum + one, 0) / list.length;
	const spread = (list: readonly number[]): number => {
		const centre = mean(list);
		return list.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (list.length - 1);
	};
	const ofLeft = left.map((a) => mean(stayed.map((b) => win(a, b))));
	const ofStayed = stayed.map((b) => mean(left.map((a) => win(a, b))));
	return spread(ofLeft) / left.length + spread(ofStayed) / stayed.length;
}

/**
 * Hanley and McNeil's 109 CT images (Radiology 1982), rated 1 to 5. Stata's manual of `roctab` gives the area 0.8932, the
 * standard error after DeLong 0.0307, and the interval 0.83295 to 0.95339.
 */
const normal = [33, 6, 6, 11, 2];
const abnormal = [3, 2, 2, 11, 33];
const rated = (counts: readonly number[], churned: boolean): Ranked[] =>
	counts.flatMap((count, rating) =>
		Array.from({ length: count }, () => ({ risk: rating + 1, churned })),
	);
const images = [...rated(normal, false), ...rated(abnormal, true)];

describe('the area under the ROC curve', () => {
	it('is what was published for the CT images of Hanley and McNeil, interval included', () => {
		const auc = rocAuc(images);
		expect(auc?.value).toBeCloseTo(0.8932, 4);
		expect(auc?.standardError).toBeCloseTo(0.0307, 4);
		expect(auc?.low).toBeCloseTo(0.83295, 5);
		expect(auc?.high).toBeCloseTo(0.95339, 5);
	});

	it('of four accounts is three pairs of four', () => {
		// left: 0.9 and 0.4, stayed: 0.6 and 0.1; only 0.4 against 0.6 is ranked wrong
		const auc = rocAuc(ranked([0.9, 0.4, 0.6, 0.1], [true, true, false, false]));
		expect(auc?.value).toBe(0.75);
	});

	it('is one half where everybody is ranked alike', () => {
		const auc = rocAuc(ranked([5, 5, 5, 5], [true, false, true, false]));
		expect(auc?.value).toBe(0.5);
		expect(auc?.low).toBeLessThan(0.5);
		expect(auc?.high).toBeGreaterThan(0.5);
	});

	it('keeps some doubt even where every pair is ranked right', () => {
		const few = rocAuc(ranked([4, 3, 2, 1], [true, true, false, false]));
		const many = rocAuc([
			...Array.from({ length: 200 }, () => ({ risk: 2, churned: true })),
			...Array.from({ length: 200 }, () => ({ risk: 1, churned: false })),
		]);
		expect(few?.value).toBe(1);
		expect(few?.high).toBe(1);
		expect(few?.low).toBeLessThan(0.5);
		expect(many?.low).toBeGreaterThan(0.97);
		expect(many?.low).toBeLessThan(1);
	});

	it('is unknown where nobody left, or nobody stayed', () => {
		expect(rocAuc(ranked([1, 2], [true, true]))).toBeUndefined();
		expect(rocAuc(ranked([1, 2], [false, false]))).toBeUndefined();
		expect(rocAuc([])).toBeUndefined();
	});

	it('and its error agree with their definitions, pair by pair, on any data with any ties', () => {
		for (let seed = 1; seed <= 60; seed++) {
			const roll = dice(seed);
			const rows = Array.from({ length: 6 + seed }, () => {
				const churned = roll() < 0.4;
				return { churned, risk: Math.floor(roll() * 8) + (churned ? roll() * 3 : 0) };
			});
			const both = [{ churned: true, risk: 3 }, { churned: false, risk: 3 }, ...rows];
			const auc = rocAuc(both);
			expect(auc?.value).toBeCloseTo(pairsRankedRight(both), 12);
			const variance = varianceByDefinition(both);
			if (variance > 0) expect(auc?.standardError).toBeCloseTo(Math.sqrt(variance), 12);
		}
	});

	it('does not change with the order of accounts or with the scale of the ranking', () => {
		const roll = dice(9);
		const rows = Array.from({ length: 50 }, () => ({ churned: roll() < 0.5, risk: roll() }));
		const turned = [...rows].reverse();
		const stretched = rows.map(({ churned, risk }) => ({ churned, risk: Math.exp(5 * risk) }));
		expect(rocAuc(turned)).toEqual(rocAuc(rows));
		expect(rocAuc(stretched)).toEqual(rocAuc(rows));
	});

	it('lies inside its interval about 95 times in 100', () => {
		// churned uniform on 0.4–1.4, retained on 0–1: the true area is 1 − 0.6² / 2
		let inside = 0;
		for (let seed = 1; seed <= 400; seed++) {
			const roll = dice(seed);
			const rows = Array.from({ length: 160 }, (_row, index) => ({
				churned: index % 2 === 0,
				risk: roll() + (index % 2 === 0 ? 0.4 : 0),
			}));
			const auc = rocAuc(rows);
			if (auc !== undefined && auc.low <= 0.82 && 0.82 <= auc.high) inside++;
		}
		expect(inside / 400).toBeGreaterThan(0.92);
		expect(inside / 400).toBeLessThan(0.98);
	});
});

describe('two rankings of the same accounts', () => {
	const roll = dice(3);
	const rows = Array.from({ length: 300 }, () => {
		const churned = roll() < 0.4;
		return { churned, good: roll() + (churned ? 0.7 : 0), poor: roll() + (churned ? 0.1 : 0) };
	});
	const good = rows.map(({ good: risk, churned }) => ({ risk, churned }));
	const poor = rows.map(({ poor: risk, churned }) => ({ risk, churned }));

	it('differ by the difference of their areas, with an interval', () => {
		const gap = compareAuc(good, poor);
		expect(gap?.value).toBeCloseTo((rocAuc(good)?.value ?? 0) - (rocAuc(poor)?.value ?? 0), 12);
		expect(gap?.low).toBeGreaterThan(0);
	});

	it('do not differ from themselves', () => {
		expect(compareAuc(good, good)).toMatchObject({ value: 0, low: 0, high: 0 });
	});

	it('differ the other way round by the opposite', () => {
		const there = compareAuc(good, poor);
		const back = compareAuc(poor, good);
		expect(back?.value).toBeCloseTo(-(there?.value ?? 0), 12);
		expect(back?.high).toBeCloseTo(-(there?.low ?? 0), 12);
	});
});
