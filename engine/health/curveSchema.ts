import { z } from 'zod/v4';

const word = z.string().trim().min(1, { error: 'is empty' });
const stepNumber = z.number({ error: 'is not two numbers such as 0: 100' });
export const points = z.number().min(0).max(100);

/** `from` earns 0 points and `to` earns 100, in a straight line between them, in either direction; beyond them nothing changes. */
const line = { from: z.number(), to: z.number() };
const lineFrom = (from: number, to: number) => ({
	from: z.number().default(from),
	to: z.number().default(to),
});
type Line = { from: number; to: number };
const LEVEL = { error: '"From" and "To" are the same, so every account would score alike' };
const slopes = ({ from, to }: Line): boolean => from !== to;
const SPIKE = { error: '"To" is past 100 %, so a spike would be rewarded' };
const stopsAtOne = ({ from, to }: Line): boolean => (from < to ? to <= 1 : to >= 1);

/** A fall of 40 % is urgent whatever the tier (R5, P03): it earns nothing. */
const NOTHING_LEFT = 0.6;

export const curveSchema = z.discriminatedUnion(
	'type',
	[
		z.strictObject({ type: z.literal('linear'), ...line }).refine(slopes, LEVEL),
		/** The step with the highest `atLeast` that the value reaches; `below` under the lowest. */
		z.strictObject({
			type: z.literal('bands'),
			steps: z
				.array(z.strictObject({ atLeast: stepNumber, points: stepNumber.min(0).max(100) }))
				.min(1, { error: 'has no step' }),
			below: points.default(0),
		}),
		z.strictObject({ type: z.literal('yesNo'), yes: points.default(100), no: points.default(0) }),
		/** A line over the whole days that have passed since the field's date. */
		z.strictObject({ type: z.literal('recency'), ...line }).refine(slopes, LEVEL),
		/** 100 points on the day itself, half of them `days` later, a quarter after twice as long. */
		z.strictObject({ type: z.literal('halfLife'), days: z.number().positive().max(3650) }),
		/**
		 * The value against the account's own mean: of `of` where the source has one, else of the last `days` days before
		 * today as memory knows them. More than 100 % earns no more, so a spike is not rewarded.
		 */
		z
			.strictObject({
				type: z.literal('baseline'),
				...lineFrom(NOTHING_LEFT, 1),
				days: z.int().min(2).max(84).default(28),
				/** Days of these that must be known. */
				atLeastDays: z.int().min(1).max(84).default(14),
			})
			.refine(slopes, LEVEL)
			.refine(stopsAtOne, SPIKE)
			.refine(({ days, atLeastDays }) => atLeastDays <= days, {
				error: 'asks for more known days than it looks back',
			}),
		/**
		 * The closed ISO week against the one before (P03): `field` against `of`, else as memory knows them. `counts` says
		 * what the field counts, the closed week or one day; it matters to memory only.
		 */
		z
			.strictObject({
				type: z.literal('weekChange'),
				...lineFrom(NOTHING_LEFT, 1),
				atLeast: z.number().positive().default(50),
				counts: z.enum(['week', 'day']).default('week'),
			})
			.refine(slopes, LEVEL),
		/** A net score from -100 to 100, or one `answer` from 0 to 10: promoters 100 points, passives 50, detractors none. */
		z
			.strictObject({
				type: z.literal('nps'),
				scale: z.enum(['score', 'answer']).default('score'),
				...lineFrom(-50, 50),
			})
			.refine(slopes, LEVEL),
		/** Satisfaction on a scale whose best answer is `scale`; without ends, 2 to 4.5 of 5 and the same shares of any other. */
		z
			.strictObject({
				type: z.literal('csat'),
				scale: z.number().min(2).max(1000).default(5),
				from: z.number().optional(),
				to: z.number().optional(),
			})
			.refine((curve) => slopes(csatLine(curve)), LEVEL),
		/** Points by word. A word that is not listed earns `other`; without `other` it is invalid. */
		z.strictObject({
			type: z.literal('categories'),
			values: z
				.array(z.strictObject({ value: word, points: stepNumber.min(0).max(100) }))
				.min(1, { error: 'lists no value' })
				.refine(
					(values) => new Set(values.map(({ value }) => fold(value))).size === values.length,
					{
						error: 'lists a value twice',
					},
				),
			other: points.optional(),
		}),
		/** Seats used of seats bought. */
		z.strictObject({ type: z.literal('licenceUse'), ...lineFrom(0.2, 0.8) }).refine(slopes, LEVEL),
	],
	{
		error: `must be one of bands, baseline, categories, csat, halfLife, licenceUse, linear, nps, recency, weekChange or yesNo`,
	},
);

export type Curve = z.infer<typeof curveSchema>;

/** Words are the same however they are spaced and capitalized. */
export function fold(word: string): string {
	return word.trim().toLowerCase();
}

/** 2 to 4.5 of 5 are a quarter and seven eighths of the way from 1 to the best answer. */
function csatLine({ scale, from, to }: { scale: number; from?: number; to?: number }): Line {
	const at = (share: number): number => 1 + share * (scale - 1);
	return { from: from ?? at(0.25), to: to ?? at(0.875) };
}

/** The straight line of a curve that is one. */
export function lineOf(curve: Curve): Line | undefined {
	switch (curve.type) {
		case 'csat':
			return csatLine(curve);
		case 'nps':
			return curve.scale === 'score' ? curve : undefined;
		case 'linear':
		case 'recency':
		case 'baseline':
		case 'weekChange':
		case 'licenceUse':
			return curve;
		default:
			return undefined;
	}
}

/** How a signal's field is read: as a number, a date, yes or no, or one of some words. */
export function kindOf({ type }: Curve): 'number' | 'days' | 'yesNo' | 'category' {
	if (type === 'yesNo') return 'yesNo';
	if (type === 'recency' || type === 'halfLife') return 'days';
	return type === 'categories' ? 'category' : 'number';
}

/** What is measured where a signal is this word; -1 where it never is. */
export function wordIndex(curve: Curve, word: string): number {
	if (curve.type === 'yesNo') return ['no', 'yes'].indexOf(fold(word));
	if (curve.type !== 'categories') return -1;
	return curve.values.findIndex(({ value }) => fold(value) === fold(word));
}
