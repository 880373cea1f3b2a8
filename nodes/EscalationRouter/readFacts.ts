import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { CaseFacts } from '../../engine/escalation/case';
import { compileAmount, type Rates } from '../../engine/tiers/amount';
import type { FieldReader } from '../platform/fieldPath';

export type FactsReader = (json: IDataObject) => CaseFacts;

const word = z
	.union([z.string().trim().min(1), z.number().transform(String)])
	.optional()
	.catch(undefined);
const figure = z.number().optional().catch(undefined);
const part = <Shape extends z.ZodRawShape>(
	shape: Shape,
): z.ZodCatch<z.ZodOptional<z.ZodObject<Shape>>> => z.object(shape).optional().catch(undefined);

/** What the canonical account and the nodes before say; what does not fit is unknown here, and told by its own node. */
const accountSchema = z.object({
	name: word,
	csm: word,
	renewalDate: word,
	tier: part({ name: word }),
	health: part({ band: word, score: figure }),
	sentiment: part({ nps: figure, csat: figure }),
	support: part({ openP1: figure }),
	severity: word,
});

/**
 * Compiles how the facts of an account are read; amounts in the program's currency (P36).
 * @param missed is told of each account whose ARR nobody can compare, because its currency has no rate
 */
export function compileFacts(
	readers: Record<'region' | 'language' | 'product', FieldReader>,
	currency: string,
	rates: Rates,
	missed: (currency: unknown) => void,
): FactsReader {
	const amountOf = compileAmount(currency, rates);
	return (json) => {
		const { name, csm, renewalDate, tier, health, sentiment, support, severity } =
			accountSchema.parse(json);
		const arr = amountOf(json.arr, json.currency);
		if (arr === 'currency_without_rate') missed(json.currency);
		const facts: Record<keyof CaseFacts, string | number | undefined> = {
			name,
			arr: typeof arr === 'number' ? arr : undefined,
			tier: tier?.name,
			region: word.parse(readers.region(json)),
			language: languageOf(word.parse(readers.language(json))),
			product: word.parse(readers.product(json)),
			csm: csm?.toLowerCase(),
			band: health?.band,
			score: health?.score,
			renewalDate: renewalDate?.slice(0, 10),
			nps: sentiment?.nps,
			csat: sentiment?.csat,
			severity: (support?.openP1 ?? 0) > 0 ? 'p1' : severity,
		};
		return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
	};
}

/** `de-AT` is spoken by whoever speaks `de`. */
function languageOf(locale: string | undefined): string | undefined {
	return locale?.split(/[-_]/)[0]?.toLowerCase();
}
