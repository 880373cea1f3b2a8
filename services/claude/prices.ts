import { z } from 'zod/v4';
import type { Usage } from './asked';

const dollars = z.number().min(0).max(10_000);

const rates = z.strictObject({
	input: dollars,
	output: dollars,
	/** Writing to the prompt cache for five minutes, and reading from it. */
	cacheWrite: dollars,
	cacheRead: dollars,
});

const priceSchema = rates.extend({
	model: z.string().min(1).max(100),
	/** What a request in a batch costs, as a share of the same request on its own. */
	batchShare: z.number().min(0).max(1).default(0.5),
	/** Other rates, for every token of a request whose prompt (cached tokens included) is longer. */
	long: rates.extend({ above: z.int().positive() }).optional(),
});
/** US dollars per million tokens, which is micro-dollars per token. */
export type Price = z.infer<typeof priceSchema>;

const priceListSchema = z.strictObject({
	asOf: z.iso.date(),
	source: z.string().max(500),
	models: z.array(priceSchema).max(200),
});
export type PriceList = z.infer<typeof priceListSchema>;

/** Rates whose cache costs what it costs with most models: written at 1.25 times the input, read at a tenth. */
const usual = (input: number, output: number): z.infer<typeof rates> => ({
	input,
	output,
	cacheWrite: input * 1.25,
	cacheRead: input / 10,
});

/** What Anthropic publishes. Prices change: `asOf` goes wherever a cost is shown, and users may enter their own. */
export const PRICES: Readonly<PriceList> = {
	asOf: '2026-10-24',
	source: 'https://platform.claude.com/docs/en/about-claude/pricing',
	models: [
		{
			model: 'claude-haiku-5-5',
			...usual(0.1, 0.5),
			batchShare: 0.5,
			long: { above: 100_000, input: 0.5, output: 2.5, cacheWrite: 0.625, cacheRead: 0.05 },
		},
		{ model: 'claude-haiku-4-5', ...usual(1, 5), batchShare: 0.5 },
		{ model: 'claude-sonnet-5-5', ...usual(2, 10), cacheRead: 0.1, batchShare: 0.5 },
		{ model: 'claude-sonnet-5', ...usual(2, 10), batchShare: 0.5 },
		{ model: 'claude-sonnet-4-6', ...usual(3, 15), batchShare: 0.5 },
		{ model: 'claude-sonnet-4-5', ...usual(3, 15), batchShare: 0.5 },
		{ model: 'claude-opus-5-5', ...usual(4, 20), cacheRead: 0.2, batchShare: 0.5 },
		{ model: 'claude-opus-5', ...usual(5, 25), batchShare: 0.5 },
		{ model: 'claude-opus-4-8', ...usual(5, 25), batchShare: 0.5 },
		{ model: 'claude-opus-4-7', ...usual(5, 25), batchShare: 0.5 },
		{ model: 'claude-opus-4-6', ...usual(5, 25), batchShare: 0.5 },
		{ model: 'claude-opus-4-5', ...usual(5, 25), batchShare: 0.5 },
		{ model: 'claude-fable-5-1', ...usual(10, 50), cacheRead: 0.25, batchShare: 0.5 },
		{ model: 'claude-fable-5', ...usual(10, 50), batchShare: 0.5 },
	],
};

/**
 * A price list that somebody typed: `{ asOf, source, models: [{ model, input, output, cacheWrite, cacheRead }] }`, as
 * text or as an object. Its models come before those of `PRICES`, which stay for the rest.
 * @throws Error that says where the list is wrong
 */
export function readPrices(typed: unknown): PriceList {
	const parsed = priceListSchema.safeParse(typeof typed === 'string' ? parseJson(typed) : typed);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const where = issue?.path.join('.') ?? '';
		throw new Error(`${where === '' ? 'The price list' : `'${where}'`}: ${issue?.message ?? ''}`);
	}
	return { ...parsed.data, models: [...parsed.data.models, ...PRICES.models] };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Error('The price list is not valid JSON');
	}
}

/** The price of a model, whether its id carries its date (`claude-haiku-4-5-20251001`) or not. */
export function priceOf(
	model: string,
	{ models }: Readonly<PriceList> = PRICES,
): Price | undefined {
	const undated = model.replace(/-\d{8}$/, '');
	return (
		models.find((price) => price.model === model) ?? models.find((price) => price.model === undated)
	);
}

/** Sums of binary fractions are not exact: a picodollar per token is fine enough for every rate to be a whole number. */
const PICO = 1_000_000;

/** Micro-dollars, rounded up, so that a sum of costs is never less than the bill. */
export function costOf(usage: Usage, price: Price, { batch = false } = {}): number {
	const prompt = usage.input + usage.cacheWrite + usage.cacheRead;
	const rate = price.long !== undefined && prompt > price.long.above ? price.long : price;
	const share = batch ? price.batchShare : 1;
	const pico = (tokens: number, each: number) => tokens * Math.round(each * share * PICO);
	return Math.ceil(
		(pico(usage.input, rate.input) +
			pico(usage.cacheWrite, rate.cacheWrite) +
			pico(usage.cacheRead, rate.cacheRead) +
			pico(usage.output, rate.output)) /
			PICO,
	);
}
