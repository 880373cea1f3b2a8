import { z } from 'zod/v4';
import { isMissing } from '../accounts/missing';
import { parseLocal, startOfLocalDate } from '../calendar/localTime';
import { compileFields, type Facts, type ReaderOf } from './fields';
import type { Health, HealthReason } from './health';
import { bandOf, roundScore } from './band';
import type { HealthModel } from './model';
import { sayExact } from './figures';

/** A success manager's own judgement as it stands in the account; without an end date it does not count. */
const judgementSchema = z
	.looseObject({
		score: z.number().min(0).max(100).nullish(),
		band: z.enum(['green', 'yellow', 'red']).nullish(),
		until: z.string().nullish(),
		by: z.string().nullish(),
		note: z.string().nullish(),
	})
	.refine(({ score, band }) => typeof score === 'number' || typeof band === 'string');

type Judgement = {
	score: number | undefined;
	band: 'green' | 'yellow' | 'red' | undefined;
	until: string;
	by: string | null;
	note: string | null;
};

/** Puts the account's judgement, if it has one that counts, in place of `health`, and says so either way. */
export type Judge = (account: Facts, health: Health) => void;

const DATE_LENGTH = 10;

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
	return (account, health) => {
		read(account, row);
		const [found] = row;
		if (isMissing(found)) return;
		const judgement = judge(found, field, now, zone);
		if ('code' in judgement) health.reasons = [judgement, ...health.reasons];
		else replace(health, judgement, bands);
	};
}

function judge(found: unknown, field: string, now: number, zone: string): Judgement | HealthReason {
	const parsed = judgementSchema.safeParse(found);
	if (!parsed.success) {
		return ignored('invalid', field, 'it needs a score from 0 to 100, or green, yellow or red');
	}
	const { score, band, until, by, note } = parsed.data;
	if (until === undefined || until === null || until === '') {
		return ignored('no_end', field, 'it does not say until when it counts');
	}
	const at = parseLocal(until, zone);
	if (at === undefined) return ignored('invalid', field, 'its end is not a date');
	const end = until.length === DATE_LENGTH ? startOfLocalDate(at, 1, zone) : at;
	if (now >= end) return ignored('expired', field, `it ended on ${until}`);
	return {
		score: score ?? undefined,
		band: band ?? undefined,
		until,
		by: by ?? null,
		note: note ?? null,
	};
}

function ignored(
	why: 'expired' | 'no_end' | 'invalid',
	field: string,
	because: string,
): HealthReason {
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
