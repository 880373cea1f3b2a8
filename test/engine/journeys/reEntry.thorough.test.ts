import type { z } from 'zod/v4';
import type { journeySchema } from '../../../engine/journeys/definition';
import { dice, pick } from '../../harness/dice';
import { byFlags, journey, mail } from './journeys';
import { account, at, everyHours, simulate } from './simulate';

type Rules = Pick<z.input<typeof journeySchema>, 'reEntry' | 'atGoLive' | 'endAfterDays'>;

/** One day of an account: whether it meets the conditions to enter, the goal, the exit. */
type Day = { hot: boolean; done: boolean; gone: boolean };

const SEQUENCES = 10_000;
const DAYS = everyHours('2026-04-01 10:00', '2026-04-24 10:00', 24);

/**
 * The rule in its plainest words, day by day: which cycles begin on which day. Sweeps come once a day at ten, so a window
 * of n local dates is n days.
 */
function expected(days: readonly Day[], { reEntry, atGoLive, endAfterDays = 90 }: Rules): string[] {
	const began: string[] = [];
	let running: { since: number } | undefined;
	let times = 0;
	let lastBegan = -Infinity;
	let coldSince = true;
	for (const [day, { hot, done, gone }] of days.entries()) {
		const matches = hot && !done && !gone;
		if (running !== undefined) {
			if (done || gone || day - running.since >= endAfterDays) {
				running = undefined;
				coldSince = !matches;
			}
			// it leaves in this sweep; whether it comes in again is the next one's question
			continue;
		}
		if (!matches) {
			coldSince = true;
			continue;
		}
		if (day === 0 && atGoLive === 'baseline') {
			began.push('listed');
			coldSince = false;
			continue;
		}
		const type = reEntry?.type ?? 'never';
		const atMost = reEntry !== undefined && 'atMost' in reEntry ? (reEntry.atMost ?? 0) : 0;
		const first = times === 0;
		const limited = atMost > 0 && times >= atMost;
		const again =
			(type === 'onReMatch' && coldSince) ||
			(reEntry?.type === 'afterDays' && day - lastBegan >= reEntry.days);
		if (first ? !coldSince : limited || !again) continue;
		times++;
		running = { since: day };
		lastBegan = day;
		coldSince = false;
		began.push(`day ${String(day)}`);
	}
	return began;
}

function actual(days: readonly Day[], rules: Rules): string[] {
	const { ledger } = simulate({
		sweeps: DAYS,
		accounts: (now) => [account(days[DAYS.indexOf(now)])],
		journey: journey([mail('hello', { type: 'daysAfterStart', days: 0 })], rules),
		conditions: byFlags,
	});
	return [...ledger.enrollments.values()]
		.sort((a, b) => a.cycle - b.cycle)
		.map(({ outcome, enrolledAt }) =>
			outcome === 'baseline' ? 'listed' : `day ${String(DAYS.indexOf(enrolledAt))}`,
		);
}

it(`in ${String(SEQUENCES)} sequences accounts come in, and in again, exactly as the rule says`, () => {
	let reEntries = 0;
	for (let seed = 1; seed <= SEQUENCES; seed++) {
		const roll = dice(seed);
		const rules: Rules = {
			reEntry: pick<NonNullable<Rules['reEntry']>>(roll, [
				{ type: 'never' },
				{ type: 'onReMatch' },
				{ type: 'onReMatch', atMost: 2 },
				{ type: 'afterDays', days: 1 + Math.floor(roll() * 8) },
				{ type: 'afterDays', days: 4, atMost: 3 },
			]),
			atGoLive: pick(roll, ['baseline', 'enroll']),
			endAfterDays: 1 + Math.floor(roll() * 6),
		};
		let state: Day = { hot: roll() < 0.5, done: false, gone: false };
		const days = DAYS.map((): Day => {
			state = {
				hot: roll() < 0.25 ? !state.hot : state.hot,
				done: roll() < 0.1,
				gone: roll() < 0.1,
			};
			return state;
		});
		const [is, should] = [actual(days, rules), expected(days, rules)];
		reEntries += Math.max(0, is.length - 1);
		if (JSON.stringify(is) !== JSON.stringify(should))
			throw new Error(
				`sequence ${String(seed)}, ${JSON.stringify(rules)}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)} for ${days.map(({ hot, done, gone }) => `${hot ? 'h' : '-'}${done ? 'd' : ''}${gone ? 'g' : ''}`).join(' ')}`,
			);
	}
	expect(reEntries).toBeGreaterThan(SEQUENCES / 2);
	expect(at('2026-04-01 10:00')).toBe(DAYS[0]);
}, 300_000);
