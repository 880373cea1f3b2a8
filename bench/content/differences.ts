import type { ContentItem } from '../../engine/content/item';
import { promptSettingsSchema, type PromptSettings } from '../../engine/content/prompt';
import { compileSelector } from '../../engine/content/selector';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { Words } from '../../engine/escalation/routing/words';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import { compileQuestions } from '../../services/claude/questions';
import { note } from '../figures';
import { NOW, profileOf, type Customer } from './program';

/** Tells how many different questions the accounts ask, by what is asked about. */
export function sayDifferences(all: readonly Customer[], items: readonly ContentItem[]): void {
	const words = new Words();
	const settings = selectorSettingsSchema.parse({});
	const selector = compileSelector(items, settings);
	const different = (askAbout: PromptSettings['askAbout']): string => {
		const prompt = promptSettingsSchema.parse({ askAbout });
		const questionOf = compileQuestions(items, {
			selector: settings,
			prompt,
			model: DEFAULT_MODEL,
		});
		let asking = 0;
		const signatures = new Set<string>();
		for (const one of all) {
			const profile = profileOf(one, NOW, words);
			const { ranked } = selector.select(profile, one.seen, NOW);
			if (ranked.length === 0) continue;
			asking++;
			signatures.add(questionOf(profile, ranked).signature);
		}
		const share = (100 * signatures.size) / asking;
		return `${String(signatures.size)} different questions by ${askAbout} (${share.toFixed(1)} %)`;
	};
	note(`${String(all.length)} accounts ask ${different('topic')}, ${different('account')}`);
}
