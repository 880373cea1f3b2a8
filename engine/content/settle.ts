import type { Reason } from '../journeys/memory';
import type { Answer, Checked } from './checkAnswer';
import type { Choice, Selection } from './choice';
import type { ContentItem } from './item';
import { plainText } from './plainText';

/** What is sent, and how it came to be: always an eligible item, whatever Claude said. */
export type Settled = Omit<Answer, 'id'> & {
	readonly item: ContentItem;
	readonly points: number;
	readonly by: 'claude' | 'rules';
	/** Why it was the rules' choice, or what speaks for Claude's. */
	readonly reasons: readonly Reason[];
};

/** The same texts again and again: whoever has a hundred thousand accounts writes each of them once. */
export type PlainText = typeof plainText;

/**
 * The first of Claude's choices that this contact may get now, else the rules' best with a plain text and the reasons why.
 * @param selection of this contact, with what was asked about in `among`; at least one ranked
 * @throws RangeError without a choice
 */
export function settle(
	{ picks, reasons }: Checked,
	{ ranked, among }: Pick<Selection, 'ranked' | 'among'>,
	language: string | undefined,
	write: PlainText = plainText,
): Settled {
	for (const { id, ...texts } of picks) {
		const choice = among.find(({ item }) => item.id === id);
		if (choice !== undefined) return settledBy('claude', choice, texts, choice.parts);
	}
	return byRules(ranked, language, reasons.length > 0 ? reasons : [NOT_FOR_THIS], write);
}

const NOT_FOR_THIS: Reason = {
	code: 'answer.notForThisContact',
	text: 'Nothing of the answer may be sent to this contact now.',
};

/**
 * The rules' best with a plain text.
 * @param why it is not Claude's choice, before what speaks for the item; none where Claude was not to be asked
 * @throws RangeError without a choice
 */
export function byRules(
	[best]: readonly Choice[],
	language: string | undefined,
	why: readonly Reason[] = [],
	write: PlainText = plainText,
): Settled {
	if (best === undefined) throw new RangeError('There is nothing to choose from');
	const { id: _id, ...texts } = write(best, language);
	return settledBy('rules', best, texts, [...why, ...best.parts]);
}

function settledBy(
	by: Settled['by'],
	{ item, points }: Choice,
	texts: Omit<Answer, 'id'>,
	reasons: readonly Reason[],
): Settled {
	return { ...texts, item, points, by, reasons };
}
