import { byFlags, journey, mail } from './journeys';
import {
	began,
	customer,
	day,
	goLive,
	inPages,
	intervention,
	MINUTE,
	paged,
	type Page,
} from './pages';
import { at, DAY, diary, everyHours, HOUR, simulate, type Told } from './simulate';

/** P10: 20 % and at least 20 accounts in one sweep, or usage data older than 48 hours. */
const sweeps = everyHours('2026-03-02 10:00', '2026-03-05 10:00', 24);
const usual = { asOf: '2026-03-04' };

function run(hot: number, of: number, usage: object = usual): Told {
	return simulate({
		sweeps: sweeps.flatMap((time) => [time, time + HOUR]),
		accounts: (now) =>
			Array.from({ length: of }, (_nothing, index) =>
				customer(index, index < hot && now > (sweeps[1] ?? 0) + HOUR, { usage }),
			),
		journey: intervention,
		conditions: byFlags,
	});
}

it.each([
	['19 of 50: too few to be suspicious', 19, 50, 19],
	['20 of 100 are not more than 20 %', 20, 100, 20],
	['21 of 100', 21, 100, 0],
	['20 of 50', 20, 50, 0],
])('%s', (_what, hot, of, sent) => {
	const told = run(hot, of);
	expect(diary(told)).toHaveLength(sent);
	// on Wednesday and on Thursday, though two sweeps ran each day
	expect(told.alarms).toHaveLength(sent === 0 ? 2 : 0);
});

it('old usage data begin nothing; accounts without any are no sign of age', () => {
	expect(diary(run(5, 50, { asOf: '2026-02-20' }))).toEqual([]);
	expect(diary(run(5, 50, {}))).toHaveLength(5);
});

describe('a sweep that comes in pages', () => {
	it('of ten accounts each, where everybody triggers, is stopped in the second, with one alarm', () => {
		const told = inPages(paged(40, 10, () => true));
		expect(began(told)).toBe(10);
		expect(told.alarms).toEqual([at('2026-03-04 09:01')]);
	});

	it('or event by event is stopped as well', () => {
		const calm: Page = {
			at: day,
			accounts: Array.from({ length: 200 }, (_nothing, index) => customer(index, false)),
		};
		const events = Array.from({ length: 60 }, (_nothing, index) => ({
			at: day + (1 + index) * 10 * MINUTE,
			accounts: [customer(index, true)],
		}));
		const told = inPages([calm, ...events]);
		// 20 % of 200
		expect(began(told)).toBe(40);
		expect(told.alarms).toHaveLength(1);
	});

	it('and that comes back within the day counts as one: 15 % in the morning and 10 % in the afternoon', () => {
		const all = (hot: (index: number) => boolean) =>
			Array.from({ length: 200 }, (_nothing, index) => customer(index, hot(index)));
		const told = inPages([
			{ at: day, accounts: all((index) => index < 30) },
			{ at: day + 4 * HOUR, accounts: all((index) => index < 50) },
		]);
		expect(began(told)).toBe(30);
	});

	it('is left alone where 15 % trigger on a day, and on the next, though that one comes early', () => {
		const first = (index: number): boolean => index % 20 < 3;
		const second = (index: number): boolean => first(index) || (index % 20 > 2 && index % 20 < 6);
		const told = inPages([
			...paged(20, 20, first),
			...paged(20, 20, second, day + DAY - 30 * MINUTE),
		]);
		expect(began(told)).toBe(120);
		expect(told.alarms).toEqual([]);
	});

	it('goes on once the data are mended: who was held and does not trigger any more counts no longer', () => {
		const told = inPages([
			...paged(10, 20, () => true),
			...paged(10, 20, (index) => index === 190, day + HOUR),
		]);
		expect([...told.ledger.enrollments.keys()].some((key) => key.includes('/a190/1'))).toBe(true);
	});

	it('counts nobody whom it was told to take at go-live', () => {
		const enroll = journey([mail('hello', { type: 'daysAfterStart', days: 0 })]);
		const told = simulate({
			sweeps: [goLive, goLive + 23 * HOUR, goLive + 25 * HOUR],
			accounts: (now) =>
				Array.from({ length: 50 }, (_nothing, index) =>
					customer(index, now < goLive + 25 * HOUR ? index < 40 : true),
				),
			journey: enroll,
			conditions: byFlags,
		});
		expect(began(told)).toBe(50);
	});
});
