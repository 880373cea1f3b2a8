import { parseLocal } from '../calendar/localTime';
import { localDay } from '../health/history/localDay';
import type { Reason } from '../journeys/memory';
import { leftOut } from './catalogueReasons';
import type { ContentItem } from './item';

export type FreshnessSettings = {
	/** ms since 1970 */
	readonly now: number;
	/** The program's IANA zone, in which dates without a time are meant. */
	readonly zone: string;
	/** Content not reviewed for longer is stale; 0: reviews are not asked for. */
	readonly reviewDays: number;
	/** Of the product today; content checked against an older one is stale. */
	readonly productVersion?: string;
};

/** Content, or a mail of a journey: when somebody last looked at it, and at which version of the product. */
export type Reviewable = Pick<ContentItem, 'reviewedAt' | 'productVersion'>;

const DATE_ALONE = /^\d{4}-\d\d-\d\d$/;
/** Somebody east of the program reviewed it today, which is tomorrow. */
const MOST_AHEAD = 1;

/** Why content must not be sent any more, if so. A date alone is the last day. */
export function expiryOf(
	{ expiresAt }: ContentItem,
	{ now, zone }: FreshnessSettings,
): Reason | undefined {
	const at = parseLocal(expiresAt, zone);
	if (expiresAt === undefined || at === undefined) return undefined;
	const over = DATE_ALONE.test(expiresAt) ? localDay(now, zone) > localDay(at, zone) : now >= at;
	return over ? leftOut.expired(expiresAt) : undefined;
}

/** Why content is stale, none where it is not (R79). */
export function staleness(item: Reviewable, settings: FreshnessSettings): Reason[] {
	const { reviewDays, productVersion } = settings;
	const reasons = reviewDays === 0 ? [] : reviewReasons(item, settings);
	const version = item.productVersion;
	if (productVersion !== undefined && version !== undefined && isOlder(version, productVersion)) {
		reasons.push(leftOut.olderVersion(version, productVersion));
	}
	return reasons;
}

function reviewReasons({ reviewedAt }: Reviewable, settings: FreshnessSettings): Reason[] {
	const { now, zone, reviewDays } = settings;
	const at = parseLocal(reviewedAt, zone);
	if (at === undefined) return [leftOut.neverReviewed()];
	const days = localDay(now, zone) - localDay(at, zone);
	if (days > reviewDays) return [leftOut.reviewedTooLongAgo(days, reviewDays)];
	return days < -MOST_AHEAD ? [leftOut.reviewAhead(-days)] : [];
}

const VERSION = /^v?\d+(?:\.\d+)*$/i;

/** Whether a version can be compared: numbers between points. */
export function isVersion(text: string): boolean {
	return VERSION.test(text.trim());
}

/** Compares as many parts as both name: content checked against 5.2 is not stale at 5.2.1, nor is 5.2.1 at 5.2. */
function isOlder(version: string, current: string): boolean {
	if (!isVersion(version) || !isVersion(current)) return false;
	const ours = partsOf(version);
	for (const [index, part] of partsOf(current).entries()) {
		const own = ours[index];
		if (own === undefined) return false;
		if (own !== part) return own < part;
	}
	return false;
}

function partsOf(version: string): bigint[] {
	return version.trim().replace(/^v/i, '').split('.').map(BigInt);
}
