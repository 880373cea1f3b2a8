import { byFlags, human, journey } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	completed,
	contact,
	created,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	touchStates,
	type Story,
} from './simulate';

const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-06-02 10:00'),
		accounts: [account()],
		...story,
	});
const hands = (story: Partial<Story>): string[] =>
	diary(run(story)).filter((line) => !line.includes('→ ada'));

describe('set-up unfinished after 14 days: one human call, once (R31)', () => {
	it.each([
		['the day before', '2026-03-15 10:00', []],
		['a minute before', '2026-03-16 09:59', []],
		['the day', '2026-03-16 10:00', ['Mon 03-16 10:00 call → team']],
		['the day after', '2026-03-17 10:00', ['Tue 03-17 10:00 call → team']],
	])('%s', (_what, when, expected) => {
		expect(
			hands({ events: [created('2026-03-02 10:00')], sweeps: [at('2026-03-02 10:00'), at(when)] }),
		).toEqual(expected);
	});

	it('goes to the success manager who owns the account', () => {
		const accounts = [account({ csm: 'sam@vendor.example' })];
		expect(hands({ accounts, events: [created('2026-03-02 10:00')] })).toEqual([
			'Mon 03-16 10:00 call → sam',
		]);
	});

	it.each([
		['finished the minute before', '2026-03-16 09:59', []],
		['finished the minute after', '2026-03-16 10:01', ['Mon 03-16 10:00 call → team']],
	])('%s', (_what, done, expected) => {
		const steps = ['connect-data', 'invite-team', 'first-report'];
		const events = [created('2026-03-02 10:00'), ...steps.map((step) => completed(step, done))];
		expect(hands({ events, sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00') })).toEqual(
			expected,
		);
	});

	it('a second cycle within 90 days brings no second call, after 90 days it does (P17)', () => {
		const cycles = (restart: string): string[] =>
			hands({
				events: [
					created('2026-03-02 10:00'),
					event('case_resolved', '2026-03-18 10:00'),
					event('onboarding_restarted', restart),
				],
				sweeps: everyHours('2026-03-02 10:00', '2026-07-15 10:00'),
			});
		// the first call: 16 March; 90 days later: 14 June. Restarts 14 days before
		expect(cycles('2026-05-30 10:00')).toEqual(['Mon 03-16 10:00 call → team']);
		expect(cycles('2026-05-31 10:00')).toEqual([
			'Mon 03-16 10:00 call → team',
			'Sun 06-14 10:00 call → team',
		]);
	});
});

it('a call that joined a case was none: the one of the next cycle does not wait 90 days for it (P17)', () => {
	expect(
		hands({
			events: [
				created('2026-03-02 10:00'),
				event('human_requested', '2026-03-10 10:00'),
				event('case_resolved', '2026-03-18 10:00'),
				event('onboarding_restarted', '2026-04-01 10:00'),
			],
			sweeps: everyHours('2026-03-02 10:00', '2026-04-20 10:00'),
		}),
	).toEqual(['Tue 03-10 10:00 asked-for-help → team', 'Wed 04-15 10:00 call → team']);
});

describe('90 days between two calls are dates where the account is (P01, P17)', () => {
	const auckland = 'Pacific/Auckland';
	const there = (local: string): { occurredAt: number } => ({ occurredAt: at(local, auckland) });
	const calls = (restart: string): string[] =>
		diary(
			run({
				accounts: [account({ timezone: auckland })],
				events: [
					created('2026-03-02 08:00', there('2026-03-02 08:00')),
					event('case_resolved', '2026-03-18 10:00'),
					event('onboarding_restarted', restart, there(restart)),
				],
				sweeps: everyHours('2026-03-02 08:30', '2026-06-20 08:30', 1, auckland),
			}),
			auckland,
		).filter((line) => line.includes('call'));

	// the first call: 16 March there, still the 15th in UTC; 90 dates later: 14 June there
	it.each([
		['the evening before', '2026-05-30 20:00', 1],
		['on the date', '2026-05-31 00:30', 2],
	])('a second one %s', (_what, restart, count) => {
		expect(calls(restart)).toHaveLength(count);
	});
});

describe('a customer with a real problem reaches a human at once (R64, P18, P33)', () => {
	it.each([
		['a reply', event('reply_received', '2026-03-07 22:00')],
		['a wish to talk', event('human_requested', '2026-03-07 22:00')],
		['a cancellation', event('cancellation_requested', '2026-03-07 22:00')],
		['a P1 ticket', event('ticket_opened', '2026-03-07 22:00', { data: { severity: 'P1' } })],
		[
			'an urgent ticket',
			event('ticket_opened', '2026-03-07 22:00', { data: { priority: 'urgent' } }),
		],
	])(
		'%s on a Saturday night; then no automated mail until the case is resolved (P06)',
		(_what, help) => {
			const told = run({
				events: [created('2026-03-02 10:00'), help],
				sweeps: everyHours('2026-03-02 10:00', '2026-03-31 10:00'),
			});
			expect(diary(told).slice(3)).toEqual(['Sat 03-07 22:00 asked-for-help → team']);
			expect(touchStates(told)).toMatchObject({
				'first-results': 'lapsed caseOpen',
				// P08: the reason joins the case, no second one
				call: 'lapsed joinedCase',
			});
		},
	);

	it.each([
		[
			'an ordinary ticket',
			event('ticket_opened', '2026-03-04 12:00', { data: { severity: 'P3' } }),
		],
		['a ticket without a severity', event('ticket_opened', '2026-03-04 12:00')],
		['a click', event('email_clicked', '2026-03-04 12:00')],
		// P13
		[
			'an out-of-office notice',
			event('reply_received', '2026-03-04 12:00', { data: { automatic: true } }),
		],
	])('%s calls nobody', (_what, other) => {
		expect(
			hands({
				events: [created('2026-03-02 10:00'), other],
				sweeps: everyHours('2026-03-02 10:00', '2026-03-08 10:00'),
			}),
		).toEqual([]);
	});

	it('after the case is resolved automation goes on with what falls due then; what lapsed stays lapsed', () => {
		const told = run({
			events: [
				created('2026-03-02 10:00'),
				event('reply_received', '2026-03-03 10:00'),
				event('case_resolved', '2026-03-06 10:00'),
			],
			sweeps: everyHours('2026-03-02 10:00', '2026-03-18 10:00'),
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Tue 03-03 10:00 asked-for-help → team',
			'Mon 03-09 09:00 first-results → ada',
			'Mon 03-16 10:00 call → team',
		]);
	});

	it('a second reply joins the open case; one after it was resolved opens the next', () => {
		const replies = ['2026-03-03 10:00', '2026-03-03 12:00', '2026-03-05 12:00'];
		expect(
			hands({
				events: [
					created('2026-03-02 10:00'),
					event('case_resolved', '2026-03-04 10:00'),
					...replies.map((when) => event('reply_received', when)),
				],
				sweeps: everyHours('2026-03-02 10:00', '2026-03-08 10:00'),
			}),
		).toEqual(['Tue 03-03 10:00 asked-for-help → team', 'Thu 03-05 12:00 asked-for-help → team']);
	});

	it('an open P1 ticket that the account shows is raised once, and the next one after its case was resolved again', () => {
		const p1 = account({ support: { openP1: 1 } });
		const open = (now: number): boolean =>
			(now >= at('2026-03-03 10:00') && now < at('2026-03-05 10:00')) ||
			now >= at('2026-03-10 10:00');
		expect(
			hands({
				accounts: (now) => [open(now) ? p1 : account()],
				events: [created('2026-03-02 10:00'), event('case_resolved', '2026-03-05 10:00')],
				sweeps: everyHours('2026-03-02 10:00', '2026-03-14 10:00'),
			}),
		).toEqual(['Tue 03-03 10:00 asked-for-help → team', 'Tue 03-10 10:00 asked-for-help → team']);
	});

	it('also when the journey is over: a reply to the celebration', () => {
		const told = run({
			events: [
				created('2026-03-02 10:00'),
				event('first_value_reached', '2026-03-03 10:00'),
				event('reply_received', '2026-03-04 10:00'),
			],
			sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00'),
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Tue 03-03 10:00 celebrate → ada',
			'Tue 03-03 10:00 hand-over',
			'Wed 03-04 10:00 asked-for-help → team',
		]);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
		expect(told.decisions[0]?.end).toEqual([]);
	});

	it('also while the account is paused', () => {
		const told = run({
			accounts: [account({ pausedUntil: '2026-03-10' })],
			events: [created('2026-03-02 10:00'), event('reply_received', '2026-03-04 10:00')],
			sweeps: everyHours('2026-03-02 10:00', '2026-03-09 10:00'),
		});
		expect(diary(told)).toEqual(['Wed 03-04 10:00 asked-for-help → team']);
	});

	it('nobody who left as a customer is handed over', () => {
		const help = event('reply_received', '2026-03-04 10:00');
		const gone = [created('2026-03-02 10:00'), event('churned', '2026-03-03 10:00'), help];
		expect(hands({ events: gone })).toEqual([]);
	});

	it.each(['reply_received', 'human_requested', 'cancellation_requested'])(
		'%s of a customer whom the journey never took in: handed over all the same, once',
		(type) => {
			const events = [created('2026-01-02 10:00'), event(type, '2026-03-04 10:00')];
			const told = run({ events });
			expect(diary(told)).toEqual(['Wed 03-04 10:00 asked-for-help → team']);
			expect([...told.ledger.enrollments.values()]).toEqual([]);
		},
	);

	it('of such a customer nothing that was said before the journey went live counts, nor a ticket that stands open (P09)', () => {
		const old = [created('2026-01-02 10:00'), event('reply_received', '2026-02-28 10:00')];
		expect(hands({ events: old })).toEqual([]);
		const accounts = [account({ support: { openP1: 1 } })];
		expect(hands({ accounts, events: [created('2026-01-02 10:00')] })).toEqual([]);
	});

	it('and onboards them as ever when they become a customer later', () => {
		const told = run({
			events: [
				event('reply_received', '2026-03-02 10:00'),
				event('case_resolved', '2026-03-03 10:00'),
				created('2026-03-04 10:00'),
			],
		});
		expect(diary(told).slice(0, 2)).toEqual([
			'Mon 03-02 10:00 asked-for-help → team',
			'Wed 03-04 10:00 welcome → ada',
		]);
	});

	it('two journeys that never took them in make one case of it (P08)', () => {
		const ledger = new LedgerModel();
		const events = [event('cancellation_requested', '2026-03-04 10:00')];
		const never = {
			accounts: [account()],
			conditions: byFlags,
			events,
			ledger,
			sweeps: everyHours('2026-03-02 10:00', '2026-03-06 10:00'),
		};
		const help = (id: string) => journey([human('asked-for-help', { type: 'helpWanted' })], { id });
		const both = [help('first'), help('second')].flatMap(
			(one) => simulate({ ...never, journey: one }).sent,
		);
		expect(both.map(({ key }) => key)).toHaveLength(1);
	});
});

describe('nobody to write to (P12)', () => {
	const mute = account({ contacts: [contact('ada', 'admin', { unsubscribed: true })] });
	it('one human is asked at once, and only once; the call joins her case', () => {
		const told = run({ accounts: [mute], events: [created('2026-03-02 10:00')] });
		expect(diary(told)).toEqual(['Mon 03-02 10:00 reach-by-hand → team']);
		expect(touchStates(told).call).toBe('lapsed joinedCase');
	});

	it('a hand-over that nobody ever confirms is never given up: as often as the step allows, then once a day', () => {
		const told = run({
			accounts: [mute],
			events: [created('2026-03-02 10:00')],
			sweeps: everyHours('2026-03-02 10:00', '2026-03-05 10:00'),
			fate: () => 'lost',
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 reach-by-hand → team',
			'Mon 03-02 11:00 reach-by-hand → team',
			'Mon 03-02 12:00 reach-by-hand → team',
			'Tue 03-03 12:00 reach-by-hand → team',
			'Wed 03-04 12:00 reach-by-hand → team',
		]);
		expect(new Set(told.sent.map(({ key }) => key)).size).toBe(1);
		expect(touchStates(told)['reach-by-hand']).toBe('held waitsForHuman');
	});
});

describe('a hand-over whose address the server refuses for good', () => {
	const refusing = (names: string[], days = 4) =>
		run({
			accounts: [account({ csm: 'sam@vendor.example' })],
			events: [created('2026-03-02 10:00'), event('human_requested', '2026-03-03 10:00')],
			sweeps: everyHours('2026-03-02 10:00', `2026-03-0${String(2 + days)} 10:00`),
			fate: ({ channel, address }) =>
				channel === 'human' && names.some((name) => address.startsWith(name)) ? 'refused' : 'sent',
		});

	it('goes to the team instead', () => {
		expect(diary(refusing(['sam'])).slice(1)).toEqual([
			'Tue 03-03 10:00 asked-for-help → sam',
			'Tue 03-03 11:00 asked-for-help → team',
		]);
	});

	it('the team as well: it is tried again every day, and until then the account counts as nobody’s', () => {
		const told = refusing(['sam', 'team']);
		expect(diary(told).filter((line) => line.includes('help'))).toEqual([
			'Tue 03-03 10:00 asked-for-help → sam',
			'Tue 03-03 11:00 asked-for-help → team',
			'Wed 03-04 12:00 asked-for-help → team',
			'Thu 03-05 13:00 asked-for-help → team',
		]);
		expect(new Set(told.sent.map(({ key }) => key)).size).toBe(told.sent.length);
	});
});

describe('to sales (P30)', () => {
	const told = (over: Record<string, unknown>, fate: Story['fate'] = () => 'sent'): string[] =>
		diary(
			simulate({
				sweeps: everyHours('2026-03-02 10:00', '2026-03-03 12:00'),
				accounts: [account({ hot: true, csm: 'sam@vendor.example' })],
				journey: journey(
					[
						human('to-sales', { type: 'daysAfterStart', days: 0 }, { silences: 'thisJourney' }),
						human('task', { type: 'daysAfterStart', days: 0 }, { channel: 'alert', output: 3 }),
					],
					{ type: 'expansion', ...over },
				),
				conditions: byFlags,
				fate,
			}),
		);

	it('goes to the sales address, also where the account has a success manager; nothing else does', () => {
		expect(told({ sales: 'sales@vendor.example' })).toEqual([
			'Mon 03-02 10:00 to-sales → sales',
			'Mon 03-02 10:00 task → sam',
		]);
	});

	it('without one goes where all hand-overs go', () => {
		expect(told({})).toEqual(['Mon 03-02 10:00 to-sales → sam', 'Mon 03-02 10:00 task → sam']);
	});

	it('is not lost where that address refuses it', () => {
		const refuses: Story['fate'] = ({ address }) =>
			address.startsWith('sales') ? 'refused' : 'sent';
		expect(told({ sales: 'sales@vendor.example' }, refuses)).toContain(
			'Mon 03-02 11:00 to-sales → sam',
		);
	});
});
