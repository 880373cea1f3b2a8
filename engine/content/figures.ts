import { parseLocal } from '../calendar/localTime';
import { localDay } from '../health/history/localDay';
import type { History } from './history';
import { CONTENT_KINDS, type ContentItem } from './item';
import type { Usage } from './usage';

/** Where a prerequisite stands as an item and as a feature. */
export type Need = { readonly sent: number; readonly feature: number };

/** The catalogue as the loop over a hundred thousand accounts needs it: numbers, by the place of the item. */
export type Figures = {
	readonly kinds: Uint8Array;
	/** Place of its features among the sets of features. */
	readonly sets: Int32Array;
	/** Place of its outcome among `outcomes`; 0 without one: asking a list for a place that it has not is slow. */
	readonly outcomeOf: Int32Array;
	readonly outcomes: readonly string[];
	/** Local days of the program; −Infinity where nobody knows. */
	readonly reviewed: Float64Array;
	/** Undefined where it builds on nothing. */
	readonly needs: readonly (readonly Need[] | undefined)[];
};

export function figuresOf(
	items: readonly ContentItem[],
	usage: Usage,
	history: History,
	zone: string,
): Figures {
	const outcomes = ['', ...new Set(items.flatMap(({ outcome }) => outcome ?? []))];
	const needsOf = ({ prerequisites }: ContentItem): Need[] =>
		prerequisites.map((one) => ({ sent: history.placeOf(one), feature: usage.placeOf(one) }));
	return {
		kinds: Uint8Array.from(items, ({ kind }) => CONTENT_KINDS.indexOf(kind)),
		sets: Int32Array.from(usage.setOf),
		outcomeOf: Int32Array.from(items, ({ outcome = '' }) => outcomes.indexOf(outcome)),
		outcomes,
		reviewed: Float64Array.from(items, ({ reviewedAt }) => {
			const at = parseLocal(reviewedAt, zone);
			return at === undefined ? -Infinity : localDay(at, zone);
		}),
		needs: items.map((item) => (item.prerequisites.length === 0 ? undefined : needsOf(item))),
	};
}
