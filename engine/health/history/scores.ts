/**
 * An account's daily scores as one text, two letters a day, the last day at its end: `4b--50`. A hundred thousand of them
 * are read and written every day, and a text costs less than a list.
 */
export type Scores = string;

/** Twelve weeks and the week that ended before them. */
const DAYS_KEPT = 91;
const NONE = '--';
const WIDTH = 2;
const HEX = 16;

const texts = Array.from({ length: 101 }, (_none, score) =>
	score.toString(HEX).padStart(WIDTH, '0'),
);

/** @param back days before the last one; NaN where there is no score, or the day lies outside */
export function scoreAt(scores: Scores, back: number): number {
	const place = scores.length - WIDTH * (back + 1);
	if (back < 0 || place < 0) return NaN;
	const high = digit(scores.charCodeAt(place));
	return high < 0 ? NaN : high * HEX + digit(scores.charCodeAt(place + 1));
}

/** @param days passed since the last one: 0 replaces it; @param score NaN where the new day has none */
export function withDay(scores: Scores, days: number, score: number): Scores {
	const last = texts[score] ?? NONE;
	const past = days === 0 ? scores.slice(0, -WIDTH) : scores;
	const gap = days > 1 ? NONE.repeat(Math.min(days - 1, DAYS_KEPT)) : '';
	return (past + gap + last).slice(-WIDTH * DAYS_KEPT);
}

/**
 * The last score of the days before `back`, NaN where there is none in the thirteen weeks that are kept.
 */
export function lastBefore(scores: Scores, back: number): number {
	for (let day = Math.max(0, back + 1); day * WIDTH < scores.length; day++) {
		const score = scoreAt(scores, day);
		if (score === score) return score;
	}
	return NaN;
}

/** So many days without a score part what was before from what comes after. */
const PARTING_DAYS = 7;

/** Whether the last `count` daily scores in a row are all `least` or more; fewer days without one than part them do not matter. */
export function allAtLeast(scores: Scores, count: number, least: number): boolean {
	let found = 0;
	let gap = 0;
	for (let day = 0; day * WIDTH < scores.length && found < count; day++) {
		const score = scoreAt(scores, day);
		if (score === score) {
			if (score < least) return false;
			found++;
			gap = 0;
		} else if (++gap === PARTING_DAYS) return false;
	}
	return found === count;
}

/** Only the last so many days. */
export function lastDays(scores: Scores, days: number): Scores {
	return days <= 0 ? '' : scores.slice(-WIDTH * days);
}

/** Whether so many days as part them, without a score, lie between the last one and a day. @param back from that day to the last one in `scores` */
export function isRested(scores: Scores, back: number): boolean {
	for (let day = 0; day - back <= PARTING_DAYS && day * WIDTH < scores.length; day++) {
		const score = scoreAt(scores, day);
		if (score === score) return false;
	}
	return true;
}

/** Negative for what is no digit. */
function digit(code: number): number {
	// '0' is 48 and 'a' 97
	return code >= 97 ? code - 87 : code - 48;
}
