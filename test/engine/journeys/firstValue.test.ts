import {
	account,
	at,
	completed,
	created,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	stepsOf,
	touchStates,
	type Story,
} from './simulate';

const STEPS = ['connect-data', 'invite-team', 'first-report'];
const value = (local: string) => event('first_value_reached', local);
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-06-02 10:00'),
		accounts: [account()],
		...story,
	});

describe('first value ends onboarding (R30, R33, P16)', () => {
	it('even with steps open: celebrated at once, on a Saturday night, handed over, no call', () => {
		const told = run({ events: [created('2026-03-02 10:00'), value('2026-03-07 23:00')] });
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Wed 03-04 10:00 set-up-guide → ada',
			'Thu 03-05 11:00 nudge connect-data → ada',
			'Sat 03-07 23:00 celebrate → ada',
			'Sat 03-07 23:00 hand-over',
		]);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
		expect(touchStates(told)).toMatchObject({ 'first-results': 'lapsed goalReached' });
	});

	it.each([
		['the day before the call', '2026-03-15 10:00', false],
		['an hour before the call', '2026-03-16 09:00', false],
		['the day after the call', '2026-03-17 10:00', true],
	])('%s', (_what, when, called) => {
		const told = run({ events: [created('2026-03-02 10:00'), value(when)] });
		expect(stepsOf(told).includes('call')).toBe(called);
		expect(stepsOf(told).filter((step) => step === 'celebrate')).toHaveLength(1);
	});

	it('on day 35 it still celebrates, though a human has the account since day 14 (P06)', () => {
		const told = run({ events: [created('2026-03-02 10:00'), value('2026-04-06 12:00')] });
		expect(diary(told).slice(-2)).toEqual([
			'Mon 04-06 12:00 celebrate → ada',
			'Mon 04-06 12:00 hand-over',
		]);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
	});

	it.each([
		['seen within three days', '2026-03-09 10:00', ['celebrate', 'hand-over']],
		['seen two days and 23 hours later', '2026-03-12 09:00', ['celebrate', 'hand-over']],
		['seen three days later, too late to congratulate', '2026-03-12 10:00', ['hand-over']],
		['seen a week later', '2026-03-16 10:00', ['hand-over']],
	])('%s', (_what, sweep, steps) => {
		const told = run({
			events: [created('2026-03-02 10:00'), value('2026-03-09 10:00')],
			sweeps: [at('2026-03-02 10:00'), at(sweep), at(sweep) + 60_000],
		});
		expect(stepsOf(told).slice(1)).toEqual(steps);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
	});

	it('reached on day 89 and seen on day 91, it is still first value and no lapse of time', () => {
		const told = run({
			// 2026-03-02 and 89 days is Saturday, 30 May
			events: [created('2026-03-02 10:00'), value('2026-05-30 12:00')],
			sweeps: [at('2026-03-02 10:00'), at('2026-06-01 12:00'), at('2026-06-01 13:00')],
		});
		expect(stepsOf(told)).toEqual(['welcome', 'celebrate', 'hand-over']);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
	});

	it('twice reported, by event and by the account, is one first value: the earlier', () => {
		const setup = { firstValueAt: '2026-03-05T12:00:00' };
		const told = run({
			accounts: [account({ setup })],
			events: [created('2026-03-02 10:00'), value('2026-03-06 12:00'), value('2026-03-05 18:00')],
			sweeps: everyHours('2026-03-05 11:00', '2026-03-12 10:00'),
		});
		expect(diary(told).filter((line) => line.includes('celebrate'))).toEqual([
			'Thu 03-05 12:00 celebrate → ada',
		]);
	});
});

describe('set-up done but no first value by day 30 (P16)', () => {
	// 2026-03-02 and 30 days is Wednesday, 1 April
	it.each([
		['the day before', '2026-03-31 10:00', []],
		['the day', '2026-04-01 10:00', ['Wed 04-01 10:00 no-first-value → team']],
		['a month after', '2026-05-04 10:00', ['Wed 04-01 10:00 no-first-value → team']],
	])('%s: one alert', (_what, until, expected) => {
		const told = run({
			events: [
				created('2026-03-02 10:00'),
				...STEPS.map((step) => completed(step, '2026-03-10 10:00')),
			],
			sweeps: everyHours('2026-03-02 10:00', until),
		});
		expect(diary(told).filter((line) => !line.includes('→ ada'))).toEqual(expected);
	});

	it('no alert when first value came in time', () => {
		const told = run({
			events: [
				created('2026-03-02 10:00'),
				...STEPS.map((step) => completed(step, '2026-03-10 10:00')),
				value('2026-04-01 09:00'),
			],
		});
		expect(stepsOf(told)).not.toContain('no-first-value');
	});
});

it.each([
	['the day before day 90', '2026-05-30 10:00', 'acme 1 active'],
	['on day 90', '2026-05-31 10:00', 'acme 1 ended timeUp'],
])('%s the account is %3$s', (_what, until, expected) => {
	const sweeps = everyHours('2026-03-02 10:00', until, 24);
	expect(
		standings(run({ events: [created('2026-03-02 10:00')], sweeps: [...sweeps, at(until)] })),
	).toEqual([expected]);
});

it('a touch under way is not abandoned by the end: a hand-over claimed as first value comes is handed out again', () => {
	const told = run({
		events: [
			created('2026-03-02 10:00'),
			event('reply_received', '2026-03-10 10:00'),
			value('2026-03-10 10:00'),
		],
		sweeps: everyHours('2026-03-02 10:00', '2026-03-12 10:00'),
		fate: ({ stepId }, now) =>
			stepId === 'asked-for-help' && now < at('2026-03-10 12:00') ? 'lost' : 'sent',
	});
	expect(
		told.sent.filter(({ step }) => step === 'asked-for-help').map(({ attempt }) => attempt),
	).toEqual([1, 2, 3]);
	expect(standings(told)).toEqual(['acme 1 ended firstValue']);
});
