import { ALWAYS_OPEN, byFlags, human, journey, mail } from './journeys';
import {
	account,
	at,
	DAY,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	touchStates,
	type Story,
} from './simulate';

/** T-90 of 2026-06-01 is Tuesday 3 March. */
const FIELD = 'renewalDate';
const before = (days: number) => ({ type: 'daysBeforeDate', field: FIELD, days }) as const;
const renewal = journey(
	[
		mail('summary', before(90)),
		mail('reminder', before(60)),
		mail('last', before(30)),
		human('passed', { type: 'daysAfterDate', field: FIELD, days: 1 }, { channel: 'alert' }),
	],
	{
		id: 'renewal',
		type: 'renewal',
		start: { type: 'beforeDate', field: FIELD, days: 90 },
		endAfterDays: 120,
	},
);
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-02-20 10:00', '2026-07-20 10:00', 24),
		accounts: [account({ renewalDate: '2026-06-01' })],
		journey: renewal,
		...story,
	});
/** The date until a day of 2026, and from then on. */
const moved = (until: string, first: string, then: string | undefined) => (now: number) => [
	account({ renewalDate: now < at(`2026-${until} 00:00`) ? first : then }),
];

describe('a journey that starts before a date (P25)', () => {
	it('begins 90 days before, and tells of the date that passed the next day (P27)', () => {
		expect(diary(run({}))).toEqual([
			'Tue 03-03 10:00 summary → ada',
			// the sweep comes every 24 hours, and the clocks have changed
			'Thu 04-02 11:00 reminder → ada',
			// 2 May is a Saturday
			'Mon 05-04 11:00 last → ada',
			'Tue 06-02 11:00 passed → team',
		]);
	});

	it('is entered late at the latest step due only (P09, P26)', () => {
		const late = run({ sweeps: everyHours('2026-05-11 10:00', '2026-05-20 10:00', 24) });
		expect(diary(late)).toEqual(['Mon 05-11 10:00 last → ada']);
		expect(touchStates(late)).toMatchObject({
			summary: 'lapsed superseded',
			reminder: 'lapsed superseded',
		});
	});

	it('sends no reminder after the date, however late the sweep', () => {
		const told = run({ sweeps: everyHours('2026-06-03 10:00', '2026-06-20 10:00', 24) });
		expect(diary(told)).toEqual(['Wed 06-03 10:00 passed → team']);
	});

	it('an account without the date, or whose date is long past, is not taken', () => {
		for (const renewalDate of [undefined, '2025-11-01'])
			expect(standings(run({ accounts: [account({ renewalDate })] }))).toEqual([]);
	});
});

describe('a date that moves (P27)', () => {
	it.each([
		['earlier', '2026-05-15', ['Tue 03-03 10:00 summary → ada', 'Mon 03-16 10:00 reminder → ada']],
		['later by 180 days', '2026-11-28', ['Tue 03-03 10:00 summary → ada']],
	])('%s is the same cycle: sent stays sent, unsent moves', (_what, then, expected) => {
		const told = run({
			accounts: moved('03-10', '2026-06-01', then),
			sweeps: everyHours('2026-03-01 10:00', '2026-04-01 10:00', 24),
		});
		expect(diary(told)).toEqual(expected);
		expect(standings(told)).toEqual(['acme 1 active']);
	});

	it('by at most 180 days each time it is the same cycle as often as it moves', () => {
		const told = run({
			accounts: (now) => [
				account({
					renewalDate:
						now < at('2026-03-10 00:00')
							? '2026-06-01'
							: now < at('2026-03-20 00:00')
								? '2026-10-01'
								: '2027-02-01',
				}),
			],
			sweeps: everyHours('2026-03-01 10:00', '2026-04-01 10:00', 24),
		});
		expect(standings(told)).toEqual(['acme 1 active']);
	});

	it('later by more closes it, and the next begins at the new T-90', () => {
		const told = run({
			accounts: moved('04-10', '2026-06-01', '2027-06-01'),
			sweeps: everyHours('2026-03-01 10:00', '2027-03-10 10:00', 24),
		});
		expect(diary(told).filter((line) => line.includes('summary'))).toEqual([
			'Tue 03-03 10:00 summary → ada',
			'Wed 03-03 10:00 summary → ada',
		]);
		expect(standings(told)).toEqual(['acme 1 ended dateMoved', 'acme 2 active']);
	});

	it('a renewal closes it though the date stands still, and no second cycle runs for that date', () => {
		const told = run({ events: [event('renewed', '2026-04-20 10:00')] });
		expect(diary(told)).toEqual([
			'Tue 03-03 10:00 summary → ada',
			'Thu 04-02 11:00 reminder → ada',
		]);
		expect(standings(told)).toEqual(['acme 1 ended renewed']);
	});

	it('a date that is lost for a week changes nothing', () => {
		const told = run({
			accounts: (now) => [
				account({
					renewalDate:
						now >= at('2026-03-10 00:00') && now < at('2026-03-17 00:00')
							? undefined
							: '2026-06-01',
				}),
			],
		});
		expect(diary(told)).toHaveLength(4);
		expect(standings(told)).toEqual(['acme 1 ended timeUp']);
	});
});

it('a date anywhere in the account, and one that is no date', () => {
	const nested = journey(
		[mail('ask', { type: 'daysBeforeDate', field: 'contract.reviewOn', days: 7 })],
		{ start: { type: 'customerCreated' } },
	);
	const on = (reviewOn: unknown) =>
		diary(
			run({
				journey: nested,
				accounts: [account({ createdAt: '2026-02-20', contract: { reviewOn } })],
				sweeps: everyHours('2026-02-20 10:00', '2026-03-20 10:00', 24),
			}),
		);
	expect(on('2026-03-17')).toEqual(['Tue 03-10 10:00 ask → ada']);
	expect(on('soon')).toEqual([]);
	expect(on(20260317)).toEqual([]);
});

describe('months after a date are calendar months, clamped to the last day of the month (P01)', () => {
	it.each([
		['2024-02-29', 12, 0, '2025-02-28'],
		['2025-03-09', 12, 0, '2026-03-09'],
		['2025-08-31', 6, 1, '2026-03-01'],
	])('%s and %i months and %i days: from %s on', (from, months, days, then) => {
		const year = mail('year', { type: 'daysAfterDate', field: 'since', months, days });
		const told = simulate({
			sweeps: everyHours(`${then} 09:30`, `${then} 10:30`)
				.flatMap((time) => [time - DAY, time])
				.sort(),
			accounts: [account({ since: from, hot: true })],
			journey: journey([year], { sendingHours: ALWAYS_OPEN }),
			conditions: byFlags,
		});
		expect(told.sent.map(({ at: time, step }) => [time, step])).toEqual([
			[at(`${then} 09:30`), 'year'],
		]);
	});
});
