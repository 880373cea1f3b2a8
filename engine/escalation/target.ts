import { z } from 'zod/v4';
import type { BusinessTime } from '../calendar/businessTime';

const MINUTE_MS = 60_000;
const amount = z.number().positive({ error: 'is not above 0' });

/** How long something may take: business or clock hours (R62 and R63 say which), or whole business days. */
export const targetSchema = z.discriminatedUnion('unit', [
	z.strictObject({
		amount: amount.max(525_600),
		unit: z.enum(['minutes', 'hours']),
		clock: z.enum(['business', 'real']).default('business'),
	}),
	z.strictObject({
		amount: amount.int({ error: 'is no whole number of days' }).max(1_000),
		unit: z.literal('businessDays'),
	}),
]);

export type Target = z.infer<typeof targetSchema>;

/** While nobody can go on, because the customer is to answer; without an end it still lasts. Ms since 1970. */
export type Pause = { readonly from: number; readonly to?: number };

/**
 * When a target that began to run at `start` is due, ms since 1970; undefined while it is paused.
 * @param pauses in the order of their beginning, apart from each other; each adds its own length, in the target's clock
 */
export function dueAt(
	target: Target,
	start: number,
	time: BusinessTime,
	pauses: readonly Pause[] = [],
): number | undefined {
	let due = firstDue(target, start, time);
	for (const { from, to } of pauses) {
		if (from >= due) break;
		if (to === undefined) return undefined;
		const began = Math.max(from, start);
		if (to <= began) continue;
		due = isReal(target) ? due + (to - began) : time.plus(due, time.between(began, to));
	}
	return due;
}

/** How long it has taken, without the pauses: by the clock on the wall, and in business time. Both in ms. */
export type Elapsed = { readonly real: number; readonly business: number };

export function elapsedSince(
	start: number,
	now: number,
	time: BusinessTime,
	pauses: readonly Pause[] = [],
): Elapsed {
	let real = Math.max(0, now - start);
	let business = time.between(start, now);
	for (const { from, to = now } of pauses) {
		const [began, ended] = [Math.max(from, start), Math.min(to, now)];
		if (ended <= began) continue;
		real -= ended - began;
		business -= time.between(began, ended);
	}
	return { real, business };
}

function firstDue(target: Target, start: number, time: BusinessTime): number {
	if (target.unit === 'businessDays') return time.plusDays(start, target.amount);
	const ms = target.amount * MINUTE_MS * (target.unit === 'hours' ? 60 : 1);
	return target.clock === 'real' ? start + ms : time.plus(start, ms);
}

function isReal(target: Target): boolean {
	return target.unit !== 'businessDays' && target.clock === 'real';
}
