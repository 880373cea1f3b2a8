import { DAY_MS, wallClock } from '../calendar/zone';
import { shareOf } from './hash';

/**
 * Weeks of a quarter in which accounts have their turn. Not the first, so that each quarter has days before anybody's turn;
 * not the last, so that there is time left for it.
 */
const WEEKS = 11;
const WEEKDAYS = 5;
const MONDAY = 1;

/**
 * Whether the account's turn of this calendar quarter has come: a weekday of its own, always the same one by its id, so that
 * a quarter's work is spread evenly over 55 days instead of falling on the first (R12, R81).
 */
export function quarterTurn(
	journey: string,
	accountId: string,
	zone: string,
	now: number,
): boolean {
	// for every account of a sweep: plain arithmetic on what the clock shows
	const today = new Date(wallClock(now, zone));
	const month = today.getUTCMonth();
	const first = new Date(Date.UTC(today.getUTCFullYear(), month - (month % 3), 1));
	const firstMonday = first.getTime() + ((7 + MONDAY - first.getUTCDay()) % 7) * DAY_MS;
	const slot = Math.floor(shareOf(`quarter/${journey}/${accountId}`) * WEEKS * WEEKDAYS);
	const week = 1 + Math.floor(slot / WEEKDAYS);
	return today.getTime() >= firstMonday + (7 * week + (slot % WEEKDAYS)) * DAY_MS;
}
