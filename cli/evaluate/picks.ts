import { checkAnswer } from '../../engine/content/checkAnswer';
import type { Picked } from '../../engine/content/evaluation/evaluate';
import {
	EVALUATED_AT,
	questionOf as labelledQuestion,
	type Labelled,
} from '../../engine/content/evaluation/labels';
import type { ContentItem } from '../../engine/content/item';
import type { PromptSettings } from '../../engine/content/prompt';
import { compileSelector } from '../../engine/content/selector';
import type { SelectorSettings } from '../../engine/content/settings';
import { settle } from '../../engine/content/settle';
import { failureText, type Asked, type Failure } from '../../services/claude/asked';
import { PRICES } from '../../services/claude/prices';
import { compileQuestions, HIT_RATES, requestsOf } from '../../services/claude/questions';
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

/** The best by the rules for each labelled profile. */
export function picksByRules(
	labelled: readonly Labelled[],
	items: readonly ContentItem[],
	settings: SelectorSettings,
): Picks {
	const selector = compileSelector(items, settings);
	const picks = labelled.map((label) => {
		const { profile, seen } = labelledQuestion(label, items);
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
	const questionOf = compileQuestions(items, { selector: settings, prompt, model });
	const all = labelled.map((label) => {
		const { profile, seen } = labelledQuestion(label, items);
		const { ranked } = selector.select(profile, seen, EVALUATED_AT);
		const question = ranked.length === 0 ? undefined : questionOf(profile, ranked);
		return { label, profile, seen, question };
	});
	const questions = new Map(
		all.flatMap(({ question }) => (question === undefined ? [] : [[question.signature, question]])),
	);
	const requests = requestsOf([...questions.values()], PRICES, HIT_RATES.calls);
	let done = 0;
	const asked = new Map(
		await Promise.all(
			[...requests].map(async ([signature, request]) => {
				const its = await ask(request);
				report(++done / requests.size);
				return [signature, its] as const;
			}),
		),
	);
	const counts = new Map<string, number>();
	const billed = new Set<string>();
	const picks = all.map(({ label, profile, seen, question }): Picked => {
		const its = question === undefined ? undefined : asked.get(question.signature);
		if (question === undefined || its === undefined) return { profileId: label.id };
		const about = question.items.map(({ id }) => id);
		const selection = selector.select(profile, seen, EVALUATED_AT, about);
		const checked = checkAnswer(its.answer, question.items, question.payload.profile);
		const settled = settle(checked, selection, profile.language);
		const invalid = settled.by === 'rules';
		if (invalid) {
			const why = its.failed === undefined ? settled.reasons[0]?.text : failureText(its);
			counts.set(why ?? '', (counts.get(why ?? '') ?? 0) + 1);
		}
		const cost = billed.has(question.signature) ? 0 : (its.costMicros ?? 0);
		billed.add(question.signature);
		return { profileId: label.id, contentId: settled.item.id, invalid, cost };
	});
	const failures = [...asked.values()].filter((its) => its.failed !== undefined);
	const costKnown = [...asked.values()].every(({ costMicros }) => costMicros !== undefined);
	const [first] = failures;
	if (first !== undefined && failures.length === asked.size)
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
