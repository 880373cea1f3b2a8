import { quantileSorted } from 'd3-array';
import { DAY_MS } from '../../calendar/zone';
import { daysBefore } from './asOf';
import type { Follow, Verdict } from './follow';
import type { History } from './history';
import type { Judged } from './judged';
import type { Steps } from './steps';

/** How early a band rang before accounts left, and how often it rang for accounts that stayed. Days before the outcome. */
export type WarningRow = {
	readonly band: 'red' | 'yellowOrRed';
	/** Of the accounts that left: those that were in the band on any day looked at. */
	readonly warned: number;
	readonly shareWarned: number | null;
	/** The first such day: median and quartiles over those warned. */
	readonly firstDay: Spread | null;
	/** Those already in the band on the first day looked at: their first day may lie further back. */
	readonly fromTheStart: number;
	/** Those that stayed in the band until they left, and since when. */
	readonly untilTheEnd: number;
	readonly lastStretch: Spread | null;
	/** Of the accounts that stayed: the share that was in the band on any day of the same stretch of time. */
	readonly falseAlarms: number | null;
};

type Spread = {
	readonly lowerQuartile: number;
	readonly median: number;
	readonly upperQuartile: number;
};

/** Days looked at before the outcome, and over which accounts: those whose facts came often enough. */
export type LeadTime = {
	readonly windowDays: number;
	readonly churned: number;
	readonly retained: number;
	/** Accounts whose facts came too seldom to know the day on which anything began. */
	readonly tooSeldom: number;
	readonly rows: readonly WarningRow[];
};

export type LeadTimeSettings = { readonly windowDays: number; readonly maxGapDays: number };

/** For one account the days before its outcome (descending) on which it was looked at, with its band on each. */
type Watch = { churned: boolean; days: { before: number; band: Judged['band'] }[] };

/** Accounts looked at between two steps; each on every day of the window. */
const AT_A_TIME = 20;

const MEMBERS = { red: ['red'], yellowOrRed: ['red', 'yellow'] } as const;

/** The second half of a backtest. */
export function* leadTimeSteps(
	histories: readonly History[],
	follow: Follow<Verdict>,
	settings: LeadTimeSettings,
): Steps<LeadTime> {
	const watches: Watch[] = [];
	for (const [place, history] of histories.entries()) {
		if (place % AT_A_TIME === 0) yield 1 / 2 + place / (2 * histories.length);
		if (comesOften(history, settings)) watches.push(watch(history, follow, settings.windowDays));
	}
	const left = watches.filter(({ churned }) => churned);
	const stayed = watches.filter(({ churned }) => !churned);
	return {
		windowDays: settings.windowDays,
		churned: left.length,
		retained: stayed.length,
		tooSeldom: histories.length - watches.length,
		rows: (['red', 'yellowOrRed'] as const).map((band) => warningRow(band, left, stayed)),
	};
}

/** Facts on at least two days of the window, at most `maxGapDays` apart on average. */
function comesOften({ outcome, facts }: History, settings: LeadTimeSettings): boolean {
	const from = daysBefore(outcome, settings.windowDays);
	const to = daysBefore(outcome, 1);
	const days = facts
		.map(({ at }) => at)
		.filter((at) => at >= from && at <= to)
		.map((at) => Math.floor(at / DAY_MS));
	const distinct = [...new Set(days)].sort((a, b) => a - b);
	const [first] = distinct;
	const last = distinct.at(-1);
	if (first === undefined || last === undefined || distinct.length < 2) return false;
	return (last - first) / (distinct.length - 1) <= settings.maxGapDays;
}

function watch({ outcome, facts }: History, follow: Follow<Verdict>, windowDays: number): Watch {
	const at = follow(facts);
	const days: Watch['days'] = [];
	for (let before = windowDays; before >= 1; before--) {
		const seen = at(daysBefore(outcome, before));
		if (seen !== undefined) days.push({ before, band: seen.found.band });
	}
	return { churned: outcome.type === 'churned', days };
}

function warningRow(
	band: WarningRow['band'],
	left: readonly Watch[],
	stayed: readonly Watch[],
): WarningRow {
	const rings = (found: Judged['band']): boolean => MEMBERS[band].some((one) => one === found);
	const first = ({ days }: Watch): number[] => {
		const day = days.find((one) => rings(one.band));
		return day === undefined ? [] : [day.before];
	};
	const stretch = ({ days }: Watch): number[] => {
		const calm = days.findLastIndex((one) => !rings(one.band));
		const day = days[calm + 1];
		return day === undefined ? [] : [day.before];
	};
	const firsts = left.flatMap(first);
	const stretches = left.flatMap(stretch);
	return {
		band,
		warned: firsts.length,
		shareWarned: left.length === 0 ? null : firsts.length / left.length,
		firstDay: spread(firsts),
		fromTheStart: left.filter((one) => one.days[0] !== undefined && rings(one.days[0].band)).length,
		untilTheEnd: stretches.length,
		lastStretch: spread(stretches),
		falseAlarms: stayed.length === 0 ? null : stayed.flatMap(first).length / stayed.length,
	};
}

function spread(days: readonly number[]): Spread | null {
	const sorted = [...days].sort((a, b) => a - b);
	const at = (share: number): number | undefined => quantileSorted(sorted, share);
	const [lowerQuartile, median, upperQuartile] = [at(0.25), at(0.5), at(0.75)];
	if (lowerQuartile === undefined || median === undefined || upperQuartile === undefined)
		return null;
	return { lowerQuartile, median, upperQuartile };
}
