import { heardIn } from '../../../engine/journeys/heard';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { ALWAYS_OPEN, byFlags, journey, mail } from './journeys';
import { account, at, diary, event, everyHours, simulate, type Story } from './simulate';

const invitation = mail('invitation', { type: 'daysAfterStart', days: 0 });
const reminder = mail(
	'reminder',
	{ type: 'daysBeforeDate', field: 'webinar', days: 1 },
	{ kind: 'service' },
);
const campaign = (id = 'own') =>
	journey([invitation, reminder], {
		id,
		type: 'campaign',
		start: { type: 'beforeDate', field: 'webinar', days: 14 },
		endAfterDays: 30,
		sendingHours: ALWAYS_OPEN,
	});
/** The webinar is on this date from this moment on. */
const on =
	(...dates: [from: string, date: string][]) =>
	(now: number) => {
		const date = dates.findLast(([from]) => at(`${from} 00:00`) <= now)?.[1];
		return [
			account({ webinar: date }),
			account({ accountId: 'beta', webinar: date, contacts: [] }),
		];
	};
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-03-01 10:00', '2026-05-10 10:00', 24),
		accounts: on(['2026-03-01', '2026-03-17']),
		journey: campaign(),
		...story,
	});

describe('one to many, by a date (R54, R60)', () => {
	it('is not sent twice, and nobody is told of anything', () => {
		const told = run({});
		expect(diary(told)).toEqual([
			'Tue 03-03 10:00 invitation → ada',
			'Mon 03-16 10:00 reminder → ada',
		]);
		expect(told.alarms).toEqual([]);
	});

	it('put off: what is not sent moves along, who was invited is not invited again, and operations hear of it once (P27)', () => {
		const told = run({ accounts: on(['2026-03-01', '2026-03-17'], ['2026-03-10', '2026-03-24']) });
		expect(diary(told)).toEqual([
			'Tue 03-03 10:00 invitation → ada',
			'Mon 03-23 10:00 reminder → ada',
		]);
		expect(told.alarms).toEqual([at('2026-03-10 10:00')]);
	});

	it.each([
		['that goes on has no reason to be outside', {}, undefined],
		['that ends at that very moment has', { done: true }, ['sameCampaign']],
	])('put off: an account %s', (_what, then, codes) => {
		const dates = on(['2026-03-01', '2026-03-17'], ['2026-03-10', '2026-03-24']);
		const { decisions } = run({
			sweeps: everyHours('2026-03-01 10:00', '2026-03-10 10:00', 24),
			accounts: (now) => {
				const [acme] = dates(now);
				return [account({ ...acme, hot: true, ...(now < at('2026-03-10 00:00') ? {} : then) })];
			},
			conditions: byFlags,
		});
		expect(decisions[0]?.outside?.map(({ code }) => code)).toEqual(codes);
	});

	it('the next webinar under the old id: nobody is invited, and operations are told once', () => {
		const told = run({ accounts: on(['2026-03-01', '2026-03-17'], ['2026-04-10', '2026-04-21']) });
		expect(diary(told)).toHaveLength(2);
		// a day later by the clock, which has been put forward
		expect(told.alarms).toEqual([at('2026-04-10 11:00')]);
	});

	it('under an id of its own it is another campaign', () => {
		const told = run({
			accounts: on(['2026-03-01', '2026-03-17'], ['2026-04-04', '2026-04-21']),
			journey: (now) => campaign(now < at('2026-04-04 00:00') ? 'own' : 'next'),
		});
		expect(diary(told)).toEqual([
			'Tue 03-03 10:00 invitation → ada',
			'Mon 03-16 10:00 reminder → ada',
			'Tue 04-07 11:00 invitation → ada',
			'Mon 04-20 11:00 reminder → ada',
		]);
		expect(told.alarms).toEqual([]);
	});

	it('a renewal whose date moves is no campaign: nobody is told', () => {
		const renewal = journey([invitation], {
			type: 'renewal',
			start: { type: 'beforeDate', field: 'webinar', days: 14 },
			endAfterDays: 30,
		});
		const told = run({
			journey: renewal,
			accounts: on(['2026-03-01', '2026-03-17'], ['2026-03-10', '2026-03-24']),
		});
		expect(told.alarms).toEqual([]);
	});
});

describe('what was heard in an episode', () => {
	const now = at('2026-03-20 10:00');
	const heard = (events: JourneyEvent[]): string[] =>
		heardIn(
			events,
			[{ key: 'own/1/acme/invitation/' }] as unknown as Parameters<typeof heardIn>[1],
			{ journey: 'own', anchorAt: at('2026-03-03 00:00'), now },
		);
	const registered = (over: Partial<JourneyEvent> = {}, local = '2026-03-05 12:00') =>
		event('webinar_registered', local, over);

	it('each type once, in order', () => {
		const told = [registered(), registered(), event('ticket_opened', '2026-03-06 12:00')];
		expect(heard(told)).toEqual(['ticket_opened', 'webinar_registered']);
	});

	it.each([
		['before it began', registered({}, '2026-03-02 12:00')],
		['that is yet to come', registered({}, '2026-03-21 12:00')],
		['of another campaign', registered({ data: { campaign: 'other' } })],
		['of a message of another journey', registered({ touch: 'other/1/acme/tip/1' })],
		['of a scanner', event('clicked', '2026-03-05 12:00', { data: { human: false } })],
		['that we wrote down ourselves', event('journey_date_noted', '2026-03-05 12:00')],
	])('not what was %s', (_what, one) => {
		expect(heard([one])).toEqual([]);
	});

	it.each([
		['names this campaign', registered({ data: { campaign: 'own' } })],
		['names one of its messages', registered({ touch: 'own/1/acme/invitation/' })],
		['names neither', registered()],
	])('what %s', (_what, one) => {
		expect(heard([one])).toEqual(['webinar_registered']);
	});
});
