import { schemaFor } from '../../engine/content/answerSchema';
import type { Choice } from '../../engine/content/choice';
import type { ContentItem } from '../../engine/content/item';
import { catalogueText, eligibleOnly, layoutFor } from '../../engine/content/layout';
import { accountPayload, topicPayload, type Payload } from '../../engine/content/payload';
import type { Profile } from '../../engine/content/profile';
import { systemText, type PromptSettings } from '../../engine/content/prompt';
import type { SelectorSettings } from '../../engine/content/settings';
import { signatureOf } from '../../engine/content/signature';
import { compileSubjects } from '../../engine/content/topics';
import { vocabularyOf } from '../../engine/content/vocabulary';
import { Words } from '../../engine/escalation/routing/words';
import { minimumCachedTokens } from './modelTraits';
import { priceOf, type PriceList } from './prices';
import type { ClaudeRequest } from './request';
import { sha256 } from './signature';

/** What is asked; all accounts with the same signature share the answer. */
export type Question = {
	readonly signature: string;
	readonly model: string;
	readonly system: string;
	readonly payload: Payload;
	/** The candidates. */
	readonly items: readonly ContentItem[];
	/** Whether it tells of one account by its own words. */
	readonly isPersonal: boolean;
};

/** What a variant asks in its own way. */
export type Way = { readonly model?: string; readonly instructions?: string };

export type QuestionRules = {
	readonly selector: SelectorSettings;
	readonly prompt: PromptSettings;
	readonly model: string;
};

/** @param ranked at least one */
export type Asking = (profile: Profile, ranked: readonly Choice[], way?: Way) => Question;

/**
 * Compiles what is asked about an account, once per execution. Who also sends free text asks about each account by
 * itself: nobody could share the answer, and it would tell others of it.
 */
export function compileQuestions(
	catalogue: readonly ContentItem[],
	{ selector, prompt, model: usual }: QuestionRules,
): Asking {
	const words = new Words();
	const vocabulary = vocabularyOf(catalogue);
	const subjectOf = compileSubjects(catalogue, selector, words);
	const isPersonal = Object.values(prompt.alsoSend).includes(true);
	const known = new Map<string, Question>();

	const questionOf = (items: readonly ContentItem[], payload: Payload, way: Way): Question => {
		const model = way.model ?? usual;
		const system = systemText({ ...prompt, variantInstructions: way.instructions ?? '' });
		const signature = sha256(signatureOf(model, system, payload));
		return { signature, model, system, payload, items, isPersonal };
	};
	const aboutTopic = (profile: Profile, ranked: readonly Choice[], way: Way): Question => {
		const { topics, items } = subjectOf(profile, ranked);
		const ids = items.map(({ id }) => id);
		const key = JSON.stringify([topics, ids, profile.language, way.model, way.instructions]);
		let question = known.get(key);
		if (question === undefined) {
			question = questionOf(items, topicPayload({ topics, items }, profile, prompt), way);
			known.set(key, question);
		}
		return question;
	};
	return (profile, ranked, way = {}) => {
		if (prompt.askAbout === 'topic' && !isPersonal) return aboutTopic(profile, ranked, way);
		const items = ranked.map(({ item }) => item);
		return questionOf(items, accountPayload(profile, items, prompt, vocabulary), way);
	};
}

/** Room for an answer, in tokens: twice a long one in English, and one of the usual length where a sign is a token. */
const TOKENS_FOR_ALL = 512;
const TOKENS_PER_PICK = 512;

/** Of calls one after the other nearly all find the prefix that the first one wrote; batches find it less often. */
export const HIT_RATES = { calls: 0.95, batch: 0.5 } as const;

/** The service refuses a schema whose grammar grows too large, and says nowhere how large that is. */
const MOST_IDS = 100;

/**
 * Each question as it leaves, by signature: in whichever layout costs less for all of the same model and instructions.
 * @param hitRate one of `HIT_RATES`: of the calls after the first, the share that finds the cached prefix
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
	const isByCatalogue = layout.name === 'catalogue' && all.length <= MOST_IDS;
	const blocks = [{ text: system }, { text: catalogueText(all), cached: true }];
	const schema = { ...schemaFor(all.map(({ id }) => id)) };
	return group.map(({ signature, payload }) => [
		signature,
		{
			model,
			maxTokens: TOKENS_FOR_ALL + TOKENS_PER_PICK * payload.howMany,
			...(isByCatalogue
				? { system: blocks, message: JSON.stringify(eligibleOnly(payload)), schema }
				: {
						// another schema misses the cache, and each question has its own: nothing is marked for it
						system: [{ text: system }],
						message: JSON.stringify(payload),
						schema: { ...schemaFor(payload.candidates.map(({ id }) => id)) },
					}),
		},
	]);
}
