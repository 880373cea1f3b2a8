import { z } from 'zod/v4';
import { curveSchema, points } from './curveSchema';
import { checkModel } from './modelChecks';

const text = z.string().min(1, { error: 'is empty' });

/** Nothing counts · the middle of the curve · its bottom · no score at all for the account. */
const plainPolicy = z.enum(['leaveOut', 'neutral', 'worst', 'fail']);
/** A plain policy, or what memory last knew, if that is no more than so many days old. */
const policySchema = z.union(
	[
		plainPolicy,
		z.strictObject({
			lastKnown: z.number().positive().max(3650),
			otherwise: plainPolicy.default('leaveOut'),
		}),
	],
	{ error: 'is none of leaveOut, neutral, worst, fail and { "lastKnown": days }' },
);

export const signalSchema = z.strictObject({
	/** The signal's name in `contributions`, `missing` and `reasons`; never change it once scores are kept. */
	id: z
		.string()
		.regex(/^[A-Za-z][\w-]*$/, { error: 'starts with a letter; letters, digits, - and _ only' }),
	label: text,
	group: text.default('other'),
	/** Path of the value in the account. */
	field: text,
	/** Makes the value a share: `field` divided by this one; too small a divisor says nothing, so the signal is missing. */
	of: z.strictObject({ field: text, atLeast: z.number().positive().default(1) }).optional(),
	/** 0 for a signal that only caps the score. */
	weight: z.number().min(0, { error: 'is below 0' }).max(1_000_000),
	/** Whether more is better; if given, the curve and the caps are held to it. */
	direction: z.enum(['up', 'down', 'none']).optional(),
	/**
	 * What the field counts, in the plural, for sentences: `weekly users`. A signal with a unit changes in whole steps.
	 * `less` is what happens to one of them that goes: an open ticket is `resolved`.
	 */
	unit: z
		.union([text, z.strictObject({ one: text, many: text, less: text.optional() })], {
			error: 'is neither a plural such as "users" nor { "one": …, "many": … }',
		})
		.optional(),
	curve: curveSchema,
	/** Values outside are invalid: a satisfaction of 11 out of 5 is a mistake, not delight. */
	range: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
	/** Where the source says as of when the value holds; older than this it is stale. */
	asOf: z.strictObject({ field: text, maxAgeDays: z.number().positive() }).optional(),
	/** What it means that there is no value, one that is too old, an impossible one. */
	missing: policySchema.default('leaveOut'),
	stale: policySchema.default('leaveOut'),
	invalid: policySchema.default('leaveOut'),
});

/** While what a signal measures lies from `from` to `to`, or is this word, the score is at most `atMost`. */
export const capSchema = z.strictObject({
	signal: text,
	from: z.number().optional(),
	to: z.number().optional(),
	is: text.optional(),
	atMost: points,
});

/** What is wrong in words of the model, for whatever the schema has no sentence of its own. */
function sayMistake(issue: z.core.$ZodRawIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			if (issue.input === undefined)
				return `is missing: ${KINDS[issue.expected] ?? 'a value'} belongs here`;
			return `is not ${KINDS[issue.expected] ?? 'a value'}`;
		case 'unrecognized_keys':
			return `there is no ${issue.keys.map((key) => `'${key}'`).join(', ')} here: is it misspelled?`;
		case 'invalid_value':
			return `is none of ${issue.values.map(String).join(', ')}`;
		case 'too_small':
			return issue.inclusive === false
				? `is not above ${String(issue.minimum)}`
				: `is below ${String(issue.minimum)}`;
		case 'too_big':
			return `is above ${String(issue.maximum)}`;
		default:
			return 'is not valid';
	}
}

const KINDS: Partial<Record<string, string>> = {
	array: 'a list',
	boolean: 'true or false',
	int: 'a whole number',
	number: 'a number',
	object: 'an object',
	string: 'a text',
};

/** Checks what somebody wrote; the mistakes are sentences that go behind the name of the field. */
export function parseModel(written: unknown): z.ZodSafeParseResult<HealthModel> {
	return healthModelSchema.safeParse(written, { error: sayMistake });
}

/** A health model is data: what is looked at, how much it counts, and what the bands are (P19). */
export const healthModelSchema = z
	.strictObject({
		/** Of this way of writing models down. */
		format: z.literal(1).default(1),
		id: text,
		version: text.default('1'),
		label: text.optional(),
		signals: z.array(signalSchema).min(1, { error: 'has no signal: add at least one' }),
		caps: z.array(capSchema).default([]),
		/** Where the success manager's own judgement of the account is found. */
		judgement: z.strictObject({ field: text }).optional(),
		bands: z
			.strictObject({
				green: z.number().min(0).max(100).default(75),
				yellow: z.number().min(0).max(100).default(60),
			})
			.refine((bands) => bands.green >= bands.yellow, { error: 'green starts below yellow' })
			.prefault({}),
		/** How a band is left upward, which takes a memory; downward it is left at once. */
		hysteresis: z
			.strictObject({
				/** So many points above where the next band begins (P19: re-arms at 65), */
				margin: z.number().min(0).max(100).default(5),
				/** on so many daily scores in a row; */
				scores: z.int().min(1).max(84).default(2),
				/** or without the margin on so many, else one that stays at 62 would be red for good. */
				settled: z.int().min(1).max(84).default(7),
			})
			.prefault({}),
		/** Share of the weight (0–1) that must have data for a band to be given. */
		coverageFloor: z
			.number()
			.min(0)
			.max(1, { error: 'is a share from 0 to 1: 60 % is 0.6' })
			.default(0.6),
	})
	.check(({ value, issues }) => {
		for (const { path, message } of checkModel(value)) {
			issues.push({ code: 'custom', input: value, path, message });
		}
	});

export type Policy = z.infer<typeof policySchema>;
export type PlainPolicy = z.infer<typeof plainPolicy>;
export type Signal = z.infer<typeof signalSchema>;
export type Cap = z.infer<typeof capSchema>;
export type HealthModel = z.infer<typeof healthModelSchema>;
export type Band = 'green' | 'yellow' | 'red' | 'unknown';
