import { z } from 'zod/v4';
import type { Account } from '../accounts/account';
import type { Enrollment, JourneyEvent } from './memory';

/**
 * What the engine has to remember of the facts it saw, kept as events under ids that make recording them twice
 * harmless. Retention must keep these types: without them an account would be enrolled twice, or never again.
 */
export const KEPT_EVENTS = ['conditions_left', 'journey_date_noted', 'journey_entered'] as const;
const [LEFT, DATE_NOTED, ENTERED] = KEPT_EVENTS;

const fallSchema = z.object({
	code: z.literal('usage_fell'),
	since: z.string(),
	baseline: z.boolean().optional(),
});

type Cycle = Pick<Enrollment, 'journey' | 'dry' | 'accountId' | 'cycle'>;

const nameOf = ({ journey, dry, cycle }: Omit<Cycle, 'accountId'>): string =>
	`${dry ? 'dry/' : ''}${journey}/${String(cycle)}`;

/** The account did not meet the conditions to enter after this cycle (0: before the first one). */
export function conditionsLeft(of: Cycle, now: number): JourneyEvent {
	const { accountId, journey } = of;
	const data = { journey };
	return { id: nameOf(of), accountId, type: LEFT, occurredAt: now, data };
}

export function haveConditionsLeft(
	events: readonly JourneyEvent[],
	cycle: Omit<Cycle, 'accountId'>,
): boolean {
	return events.some(({ type, id }) => type === LEFT && id === nameOf(cycle));
}

/** The date by which a cycle runs, from now on (P27). */
export function dateNoted(of: Cycle, date: number, now: number): JourneyEvent {
	const { accountId, journey } = of;
	const id = `${nameOf(of)}/${String(now)}`;
	return { id, accountId, type: DATE_NOTED, occurredAt: now, data: { journey, date } };
}

/** The date that was noted last for the cycle. */
export function lastDateNoted(
	events: readonly JourneyEvent[],
	cycle: Omit<Cycle, 'accountId'>,
): number | undefined {
	let last: { at: number; date: number } | undefined;
	for (const { type, id, occurredAt, data } of events) {
		if (type !== DATE_NOTED || !id.startsWith(`${nameOf(cycle)}/`)) continue;
		const date = data?.date;
		// of two at one moment the later date, so that the order in which they come does not matter
		if (typeof date !== 'number') continue;
		if (last === undefined || occurredAt > last.at || (occurredAt === last.at && date > last.date))
			last = { at: occurredAt, date };
	}
	return last?.date;
}

/**
 * How healthy the account was when it came in, to be compared with later (P21), and the limits of its plan that the
 * episode is about (P29); nothing where nobody knows.
 */
export function entryNoted(
	of: Cycle,
	account: Account,
	now: number,
	limits?: readonly string[],
): JourneyEvent[] {
	const healthScore = healthScoreOf(account);
	if (healthScore === undefined && limits === undefined) return [];
	const { accountId, journey } = of;
	const data = {
		journey,
		...(healthScore === undefined ? {} : { healthScore }),
		...(limits === undefined ? {} : { limits }),
	};
	return [{ id: nameOf(of), accountId, type: ENTERED, occurredAt: now, data }];
}

export function scoreAtEntry(
	events: readonly JourneyEvent[],
	cycle: Omit<Cycle, 'accountId'>,
): number | undefined {
	const scores = events
		.filter(({ type, id }) => type === ENTERED && id === nameOf(cycle))
		.flatMap(({ data }) => (typeof data?.healthScore === 'number' ? [data.healthScore] : []));
	// after a merge there may be two
	return scores.length === 0 ? undefined : Math.min(...scores);
}

/** The limits that a cycle of the record is about; undefined where nobody noted any. */
export function limitsNoted(events: readonly JourneyEvent[], of: Cycle): string[] | undefined {
	const noted = events.find(
		({ type, id, accountId, data }) =>
			type === ENTERED &&
			id === nameOf(of) &&
			accountId === of.accountId &&
			Array.isArray(data?.limits),
	);
	const limits: unknown = noted?.data?.limits;
	return Array.isArray(limits)
		? limits.filter((name): name is string => typeof name === 'string')
		: undefined;
}

/** `health.score` as Health Score adds it; undefined where it is not a number. */
export function healthScoreOf(account: Account): number | undefined {
	const health: unknown = account.health;
	if (typeof health !== 'object' || health === null || !('score' in health)) return undefined;
	return typeof health.score === 'number' ? health.score : undefined;
}

/**
 * Since when Health Score's alert of a fall in usage stands on the account, a local date of the programme; undefined where
 * none does, and of one that held already when the health model first ran (P09).
 */
export function usageFellOn(account: Account): string | undefined {
	const health: unknown = account.health;
	if (typeof health !== 'object' || health === null || !('alerts' in health)) return undefined;
	const { alerts } = health;
	return (Array.isArray(alerts) ? alerts : [])
		.flatMap((alert) => fallSchema.safeParse(alert).data ?? [])
		.find(({ baseline }) => baseline !== true)?.since;
}
