import { localDaysPassed } from '../calendar/localTime';

/** One account's way through set-up. Times are ms since 1970. */
export type Walk = {
	/** Day 0 (P14). */
	readonly startAt: number;
	/** Until when it counts: first value (P16), the end of its onboarding, or now. */
	readonly endAt: number;
	/** Whether its onboarding still goes on. */
	readonly goesOn: boolean;
	/** When each step was completed, by its name. */
	readonly completed: ReadonlyMap<string, number>;
	/** Of the account: days are local ones. */
	readonly zone: string;
};

/** What became of one account at one step. */
export type AtStep = {
	/** No step was completed for so many days while this one was the first open (P15). */
	readonly stalled: boolean;
	/** It stands there still, and has stalled. */
	readonly stuck: boolean;
	readonly completed: boolean;
	/** From when it was the first open step until it was completed; undefined where it is not, or never was the first. */
	readonly tookMs: number | undefined;
};

/**
 * Where an account stalled (P15): at each step that it reached, which is one that was the first open step for a while, or that
 * was completed out of order. What was completed after the end counts as open.
 * @param steps their names, in the order in which customers do them
 * @param stallDays local days without a completed step
 */
export function walk(
	steps: readonly string[],
	{ startAt, endAt, goesOn, completed, zone }: Walk,
	stallDays: number,
): Map<string, AtStep> {
	const done = new Map(
		steps.flatMap((step): [string, number][] => {
			const at = completed.get(step);
			// who was there before day 0, after a restart or a late contract, took no time for it
			return at === undefined || at > endAt ? [] : [[step, Math.max(at, startAt)]];
		}),
	);
	const found = new Map<string, AtStep>();
	for (const step of done.keys())
		found.set(step, { stalled: false, stuck: false, completed: true, tookMs: undefined });
	const times = [...new Set(done.values())].toSorted((a, b) => a - b);
	let reachedAt = startAt;
	let first = firstOpen(steps, done, startAt);
	for (const [place, since] of [startAt, ...times].entries()) {
		const next = firstOpen(steps, done, since);
		if (next !== first || place === 0) reachedAt = since;
		first = next;
		if (first === undefined) break;
		const nextAt = times.find((at) => at > since);
		const stalled = localDaysPassed(since, stallDays, zone, nextAt ?? endAt);
		const before = found.get(first);
		const completedAt = done.get(first);
		found.set(first, {
			stalled: stalled || (before?.stalled ?? false),
			stuck: stalled && nextAt === undefined && goesOn,
			completed: completedAt !== undefined,
			tookMs: completedAt === undefined ? undefined : completedAt - reachedAt,
		});
	}
	return found;
}

/** The first step, in their order, that was open right after a moment. */
function firstOpen(
	steps: readonly string[],
	done: ReadonlyMap<string, number>,
	at: number,
): string | undefined {
	return steps.find((step) => (done.get(step) ?? Infinity) > at);
}
