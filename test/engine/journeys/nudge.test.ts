import {
	account,
	at,
	completed,
	created,
	diary,
	everyHours,
	onboarding,
	simulate,
	touchStates,
	type Story,
} from './simulate';

/** Nudges alone: without the dated mails nothing else takes their place. */
const nudgesOnly = onboarding({
	steps: onboarding().steps.filter(({ id }) => id === 'nudge'),
	checklist: ['a', 'b', 'c', 'd'].map((step) => ({ step, title: step.toUpperCase() })),
});
const nudges = (story: Partial<Story>): string[] =>
	diary(
		simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-31 10:00'),
			accounts: [account()],
			journey: nudgesOnly,
			...story,
		}),
	);

describe('a stall is three days without a completed step (P15)', () => {
	it('since day 0', () => {
		expect(nudges({ events: [created('2026-03-02 10:00')] })).toEqual([
			'Thu 03-05 10:00 nudge a → ada',
		]);
	});

	it('since the last completed step; the nudge names the first open one', () => {
		expect(
			nudges({
				events: [
					created('2026-03-02 10:00'),
					completed('a', '2026-03-03 12:00'),
					// out of order: the first open step is b
					completed('c', '2026-03-03 13:00'),
				],
			}),
		).toEqual(['Fri 03-06 13:00 nudge b → ada']);
	});

	it.each([
		['the day before', '2026-03-04 10:00', []],
		['a minute before', '2026-03-05 09:59', []],
		['to the minute', '2026-03-05 10:00', ['Thu 03-05 10:00 nudge a → ada']],
		['the day after', '2026-03-06 10:00', ['Fri 03-06 10:00 nudge a → ada']],
	])('%s', (_what, now, expected) => {
		expect(nudges({ events: [created('2026-03-02 10:00')], sweeps: [at(now)] })).toEqual(expected);
	});
});

describe('one nudge per step, at least three days apart, three at most, none from day 14 on (P15)', () => {
	it('the same step is named once, however long it stays open', () => {
		expect(nudges({ events: [created('2026-03-02 10:00')] })).toHaveLength(1);
	});

	it('three at most', () => {
		const journey = onboarding({
			...nudgesOnly,
			steps: nudgesOnly.steps.map((step) => ({
				...step,
				when: { type: 'setUpStalled', days: 1, gapDays: 1, atMost: 3, untilDay: 14 } as const,
			})),
			sendingHours: { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' },
		});
		expect(
			nudges({
				journey,
				events: [
					created('2026-03-02 10:00'),
					completed('a', '2026-03-03 12:00'),
					completed('b', '2026-03-04 14:00'),
					completed('c', '2026-03-05 16:00'),
				],
			}),
		).toEqual([
			'Tue 03-03 10:00 nudge a → ada',
			'Wed 03-04 12:00 nudge b → ada',
			'Thu 03-05 14:00 nudge c → ada',
		]);
	});

	it('three days apart are three local dates: a nudge confirmed 20 seconds late does not cost a day', () => {
		// stalled over the weekend: nudged Monday 09:00; the next stall begins the same day and is nudged on Thursday at 09:00
		const events = [created('2026-03-05 08:00'), completed('a', '2026-03-09 08:59')];
		const morning = everyHours('2026-03-05 09:00', '2026-03-20 09:00', 24);
		const journey = onboarding({
			...nudgesOnly,
			steps: nudgesOnly.steps.map((step) => ({
				...step,
				when: { type: 'setUpStalled', days: 3, gapDays: 3, atMost: 3, untilDay: 14 } as const,
			})),
		});
		expect(nudges({ events: events.slice(0, 1), sweeps: morning, journey })).toEqual([
			'Mon 03-09 09:00 nudge a → ada',
		]);
		const later = [events[0] ?? created(''), completed('a', '2026-03-09 09:00', { id: 'a-done' })];
		const sweeps = morning.filter((time) => time !== at('2026-03-09 09:00'));
		expect(
			nudges({
				events: later,
				sweeps: [at('2026-03-09 08:59') + 59_000, ...sweeps].sort(),
				journey,
			}),
		).toEqual(['Thu 03-12 09:00 nudge b → ada']);
		const shortStall = onboarding({
			...nudgesOnly,
			steps: nudgesOnly.steps.map((step) => ({
				...step,
				when: { type: 'setUpStalled', days: 1, gapDays: 3, atMost: 3, untilDay: 14 } as const,
			})),
		});
		expect(
			nudges({
				events: [created('2026-03-01 09:00'), completed('a', '2026-03-02 12:00')],
				sweeps: everyHours('2026-03-02 09:00', '2026-03-20 09:00', 24),
				journey: shortStall,
			}),
		).toEqual(['Mon 03-02 09:00 nudge a → ada', 'Thu 03-05 09:00 nudge b → ada']);
	});

	it.each([
		// day 0 is Monday the 2nd, in the afternoon; day 14 is Monday the 16th, all of it
		['stalled on day 10, a Thursday', '2026-03-09 10:00', ['Thu 03-12 10:00 nudge b → ada']],
		['stalled on day 11, a Friday', '2026-03-10 10:00', ['Fri 03-13 10:00 nudge b → ada']],
		['stalled on day 12, and day 14 is the next working day', '2026-03-11 10:00', []],
		['stalled on day 14', '2026-03-13 10:00', []],
	])('%s', (_what, lastStep, expected) => {
		const lines = nudges({
			events: [created('2026-03-02 15:00'), completed('a', lastStep)],
			sweeps: everyHours('2026-03-06 09:00', '2026-03-31 10:00'),
		});
		expect(lines.filter((line) => line.includes('nudge b'))).toEqual(expected);
	});

	it('a nudge held back when its step is completed is withdrawn and says so', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-04 10:00', '2026-03-09 09:00'),
			accounts: [account()],
			journey: nudgesOnly,
			// stalled on Saturday; the step is done on Sunday
			events: [created('2026-03-04 10:00'), completed('a', '2026-03-08 10:00')],
		});
		expect(diary(told)).toEqual([]);
		expect(touchStates(told)).toEqual({ 'nudge a': 'withdrawn noLongerDue' });
	});
});
