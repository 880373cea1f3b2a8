import type { JourneyEvent } from '../../../engine/journeys/memory';
import { keyMoment } from '../../../engine/journeys/moments';
import { foldProgress } from '../../../engine/journeys/progress';
import { quarterTurn } from '../../../engine/journeys/quarterTurn';
import { journey, mail } from './journeys';
import { account, at, DAY, event, ZONE } from './simulate';

const any = journey([mail('ask', { type: 'daysAfterStart', days: 0 })], { type: 'survey' });
const momentOn = (
	local: string,
	facts: Record<string, unknown> = {},
	events: JourneyEvent[] = [],
	settings = any,
): string | undefined => {
	const now = at(local);
	const one = account({ usage: { lastActiveAt: '2026-03-01' }, ...facts });
	const progress = foldProgress(one, events, any, ZONE, now);
	return keyMoment({ account: one, progress, events, zone: ZONE, now, settings });
};

describe('key moments at which a customer is asked (R57)', () => {
	const value = [event('first_value_reached', '2026-02-02 11:00')];
	it.each([
		['2026-03-04 10:59', undefined],
		['2026-03-04 11:00', 'firstValue'],
		['2026-03-18 10:59', 'firstValue'],
		['2026-03-18 11:00', undefined],
	])('30 days after first value, for 14 days: %s', (local, moment) => {
		expect(momentOn(local, {}, value)).toBe(moment);
	});

	it.each(['case_resolved', 'ticket_closed'])('a week after %s, the last one', (type) => {
		const closed = [event(type, '2026-03-02 12:00'), event(type, '2026-03-05 12:00')];
		expect(momentOn('2026-03-12 11:59', {}, closed)).toBeUndefined();
		expect(momentOn('2026-03-12 12:00', {}, closed)).toBe('caseClosed');
		expect(momentOn('2026-03-26 12:00', {}, closed)).toBeUndefined();
	});

	it('of two, the later one', () => {
		const closed = event('ticket_closed', '2026-02-27 12:00');
		expect(momentOn('2026-03-05 12:00', {}, [...value, closed])).toBe('firstValue');
		expect(momentOn('2026-03-06 12:00', {}, [...value, closed])).toBe('caseClosed');
	});

	it.each([
		['24 months', { termMonths: 24, renewalDate: '2027-03-10' }, '2026-03-10'],
		['6 months', { termMonths: 6, renewalDate: '2026-06-10' }, '2026-03-10'],
		['9 months: four and a half', { termMonths: 9, renewalDate: '2026-07-25' }, '2026-03-10'],
		['18 months', { termMonths: 18, renewalDate: '2026-12-10' }, '2026-03-10'],
	])('half-way through a term of %s', (_what, facts, day) => {
		expect(momentOn(`${day} 00:00`, facts)).toBe('midTerm');
		const before = new Date(at(`${day} 00:00`) - DAY).toISOString().slice(0, 10);
		expect(momentOn(`${before} 22:00`, facts)).toBeUndefined();
	});

	it.each([
		[
			'a year, whose half the renewal survey asks at (P28)',
			{ termMonths: 12, renewalDate: '2026-09-10' },
		],
		['a month', { termMonths: 1, renewalDate: '2026-03-25' }],
		['unknown length', { renewalDate: '2026-09-10' }],
	])('not half-way through a term of %s', (_what, facts) => {
		expect(momentOn('2026-03-10 12:00', facts)).toBeUndefined();
	});

	it('not half-way where nobody uses it: a date alone is no reason (R80)', () => {
		const half = { termMonths: 24, renewalDate: '2027-03-10' };
		expect(momentOn('2026-03-10 12:00', { ...half, usage: { lastActiveAt: '2026-02-08' } })).toBe(
			'midTerm',
		);
		expect(
			momentOn('2026-03-10 12:00', { ...half, usage: { lastActiveAt: '2026-02-07' } }),
		).toBeUndefined();
		expect(momentOn('2026-03-10 12:00', { ...half, usage: {} })).toBeUndefined();
	});

	it('each number is a setting', () => {
		const sooner = { momentAfterFirstValue: 7, momentAfterCase: 1, momentDays: 2 };
		const ask = (local: string, events: JourneyEvent[]) =>
			momentOn(local, {}, events, { ...any, ...sooner });
		expect(ask('2026-02-09 11:00', value)).toBe('firstValue');
		expect(ask('2026-02-11 11:00', value)).toBeUndefined();
		expect(ask('2026-03-03 12:00', [event('ticket_closed', '2026-03-02 12:00')])).toBe(
			'caseClosed',
		);
	});
});

describe('the turn of a quarter (R12, R81)', () => {
	const ids = Array.from({ length: 1100 }, (_none, place) => `account-${String(place)}`);
	/** The day of the quarter on which each account's turn comes, counted from 0. */
	const turns = (from: string, some = ids): number[] => {
		const noon = at(`${from} 12:00`);
		return some.map((id) => {
			for (let day = 0; day < 92; day++)
				if (quarterTurn('touch', id, ZONE, noon + day * DAY)) return day;
			return -1;
		});
	};

	it.each(['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01', '2027-01-01', '2029-01-01'])(
		'comes once in the quarter from %s, on a weekday, with days before it and time left after it',
		(from) => {
			const days = turns(from, ids.slice(0, 110));
			expect(Math.min(...days)).toBeGreaterThanOrEqual(7);
			expect(Math.max(...days)).toBeLessThanOrEqual(90 - 3);
			const noon = at(`${from} 12:00`);
			const weekdays = days.map((day) => new Date(noon + day * DAY).getUTCDay());
			expect(weekdays.every((weekday) => weekday >= 1 && weekday <= 5)).toBe(true);
		},
	);

	it('is spread evenly: of 1,100 accounts at most 40 on one day, where 20 would be exactly even', () => {
		const counts = new Map<number, number>();
		for (const day of turns('2026-04-01')) counts.set(day, (counts.get(day) ?? 0) + 1);
		expect(counts.size).toBe(55);
		expect(Math.max(...counts.values())).toBeLessThanOrEqual(40);
	});

	it('holds until the quarter ends, and begins anew with the next, by the local date', () => {
		const [last, next] = [at('2026-06-30 23:59'), at('2026-07-01 00:00')];
		const ended = ids.map((id) => quarterTurn('touch', id, ZONE, last));
		const begun = ids.map((id) => quarterTurn('touch', id, ZONE, next));
		expect([new Set(ended), new Set(begun)]).toEqual([new Set([true]), new Set([false])]);
	});
});
