import { scoreAt, type Scores } from './scores';

const WEEK = 7;
/** Daily scores that each of the two weeks must have, or its mean says too little. */
const SCORES_NEEDED = 3;

/**
 * How the score moved: the mean of the last 7 days' daily scores minus that of the 7 days that ended `weeks` weeks
 * before, to two decimals; null where either has fewer than 3.
 * @param back days from today to the last one in `scores`
 */
export function trendOver(weeks: number, scores: Scores, back: number): number | null {
	const before = meanOf(scores, back + weeks * WEEK);
	// most accounts are younger than the trend, and the older week tells
	if (before !== before) return null;
	const now = meanOf(scores, back);
	return now === now ? Math.round((now - before) * 100) / 100 + 0 : null;
}

function meanOf(scores: Scores, back: number): number {
	let sum = 0;
	let known = 0;
	for (let day = back; day < back + WEEK; day++) {
		const score = scoreAt(scores, day);
		if (score !== score) continue;
		sum += score;
		known++;
	}
	return known < SCORES_NEEDED ? NaN : sum / known;
}
