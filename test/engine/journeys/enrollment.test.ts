import {
	account,
	at,
	completed,
	created,
	DAY,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	stepsOf,
	type Story,
} from './simulate';

const reasonsOf = (story: Story): string[] =>
	simulate(story).decisions.flatMap(({ reasons }) => reasons.map(({ code }) => code));

/** Day 0 of the first enrolment, on a clock in Berlin. */
const dayZero = (
	over: Record<string, unknown>,
	events: Story['events'] = [],
	now = '2026-03-10 10:00',
) => {
	const { ledger } = simulate({ sweeps: [at(now)], accounts: [account(over)], events });
	return [...ledger.enrollments.values()][0]?.anchorAt;
};

describe('day 0 is the first "customer created" event, or the contract’s start if later (P14)', () => {
	it('duplicates and late arrivals never move it', () => {
		const events = [
			created('2026-03-04 10:00'),
			created('2026-03-03 10:00'),
			created('2026-03-05 10:00'),
		];
		expect(dayZero({}, events)).toBe(at('2026-03-03 10:00'));
		const told = simulate({
			sweeps: everyHours('2026-03-03 10:00', '2026-03-08 10:00'),
			accounts: (now) => [
				account(
					now > at('2026-03-04 10:00') ? { startedAt: '2026-03-06', createdAt: '2026-03-01' } : {},
				),
			],
			events: [...events, created('2026-03-03 15:00')],
		});
		expect([...told.ledger.enrollments.values()].map(({ anchorAt }) => anchorAt)).toEqual([
			at('2026-03-03 10:00'),
		]);
		expect(stepsOf(told).filter((step) => step === 'welcome')).toHaveLength(1);
	});

	it.each([
		['Europe/Berlin', '2026-03-05 00:00'],
		['America/New_York', '2026-03-05 06:00'],
		['Asia/Kolkata', '2026-03-04 19:30'],
	])('a contract that starts on a date starts at midnight in %s (P01)', (timezone, berlin) => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-06 10:00', 0.5),
			accounts: [account({ timezone, startedAt: '2026-03-05' })],
			events: [created('2026-03-02 10:00')],
		});
		expect(told.sent[0]).toMatchObject({ step: 'welcome', at: at(berlin) });
		expect([...told.ledger.enrollments.values()][0]?.anchorAt).toBe(at(berlin));
	});

	it('a contract that began before the record changes nothing', () => {
		expect(dayZero({ startedAt: '2026-02-25' }, [created('2026-03-04 10:00')])).toBe(
			at('2026-03-04 10:00'),
		);
		expect(dayZero({ startedAt: '2026-03-05', createdAt: '2026-03-04' })).toBe(
			at('2026-03-05 00:00'),
		);
		expect(dayZero({ createdAt: '2026-03-04' })).toBe(at('2026-03-04 00:00'));
		expect(dayZero({})).toBeUndefined();
	});

	it('nobody is welcomed before the contract starts', () => {
		expect(
			reasonsOf({
				sweeps: [at('2026-03-04 23:59')],
				accounts: [account({ startedAt: '2026-03-05' })],
				events: [created('2026-03-02 10:00')],
			}),
		).toEqual(['notStarted']);
	});
});

describe('go-live is a baseline (P09)', () => {
	const goLive = (daysBefore: number, more: Story['events'] = []) =>
		simulate({
			sweeps: everyHours('2026-03-16 10:00', '2026-03-17 09:00'),
			accounts: [account()],
			events: [
				{
					id: 'c',
					accountId: 'acme',
					type: 'customer_created',
					occurredAt: at('2026-03-16 10:00') - daysBefore * DAY,
				},
				...more,
			],
		});

	it.each([
		['15 days before the first run', 15, []],
		['14 days before', 14, ['first-results', 'call']],
		['13 days before: only the latest step (P26)', 13, ['first-results']],
		['3 days before', 3, ['set-up-guide']],
		['on the day before', 1, ['welcome']],
	])('created %s', (_what, days, steps) => {
		// the call comes first on day 14 and silences the mail of day 5
		expect(stepsOf(goLive(days))).toEqual(days === 14 ? ['call'] : steps);
	});

	it('created 14 local dates before the first run, at whatever hour', () => {
		const early = event('customer_created', '2026-03-02 00:30');
		expect(goLive(14, [early]).decisions[0]?.reasons[0]?.code).not.toBe('beforeGoLive');
		const late = event('customer_created', '2026-03-01 23:30');
		expect(goLive(14, [late]).decisions[0]?.reasons[0]?.code).toBe('beforeGoLive');
	});

	it('says why', () => {
		expect(goLive(15).decisions[0]?.reasons[0]?.code).toBe('beforeGoLive');
	});

	it('a first value long before is not celebrated', () => {
		const told = goLive(13, [event('first_value_reached', '2026-03-10 10:00')]);
		expect(stepsOf(told)).toEqual(['hand-over']);
	});

	it('whoever came after the first run is enrolled, however long no sweep came', () => {
		const told = simulate({
			sweeps: [at('2026-03-02 10:00'), at('2026-03-30 10:00')],
			accounts: [account()],
			events: [created('2026-03-03 10:00')],
		});
		expect(stepsOf(told)).toEqual(['call']);
	});
});

describe('a new cycle (P17)', () => {
	const run = (...events: NonNullable<Story['events']>) =>
		simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-06-12 10:00', 3),
			accounts: [account()],
			events: [created('2026-03-02 10:00'), ...events],
		});

	it.each(['plan_changed', 'admin_changed', 'customer_created', 'reactivated'])(
		'%s does not make one',
		(type) => {
			expect(standings(run(event(type, '2026-03-20 10:00')))).toEqual(['acme 1 ended timeUp']);
		},
	);

	it.each(['customer_returned', 'onboarding_restarted'])(
		'%s does: all over again from that day',
		(type) => {
			const told = run(
				completed('connect-data', '2026-03-03 10:00'),
				event('churned', '2026-03-04 10:00'),
				event(type, '2026-06-01 10:00'),
			);
			expect(standings(told)).toEqual(['acme 1 ended churned', 'acme 2 active']);
			expect(diary(told).filter((line) => line.includes('06-'))).toEqual([
				'Mon 06-01 11:00 welcome → ada',
				'Wed 06-03 11:00 set-up-guide → ada',
				// what was done the first time round is history
				'Thu 06-04 14:00 nudge connect-data → ada',
				'Mon 06-08 11:00 first-results → ada',
			]);
		},
	);

	it('in the middle of one: the old one ends, what it held lapses', () => {
		const told = simulate({
			// the guide of day 2 is held over the weekend
			sweeps: everyHours('2026-03-05 10:00', '2026-03-08 10:00'),
			accounts: [account()],
			events: [created('2026-03-05 10:00'), event('onboarding_restarted', '2026-03-08 09:00')],
		});
		expect(standings(told)).toEqual(['acme 1 ended restarted', 'acme 2 active']);
		expect(stepsOf(told)).toEqual(['welcome', 'welcome']);
		expect([...told.ledger.touches.values()].filter(({ state }) => state === 'held')).toEqual([]);
	});

	it('of a customer from before go-live who comes back: a first one', () => {
		const told = simulate({
			sweeps: [at('2026-03-02 10:00'), at('2026-03-09 10:00')],
			accounts: [account()],
			events: [created('2025-03-02 10:00'), event('customer_returned', '2026-03-09 10:00')],
		});
		expect(diary(told)).toEqual(['Mon 03-09 10:00 welcome → ada']);
	});

	it('begins with the new contract when that starts later (P14)', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-04-02 10:00'),
			accounts: (now) => [account(now < at('2026-03-20 10:00') ? {} : { startedAt: '2026-04-01' })],
			events: [
				created('2026-03-02 10:00'),
				event('churned', '2026-03-03 10:00'),
				event('customer_returned', '2026-03-20 10:00'),
			],
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 welcome → ada', 'Wed 04-01 00:00 welcome → ada']);
	});

	it('of an account whose product reports steps without dates: what was seen before is history, and stalls are still seen', () => {
		const setup = { completed: [{ step: 'connect-data' }] };
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-18 10:00'),
			accounts: [account({ setup })],
			events: [created('2026-03-02 10:00'), event('onboarding_restarted', '2026-03-09 10:00')],
		});
		expect(
			told.sent.filter(({ step }) => step === 'nudge').map(({ touch }) => touch.topic),
		).toEqual(['invite-team', 'connect-data']);
	});
});

describe('paused, excluded, churned (P32, P33)', () => {
	it('paused until a date: nothing until its midnight, then only the latest step', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-03 10:00', '2026-03-12 10:00'),
			accounts: [account({ pausedUntil: '2026-03-10' })],
			events: [created('2026-03-03 10:00')],
		});
		expect(diary(told)).toEqual([
			'Tue 03-10 09:00 first-results → ada',
			'Wed 03-11 10:00 nudge connect-data → ada',
		]);
	});

	it.each([
		['excluded', { excluded: 'test' }, 'excluded'],
		['churned', { lifecycleStage: 'churned' }, 'churned'],
	])(
		'%s in the middle: the journey ends in the same sweep, and what was held lapses',
		(_what, over, outcome) => {
			const told = simulate({
				sweeps: everyHours('2026-03-05 10:00', '2026-03-10 10:00'),
				accounts: (now) => [account(now >= at('2026-03-08 10:00') ? over : {})],
				events: [created('2026-03-05 10:00')],
			});
			expect(stepsOf(told)).toEqual(['welcome']);
			expect(standings(told)).toEqual([`acme 1 ended ${outcome}`]);
			expect([...told.ledger.enrollments.values()][0]?.endedAt).toBe(at('2026-03-08 10:00'));
			expect([...told.ledger.touches.values()].filter(({ state }) => state === 'held')).toEqual([]);
		},
	);

	it.each([{ excluded: true }, { excluded: 'internal' }, { lifecycleStage: 'churned' }])(
		'%j from the start: never enrolled',
		(over) => {
			const told = simulate({
				sweeps: [at('2026-03-05 10:00')],
				accounts: [account(over)],
				events: [created('2026-03-05 10:00')],
			});
			expect(standings(told)).toEqual([]);
			expect(told.sent).toEqual([]);
		},
	);
});

it('an account that stands in the input twice is decided once', () => {
	const told = simulate({
		sweeps: [at('2026-03-02 10:00')],
		accounts: [account(), account()],
		events: [created('2026-03-02 10:00')],
	});
	expect(stepsOf(told)).toEqual(['welcome']);
	expect(told.decisions[1]?.reasons[0]?.code).toBe('repeated');
});
