import { z } from 'zod/v4';

const day = z.int();

/** What is remembered of one limit of an account; days are local dates of the program, in days since 1970. */
const limitMemory = z.object({
	name: z.string(),
	/** Of the last daily reading. */
	day,
	used: z.number(),
	allowed: z.number(),
	/** Daily readings in a row that were near, the last one included. */
	run: z.int().min(0),
	/** The day whose reading made it near. */
	since: day.optional(),
	/** It was near already when it was first watched, and has not left since (P09). */
	baseline: z.literal(true).optional(),
});
const schema = z.object({ limits: z.record(z.string(), limitMemory) });

export type LimitMemory = z.infer<typeof limitMemory>;
/** By the limit's name in lower case. */
export type LimitsMemory = Readonly<Record<string, LimitMemory>>;

/** Undefined where the text is none that `writeLimits` wrote. */
export function readLimitsMemory(text: string): LimitsMemory | undefined {
	try {
		return schema.parse(JSON.parse(text)).limits;
	} catch {
		return undefined;
	}
}

export function writeLimitsMemory(limits: LimitsMemory): string {
	return JSON.stringify({ limits });
}
