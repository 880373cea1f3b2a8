import { z } from 'zod/v4';
import type { Reason } from '../journeys/memory';
import { flawsOf, sourceOf, type Flaw, type Source, type TextRules } from './flaws';
import type { ContentItem } from './item';
import type { SentProfile } from './payload';
import { LONGEST_OPENING, LONGEST_REASON, LONGEST_SUBJECT } from './prompt';

/** What was chosen, and the texts around it. */
export type Answer = {
	readonly id: string;
	/** For colleagues, in English. */
	readonly reason: string;
	readonly subject: string;
	readonly opening: string;
};

/** What holds of an answer, the best first and each item once, and why the rest does not: at least one of the two. */
export type Checked = {
	readonly picks: readonly Answer[];
	readonly reasons: readonly Reason[];
};

const answerSchema = z.object({ picks: z.array(z.unknown()).min(1) });
const pickSchema = z.object({
	id: z.string(),
	reason: z.string(),
	subject: z.string(),
	opening: z.string(),
});
/** More than candidates ever stand in a question; what comes behind is noise. */
const MOST_PICKS = 100;

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

/** Longer texts are none that hold. */
const LONGEST_KEPT = 5_000;

/**
 * What of an answer is worth keeping until somebody knows what it is an answer to: its picks, without whatever else it
 * holds, however deep that is. Undefined where that is nothing.
 */
export function picksOf(answer: unknown): { picks: Answer[] } | undefined {
	const read = answerSchema.safeParse(answer);
	if (!read.success) return undefined;
	const picks = read.data.picks.slice(0, MOST_PICKS).flatMap((one) => {
		const pick = pickSchema.safeParse(one);
		if (!pick.success) return [];
		return Object.values(pick.data).every(({ length }) => length <= LONGEST_KEPT)
			? [pick.data]
			: [];
	});
	return picks.length === 0 ? undefined : { picks };
}

/**
 * Judges what came back for a closed set of items, whatever it is: each id is one of theirs, and each text may reach a
 * customer. What does not hold is left out. Never throws, and repeats nothing of what came.
 * @param answer parsed JSON, or anything else
 * @param said what left of the customer, whose figures may be repeated
 */
export function checkAnswer(
	answer: unknown,
	items: readonly ContentItem[],
	said: SentProfile = {},
): Checked {
	const read = answerSchema.safeParse(answer);
	if (!read.success) return { picks: [], reasons: [misshapen('picks')] };
	const byId = new Map(items.map((item) => [item.id, item]));
	const picks = new Map<string, Answer>();
	const reasons = new Map<string, Reason>();
	for (const one of read.data.picks.slice(0, MOST_PICKS)) {
		const { pick, why } = checkPick(one, byId, said);
		if (pick !== undefined && !picks.has(pick.id)) picks.set(pick.id, pick);
		for (const reason of why) reasons.set(reason.text, reason);
	}
	return { picks: [...picks.values()], reasons: [...reasons.values()] };
}

function checkPick(
	one: unknown,
	items: ReadonlyMap<string, ContentItem>,
	said: SentProfile,
): { pick?: Answer; why: Reason[] } {
	const read = pickSchema.safeParse(one);
	if (!read.success) return { why: [misshapen(read.error.issues[0]?.path.join('.') ?? '')] };
	const { id, reason, subject, opening } = read.data;
	const item = items.get(id);
	if (item === undefined) {
		const text = 'The answer names content that was not among the candidates.';
		return { why: [{ code: 'answer.notEligible', field: 'id', text }] };
	}
	const source = sourceFor(item, said);
	const texts = { reason: reason.trim(), subject: subject.trim(), opening: opening.trim() };
	const why = TEXTS.flatMap((field) =>
		flawsOf(texts[field], TEXT_RULES[field], source).map((flaw): Reason => {
			const text = `The ${field} of the answer ${SENTENCES[flaw]}.`;
			return { code: `answer.${flaw}`, field, text };
		}),
	);
	return why.length === 0 ? { pick: { id, ...texts }, why } : { why };
}

/** What may be repeated: the words of the item itself and of the customer, and not those of other candidates. */
export function sourceFor(item: ContentItem, said: SentProfile): Source {
	const { title, summary = '', outcome = '', features } = item;
	return sourceOf([title, summary, outcome, ...features, ...Object.values(said).flat()]);
}

function misshapen(field: string): Reason {
	const text =
		field === '' || field === 'picks'
			? 'The answer is no object with the agreed fields.'
			: `The answer has no text as its ${field}.`;
	return { code: 'answer.shape', field, text };
}
