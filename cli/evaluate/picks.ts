import { schemaFor } from '../../engine/content/answerSchema';
import type { Picked } from '../../engine/content/evaluation/evaluate';
import { EVALUATED_AT, questionOf, type Labelled } from '../../engine/content/evaluation/labels';
import type { ContentItem } from '../../engine/content/item';
import { payloadOf, systemText, type PromptSettings } from '../../engine/content/prompt';
import { compileSelector } from '../../engine/content/selector';
import type { SelectorSettings } from '../../engine/content/settings';
import { settle } from '../../engine/content/settle';
import { vocabularyOf } from '../../engine/content/vocabulary';
import { failureText, type Asked, type Failure } from '../../services/claude/asked';
import type { ClaudeRequest } from '../../services/claude/request';

export type Picks = {
	readonly picks: readonly Picked[];
	/** Why the rules had to choose for a model, and for how many profiles. */
	readonly unanswered: readonly { readonly text: string; readonly profiles: number }[];
	/** Whether what the answers cost is known. */
	readonly costKnown: boolean;
};

export type AskRules = {
	readonly settings: SelectorSettings;
	readonly prompt: PromptSettings;
	readonly model: string;
	readonly ask: (request: ClaudeRequest) => Promise<Asked>;
	/** Told the share that is done, 0–1. */
	readonly report: (done: number) => void;
};

/** Longer than any answer that holds, in tokens. */
const MOST_TOKENS = 1_024;

/** The best by the rules for each labelled profile. */
export function picksByRules(
	labelled: readonly Labelled[],
	items: readonly ContentItem[],
	settings: SelectorSettings,
): Picks {
	const selector = compileSelector(items, settings);
	const picks = labelled.map((label) => {
		const { profile, seen } = questionOf(label, items);
		const { ranked } = selector.select(profile, seen, EVALUATED_AT);
		return { profileId: label.id, contentId: ranked[0]?.item.id };
	});
	return { picks, unanswered: [], costKnown: true };
}

/**
 * What a model chooses for each labelled profile, asked and checked as Content Selector does; where its answer does not
 * hold, the rules' choice counts, and the profile as invalid.
 * @throws Error with a sentence where no call was answered
 */
export async function picksByModel(
	labelled: readonly Labelled[],
	items: readonly ContentItem[],
	{ settings, prompt, model, ask, report }: AskRules,
): Promise<Picks> {
	const selector = compileSelector(items, settings);
	const vocabulary = vocabularyOf(items);
	const system = [{ text: systemText(prompt) }];
	const counts = new Map<string, number>();
	let [done, calls, costKnown] = [0, 0, true];
	const failures: { failed: Failure; status?: number }[] = [];
	const picks = await Promise.all(
		labelled.map(async (label): Promise<Picked> => {
			const { profile, seen } = questionOf(label, items);
			const { ranked } = selector.select(profile, seen, EVALUATED_AT);
			const offered = ranked.map(({ item }) => item);
			if (ranked.length === 0) {
				report(++done / labelled.length);
				return { profileId: label.id };
			}
			const payload = payloadOf(profile, offered, prompt, vocabulary);
			calls++;
			const asked = await ask({
				model,
				system,
				message: JSON.stringify(payload),
				schema: { ...schemaFor(offered.map(({ id }) => id)) },
				maxTokens: MOST_TOKENS,
			});
			report(++done / labelled.length);
			if (asked.failed !== undefined) failures.push(asked);
			if (asked.costMicros === undefined) costKnown = false;
			const settled = settle(asked.answer, ranked, profile.language, payload.profile);
			const invalid = settled.by === 'rules';
			if (invalid) {
				const why = asked.failed === undefined ? settled.reasons[0]?.text : failureText(asked);
				counts.set(why ?? '', (counts.get(why ?? '') ?? 0) + 1);
			}
			return {
				profileId: label.id,
				contentId: settled.item.id,
				invalid,
				cost: asked.costMicros ?? 0,
			};
		}),
	);
	const [first] = failures;
	if (first !== undefined && failures.length === calls)
		throw new Error(`${model} was asked and gave no answer: ${helpWith(first)}`);
	const unanswered = [...counts].map(([text, profiles]) => ({ text, profiles }));
	return { picks, unanswered, costKnown };
}

const HELP: Partial<Record<Failure, string>> = {
	unauthorized: 'look at ANTHROPIC_API_KEY',
	badRequest: 'look at --model, and whether the model can be held to a schema',
	connection: 'look at the network, the proxy and --base-url',
	timeout: 'look at the network and --base-url, or try again later',
	spendCap: "look at the account's limits on platform.claude.com",
};

function helpWith(failure: { failed: Failure; status?: number }): string {
	const help = HELP[failure.failed] ?? 'try again later';
	return `${failureText(failure)}; ${help}.`;
}
