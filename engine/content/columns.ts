import { normalizeHeader } from '../accounts/fields';
import { isMissing } from '../accounts/missing';
import type { Cell, Row } from '../accounts/row';
import { contentItemSchema, type ContentItem } from './item';

export type ContentField = keyof ContentItem;

export const CONTENT_FIELDS: readonly ContentField[] = contentItemSchema.keyof().options;

/** What a field may be called in a sheet or CMS besides its own name; the first that a row has a value under wins. */
const HEADINGS: Readonly<Record<ContentField, readonly string[]>> = {
	id: ['Content ID', 'Item ID', 'Slug', 'Key'],
	title: ['Name', 'Headline'],
	url: ['Link', 'Address', 'Permalink'],
	kind: ['Type', 'Content Type', 'Format'],
	summary: ['Description', 'Teaser', 'Abstract', 'Excerpt'],
	features: ['Feature', 'Teaches'],
	stages: ['Stage', 'Lifecycle Stage', 'Lifecycle Stages'],
	plans: ['Plan'],
	roles: ['Role', 'Audience'],
	languages: ['Language', 'Locale', 'Locales', 'Lang'],
	outcome: ['Desired Outcome', 'Goal'],
	prerequisites: ['Prerequisite', 'Requires', 'Builds On'],
	reviewedAt: ['Reviewed', 'Last Reviewed', 'Last Reviewed At', 'Reviewed On'],
	productVersion: ['Version'],
	expiresAt: ['Expires', 'Expires On', 'Expiry', 'Expiry Date', 'Valid Until'],
	owner: ['Owner Email', 'Content Owner'],
};

/** What a row holds for a field, and under which heading. */
export type Found = { readonly heading: string; readonly cell: Cell };

/** Own names come first, as they are written; then the usual headings, in any case and with any separators. */
export function compileColumns(): (row: Row) => ReadonlyMap<ContentField, Found> {
	const places = new Map<string, { field: ContentField; rank: number }>();
	for (const field of CONTENT_FIELDS) {
		[field, ...HEADINGS[field]].forEach((heading, rank) => {
			const key = normalizeHeader(heading);
			if (!places.has(key)) places.set(key, { field, rank });
		});
	}
	const headings = new Map<string, { field: ContentField; rank: number } | undefined>();
	const placeOf = (heading: string): { field: ContentField; rank: number } | undefined => {
		if (!headings.has(heading)) headings.set(heading, places.get(normalizeHeader(heading)));
		return headings.get(heading);
	};
	return (row) => {
		const found = new Map<ContentField, Found & { rank: number }>();
		for (const [heading, cell] of Object.entries(row)) {
			if (isMissing(cell)) continue;
			const place = placeOf(heading);
			if (place === undefined) continue;
			const before = found.get(place.field);
			if (before === undefined || place.rank < before.rank) {
				found.set(place.field, { heading, cell, rank: place.rank });
			}
		}
		return found;
	};
}
