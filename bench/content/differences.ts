import type { ContentItem } from '../../engine/content/item';
import { promptSettingsSchema } from '../../engine/content/prompt';
import { compileSelector } from '../../engine/content/selector';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { vocabularyOf } from '../../engine/content/vocabulary';
import { Words } from '../../engine/escalation/routing/words';
import { questionOf, type Question } from '../../nodes/ContentSelector/questions';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import { note } from '../figures';
import { NOW, profileOf, type Customer } from './program';

const PARTS = [
	'stage',
	'plan',
	'role',
	'language',
	'health',
	'featuresInUse',
	'featuresNotGoingWell',
] as const;

/** Tells what makes accounts ask different questions: how many there are without each part of what is asked. */
export function sayDifferences(all: readonly Customer[], items: readonly ContentItem[]): void {
	const words = new Words();
	const vocabulary = vocabularyOf(items);
	const prompt = promptSettingsSchema.parse({});
	const questionsOf = (choices: number, seen: boolean): Question['payload'][] => {
		const selector = compileSelector(items, selectorSettingsSchema.parse({ choices }));
		return all.flatMap((one) => {
			const profile = profileOf(one, NOW, words);
			const { ranked } = selector.select(profile, seen ? one.seen : [], NOW);
			if (ranked.length === 0) return [];
			const settings = { prompt, model: DEFAULT_MODEL };
			return [questionOf({ profile, variant: undefined }, ranked, settings, vocabulary).payload];
		});
	};
	const different = (
		questions: readonly Question['payload'][],
		partOf: (question: Question['payload']) => unknown = (question) => question,
	): number => new Set(questions.map((question) => JSON.stringify(partOf(question)))).size;
	const idsOf = ({ candidates }: Question['payload']): string[] => candidates.map(({ id }) => id);

	const usual = questionsOf(8, true);
	note(`${String(usual.length)} accounts ask ${String(different(usual))} different questions`);
	for (const part of PARTS) {
		const without = different(usual, ({ profile, answerIn, ...rest }) => [
			{ ...profile, [part]: undefined },
			part === 'language' ? '' : answerIn,
			rest,
		]);
		note(`  without ${part}: ${String(without)}`);
	}
	note(`  the candidates alone: ${String(different(usual, idsOf))}`);
	note(`  the profile alone: ${String(different(usual, ({ profile }) => profile))}`);
	note(`  if nobody had seen anything: ${String(different(questionsOf(8, false)))}`);
	for (const choices of [4, 2, 1])
		note(`  with ${String(choices)} choices: ${String(different(questionsOf(choices, true)))}`);
	const best = questionsOf(1, true);
	const written = different(best, (question) => [idsOf(question), question.answerIn]);
	note(`  the best by the rules and the language to write in: ${String(written)}`);
}
