import { NOW, type BenchAccount } from './accounts';
import type { Contender, Found } from './contender';

const DAY_MS = 86_400_000;
/** In order of name, which decides between two that cost the same. */
const SIGNALS = [
	'adoption',
	'csat',
	'lastActive',
	'licenceUse',
	'nps',
	'openP1',
	'openTickets',
	'usageTrend',
];
const WEIGHTS = [15, 10, 10, 20, 10, 10, 10, 15];
const REASONS = 3;
/** Makes the rounding independent of the order in which fractions were added. */
const SLACK = 1e-9;

const points = new Float64Array(SIGNALS.length);
const values = new Float64Array(SIGNALS.length);

/**
 * The preset B2B SaaS as somebody who knows it by heart would write it for speed: fields, weights and curves are in the
 * code, nothing can be configured, and a reason is its figures without a sentence. This is the floor: what reading these
 * fields and working out score, band and the three signals that cost most takes at least.
 */
export function scoreInLoop({ usage, support, sentiment, licences }: BenchAccount): Found {
	const stale = (NOW - Date.parse(usage.asOf)) / DAY_MS > 14;
	const days = Math.floor((NOW - Date.parse(usage.lastActiveAt ?? '')) / DAY_MS);
	put(0, stale ? NaN : usage.adoption, 0, 0.6);
	put(1, sentiment.csat, 2, 4.5);
	put(2, stale ? NaN : days, 30, 3);
	put(3, licences.bought < 1 ? NaN : licences.used / licences.bought, 0.2, 0.8);
	put(4, sentiment.nps ?? NaN, -50, 50);
	put(5, support.openP1, 1, 0);
	put(6, support.openTickets, 5, 0);
	const known = !stale && usage.previousEvents >= 50;
	put(7, known ? usage.events / usage.previousEvents : NaN, 0.6, 1);
	let weight = 0;
	let sum = 0;
	for (let place = 0; place < WEIGHTS.length; place++) {
		const one = points[place] ?? NaN;
		if (Number.isNaN(one)) continue;
		weight += WEIGHTS[place] ?? 0;
		sum += (WEIGHTS[place] ?? 0) * one;
	}
	const score = weight === 0 ? null : Math.round(sum / weight + SLACK);
	const isKnown = score !== null && weight >= 60;
	const band = !isKnown ? 'unknown' : score >= 75 ? 'green' : score >= 60 ? 'yellow' : 'red';
	return { score, band, top: dearest(weight) };
}

/** Points from 0 to 100 for a value; NaN for what is not known. */
function put(place: number, value: number, from: number, to: number): void {
	const share = (value - from) / (to - from);
	values[place] = value;
	points[place] = share <= 0 ? 0 : share >= 1 ? 100 : share * 100;
}

type Cost = { signal: string; value: number; earned: number; possible: number };

/** The three signals that cost most, dearest first. */
function dearest(weight: number): Cost[] {
	const found: Cost[] = [];
	let last = Infinity;
	let lastPlace = -1;
	while (found.length < REASONS) {
		let best = -1;
		let most = 0;
		for (let place = 0; place < WEIGHTS.length; place++) {
			const cost = possibleOf(place, weight) * (1 - (points[place] ?? NaN) / 100);
			if (!(cost >= 0.5) || cost <= most) continue;
			if (cost > last || (cost === last && place <= lastPlace)) continue;
			best = place;
			most = cost;
		}
		if (best === -1) break;
		const possible = possibleOf(best, weight);
		found.push({
			signal: SIGNALS[best] ?? '',
			value: values[best] ?? NaN,
			earned: (possible * (points[best] ?? NaN)) / 100,
			possible,
		});
		last = most;
		lastPlace = best;
	}
	return found;
}

function possibleOf(place: number, weight: number): number {
	return ((WEIGHTS[place] ?? 0) / weight) * 100;
}

export const loop: Contender<Found> = {
	score: (accounts) => accounts.map((account) => scoreInLoop(account)),
	foundOf: (found) => found,
};
