import { dice } from '../../../harness/dice';
import { dateOf } from '../../../../engine/health/history/localDay';
import type { HealthAlert } from '../../../../engine/health/history/facts';
import { Diary, MONDAY, type Entry } from './diary';
import { PlainRules, type Sweep } from './rules';

const SERIES = 10_000;
const DAYS = 60;

/** Sixty days of one account: steady, decaying, jumping or around a threshold; feeds fail, sweeps repeat, days are missed. */
function seriesOf(random: () => number): Sweep[] {
	const kind = Math.floor(random() * 4);
	const center = [60, 75, 65, 50][Math.floor(random() * 4)] ?? 60;
	const onboardingUntil = random() < 0.2 ? random() * 30 : 0;
	const heldShare = random() < 0.3 ? random() * 0.3 : 0;
	const renewal = random() < 0.3 ? MONDAY + Math.floor(random() * 100) : NaN;
	const gapFrom = random() < 0.3 ? Math.floor(random() * DAYS) : DAYS;
	const gapDays = 4 + Math.floor(random() * 8);
	const judgedShare = random() < 0.2 ? 0.2 : 0;
	const sweeps: Sweep[] = [];
	let level = 40 + random() * 60;
	for (let day = 0; day < DAYS; day++) {
		if (random() < 0.1 || (day >= gapFrom && day < gapFrom + gapDays)) continue;
		level = Math.max(0, Math.min(100, level + (random() - 0.5) * 20));
		const times = random() < 0.3 ? 1 + Math.floor(random() * 3) : 1;
		for (let time = 0; time < times; time++) {
			const around = center + (random() - 0.5) * 14;
			const score = [around, level, 100 - day * 1.5, random() * 100][kind] ?? 0;
			const held = random() < heldShare;
			sweeps.push({
				day: MONDAY + day,
				score: random() < 0.1 ? null : Math.max(0, Math.min(100, Math.round(score))),
				inOnboarding: day < onboardingUntil,
				weekChange: random() < 0.7 ? NaN : random() * 1.2,
				held,
				releases: !held && random() < 0.2,
				judged: random() < judgedShare,
				unsponsoredRenewal: random() < 0.8 ? renewal + (random() < 0.1 ? 365 : 0) : NaN,
			});
		}
		const last = sweeps.at(-1);
		if (random() < 0.1 && last !== undefined && day > 0) {
			const late = MONDAY + Math.floor(random() * day);
			sweeps.push({ ...last, day: late, held: false, releases: random() < 0.7 });
		}
	}
	return sweeps;
}

const JUDGED = [
	{ code: 'judged' as const, by: null, until: '2027-01-01', note: null, without: 1, text: '' },
];

function alertOf({ alerts }: Entry, wanted: HealthAlert['code']): HealthAlert | undefined {
	return alerts.find(({ code }) => code === wanted);
}

describe('10,000 accounts through 60 days', () => {
	it('are told the same by a compact memory as by the whole past', () => {
		const random = dice(4);
		let lates = 0;
		for (let index = 0; index < SERIES; index++) {
			const diary = new Diary();
			const rules = new PlainRules();
			for (const sweep of seriesOf(random)) {
				const { day, score, held, judged, ...given } = sweep;
				const health = diary.healthOf(score);
				if (judged && score !== null) health.reasons = JUDGED;
				const more = { ...given, health };
				const { row } = diary;
				const entry = diary.on(day, score, held ? { ...more, held: 'usage_too_old' } : more);
				if (row !== undefined && day < row.day) {
					const seen = [entry.late, entry.triggered, entry.scored, diary.row === row];
					if (seen.join() !== 'true,false,false,true') {
						expect({ index, sweep, seen }).toEqual('nothing changed');
					}
					lates++;
					continue;
				}
				const told = rules.sweep(sweep);
				const sponsor = alertOf(entry, 'no_sponsor');
				const usage = alertOf(entry, 'usage_fell');
				const drop = alertOf(entry, 'health_dropped') !== undefined;
				const sponsorSince = told.sponsorAlertSince;
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
					[sponsor?.since, sponsorSince === null ? undefined : dateOf(sponsorSince)],
					[entry.trend4w === null, told.trend4w === null],
					[Math.abs((entry.trend4w ?? 0) - (told.trend4w ?? 0)) < 0.006, true],
				];
				if (seen.some(([compact, plain]) => compact !== plain)) {
					expect({ index, sweep, seen }).toEqual('the same');
				}
			}
		}
		expect(lates).toBeGreaterThan(SERIES);
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
