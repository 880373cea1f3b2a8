import { dice } from '../../../harness/dice';
import { dateOf } from '../../../../engine/health/history/localDay';
import { Diary, MONDAY } from './diary';
import { PlainRules, type Sweep } from './rules';

const SERIES = 10_000;
const DAYS = 60;

/** Sixty days of one account: steady, decaying, jumping or around a threshold; feeds fail, sweeps repeat, days are missed. */
function seriesOf(random: () => number): Sweep[] {
	const kind = Math.floor(random() * 4);
	const center = [60, 75, 65, 50][Math.floor(random() * 4)] ?? 60;
	const onboardingUntil = random() < 0.2 ? random() * 30 : 0;
	const heldShare = random() < 0.3 ? random() * 0.3 : 0;
	const sweeps: Sweep[] = [];
	let level = 40 + random() * 60;
	for (let day = 0; day < DAYS; day++) {
		if (random() < 0.1) continue;
		level = Math.max(0, Math.min(100, level + (random() - 0.5) * 20));
		const times = random() < 0.3 ? 1 + Math.floor(random() * 3) : 1;
		for (let time = 0; time < times; time++) {
			const around = center + (random() - 0.5) * 14;
			const score = [around, level, 100 - day * 1.5, random() * 100][kind] ?? 0;
			sweeps.push({
				day: MONDAY + day,
				score: random() < 0.1 ? null : Math.max(0, Math.min(100, Math.round(score))),
				inOnboarding: day < onboardingUntil,
				weekChange: random() < 0.7 ? NaN : random() * 1.2,
				held: random() < heldShare,
			});
		}
	}
	return sweeps;
}

describe('10,000 accounts through 60 days', () => {
	it('are told the same by a compact memory as by the whole past', () => {
		const random = dice(4);
		for (let index = 0; index < SERIES; index++) {
			const diary = new Diary();
			const rules = new PlainRules();
			for (const sweep of seriesOf(random)) {
				const { day, score, held, ...more } = sweep;
				const told = rules.sweep(sweep);
				const entry = diary.on(day, score, held ? { ...more, held: 'usage_too_old' } : more);
				const { alerts } = entry;
				const usage = alerts.find(({ code }) => code === 'usage_fell');
				const drop = alerts.some(({ code }) => code === 'health_dropped');
				const since = told.usageAlertSince;
				// one comparison, because a million of jest's own take minutes
				const seen = [
					[entry.band, told.band],
					[entry.dropped, told.dropped],
					[drop, told.dropped],
					[entry.recovered, told.recovered],
					[entry.triggered, told.triggered],
					[entry.previous, told.previous],
					[entry.steadyDays, told.steadyDays],
					[entry.daysInBand, told.daysInBand],
					[usage?.since, since === null ? undefined : dateOf(since)],
					[entry.trend4w === null, told.trend4w === null],
					[Math.abs((entry.trend4w ?? 0) - (told.trend4w ?? 0)) < 0.006, true],
				];
				if (seen.some(([compact, plain]) => compact !== plain)) {
					expect({ index, sweep, seen }).toEqual('the same');
				}
			}
		}
	});

	it('go up from a band only where hysteresis allows, however they go up and down around its threshold', () => {
		const random = dice(5);
		for (let index = 0; index < 1_000; index++) {
			const diary = new Diary();
			const threshold = index % 2 === 0 ? 60 : 75;
			const scores: number[] = [];
			let last = '';
			let rises = 0;
			for (let day = 0; day < DAYS; day++) {
				const score = threshold + Math.round((random() - 0.5) * 18);
				scores.push(score);
				const { band } = diary.on(MONDAY + day, score);
				const order = ['red', 'yellow', 'green'];
				if (last !== '' && order.indexOf(band) > order.indexOf(last)) {
					rises++;
					const isWellAbove = scores.slice(-2).every((one) => one >= threshold + 5);
					const isSettled = scores.slice(-7).every((one) => one >= threshold);
					expect(isWellAbove || isSettled).toBe(true);
				}
				last = band;
			}
			// each rise takes two days, and a fall before it one
			expect(rises).toBeLessThanOrEqual(DAYS / 3);
		}
	});
});
