import { HUMAN_PRIORITY } from '../../../engine/journeys/priority';
import { ALWAYS_OPEN, byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	contact,
	diary,
	event,
	everyHours,
	simulate,
	touchStates,
	type Story,
} from './simulate';

const run = (steps: Parameters<typeof journey>[0], story: Partial<Story> = {}, over = {}) =>
	simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-04-06 10:00', 24),
		accounts: [account({ hot: true })],
		journey: journey(steps, over),
		conditions: byFlags,
		...story,
	});
const first = mail('first', { type: 'daysAfterStart', days: 0 });

describe('days after another step was sent', () => {
	const chain = [first, mail('second', { type: 'daysAfterStep', step: 'first', days: 3 })];
	it('counts from when it was really sent', () => {
		// day 0 is a Saturday: the first goes on Monday
		const told = run(chain, { sweeps: everyHours('2026-03-07 10:00', '2026-03-20 10:00', 24) });
		expect(diary(told)).toEqual([
			'Mon 03-09 10:00 first → ada',
			// Thursday's sweep comes 20 seconds short of three days, which no clock shows (P01)
			'Thu 03-12 10:00 second → ada',
		]);
	});

	it('never comes where the step before was not sent', () => {
		expect(diary(run(chain, { accounts: [account({ hot: true, 'not-first': true })] }))).toEqual(
			[],
		);
	});
});

describe('every so many days (P24, R35)', () => {
	const tips = [mail('tip', { type: 'everyDays', days: 14 })];
	it('counts local dates from the last that went', () => {
		expect(diary(run(tips))).toEqual([
			'Mon 03-02 10:00 tip 1 → ada',
			'Mon 03-16 10:00 tip 2 → ada',
			// the clocks have changed
			'Mon 03-30 11:00 tip 3 → ada',
		]);
	});

	it('counts no mail that bounced: the next person gets the next one (P24, P11)', () => {
		const bounced = event('bounced', '2026-03-03 11:00', {
			contact: 'Ada@acme.example',
			data: { hard: true },
		});
		const told = run(tips, {
			accounts: (now) => [
				account({
					hot: true,
					contacts: [
						contact('ada', 'admin', now < bounced.occurredAt ? {} : { status: 'bounced' }),
						contact('bob', 'user'),
					],
				}),
			],
			events: [bounced],
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 tip 1 → ada',
			'Wed 03-04 10:00 tip 2 → bob',
			'Wed 03-18 10:00 tip 3 → bob',
			'Wed 04-01 11:00 tip 4 → bob',
		]);
	});

	it('counts what went to an address that takes mail again after a bounce', () => {
		const bounced = event('bounced', '2026-03-03 11:00', { contact: 'ada@acme.example' });
		const told = run(tips, { accounts: [account({ hot: true })], events: [bounced] });
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 tip 1 → ada',
			'Wed 03-04 10:00 tip 2 → ada',
			'Wed 03-18 10:00 tip 3 → ada',
			'Wed 04-01 11:00 tip 4 → ada',
		]);
	});

	it('a mail that was put off on its way (a soft bounce) went, and counts', () => {
		const data = { hard: false };
		const soft = event('bounced', '2026-03-03 11:00', { contact: 'ada@acme.example', data });
		expect(diary(run(tips, { events: [soft] })).map((line) => line.slice(0, 9))).toEqual([
			'Mon 03-02',
			'Mon 03-16',
			'Mon 03-30',
		]);
	});

	it('what lapsed in an earlier episode was never sent: who comes in again does not wait for it', () => {
		const ledger = new LedgerModel();
		const openCase = { key: 'case/1/0', accountId: 'acme', since: 0, silences: HUMAN_PRIORITY };
		const told = run(
			tips,
			{
				ledger,
				accounts: (now) => {
					ledger.openCases = now < at('2026-03-04 00:00') ? [openCase] : [];
					const isOut = now > at('2026-03-04 00:00') && now < at('2026-03-06 00:00');
					return [account({ hot: !isOut, gone: isOut })];
				},
			},
			{ reEntry: { type: 'onReMatch' } },
		);
		expect(diary(told).slice(0, 2)).toEqual([
			'Fri 03-06 10:00 tip 1 → ada',
			'Fri 03-20 10:00 tip 2 → ada',
		]);
	});

	it('counts what did not bounce: of a bounce that names its touch that one alone, of one that passes none', () => {
		const usual = ['Mon 03-02', 'Mon 03-16', 'Mon 03-30'];
		const daysWith = (over: object): string[] => {
			const bounced = event('bounced', '2026-03-03 11:00', {
				contact: 'ada@acme.example',
				...over,
			});
			const told = run(tips, { accounts: [account({ hot: true })], events: [bounced] });
			return diary(told).map((line) => line.slice(0, 9));
		};
		expect(daysWith({ touch: 'another' })).toEqual(usual);
		expect(daysWith({ data: { data: { touch: 'another' } } })).toEqual(usual);
		expect(daysWith({ data: { data: { hard: false } } })).toEqual(usual);
		const [tip] = run(tips).sent;
		const again = ['Mon 03-02', 'Wed 03-04', 'Wed 03-18', 'Wed 04-01'];
		expect(daysWith({ touch: tip?.key })).toEqual(again);
	});

	it('never more often, though the account leaves and comes in again', () => {
		const told = run(
			tips,
			{
				accounts: (now) => [
					account({
						hot: now < at('2026-03-04 00:00') || now > at('2026-03-06 00:00'),
						gone: now > at('2026-03-04 00:00') && now < at('2026-03-06 00:00'),
					}),
				],
			},
			{ reEntry: { type: 'onReMatch' } },
		);
		expect(diary(told).map((line) => line.slice(0, 9))).toEqual([
			'Mon 03-02',
			'Mon 03-16',
			'Mon 03-30',
		]);
	});

	it('is not due while its conditions do not hold, and at once when they do', () => {
		const told = run(tips, {
			accounts: (now) => [account({ hot: true, 'not-tip': now < at('2026-03-05 00:00') })],
		});
		expect(diary(told)[0]).toBe('Thu 03-05 10:00 tip 1 → ada');
	});
});

it('when its conditions are met: on the first day, once', () => {
	const told = run([human('talk', { type: 'conditionsMet' })], {
		accounts: (now) => [
			account({
				hot: true,
				'not-talk': now < at('2026-03-05 00:00') || now > at('2026-03-08 00:00'),
			}),
		],
	});
	expect(diary(told)).toEqual(['Thu 03-05 10:00 talk → team']);
});

describe('no engagement with any outreach for 14 days (R41, P13, P20)', () => {
	const steps = [first, human('call', { type: 'noEngagement', days: 14 })];
	const calls = (events: Story['events'], over: object = { engagementReported: true }) =>
		diary(
			run(steps, { events, sweeps: everyHours('2026-03-02 10:00', '2026-03-31 11:00') }, over),
		).filter((line) => line.includes('call'));
	const key = 'own/1/acme/first/';
	const click = (data?: Record<string, unknown>) =>
		event('clicked', '2026-03-08 12:00', { touch: key, data });

	it('a human is called 14 days after the first message was sent', () => {
		expect(calls([])).toEqual(['Mon 03-16 10:00 call → team']);
	});
	it.each([
		['a click', click({ human: true })],
		['a click as a CRM tells it', click({ data: { human: true } })],
		['a booking', event('booked', '2026-03-08 12:00')],
		['an in-app answer', event('in_app_answered', '2026-03-08 12:00')],
	])('%s by anyone begins the 14 days anew', (_what, engaged) => {
		expect(calls([engaged])).toEqual(['Sun 03-22 12:00 call → team']);
	});
	it.each([
		['a scanner’s click', click({ human: true, automatic: true })],
		['a click that is told as no person’s', click({ human: false })],
		['the same within data', click({ data: { human: false } })],
		['a click of which nobody says whose it was', click()],
		['an open', event('opened', '2026-03-08 12:00', { touch: key })],
		['an unsubscribe', event('unsubscribed', '2026-03-08 12:00', { touch: key })],
		['a delivery', event('delivered', '2026-03-08 12:00', { touch: key })],
		['a sign-in to the product', event('signed_in', '2026-03-08 12:00')],
		[
			'an automatic reply',
			event('reply_received', '2026-03-08 12:00', { touch: key, data: { automatic: true } }),
		],
		[
			'a click on a mail of another journey',
			event('clicked', '2026-03-08 12:00', {
				touch: 'x/1/acme/y/',
				data: { human: true },
			}),
		],
		['a click before the episode', event('clicked', '2026-03-01 12:00', { data: { human: true } })],
	])('%s is no engagement', (_what, other) => {
		expect(calls([other])).toEqual(['Mon 03-16 10:00 call → team']);
	});
	it('where nothing is reported it is unknown, which is never taken for none', () => {
		expect(calls([], {})).toEqual([]);
	});
	it('without any message there is nothing to engage with', () => {
		const told = run(
			steps,
			{ accounts: [account({ hot: true, 'not-first': true })] },
			{ engagementReported: true },
		);
		expect(diary(told)).toEqual([]);
	});
});

it('days after the first message, in any channel (P20)', () => {
	const told = run([
		mail('in-app', { type: 'daysAfterStart', days: 1 }, { channel: 'inApp', output: 3 }),
		mail('offer', { type: 'daysAfterFirstMessage', days: 7 }),
	]);
	expect(diary(told)).toEqual(['Tue 03-03 10:00 in-app → ada', 'Tue 03-10 10:00 offer → ada']);
});

describe('what fell due while no sweep came (P26)', () => {
	const dated = (id: string, days: number, channel: 'email' | 'inApp') =>
		mail(id, { type: 'daysAfterStart', days }, { channel, output: channel === 'email' ? 1 : 3 });
	const late = [at('2026-03-02 10:00'), ...everyHours('2026-03-11 10:00', '2026-03-13 10:00')];

	it('is one message, whatever the channels', () => {
		const steps = [
			dated('mail-1', 1, 'email'),
			dated('app-3', 3, 'inApp'),
			dated('mail-6', 6, 'email'),
		];
		expect(diary(run(steps, { sweeps: late }))).toEqual(['Wed 03-11 10:00 mail-6 → ada']);
		const appLast = [dated('mail-1', 1, 'email'), dated('app-3', 3, 'inApp')];
		expect(diary(run(appLast, { sweeps: late }))).toEqual(['Wed 03-11 10:00 app-3 → ada']);
	});

	it('is one per channel where both belong to the same date', () => {
		const steps = [
			dated('mail-1', 1, 'email'),
			dated('mail-3', 3, 'email'),
			dated('app-3', 3, 'inApp'),
		];
		expect(diary(run(steps, { sweeps: late })).sort()).toEqual([
			'Wed 03-11 10:00 app-3 → ada',
			'Wed 03-11 10:00 mail-3 → ada',
		]);
	});
});

describe('a sweep that was missed (P26)', () => {
	const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((days) =>
		mail(`day-${String(days)}`, { type: 'daysAfterStart', days }, { staleAfterDays: 3 }),
	);
	it.each([1, 2, 7])(
		'for %d days: each due step at most once, only the latest, no burst',
		(days) => {
			const all = everyHours('2026-03-02 10:00', '2026-03-20 10:00');
			const gap = at('2026-03-03 12:00');
			const told = run(
				steps,
				{ sweeps: all.filter((time) => time < gap || time >= gap + days * 86_400_000) },
				{ sendingHours: ALWAYS_OPEN, capHours: 0 },
			);
			const times = told.sent.map((sent) => sent.at);
			expect(new Set(times).size).toBe(times.length);
			expect(new Set(told.sent.map(({ key }) => key)).size).toBe(told.sent.length);
			const states = touchStates(told);
			expect(Object.keys(states)).toHaveLength(steps.length);
			for (const state of Object.values(states))
				expect(state).toMatch(/^sent|^lapsed (superseded|stale)/);
		},
	);
});
