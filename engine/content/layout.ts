import { schemaFor } from './answerSchema';
import { cardOf, type Card, type Payload } from './payload';
import type { ContentItem } from './item';

/**
 * Two ways to ask the same. `candidates`: they stand in the message, and the schema knows their ids. `catalogue`: those
 * of all accounts of the execution stand in the cached block of the system prompt, the message names the eligible ids,
 * and the schema knows all of them, because another schema would miss the cache.
 */
export type LayoutName = 'candidates' | 'catalogue';

/** Prices are per token, in any one unit. */
export type LayoutPrices = {
	readonly input: number;
	readonly cacheWrite: number;
	readonly cacheRead: number;
	/** A shorter prefix is not cached. */
	readonly cacheMinimum: number;
	/** Of the calls after the first, the share that finds the prefix in the cache, 0–1; batches find it less often. */
	readonly hitRate: number;
};

export type Layout = {
	readonly name: LayoutName;
	/** Of all calls' input, in the unit of the prices: what each of the two would cost, as far as it can be estimated. */
	readonly cost: Readonly<Record<LayoutName, number>>;
	/** Estimated tokens of the part that is cached. */
	readonly prefixTokens: number;
};

/** Of English and JSON; other languages take more in both layouts alike. */
const CHARACTERS_PER_TOKEN = 4;

/** The layout that costs less for these calls; of equals the one that needs no cache. */
export function layoutFor(
	system: string,
	payloads: readonly Payload[],
	items: readonly ContentItem[],
	{ input, cacheWrite, cacheRead, cacheMinimum, hitRate }: LayoutPrices,
): Layout {
	const calls = payloads.length;
	const systemTokens = tokensOf(system);
	const schemaTokens = (ids: readonly string[]): number => tokensOf(JSON.stringify(schemaFor(ids)));
	const ids = items.map(({ id }) => id);
	const prefixTokens = systemTokens + tokensOf(catalogueText(items)) + schemaTokens(ids);
	let inMessage = 0;
	let besideCatalogue = 0;
	for (const payload of payloads) {
		const own = payload.candidates.map(({ id }) => id);
		inMessage += systemTokens + tokensOf(JSON.stringify(payload)) + schemaTokens(own);
		besideCatalogue += tokensOf(JSON.stringify(eligibleOnly(payload)));
	}
	const hits = Math.max(0, calls - 1) * hitRate;
	const prefixCost =
		prefixTokens < cacheMinimum
			? calls * prefixTokens * input
			: prefixTokens * (hits * cacheRead + (calls - hits) * cacheWrite);
	const cost = { candidates: inMessage * input, catalogue: prefixCost + besideCatalogue * input };
	return {
		name: cost.catalogue < cost.candidates ? 'catalogue' : 'candidates',
		cost,
		prefixTokens,
	};
}

/** The cached block of the layout `catalogue`, the same for all calls of an execution. */
export function catalogueText(items: readonly ContentItem[]): string {
	const cards: Card[] = items.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(cardOf);
	return `The candidates of all questions, as JSON data. Of these, the user message names those that it is about as "eligible", in place of "candidates"; no other may be chosen.\n${JSON.stringify(cards)}`;
}

export type EligiblePayload = Omit<Payload, 'candidates'> & {
	readonly eligible: readonly string[];
};

/** The message of the layout `catalogue`. */
export function eligibleOnly({ profile, answerIn, howMany, candidates }: Payload): EligiblePayload {
	return { profile, answerIn, howMany, eligible: candidates.map(({ id }) => id) };
}

function tokensOf(text: string): number {
	return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
