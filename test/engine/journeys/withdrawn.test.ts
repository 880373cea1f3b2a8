import { ALWAYS_OPEN, byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	touchStates,
} from './simulate';

/** P01, P27: a step that is due no longer is not written off; it comes when it falls due again. */

const FIELD = 'renewalDate';
const before = (days: number) => ({ type: 'daysBeforeDate', field: FIELD, days }) as const;
const MAILS = [mail('summary', before(90)), mail('reminder', before(60))];
const RULES = {
	id: 'renewal',
	type: 'renewal',
	start: { type: 'beforeDate', field: FIELD, days: 90 },
	endAfterDays: 120,
} as const;
const renewal = journey(MAILS, RULES);
/** T-60 of 3 June is Saturday 4 April; 40 days later it is Thursday 14 May. */
const moved = (from: string, to: string | undefined) => (now: number) => [
	account({ renewalDate: now < at(`2026-${from} 00:00`) ? '2026-06-03' : to }),
];

describe('a message that is held when its date moves later (P27)', () => {
	it('goes once, at its new time', () => {
		const states: string[] = [];
		const told = simulate({
			sweeps: everyHours('2026-03-01 10:00', '2026-07-01 10:00', 24),
			accounts: moved('04-05', '2026-07-13'),
			journey: renewal,
			after: (now, ledger) => {
				if (now >= at('2026-04-04 00:00') && now < at('2026-04-08 00:00'))
					states.push(touchStates({ ledger }).reminder ?? '');
			},
		});
		expect(diary(told)).toEqual([
			'Thu 03-05 10:00 summary → ada',
			'Thu 05-14 11:00 reminder → ada',
		]);
		expect(states).toEqual([
			'held sendingHours',
			'withdrawn noLongerDue',
			'withdrawn noLongerDue',
			'withdrawn noLongerDue',
		]);
	});

	it('is written down once, however many sweeps see it so', () => {
		const notes: number[] = [];
		simulate({
			sweeps: everyHours('2026-04-04 10:00', '2026-04-12 10:00', 6),
			accounts: moved('04-05', '2026-07-13'),
			journey: renewal,
			after: (_now, _ledger, [decision]) => notes.push(decision?.notes.length ?? 0),
		});
		// summary superseded and reminder held; then the reminder withdrawn; then nothing new
		expect(notes.filter((count) => count > 0)).toEqual([2, 1]);
	});

	it('goes when the date comes back that was lost for a day', () => {
		const told = simulate({
			sweeps: everyHours('2026-04-04 10:00', '2026-04-08 10:00', 6),
			accounts: (now) => [
				account({
					renewalDate:
						now > at('2026-04-05 00:00') && now < at('2026-04-06 12:00') ? undefined : '2026-06-03',
				}),
			],
			journey: renewal,
		});
		expect(diary(told)).toEqual(['Mon 04-06 16:00 reminder → ada']);
	});

	it('lapses when the episode ends', () => {
		const told = simulate({
			sweeps: everyHours('2026-04-04 10:00', '2026-04-09 10:00', 6),
			accounts: moved('04-05', '2026-07-13'),
			journey: renewal,
			events: [event('renewed', '2026-04-07 10:00')],
		});
		expect(touchStates(told).reminder).toBe('lapsed ended');
		expect(standings(told)).toEqual(['acme 1 ended renewed']);
	});
});

describe('a message that was written off for one date, and the date moves later (P27)', () => {
	/** On T-60, a Tuesday, the account does not meet the step's conditions. */
	const story = (to: string) =>
		simulate({
			sweeps: everyHours('2026-03-05 10:00', '2026-07-01 10:00', 24),
			accounts: (now) => [
				account({
					hot: true,
					renewalDate: now < at('2026-04-20 00:00') ? '2026-06-06' : to,
					'not-reminder': now < at('2026-04-10 00:00'),
				}),
			],
			journey: renewal,
			conditions: byFlags,
		});

	it('is not sent, so it moves as well', () => {
		expect(diary(story('2026-07-13'))).toEqual([
			'Mon 03-09 10:00 summary → ada',
			'Thu 05-14 11:00 reminder → ada',
		]);
	});

	it.each(['2026-06-06', '2026-05-25'])('stays written off when the date is %s', (to) => {
		expect(diary(story(to))).toEqual(['Mon 03-09 10:00 summary → ada']);
	});

	it('stays so for that date while a human has the account, though the case is resolved later (P06)', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-05 10:00', '2026-07-01 10:00', 24),
			// T-60 moves from 4 to 11 April
			accounts: moved('04-06', '2026-06-10'),
			journey: journey([...MAILS, human('asked-for-help', { type: 'helpWanted' })], RULES),
			events: [
				event('reply_received', '2026-03-20 10:00'),
				event('case_resolved', '2026-04-20 10:00'),
			],
		});
		expect(diary(told)).toEqual([
			'Thu 03-05 10:00 summary → ada',
			'Fri 03-20 10:00 asked-for-help → team',
		]);
		expect(touchStates(told).reminder).toBe('lapsed caseOpen');
	});

	it('a change of the time zone is no move', () => {
		const told = simulate({
			sweeps: everyHours('2026-04-06 10:00', '2026-04-20 10:00', 24),
			accounts: (now) => [
				account({
					hot: true,
					renewalDate: '2026-06-05',
					timezone: now < at('2026-04-08 00:00') ? 'Asia/Tokyo' : 'America/Los_Angeles',
					'not-reminder': now < at('2026-04-08 00:00'),
				}),
			],
			journey: renewal,
			conditions: byFlags,
		});
		expect(touchStates(told).reminder).toBe('lapsed conditionsNotMet');
	});
});

describe('a held message', () => {
	const hot = [account({ hot: true })];

	it('of a step that is removed and put back goes then', () => {
		const both = [
			mail('hello', { type: 'daysAfterStart', days: 0 }),
			mail('other', { type: 'daysAfterStart', days: 50 }),
		];
		const told = simulate({
			sweeps: everyHours('2026-03-07 10:00', '2026-03-12 10:00', 6),
			accounts: hot,
			journey: (now) =>
				now > at('2026-03-08 00:00') && now < at('2026-03-10 00:00')
					? journey(both.slice(1))
					: journey(both),
			conditions: byFlags,
			after: (now, ledger) => {
				if (now === at('2026-03-09 10:00'))
					expect(touchStates({ ledger })).toEqual({
						hello: 'withdrawn stepRemoved',
					});
			},
		});
		expect(diary(told)).toEqual(['Tue 03-10 10:00 hello → ada']);
	});

	it('of a step whose days are put off goes on the new day', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-07 10:00', '2026-03-20 10:00', 6),
			accounts: hot,
			journey: (now) =>
				journey([
					mail('hello', { type: 'daysAfterStart', days: now < at('2026-03-08 00:00') ? 0 : 5 }),
				]),
			conditions: byFlags,
		});
		expect(diary(told)).toEqual(['Thu 03-12 10:00 hello → ada']);
	});

	it.each([
		['when its conditions are met', { type: 'conditionsMet' }, ['hello']],
		['every so many days', { type: 'everyDays', days: 14 }, ['hello 1', 'hello 2']],
	] as const)('due %s goes when they waver meanwhile and hold again', (_what, when, expected) => {
		const told = simulate({
			sweeps: everyHours('2026-03-07 10:00', '2026-03-28 10:00', 6),
			accounts: (now) => [
				account({
					hot: true,
					'not-hello': now > at('2026-03-08 00:00') && now < at('2026-03-10 00:00'),
				}),
			],
			journey: journey([mail('hello', when)]),
			conditions: byFlags,
		});
		expect(diary(told).map((line) => line.split(' ').slice(0, -2).join(' '))).toEqual(
			expected.map((step, index) => `Tue 03-${String(10 + 14 * index)} 10:00 ${step}`),
		);
	});

	it('that is withdrawn keeps nobody waiting at the address (P05)', () => {
		const ledger = new LedgerModel();
		simulate({
			ledger,
			sweeps: [at('2026-03-07 10:00'), at('2026-03-08 10:00')],
			accounts: (now) => [account({ hot: true, 'not-hello': now > at('2026-03-08 00:00') })],
			journey: journey([mail('hello', { type: 'conditionsMet' })], { id: 'first' }),
			conditions: byFlags,
		});
		expect([...ledger.touches.values()].map(({ state }) => state)).toEqual(['withdrawn']);
		const told = simulate({
			ledger,
			sweeps: [at('2026-03-08 11:00')],
			accounts: hot,
			journey: journey([mail('tip', { type: 'daysAfterStart', days: 0 })], {
				type: 'education',
				sendingHours: ALWAYS_OPEN,
			}),
			conditions: byFlags,
		});
		expect(diary(told)).toEqual(['Sun 03-08 11:00 tip → ada']);
	});
});
