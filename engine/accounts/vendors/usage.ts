import { addLocalDays, startOfLocalDate } from '../../calendar/localTime';
import { localDay } from '../../health/history/localDay';
import type { Row } from '../row';
import { badEventProblem } from '../sourceProblems';
import {
	byKey,
	type SourceRow,
	type Summaries,
	type Summarize,
	type SummaryOptions,
} from '../summary';

/** An event of a product; `name` undefined for one that the vendor made itself, such as the begin of a session. */
export type ProductEvent = {
	at: number | undefined;
	name: string | undefined;
	user: string | undefined;
	/** What is the same for the same event, however often it was delivered. */
	identity: string;
};
export type ReadEvent = (row: Row) => ProductEvent;

const DAY_MS = 86_400_000;
/** Days of which the uses of a feature are counted, and as many before them. */
const PERIOD_DAYS = 28;
const DAYS_PER_WEEK = 7;

/**
 * Counts events by account: those of the last closed ISO week and of the one before (P03), who was active in the former,
 * and the uses of each feature in 28 days and in the 28 before. A week or period that the export does not cover wholly is
 * not known, for any account: half a week would look like a fall. `asOf` is the newest event of all, so that an account
 * that rests is not taken for an export that stands still (P10).
 */
export function counting(read: ReadEvent): Summarize {
	return (rows, keyOf, options) => {
		const rejected: Summaries['rejected'] = [];
		const events = new Map<Row, ProductEvent & { at: number }>();
		const known: SourceRow[] = [];
		const seen = new Set<string>();
		for (const one of rows) {
			const event = read(one.row);
			const { at, identity } = event;
			if (at === undefined || at > options.now + DAY_MS) {
				const what = at === undefined ? 'noTime' : 'inFuture';
				rejected.push({ index: one.index, why: (place) => badEventProblem(place, what) });
				continue;
			}
			known.push(one);
			// delivered twice, counted once
			if (seen.has(identity)) continue;
			seen.add(identity);
			events.set(one.row, { ...event, at });
		}
		const { groups, keyless } = byKey(known, keyOf);
		const span = spanOf(
			[...events.values()].map(({ at }) => at),
			options,
		);
		const summaries = [...groups].map(([key, of]) => {
			const own = of.flatMap(({ row }) => {
				const event = events.get(row);
				return event?.name === undefined ? [] : [{ ...event, name: event.name, row }];
			});
			return { key, of, row: { accountId: key, usage: usageOf(own, span, options) } };
		});
		return { summaries, rejected, keyless };
	};
}

/** Periods as half-open ranges of time; undefined where the export does not cover them. */
type Range = { from: number; to: number };
type Span = {
	asOf: number;
	week: Range | undefined;
	weekBefore: Range | undefined;
	period: Range;
	periodBefore: Range | undefined;
};

function spanOf(times: readonly number[], { now, zone }: SummaryOptions): Span {
	const oldest = times.reduce((least, at) => Math.min(least, at), Infinity);
	const newest = times.reduce((most, at) => Math.max(most, at), -Infinity);
	const asOf = Math.min(newest, now);
	// 1 January 1970 was a Thursday
	const weekday = (localDay(now, zone) + 3) % DAYS_PER_WEEK;
	const weekAt = (weeks: number): Range => ({
		from: startOfLocalDate(now, -weekday - weeks * DAYS_PER_WEEK, zone),
		to: startOfLocalDate(now, -weekday - (weeks - 1) * DAYS_PER_WEEK, zone),
	});
	const covered = ({ from, to }: Range): Range | undefined =>
		localDay(oldest, zone) <= localDay(from, zone) && asOf >= startOfLocalDate(to, -1, zone)
			? { from, to }
			: undefined;
	const end = asOf + 1;
	const middle = addLocalDays(end, -PERIOD_DAYS, zone);
	return {
		asOf,
		week: covered(weekAt(1)),
		weekBefore: covered(weekAt(2)),
		period: { from: middle, to: end },
		periodBefore: covered({ from: addLocalDays(end, -2 * PERIOD_DAYS, zone), to: middle }),
	};
}

type OwnEvent = { at: number; name: string; user: string | undefined; row: Row };

function usageOf(
	events: readonly OwnEvent[],
	{ asOf, week, weekBefore, period, periodBefore }: Span,
	{ featureOf, coreFeatures }: SummaryOptions,
): object {
	const inWeek = week === undefined ? undefined : events.filter(within(week));
	const users = new Set(inWeek?.flatMap(({ user }) => user ?? []));
	const last = events.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
	const features: Record<string, { uses: number; previousUses?: number }> = {};
	const isNow = within(period);
	const wasBefore = periodBefore === undefined ? () => false : within(periodBefore);
	for (const event of events) {
		const name = featureOf === undefined ? event.name : featureOf(event.row);
		if (typeof name !== 'string' || name.trim() === '' || name === '__proto__') continue;
		const uses = (features[name] ??= {
			uses: 0,
			...(periodBefore === undefined ? {} : { previousUses: 0 }),
		});
		if (isNow(event)) uses.uses++;
		else if (wasBefore(event)) uses.previousUses = (uses.previousUses ?? 0) + 1;
	}
	const used = Object.keys(features).filter((name) => (features[name]?.uses ?? 0) > 0);
	return {
		asOf: new Date(asOf).toISOString(),
		...(inWeek === undefined ? {} : { events: inWeek.length, activeUsers: users.size }),
		...(weekBefore === undefined
			? {}
			: { previousEvents: events.filter(within(weekBefore)).length }),
		...(last === -Infinity ? {} : { lastActiveAt: new Date(last).toISOString() }),
		featuresUsed: used,
		features,
		...(coreFeatures.length === 0 ? {} : { adoption: shareOf(coreFeatures, used) }),
	};
}

function within({ from, to }: Range): (event: { at: number }) => boolean {
	return ({ at }) => at >= from && at < to;
}

function shareOf(core: readonly string[], used: readonly string[]): number {
	const words = new Set(used.map((name) => name.trim().toLowerCase()));
	return core.filter((name) => words.has(name.toLowerCase())).length / core.length;
}
