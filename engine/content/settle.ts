import type { Reason } from '../journeys/memory';
import { checkAnswer, type Answer } from './checkAnswer';
import type { Choice } from './choice';
import type { ContentItem } from './item';
import { plainText } from './plainText';
import type { SentProfile } from './prompt';

/** What is sent, and how it came to be: always an eligible item, whatever Claude said. */
export type Settled = Omit<Answer, 'id'> & {
	readonly item: ContentItem;
	readonly by: 'claude' | 'rules';
	/** Why it was the rules' choice, or what speaks for Claude's. */
	readonly reasons: readonly Reason[];
};

/**
 * Claude's choice where its answer holds, else the rules' best with a plain text and the reasons why.
 * @param choices by rank, at least one
 * @param said what left of the customer
 * @throws RangeError without a choice
 */
export function settle(
	answer: unknown,
	choices: readonly Choice[],
	language: string | undefined,
	said: SentProfile = {},
): Settled {
	const checked = checkAnswer(answer, choices, said);
	if (!checked.ok) return byRules(choices, language, checked.reasons);
	const { id: _id, ...texts } = checked.answer;
	return { ...texts, item: checked.choice.item, by: 'claude', reasons: checked.choice.parts };
}

/**
 * The rules' best with a plain text.
 * @param why it is not Claude's choice, before what speaks for the item; none where Claude was not to be asked
 * @throws RangeError without a choice
 */
export function byRules(
	choices: readonly Choice[],
	language: string | undefined,
	why: readonly Reason[] = [],
): Settled {
	const [best] = choices;
	if (best === undefined) throw new RangeError('There is nothing to choose from');
	const { id: _id, ...texts } = plainText(best, language);
	return { ...texts, item: best.item, by: 'rules', reasons: [...why, ...best.parts] };
}
