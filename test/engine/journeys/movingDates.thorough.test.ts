import { parseLocal, startOfLocalDate } from '../../../engine/calendar/localTime';
import { nextOpening } from '../../../engine/calendar/sendingHours';
import { dice } from '../../harness/dice';
import { journey, mail } from './journeys';
import { account, at, DAY, simulate, ZONE } from './simulate';

/**
 * P27 in 200 stories of a date that moves as it likes, within one cycle, while sweeps come every few hours: what goes
 * and when is what a reference says that fits on a page. Each step is sent at most once, and none is forgotten.
 */
const STORIES = 200;
const BEGIN = at('2026-03-02 10:00');
const STEPS = [90, 60, 30];

const renewal = journey(
	STEPS.map((days) => mail(`t-${days}`, { type: 'daysBeforeDate', field: 'renewalDate', days })),
	{
		id: 'renewal',
		type: 'renewal',
		start: { type: 'beforeDate', field: 'renewalDate', days: 90 },
		endAfterDays: 1_000,
		capHours: 0,
	},
);

/** Dates in days after the beginning, each with the time from which on the account carries it. */
function storyOf(seed: number): { sweeps: number[]; dateAt: (now: number) => string | undefined } {
	const roll = dice(seed);
	const moves: { from: number; date: string | undefined }[] = [];
	let days = Math.floor(roll() * 85);
	for (let from = BEGIN; from < BEGIN + 300 * DAY; from += (1 + roll() * 60) * DAY) {
		const lost = moves.at(-1)?.date !== undefined && roll() < 0.1;
		const date = new Date(BEGIN + days * DAY).toISOString().slice(0, 10);
		moves.push({ from, date: lost ? undefined : date });
		// never more than 180 days later, or it would be another cycle's
		days = Math.max(5, Math.floor(days + (roll() * 2 - 0.8) * 70));
	}
	const sweeps: number[] = [];
	for (let now = BEGIN; now < BEGIN + 330 * DAY; now += Math.floor((1 + roll() * 22) * 3_600_000))
		sweeps.push(now);
	return { sweeps, dateAt: (now) => moves.findLast(({ from }) => from <= now)?.date };
}

/** Each sweep anew: of the unsent steps that are due the latest goes, when the hours allow; the others are over for that date. */
function reference(sweeps: number[], dateAt: (now: number) => string | undefined): string[] {
	const sent = new Set<number>();
	const overFor = new Map<number, number>();
	const lines: string[] = [];
	for (const now of sweeps) {
		const date = parseLocal(dateAt(now), ZONE);
		if (date === undefined) continue;
		const dueOf = (step: number): number => startOfLocalDate(date, -step, ZONE);
		const due = STEPS.filter(
			(step) =>
				!sent.has(step) && dueOf(step) <= now && dueOf(step) > (overFor.get(step) ?? -1) + DAY,
		);
		const passed = now >= startOfLocalDate(date, 1, ZONE);
		const latest = due.at(-1);
		for (const step of due) if (passed || step !== latest) overFor.set(step, dueOf(step));
		if (latest === undefined || passed) continue;
		if (nextOpening(now, ZONE, renewal.sendingHours) > now) continue;
		sent.add(latest);
		lines.push(`${now} t-${latest}`);
	}
	return lines;
}

it(`in ${String(STORIES)} stories`, () => {
	let sent = 0;
	let whole = 0;
	for (let seed = 1; seed <= STORIES; seed++) {
		const { sweeps, dateAt } = storyOf(seed);
		const told = simulate({
			sweeps,
			accounts: (now) => [account({ renewalDate: dateAt(now) })],
			journey: renewal,
		});
		const lines = told.sent.map((one) => `${one.at} ${one.step}`);
		if (told.ledger.enrollments.size !== 1) throw new Error(`story ${seed}: not one cycle`);
		expect({ seed, lines }).toEqual({ seed, lines: reference(sweeps, dateAt) });
		expect(new Set(told.sent.map(({ step }) => step)).size).toBe(lines.length);
		sent += lines.length;
		if (lines.length === STEPS.length) whole++;
	}
	expect(sent).toBeGreaterThan(STORIES);
	expect(whole).toBeGreaterThan(STORIES / 20);
}, 300_000);
