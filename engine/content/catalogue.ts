import type { Row } from '../accounts/row';
import { Words } from '../escalation/routing/words';
import type { Reason } from '../journeys/memory';
import { hint, refused } from './catalogueReasons';
import { compileColumns } from './columns';
import { expiryOf, isVersion, staleness, type FreshnessSettings } from './freshness';
import type { ContentItem } from './item';
import { readItem, type ItemRead } from './readItem';

/** A row that is not sent, and why. `row` counts from 0. */
export type Left = {
	readonly row: number;
	readonly id?: string;
	readonly title?: string;
	/** E-mail address of whoever should mend it. */
	readonly owner?: string;
	readonly reasons: readonly Reason[];
};

export type Catalogue = {
	readonly items: readonly ContentItem[];
	readonly stale: readonly Left[];
	readonly expired: readonly Left[];
	readonly invalid: readonly Left[];
	readonly hints: readonly Reason[];
};

/**
 * Reads content from rows of a sheet, a CMS, a Data Table or a CSV file. Headings are taken in any case and with any
 * separators; lists may be texts with commas, semicolons, bars or line ends; empty cells are absent. No bad row throws
 * or costs another row; what is stale or expired is listed for its owners and not sent (R79). In the order of the rows.
 */
export function readCatalogue(rows: readonly Row[], settings: FreshnessSettings): Catalogue {
	const items: ContentItem[] = [];
	const stale: Left[] = [];
	const expired: Left[] = [];
	const invalid: Left[] = [];
	const readable: ContentItem[] = [];
	const rowOf = new Map<string, number>();
	const cellsOf = compileColumns();
	let ownersUnreadable = 0;
	rows.forEach((cells, row) => {
		const read = readItem(cellsOf(cells), row);
		if (read.ownerUnreadable) ownersUnreadable++;
		const { item } = read;
		if (item === undefined) {
			invalid.push(left(row, read, read.reasons));
			return;
		}
		const first = rowOf.get(item.id);
		if (first !== undefined) {
			invalid.push(left(row, read, [refused.duplicate(row, first)]));
			return;
		}
		rowOf.set(item.id, row);
		readable.push(item);
		const expiry = expiryOf(item, settings);
		const reasons = staleness(item, settings);
		if (expiry !== undefined) expired.push(left(row, read, [expiry]));
		else if (reasons.length > 0) stale.push(left(row, read, reasons));
		else items.push(item);
	});
	const hints = hintsOf(readable, settings);
	if (ownersUnreadable > 0) hints.push(hint.ownersUnreadable(ownersUnreadable));
	return { items, stale, expired, invalid, hints };
}

function left(row: number, { id, title, owner }: ItemRead, reasons: readonly Reason[]): Left {
	return {
		row,
		...(id === undefined ? {} : { id }),
		...(title === undefined ? {} : { title }),
		...(owner === undefined ? {} : { owner }),
		reasons,
	};
}

function hintsOf(
	items: readonly ContentItem[],
	{ reviewDays, productVersion }: FreshnessSettings,
): Reason[] {
	const hints: Reason[] = [];
	const unreviewed = items.every(({ reviewedAt }) => reviewedAt === undefined);
	if (reviewDays > 0 && items.length > 0 && unreviewed) hints.push(hint.noReviewDates());
	if (productVersion !== undefined) {
		const versions = items.filter((item) => item.productVersion !== undefined);
		const odd = versions.filter((item) => !isVersion(item.productVersion ?? ''));
		if (!isVersion(productVersion)) hints.push(hint.versionUnreadable());
		else if (odd.length > 0) hints.push(hint.versionsUnreadable(odd.length));
	}
	const words = new Words();
	const ids = new Set(items.map(({ id }) => id));
	const isFeature = words.oneOf(items.flatMap(({ features }) => features));
	const lost = items.filter(({ prerequisites }) =>
		prerequisites.some((one) => !ids.has(one) && !isFeature(one)),
	);
	if (lost.length > 0) hints.push(hint.unknownPrerequisites(lost.length));
	return hints;
}
