import type { Choice } from '../../engine/content/choice';
import { schemaFor } from '../../engine/content/answerSchema';
import type { ContentItem } from '../../engine/content/item';
import { catalogueText, eligibleOnly, layoutFor } from '../../engine/content/layout';
import {
	payloadOf,
	systemText,
	type Payload,
	type PromptSettings,
} from '../../engine/content/prompt';
import { signatureOf } from '../../engine/content/signature';
import type { Vocabulary } from '../../engine/content/vocabulary';
import { minimumCachedTokens } from '../../services/claude/modelTraits';
import { priceOf, type PriceList } from '../../services/claude/prices';
import type { ClaudeRequest } from '../../services/claude/request';
import { sha256 } from '../../services/claude/signature';
import type { Settings } from './readSettings';
import type { Wanted } from './readWanted';

/** What is asked about one account; whoever has the same signature shares the answer. */
export type Question = {
	readonly signature: string;
	readonly model: string;
	readonly system: string;
	readonly payload: Payload;
	readonly items: readonly ContentItem[];
};

/** Longer than any answer that holds, in tokens. */
const MOST_TOKENS = 1_024;

/** What is asked about whom, with the model and the instructions of their variant. */
export function questionOf(
	{ profile, variant }: Pick<Wanted, 'profile' | 'variant'>,
	choices: readonly Choice[],
	{ prompt, model: usual }: Pick<Settings, 'prompt' | 'model'>,
	vocabulary: Vocabulary,
): Question {
	const settings: PromptSettings = { ...prompt, variantInstructions: variant?.instructions ?? '' };
	const model = variant?.model ?? usual;
	const system = systemText(settings);
	const items = choices.map(({ item }) => item);
	const payload = payloadOf(profile, items, settings, vocabulary);
	return { signature: sha256(signatureOf(model, system, payload)), model, system, payload, items };
}

/**
 * Each question as it leaves, by signature: in whichever layout costs less for all of the same model and instructions.
 * @param hitRate of the calls after the first, the share that finds the cached prefix: batches find it less often
 */
export function requestsOf(
	questions: readonly Question[],
	prices: Readonly<PriceList>,
	hitRate: number,
): Map<string, ClaudeRequest> {
	const groups = new Map<string, Question[]>();
	for (const question of questions) {
		const name = JSON.stringify([question.model, question.system]);
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [question]);
		else group.push(question);
	}
	return new Map([...groups.values()].flatMap((group) => requestsOfOne(group, prices, hitRate)));
}

function requestsOfOne(
	group: readonly Question[],
	prices: Readonly<PriceList>,
	hitRate: number,
): [string, ClaudeRequest][] {
	const [first] = group;
	if (first === undefined) return [];
	const { model, system } = first;
	const all = [
		...new Map(group.flatMap(({ items }) => items.map((item) => [item.id, item]))).values(),
	];
	const price = priceOf(model, prices);
	const layout = layoutFor(
		system,
		group.map(({ payload }) => payload),
		all,
		{
			// without a price the usual relations hold
			input: price?.input ?? 1,
			cacheWrite: price?.cacheWrite ?? 1.25,
			cacheRead: price?.cacheRead ?? 0.1,
			cacheMinimum: minimumCachedTokens(model),
			hitRate,
		},
	);
	const common = { model, maxTokens: MOST_TOKENS };
	if (layout.name === 'candidates')
		return group.map(({ signature, payload }) => [
			signature,
			{
				...common,
				system: [{ text: system, cached: true }],
				message: JSON.stringify(payload),
				schema: { ...schemaFor(payload.candidates.map(({ id }) => id)) },
			},
		]);
	const blocks = [{ text: system }, { text: catalogueText(all), cached: true }];
	const schema = { ...schemaFor(all.map(({ id }) => id)) };
	return group.map(({ signature, payload }) => [
		signature,
		{ ...common, system: blocks, message: JSON.stringify(eligibleOnly(payload)), schema },
	]);
}
