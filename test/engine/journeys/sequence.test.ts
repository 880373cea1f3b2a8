import {
	account,
	at,
	completed,
	contact,
	created,
	DAY,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	stepsOf,
	touchStates,
} from './simulate';

describe('an account that does nothing', () => {
	it('created on a Monday morning: three mails, one nudge, one call, and the end after 90 days', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-06-02 10:00'),
			accounts: [account()],
			events: [created('2026-03-02 10:00')],
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Wed 03-04 10:00 set-up-guide → ada',
			// day 3 at ten is 23:59:40 after the guide
			'Thu 03-05 11:00 nudge connect-data → ada',
			// day 5 is a Saturday
			'Mon 03-09 09:00 first-results → ada',
			'Mon 03-16 10:00 call → team',
		]);
		expect(standings(told)).toEqual(['acme 1 ended timeUp']);
		expect(touchStates(told)['no-first-value']).toBe('lapsed setUpUnfinished');
	});

	it('created on a Sunday night: welcomed at once, then on working days', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-01 23:30', '2026-06-02 00:30', 0.5),
			accounts: [account()],
			events: [created('2026-03-01 23:30')],
		});
		expect(diary(told)).toEqual([
			'Sun 03-01 23:30 welcome → ada',
			'Wed 03-04 09:00 set-up-guide → ada',
			'Thu 03-05 09:30 nudge connect-data → ada',
			'Mon 03-09 09:00 first-results → ada',
			'Sun 03-15 23:30 call → team',
		]);
	});

	it('created on a Thursday: the weekend makes a queue of three, which goes one a day in the order of the steps', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-05 10:00', '2026-03-30 10:00'),
			accounts: [account()],
			events: [created('2026-03-05 10:00')],
		});
		expect(diary(told)).toEqual([
			'Thu 03-05 10:00 welcome → ada',
			'Mon 03-09 09:00 set-up-guide → ada',
			'Tue 03-10 10:00 first-results → ada',
			'Wed 03-11 11:00 nudge connect-data → ada',
			'Thu 03-19 10:00 call → team',
		]);
	});

	it.each([
		['Europe/Berlin', '2026-03-27 10:00', 'Fri 04-10 10:00 call → team'],
		['America/New_York', '2026-03-06 10:00', 'Fri 03-20 10:00 call → team'],
		['Asia/Kolkata', '2026-03-27 10:00', 'Fri 04-10 10:00 call → team'],
		['Pacific/Apia', '2026-03-27 10:00', 'Fri 04-10 10:00 call → team'],
	])('over a change of clocks in %s everything stays on local time', (timezone, start, call) => {
		const told = simulate({
			sweeps: everyHours(start, start.replace(/-0(3)-\d\d/, '-04-20'), 1, timezone),
			accounts: [account({ timezone, createdAt: start.replace(' ', 'T') })],
		});
		const lines = diary(told, timezone);
		expect(lines.map((line) => line.slice(4).replace(/^\d\d-\d\d /, ''))).toEqual([
			'10:00 welcome → ada',
			// day 2 is a Sunday
			'09:00 set-up-guide → ada',
			'10:00 nudge connect-data → ada',
			'11:00 first-results → ada',
			'10:00 call → team',
		]);
		expect(lines.at(-1)).toBe(call);
	});
});

describe('how often a sweep comes', () => {
	const story = (sweeps: number[]) => ({
		sweeps,
		accounts: [account()],
		events: [created('2026-03-02 10:00')],
	});
	const from = '2026-03-02 10:00';
	const missing = (first: string, last: string): number[] =>
		everyHours(from, '2026-06-02 10:00').filter((time) => time < at(first) || time > at(last));

	it('once a day: each step once, at the sweep after it fell due', () => {
		expect(diary(simulate(story(everyHours(from, '2026-06-02 10:00', 24))))).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Wed 03-04 10:00 set-up-guide → ada',
			// Thursday's sweep comes 20 seconds short of 24 hours
			'Fri 03-06 10:00 nudge connect-data → ada',
			'Mon 03-09 10:00 first-results → ada',
			'Mon 03-16 10:00 call → team',
		]);
	});

	it.each<[string, number[], string[]]>([
		[
			'1 day',
			missing('2026-03-04 10:00', '2026-03-05 10:00'),
			[
				'Thu 03-05 11:00 set-up-guide → ada',
				'Fri 03-06 12:00 nudge connect-data → ada',
				'Mon 03-09 09:00 first-results → ada',
			],
		],
		[
			'2 days',
			missing('2026-03-03 10:00', '2026-03-05 10:00'),
			[
				'Thu 03-05 11:00 set-up-guide → ada',
				'Fri 03-06 12:00 nudge connect-data → ada',
				'Mon 03-09 09:00 first-results → ada',
			],
		],
		// the guide is overtaken by the mail of day 5 (P26)
		[
			'7 days',
			missing('2026-03-03 10:00', '2026-03-10 10:00'),
			['Tue 03-10 11:00 first-results → ada', 'Wed 03-11 12:00 nudge connect-data → ada'],
		],
	])('missing for %s: each due step at most once, no burst', (_what, sweeps, between) => {
		const told = simulate(story(sweeps));
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			...between,
			'Mon 03-16 10:00 call → team',
		]);
	});

	it('missing from the start: only the latest mail, and the call still comes', () => {
		const told = simulate(story(everyHours('2026-03-10 10:00', '2026-03-20 10:00')));
		expect(diary(told)).toEqual([
			'Tue 03-10 10:00 first-results → ada',
			'Wed 03-11 11:00 nudge connect-data → ada',
			'Mon 03-16 10:00 call → team',
		]);
		expect(touchStates(told)).toMatchObject({
			welcome: 'lapsed superseded',
			'set-up-guide': 'lapsed superseded',
		});
	});

	it('the same sweep again writes nothing and sends nothing', () => {
		const told = simulate({
			...story(everyHours(from, '2026-03-20 10:00', 7).flatMap((time) => [time, time + 30_000])),
			after: (now, ledger, decisions) => {
				if ((now - at(from)) % 3_600_000 === 0) return;
				expect(
					decisions.flatMap(({ touches, notes, enroll, end }) =>
						[touches, notes, enroll, end].flat(),
					),
				).toEqual([]);
				expect(ledger.touches.size).toBeGreaterThan(0);
			},
		});
		expect(new Set(told.sent.map(({ key }) => key)).size).toBe(told.sent.length);
	});
});

describe('finishing set-up stops every set-up mail (R32)', () => {
	const steps = ['connect-data', 'invite-team', 'first-report'];
	it('on day 2, an hour before the guide: welcome, then power-user tips two days later, nothing else', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-31 10:00'),
			accounts: [account()],
			events: [
				created('2026-03-02 10:00'),
				...steps.map((step) => completed(step, '2026-03-04 09:00')),
			],
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Fri 03-06 09:00 power-tips → ada',
		]);
	});

	it('while a mail is held over the weekend: it lapses', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-05 10:00', '2026-03-18 10:00'),
			accounts: [account()],
			events: [
				created('2026-03-05 10:00'),
				...steps.map((step) => completed(step, '2026-03-08 12:00')),
			],
		});
		// power-user tips fall due on Tuesday at noon
		expect(diary(told)).toEqual([
			'Thu 03-05 10:00 welcome → ada',
			'Tue 03-10 12:00 power-tips → ada',
		]);
		expect(touchStates(told)['set-up-guide']).toBe('lapsed setUpFinished');
	});

	it('before the first sweep: not even a welcome about getting started', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 12:00', '2026-03-18 12:00'),
			accounts: [account()],
			events: [
				created('2026-03-02 10:00'),
				...steps.map((step) => completed(step, '2026-03-02 11:00')),
			],
		});
		expect(stepsOf(told)).toEqual(['power-tips']);
	});
});

describe('one address, two accounts', () => {
	it('shares the 24 hours within one sweep (P04), while both are welcomed', () => {
		const shared = [contact('ada', 'admin')];
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-05 09:00'),
			accounts: ['a', 'b'].map((accountId) => account({ accountId, contacts: shared })),
			events: ['a', 'b'].map((accountId) => created('2026-03-02 10:00', { accountId })),
		});
		expect(
			told.sent.map(({ accountId, step, at: when }) => [
				accountId,
				step,
				(when - at('2026-03-02 10:00')) / DAY,
			]),
		).toEqual([
			['a', 'welcome', 0],
			['b', 'welcome', 0],
			['a', 'set-up-guide', 2],
		]);
		expect(told.decisions[1]?.reasons.map(({ code }) => code)).toEqual(
			['sendingHours', 'capped'].slice(1),
		);
	});

	it('whatever the case of its letters', () => {
		const told = simulate({
			sweeps: [at('2026-03-04 10:00')],
			accounts: ['ada@acme.example', 'ADA@Acme.example'].map((email, index) =>
				account({ accountId: `a${String(index)}`, contacts: [{ email, role: 'admin' }] }),
			),
			events: ['a0', 'a1'].map((accountId) => created('2026-03-02 10:00', { accountId })),
		});
		expect(told.sent.map(({ accountId }) => accountId)).toEqual(['a0']);
	});
});

it('a contact is written to in a zone of their own, else the account’s, else the programme’s (P02)', () => {
	const zones: [Record<string, unknown>, string][] = [
		[
			{
				timezone: 'America/New_York',
				contacts: [contact('ada', 'admin', { timezone: 'Asia/Kolkata' })],
			},
			'Asia/Kolkata',
		],
		[{ timezone: 'America/New_York' }, 'America/New_York'],
		[{}, 'Europe/Berlin'],
	];
	for (const [over, zone] of zones) {
		const told = simulate({
			sweeps: everyHours('2026-03-04 00:00', '2026-03-05 23:30', 0.5),
			accounts: [account(over)],
			events: [created('2026-03-01 00:00'), event('ignored', '2026-03-01 00:00')],
		});
		// day 2 has come everywhere; the next 09:00 in their own zone
		expect(diary(told, zone)[0]?.slice(10, 15)).toBe('09:00');
	}
});
