import { z } from 'zod/v4';
import type { Reason } from '../journeys/memory';
import type { Choice } from './choice';
import { flawsOf, sourceOf, type Flaw, type Source, type TextRules } from './flaws';
import type { ContentItem } from './item';
import { LONGEST_OPENING, LONGEST_REASON, LONGEST_SUBJECT, type SentProfile } from './prompt';

/** What was chosen for a contact, and the texts around it. */
export type Answer = {
	readonly id: string;
	/** For colleagues, in English. */
	readonly reason: string;
	readonly subject: string;
	readonly opening: string;
};

export type Checked =
	| { readonly ok: true; readonly choice: Choice; readonly answer: Answer }
	| { readonly ok: false; readonly reasons: readonly [Reason, ...Reason[]] };

const answerSchema = z.object({
	id: z.string(),
	reason: z.string(),
	subject: z.string(),
	opening: z.string(),
});

export const TEXT_RULES = {
	reason: { most: LONGEST_REASON, lines: false },
	subject: { most: LONGEST_SUBJECT, lines: false },
	opening: { most: LONGEST_OPENING, lines: true },
} satisfies Record<string, TextRules>;

const TEXTS = ['reason', 'subject', 'opening'] as const;

const SENTENCES: Readonly<Record<Flaw, string>> = {
	empty: 'has no words',
	tooLong: 'is too long',
	hidden: 'has characters that cannot be seen',
	lines: 'has line ends where none belong',
	markup: 'has markup or a placeholder',
	link: 'has a link or what looks like one',
	address: 'has an e-mail address',
	number: 'has a number that stands nowhere in the data',
};

/**
 * Judges what came back for a closed set of choices, whatever it is: the id is one of theirs, and each text may reach a
 * customer. Never throws, and repeats nothing of what came.
 * @param answer parsed JSON, or anything else
 * @param said what left of the customer, whose figures may be repeated
 */
export function checkAnswer(
	answer: unknown,
	choices: readonly Choice[],
	said: SentProfile = {},
): Checked {
	const read = answerSchema.safeParse(answer);
	if (!read.success) {
		const field = read.error.issues[0]?.path.join('.') ?? '';
		return refused({ code: 'answer.shape', field, text: sayShape(field) });
	}
	const choice = choices.find(({ item }) => item.id === read.data.id);
	if (choice === undefined) {
		const text = 'The answer names content that was not among the candidates.';
		return refused({ code: 'answer.notEligible', field: 'id', text });
	}
	const source = sourceFor(choice.item, said);
	const { id, reason, subject, opening } = read.data;
	const texts = { reason: reason.trim(), subject: subject.trim(), opening: opening.trim() };
	const [first, ...others] = TEXTS.flatMap((field) =>
		flawsOf(texts[field], TEXT_RULES[field], source).map((flaw): Reason => {
			const text = `The ${field} of the answer ${SENTENCES[flaw]}.`;
			return { code: `answer.${flaw}`, field, text };
		}),
	);
	if (first !== undefined) return refused(first, ...others);
	return { ok: true, choice, answer: { id, ...texts } };
}

/** What may be repeated: the words of the item itself and of the customer, and not those of other candidates. */
export function sourceFor(item: ContentItem, said: SentProfile): Source {
	const { title, summary = '', outcome = '', features } = item;
	return sourceOf([title, summary, outcome, ...features, ...Object.values(said).flat()]);
}

function refused(...reasons: [Reason, ...Reason[]]): Checked {
	return { ok: false, reasons };
}

function sayShape(field: string): string {
	return field === ''
		? 'The answer is no object with the agreed fields.'
		: `The answer has no text as its ${field}.`;
}
