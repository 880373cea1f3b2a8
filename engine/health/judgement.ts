import { isMissing } from '../accounts/missing';
import { startOfLocalDate } from '../calendar/localTime';
import { readNumber } from './cells';
import { fold } from './curveSchema';
import { compileFields, isFacts, type Facts, type ReaderOf } from './fields';
import type { Health, HealthReason } from './health';
import { bandOf, roundScore } from './band';
import type { KnownBand } from './history/memory';
import { readLocal } from './instant';
import type { HealthModel } from './model';
import { sayExact } from './figures';

/** A success manager's own judgement; without an end date it does not count. */
type Judgement = {
	score: number | undefined;
	band: KnownBand | undefined;
	until: string;
	by: string | null;
	note: string | null;
};

export type Judge = {
	/** Puts the account's judgement, if it has one that counts, in place of `health`, and says so either way. */
	judge(account: Facts, health: Health): void;
	/** In how many accounts so far a judgement could not be read, or had no end, by what is said of it. */
	readonly ignored: ReadonlyMap<string, number>;
};

/** The longest date without a time; the shortest one with a time is longer. */
const DATE_LENGTH = 10;

/** An end that was no text, or milliseconds, is told as a time. */
const NOT_READABLE = /^(?:\d{13})?$/;

/** @param now ms since 1970; @param zone IANA zone of the program: a date without a time counts to its end there */
export function compileJudge(
	model: HealthModel,
	readerOf: ReaderOf,
	now: number,
	zone: string,
): Judge | undefined {
	const { judgement: place, bands } = model;
	if (place === undefined) return undefined;
	const { field } = place;
	const read = compileFields([field], readerOf);
	const row: unknown[] = [];
	const counts = new Map<string, number>();
	return {
		ignored: counts,
		judge(account, health) {
			read(account, row);
			const [found] = row;
			if (isMissing(found)) return;
			const judgement = judge(found, field, now, zone);
			if ('score' in judgement) {
				replace(health, judgement, bands);
				return;
			}
			health.reasons = [judgement, ...health.reasons];
			// that one ends is as it should be
			if (judgement.why !== 'expired')
				counts.set(judgement.text, (counts.get(judgement.text) ?? 0) + 1);
		},
	};
}

function judge(found: unknown, field: string, now: number, zone: string): Judgement | Ignored {
	if (!isFacts(found)) {
		return ignored('invalid', field, 'it is not an object with score or band, and until');
	}
	const score = readNumber(found.score);
	if (score < 0 || score > 100) {
		return ignored('invalid', field, 'its score is not a number from 0 to 100');
	}
	const hasBand = !isMissing(found.band);
	const band = hasBand ? readBand(found.band) : undefined;
	if (hasBand && band === undefined) {
		return ignored('invalid', field, 'its band is not green, yellow or red');
	}
	if (score !== score && band === undefined) {
		return ignored('invalid', field, 'it needs a score from 0 to 100, or green, yellow or red');
	}
	if (isMissing(found.until)) {
		return ignored('no_end', field, 'it does not say until when it counts');
	}
	const at = readLocal(found.until, zone);
	if (at !== at) return ignored('invalid', field, 'its end (until) is not a date');
	const text = typeof found.until === 'string' ? found.until.trim() : '';
	const isDate = text !== '' && text.length <= DATE_LENGTH;
	const until = NOT_READABLE.test(text) ? new Date(at).toISOString() : text;
	const end = isDate ? startOfLocalDate(at, 1, zone) : at;
	if (now >= end) return ignored('expired', field, `it ended on ${until}`);
	const by = textOf(found.by);
	return { score: score === score ? score : undefined, band, until, by, note: textOf(found.note) };
}

function readBand(value: unknown): KnownBand | undefined {
	const word = typeof value === 'string' ? fold(value) : '';
	return word === 'green' || word === 'yellow' || word === 'red' ? word : undefined;
}

function textOf(value: unknown): string | null {
	if (isMissing(value)) return null;
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

type Ignored = Extract<HealthReason, { code: 'judgement_ignored' }>;

function ignored(why: 'expired' | 'no_end' | 'invalid', field: string, because: string): Ignored {
	const text = `The judgment in ${field} does not count: ${because}`;
	return Object.freeze({ code: 'judgement_ignored', why, field, text });
}

/** The judged score, or the one of the judged band that is nearest to the model's, in place of the model's. */
function replace(
	health: Health,
	{ score, band, until, by, note }: Judgement,
	bands: HealthModel['bands'],
): void {
	const without = health.score;
	const exact = health.contributions.reduce((total, contribution) => total + contribution, 0);
	const judged = score ?? nearest(without === null ? undefined : exact, band, bands);
	health.score = roundScore(judged);
	health.band = score === undefined ? (band ?? 'unknown') : bandOf(health.score, bands);
	health.signals = [...health.signals, 'judgement'];
	health.contributions = [...health.contributions, judged - exact];
	health.possible = [...health.possible, 0];
	health.nextBand = null;
	const told = score === undefined ? (band ?? '') : sayExact(score);
	const who = by === null ? '' : ` by ${by}`;
	const instead = without === null ? 'there would be no score' : `the model says ${without}`;
	const reason: HealthReason = Object.freeze({
		code: 'judged',
		by,
		until,
		note,
		without,
		text: `Judged ${told}${who} until ${until}; ${instead}`,
	});
	health.reasons = [reason, ...health.reasons];
}

/** Within a band, as near as can be to what the model says; where it says nothing, where the band meets yellow. */
function nearest(
	exact: number | undefined,
	band: Judgement['band'],
	{ green, yellow }: HealthModel['bands'],
): number {
	const lowest = band === 'green' ? green : band === 'yellow' ? yellow : 0;
	const highest =
		band === 'green' ? 100 : (band === 'yellow' ? Math.ceil(green) : Math.ceil(yellow)) - 1;
	const start = exact ?? (band === 'red' ? highest : lowest);
	return Math.max(Math.ceil(lowest), Math.min(highest, start));
}
