import { assignTiers, type TierAssignment } from '../../../engine/tiers/assignTiers';
import { elevate, sayReturned } from '../../../engine/tiers/elevate';
import {
	elevationsToNote,
	foldStandings,
	isReturning,
	returnToNote,
	type EscalationMemory,
	type HandOver,
	type Standing,
	type TierEvent,
} from '../../../engine/tiers/elevation';
import { compileRank, humanLedTier } from '../../../engine/tiers/policy';
import { coverageEconomics } from '../../../engine/tiers/presets';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 2, 9);
const TERMS = { stableDays: 14, stableScore: 65 };

const handOver = (at: number, over: Partial<HandOver> = {}): HandOver => ({
	accountId: 'acme',
	key: `handed over on day ${String((at - T0) / DAY)}`,
	state: 'sent',
	at,
	...over,
});
const event = (type: string, at: number, over: Partial<TierEvent> = {}): TierEvent => ({
	accountId: 'acme',
	type,
	id: `${type} on day ${String((at - T0) / DAY)}`,
	occurredAt: at,
	...over,
});
const resolved = (at: number): TierEvent => event('case_resolved', at);

function memoryOf(handOvers: HandOver[], events: TierEvent[] = []): EscalationMemory {
	return { handOvers, events, survivorOf: new Map() };
}

const standingOf = (memory: EscalationMemory, now: number): Standing | undefined =>
	foldStandings(memory, now).get('acme');

function elevated(memory: EscalationMemory, now: number): Extract<Standing, { state: 'elevated' }> {
	const standing = standingOf(memory, now);
	if (standing?.state !== 'elevated') throw new Error('The account is not elevated');
	return standing;
}

describe('an account', () => {
	it('that was never escalated has no standing, whatever cases of its were resolved', () => {
		expect(standingOf(memoryOf([], [resolved(T0)]), T0)).toBeUndefined();
	});

	it('is elevated from the hand-over on, since the first of several', () => {
		const memory = memoryOf([handOver(T0 + DAY), handOver(T0)]);
		expect(standingOf(memory, T0 - 1)).toBeUndefined();
		expect(elevated(memory, T0)).toMatchObject({ since: T0, last: { at: T0 } });
		expect(elevated(memory, T0 + DAY)).toMatchObject({ since: T0, last: { at: T0 + DAY } });
	});

	it.each([
		['before the hand-over', T0 - 1, false],
		['at the same time', T0, true],
		['later', T0 + DAY, true],
		['in the future', T0 + 3 * DAY, false],
	])('whose case was resolved %s', (_when, at, caseResolved) => {
		const memory = memoryOf([handOver(T0)], [resolved(at)]);
		expect(elevated(memory, T0 + 2 * DAY).caseResolved).toBe(caseResolved);
	});

	it('whose case was resolved and that was handed over again has an open one', () => {
		const memory = memoryOf([handOver(T0), handOver(T0 + 2 * DAY)], [resolved(T0 + DAY)]);
		expect(elevated(memory, T0 + 2 * DAY).caseResolved).toBe(false);
	});

	it('is remembered as elevated when retention has forgotten the hand-over', () => {
		const [note] = elevationsToNote(memoryOf([handOver(T0)]));
		if (note === undefined) throw new Error('The elevation is not noted');
		expect(elevated(memoryOf([], [note]), T0 + 400 * DAY)).toMatchObject({ since: T0 });
		expect(elevationsToNote(memoryOf([handOver(T0)], [note]))).toEqual([]);
	});

	it('that a person did not get yet is elevated only as long as the hand-over stands', () => {
		for (const state of ['claimed', 'sending'] as const) {
			const memory = memoryOf([handOver(T0, { state })]);
			expect(elevated(memory, T0).since).toBe(T0);
			expect(elevationsToNote(memory)).toEqual([]);
		}
	});

	it('inherits what the records merged into it had (P32)', () => {
		const memory = {
			...memoryOf([handOver(T0, { accountId: 'old' })], [resolved(T0 + 1)]),
			survivorOf: new Map([['old', 'acme']]),
		};
		expect(elevated(memory, T0 + 1)).toMatchObject({ since: T0, caseResolved: true });
	});
});

describe('an elevated account goes back (P35)', () => {
	const open = memoryOf([handOver(T0)]);
	const closed = memoryOf([handOver(T0)], [resolved(T0 + DAY)]);

	it.each<[string, EscalationMemory, unknown, unknown, boolean]>([
		['resolved, 14 days well', closed, 65, 14, true],
		['resolved, 20 days well', closed, 90, 20, true],
		['resolved, 13 days well', closed, 90, 13, false],
		['still open, 20 days well', open, 90, 20, false],
		['resolved, 14 days well, but not today', closed, 64, 14, false],
		['resolved, and nobody counts days', closed, 90, undefined, false],
		['resolved, and today has no score', closed, null, 14, false],
		['resolved, days as a text', closed, 90, '14', false],
	])('%s', (_what, memory, score, steadyDays, goesBack) => {
		const standing = elevated(memory, T0 + 30 * DAY);
		expect(isReturning(standing, { score, steadyDays }, TERMS)).toBe(goesBack);
	});

	it('once, under one id, however many executions write it down', () => {
		const now = T0 + 20 * DAY;
		const a = returnToNote('acme', elevated(closed, now), now);
		const b = returnToNote('acme', elevated(closed, now + 5), now + 5);
		expect(a.id).toBe(b.id);
		const after = memoryOf([...closed.handOvers], [...closed.events, a]);
		expect(standingOf(after, now)).toEqual({ state: 'returned', at: now });
		expect(isReturning({ state: 'returned', at: now }, { score: 99, steadyDays: 99 }, TERMS)).toBe(
			false,
		);
	});

	it('and is not elevated by the old escalation again, only by a new one', () => {
		const back = returnToNote('acme', elevated(closed, T0 + 20 * DAY), T0 + 20 * DAY);
		const events = [...closed.events, back];
		expect(standingOf(memoryOf([handOver(T0)], events), T0 + 60 * DAY)?.state).toBe('returned');
		const again = memoryOf([handOver(T0), handOver(T0 + 40 * DAY)], events);
		expect(elevated(again, T0 + 40 * DAY)).toMatchObject({
			since: T0 + 40 * DAY,
			caseResolved: false,
		});
		// the second return is another one
		expect(returnToNote('acme', elevated(again, T0 + 41 * DAY), T0 + 60 * DAY).id).not.toBe(
			back.id,
		);
	});
});

describe('at one and the same time', () => {
	it('a return ends the escalation: only a newer one elevates', () => {
		const memory = memoryOf([handOver(T0)], [event('tier_returned', T0)]);
		expect(standingOf(memory, T0)).toEqual({ state: 'returned', at: T0 });
		expect(elevated(memoryOf([handOver(T0 + 1)], memory.events.slice()), T0 + 1).since).toBe(
			T0 + 1,
		);
	});

	it('of two escalations the same one ends both, in whatever order the ledger tells them', () => {
		const [a, b] = [handOver(T0, { key: 'a' }), handOver(T0, { key: 'b' })];
		const events = [resolved(T0)];
		const returns = [
			[a, b],
			[b, a],
		].map((both) => returnToNote('acme', elevated(memoryOf(both, events), T0), T0 + DAY));
		expect(returns[0]).toEqual(returns[1]);
	});
});

describe('sixty days of an account whose score swings around 65', () => {
	/** A day-by-day program: the score, whether a health journey hands over, whether the case is resolved. */
	function play(scoreOn: (day: number) => number, handOvers: number[], resolves: number[]): string {
		const events: TierEvent[] = resolves.map((day) => resolved(T0 + day * DAY));
		const given = handOvers.map((day) => handOver(T0 + day * DAY));
		let steadyDays = 0;
		let tiers = '';
		for (let day = 0; day < 60; day++) {
			const now = T0 + day * DAY;
			const score = scoreOn(day);
			steadyDays = score >= 65 ? steadyDays + 1 : 0;
			const memory = memoryOf(
				given.filter(({ at }) => at <= now),
				events,
			);
			const standing = standingOf(memory, now);
			if (standing?.state !== 'elevated') tiers += '.';
			else if (isReturning(standing, { score, steadyDays }, TERMS)) {
				events.push(returnToNote('acme', standing, now));
				tiers += '.';
			} else tiers += 'H';
		}
		return tiers;
	}

	it.each([
		['every other day', (day: number) => (day % 2 === 0 ? 63 : 67)],
		['every tenth day', (day: number) => (day % 10 === 0 ? 40 : 90)],
		['every fourteenth day', (day: number) => (day % 14 === 0 ? 64 : 65)],
	])('below it %s: human-led all the time, never back and forth', (_how, scoreOn) => {
		expect(play(scoreOn, [2], [3])).toBe(`..${'H'.repeat(58)}`);
	});

	it('then fourteen good days: back on the fourteenth, and not elevated by falling to 63 again', () => {
		const scoreOn = (day: number): number => (day < 20 ? 50 : day < 40 ? 70 : 63);
		expect(play(scoreOn, [2], [30])).toBe(`..${'H'.repeat(31)}${'.'.repeat(27)}`);
		expect(play(scoreOn, [2], [36])).toBe(`..${'H'.repeat(34)}${'.'.repeat(24)}`);
	});

	it('with a new escalation after going back: elevated once more', () => {
		const scoreOn = (day: number): number => (day < 5 ? 50 : day < 30 ? 70 : 50);
		const tiers = play(scoreOn, [2, 45], [3]);
		expect(tiers).toBe(`..${'H'.repeat(16)}${'.'.repeat(27)}${'H'.repeat(15)}`);
	});
});

describe('the tier of an elevated account', () => {
	const policy = coverageEconomics({ currency: 'USD' });
	const to = { humanLed: humanLedTier(policy), rankOf: compileRank(policy) };
	const assign = (account: object): TierAssignment => {
		const [tier] = assignTiers(policy, [{ ...account }]);
		if (tier === undefined) throw new Error('one account gives one tier');
		return tier;
	};
	const standing = elevated(memoryOf([handOver(T0)]), T0);

	it('is human-led, and says why, until when, and what it is by the rules', () => {
		const small = assign({ arr: 2_000 });
		const tier = elevate(small, to, standing, { score: 50, steadyDays: 3 }, TERMS, 'UTC');
		expect(tier).toEqual({
			...small,
			tier: 'highTouch',
			name: 'High-Touch',
			output: 3,
			base: { tier: 'techTouch', name: 'Tech-Touch', output: 1 },
			reasons: [
				{
					code: 'elevated',
					since: '2026-03-02T09:00:00.000Z',
					caseResolved: false,
					steadyDays: 3,
					stableDays: 14,
					text: 'High-Touch while a person has it, since a health escalation on 2026-03-02; it goes back to Tech-Touch once its case is resolved and its health has been stable for 14 days in a row (3 so far) and its score is 65 or more',
				},
				...small.reasons,
			],
		});
	});

	it('stays what it is where it has as much human time already', () => {
		const big = assign({ arr: 200_000 });
		expect(elevate(big, to, standing, { score: 50, steadyDays: 3 }, TERMS, 'UTC')).toBe(big);
	});

	it('is human-led also where the rules cannot tell', () => {
		const undecided = assign({});
		const health = { score: undefined, steadyDays: undefined };
		expect(elevate(undecided, to, standing, health, TERMS, 'UTC')).toMatchObject({
			tier: 'highTouch',
			base: { tier: null, name: 'Undecided', output: 0 },
			reasons: [{ code: 'elevated' }, { code: 'arr_missing' }],
		});
	});

	it.each([
		['Asia/Tokyo', '2026-03-03'],
		['America/New_York', '2026-03-02'],
	])('tells dates as in %s', (zone, date) => {
		// nine in the evening of 2 March in London
		const at = T0 + 12 * 3_600_000;
		const late = elevated(memoryOf([handOver(at)]), at);
		const health = { score: 50, steadyDays: 3 };
		const small = assign({ arr: 2_000 });
		expect(elevate(small, to, late, health, TERMS, zone).reasons[0]?.text).toContain(`on ${date};`);
		expect(sayReturned(small, at, zone).reasons.at(-1)?.text).toContain(`on ${date};`);
	});

	it('names no tier to go back to where the rules tell none', () => {
		const health = { score: 70, steadyDays: 14 };
		expect(elevate(assign({}), to, standing, health, TERMS, 'UTC').reasons[0]?.text).toBe(
			'High-Touch while a person has it, since a health escalation on 2026-03-02; it goes back once its case is resolved',
		);
	});

	it('is that of the rules after going back, and says so', () => {
		const small = assign({ arr: 2_000 });
		const { reasons, ...rest } = sayReturned(small, T0, 'UTC');
		expect(rest).toEqual({ ...small, reasons: undefined });
		expect(reasons.map(({ code }) => code)).toEqual(['rule_matched', 'returned']);
	});
});
