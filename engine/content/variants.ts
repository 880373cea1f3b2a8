import { z } from 'zod/v4';
import { shareOf } from '../journeys/hash';

/** More would each need so many accounts that no test ends. */
export const MOST_VARIANTS = 10;

export const variantSchema = z.strictObject({
	name: z.string().min(1).max(100),
	/** In relation to the others. */
	weight: z.number().positive().max(1_000_000).default(1),
	/** `rules`: without Claude, with a plain text. */
	by: z.enum(['claude', 'rules']).default('claude'),
	/** Id of a model, in place of the node's. */
	model: z.string().min(1).max(200).optional(),
	/** Added to the instructions. */
	instructions: z.string().max(4_000).optional(),
});
export type Variant = z.infer<typeof variantSchema>;

/** The first is what the others are compared with. */
export const variantsSchema = z
	.array(variantSchema)
	.max(MOST_VARIANTS)
	.refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
		error: 'names one variant twice',
	});

/**
 * The variant of an account, by weight, the same for ever while the list is the same (R82). Undefined without variants.
 * @param experiment its name: another one mixes anew
 * @param unit what is assigned: an account, so that colleagues do not compare their mails
 */
export function variantFor(
	experiment: string,
	unit: string,
	variants: readonly Variant[],
): Variant | undefined {
	const total = variants.reduce((sum, { weight }) => sum + weight, 0);
	// both lengths are clear, so that no two pairs of names read alike
	let left = shareOf(`content/${JSON.stringify([experiment, unit])}`) * total;
	for (const variant of variants) {
		left -= variant.weight;
		if (left < 0) return variant;
	}
	return variants.at(-1);
}
