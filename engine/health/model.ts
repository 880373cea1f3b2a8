import { z } from 'zod/v4';

const text = z.string().min(1, { error: 'is empty' });
const stepNumber = z.number({ error: 'is not two numbers such as 0: 100' });
const points = z.number().min(0).max(100);

/** `from` earns 0 points and `to` earns 100, in a straight line between them, in either direction; beyond them nothing changes. */
const line = { from: z.number(), to: z.number() };
const LEVEL = { error: '"From" and "To" are the same, so every account would score alike' };
const slopes = (curve: { from: number; to: number }): boolean => curve.from !== curve.to;

export const curveSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('linear'), ...line }).refine(slopes, LEVEL),
	/** The step with the highest `atLeast` that the value reaches; `below` under the lowest. */
	z.object({
		type: z.literal('bands'),
		steps: z.array(z.object({ atLeast: stepNumber, points: stepNumber.min(0).max(100) })).min(1),
		below: points.default(0),
	}),
	z.object({ type: z.literal('yesNo'), yes: points.default(100), no: points.default(0) }),
	/** A line over the whole days that have passed since the field's date. */
	z.object({ type: z.literal('recency'), ...line }).refine(slopes, LEVEL),
]);

export const signalSchema = z.object({
	/** The signal's name in `contributions`, `missing` and `reasons`; never change it once scores are kept. */
	id: z
		.string()
		.regex(/^[A-Za-z][\w-]*$/, { error: 'starts with a letter; letters, digits, - and _ only' }),
	label: text,
	group: text.default('other'),
	/** Path of the value in the account. */
	field: text,
	/** Makes the value a share: `field` divided by this one; too small a divisor says nothing, so the signal is missing. */
	of: z.object({ field: text, atLeast: z.number().positive().default(1) }).optional(),
	weight: z.number().positive({ error: 'is not above 0' }).max(1_000_000),
	curve: curveSchema,
	/** Values outside are invalid: a satisfaction of 11 out of 5 is a mistake, not delight. */
	range: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
	/** What absence means: nothing · the middle of the curve · its bottom. */
	missing: z.enum(['leaveOut', 'neutral', 'worst']).default('leaveOut'),
	/** Where the source says as of when the value holds; older than this it is stale and left out. */
	asOf: z.object({ field: text, maxAgeDays: z.number().positive() }).optional(),
});

/** A health model is data: what is looked at, how much it counts, and what the bands are (P19). */
export const healthModelSchema = z
	.object({
		id: text,
		version: text.default('1'),
		label: text.optional(),
		signals: z.array(signalSchema).min(1, { error: 'has no signal: add at least one' }),
		bands: z
			.object({
				green: z.number().min(0).max(100).default(75),
				yellow: z.number().min(0).max(100).default(60),
			})
			.refine((bands) => bands.green >= bands.yellow, { error: 'green starts below yellow' })
			.prefault({}),
		/** Share of the weight (0–1) that must have data for a band to be given. */
		coverageFloor: z.number().min(0).max(1).default(0.6),
	})
	.check(({ value, issues }) => {
		const seen = new Set<string>();
		value.signals.forEach(({ id }, index) => {
			if (seen.has(id)) {
				issues.push({
					code: 'custom',
					input: id,
					path: ['signals', index, 'id'],
					message: `'${id}' is used twice: every signal needs an id of its own`,
				});
			}
			seen.add(id);
		});
	});

export type Curve = z.infer<typeof curveSchema>;
export type Signal = z.infer<typeof signalSchema>;
export type HealthModel = z.infer<typeof healthModelSchema>;
export type Band = 'green' | 'yellow' | 'red' | 'unknown';
