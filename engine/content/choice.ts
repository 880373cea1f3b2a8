import type { Reason } from '../journeys/memory';
import type { ContentItem, ContentKind } from './item';

/** One thing that speaks for or against an item, with its points. */
export type Part = Reason & { readonly points: number };

/** An item that may be sent, and why it stands where it stands: `points` is the sum of those of its parts. */
export type Choice = {
	readonly item: ContentItem;
	readonly points: number;
	readonly parts: readonly Part[];
};

/** Something that this contact was sent before. */
export type Seen = {
	readonly contentId: string;
	readonly kind: ContentKind;
	/** ms since 1970 */
	readonly at: number;
};

/** Why an item may not be sent: the first that holds, in this order. */
export const WHYS = [
	'stage',
	'plan',
	'role',
	'language',
	'seen',
	'feature',
	'prerequisite',
	'kindFatigue',
] as const;
export type Why = (typeof WHYS)[number];

export type Selection = {
	/** The best first. */
	readonly ranked: readonly Choice[];
	/** Of the items that were asked about, those that may be sent, in the order in which they were asked about. */
	readonly among: readonly Choice[];
	/** How many items may be sent, those that are not among the best included. */
	readonly eligible: number;
	/** How many may not, by why; with `eligible` it is the whole catalogue. */
	readonly counts: Readonly<Record<Why, number>>;
};

const SENTENCES: Readonly<Record<Why, string>> = {
	stage: 'for another stage',
	plan: 'for another plan',
	role: 'for another role',
	language: 'in no language of this contact',
	seen: 'sent to this contact before',
	feature: 'about features that are in use and go well',
	prerequisite: 'building on what this contact does not know yet',
	kindFatigue: 'of a kind that was sent often lately',
};

/** Why nothing else was there to choose from. */
export function sayCounts({ counts }: Selection): Reason[] {
	return WHYS.filter((why) => counts[why] > 0).map((why) => {
		const items = counts[why];
		return {
			code: `notEligible.${why}`,
			items,
			text: `${String(items)} ${items === 1 ? 'item is' : 'items are'} ${SENTENCES[why]}.`,
		};
	});
}
