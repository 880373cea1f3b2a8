/**
 * What can be planned. Everything else somebody did, and did before it was told: a renewal too, whose new term begins later,
 * because who has renewed is reminded no more (P27).
 */
const PLANNED: ReadonlySet<string> = new Set([
	'customer_created',
	'churned',
	'customer_returned',
	'renewal_date_changed',
	'contact_left',
]);

const HOUR_MS = 3_600_000;
/** A clock is ahead by less. */
const PLANNED_FROM_MS = HOUR_MS;
/** Beyond any contract: a mistake of units. */
const PLANNED_UNTIL_MS = 10 * 366 * 24 * HOUR_MS;

/**
 * When an event counts, ms since 1970: a plan on its day, everything else at the latest when it was received, because clocks
 * of senders are ahead.
 */
export function happenedAt(type: string, told: number, receivedAt: number): number {
	const ahead = told - receivedAt;
	const isPlan = PLANNED.has(type) && ahead > PLANNED_FROM_MS && ahead <= PLANNED_UNTIL_MS;
	return isPlan ? told : Math.min(told, receivedAt);
}
