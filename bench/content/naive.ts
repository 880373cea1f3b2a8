import { vocabularyOf } from '../../engine/content/vocabulary';
import { accountPayload } from '../../engine/content/payload';
import { promptSettingsSchema, systemText } from '../../engine/content/prompt';
import type { ContentItem } from '../../engine/content/item';
import { compileSelector } from '../../engine/content/selector';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { Words } from '../../engine/escalation/routing/words';
import { createClaude } from '../../services/claude/claude';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import type { ClaudeStub } from '../../test/harness/claudeStub';
import { NOW, profileOf, type Customer } from './program';

/** Ids are free text: somebody in a hurry holds the answer to no closed set, and a list of 500 would only cost more. */
const PICK = {
	type: 'object',
	properties: Object.fromEntries(
		['reason', 'id', 'subject', 'opening'].map((name) => [name, { type: 'string' }]),
	),
	required: ['reason', 'id', 'subject', 'opening'],
	additionalProperties: false,
};
const SCHEMA = {
	type: 'object',
	properties: { picks: { type: 'array', items: PICK } },
	required: ['picks'],
	additionalProperties: false,
};
const MOST_TOKENS = 1_024;
const DEADLINE_MS = 3_600_000;
const EVERY = 100;

/**
 * One call for each account, nothing shared, nothing cached: the profile, and the whole catalogue or its own eight best.
 * The same instructions and model as ours.
 * Whoever knows the catalogue only asks for those too for whom there is nothing.
 */
export async function askEach(
	some: readonly Customer[],
	items: readonly ContentItem[],
	offers: 'catalogue' | 'shortlist',
	stub: ClaudeStub,
): Promise<{ calls: number; dollars: number }> {
	const selector = compileSelector(items, selectorSettingsSchema.parse({}));
	const vocabulary = vocabularyOf(items);
	const prompt = promptSettingsSchema.parse({ askAbout: 'account' });
	const words = new Words();
	const system = [{ text: systemText(prompt) }];
	const claude = createClaude({
		credential: { apiKey: stub.key, url: stub.url },
		deadlineMs: DEADLINE_MS,
	});
	const [asked, billed] = [stub.asked(), stub.billed()];
	for (let start = 0; start < some.length; start += EVERY) {
		const page = some.slice(start, start + EVERY).map(async (one) => {
			const profile = profileOf(one, NOW, words);
			const { ranked } = selector.select(profile, one.seen, NOW);
			const offered = offers === 'catalogue' ? items : ranked.map(({ item }) => item);
			if (offered.length === 0) return;
			const message = JSON.stringify(accountPayload(profile, offered, prompt, vocabulary));
			const question = { model: DEFAULT_MODEL, system, message, schema: SCHEMA };
			const { failed } = await claude.ask({ ...question, maxTokens: MOST_TOKENS });
			if (failed !== undefined) throw new Error(`A call failed: ${failed}`);
		});
		await Promise.all(page);
		// what it received is a whole catalogue each time
		stub.received.length = 0;
	}
	return { calls: stub.asked() - asked, dollars: (stub.billed() - billed) / 1_000_000 };
}
