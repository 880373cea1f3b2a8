import { byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	created,
	DAY,
	diary,
	event,
	everyHours,
	simulate,
	standings,
	touchStates,
	type Story,
} from './simulate';

const hello = mail('hello', { type: 'daysAfterStart', days: 0 });
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00', 24),
		accounts: [account({ hot: true })],
		journey: journey([hello]),
		conditions: byFlags,
		...story,
	});
/** The account is hot on these days of March. */
const hotOn =
	(...days: number[]) =>
	(now: number) => [account({ hot: days.some((day) => isOn(now, day)) })];
const isOn = (now: number, day: number): boolean =>
	now >= at(`2026-03-${String(day).padStart(2, '0')} 00:00`) &&
	now < at(`2026-03-${String(day).padStart(2, '0')} 00:00`) + DAY;

describe('a journey that starts by conditions', () => {
	it('takes an account in on the day it meets them, once (never again)', () => {
		const told = run({ accounts: hotOn(5, 6, 9) });
		expect(diary(told)).toEqual(['Thu 03-05 10:00 hello → ada']);
	});

	it('again when it meets them again, not while it meets them all along', () => {
		const again = journey([hello], {
			reEntry: { type: 'onReMatch' },
			endAfterDays: 1,
		});
		expect(diary(run({ journey: again, accounts: hotOn(3, 4, 5, 6, 11, 12) }))).toEqual([
			'Tue 03-03 10:00 hello → ada',
			'Wed 03-11 10:00 hello → ada',
		]);
	});

	it('not because a human had it meanwhile: that is no other time (P19, P22)', () => {
		const again = journey([hello, human('reply', { type: 'helpWanted' })], {
			reEntry: { type: 'onReMatch' },
		});
		const told = run({
			journey: again,
			accounts: (now) => [account({ hot: !isOn(now, 12) })],
			conditions: (accounts) => ({
				...byFlags(accounts),
				exit: (_index, { caseOpen }) => caseOpen,
			}),
			events: [
				event('reply_received', '2026-03-04 12:00', { id: 'asks' }),
				event('case_resolved', '2026-03-06 12:00'),
			],
		});
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 hello → ada',
			'Thu 03-05 10:00 reply asks → team',
			'Fri 03-13 10:00 hello → ada',
		]);
	});

	it('at most so many times', () => {
		const twice = journey([hello], {
			reEntry: { type: 'onReMatch', atMost: 2 },
			endAfterDays: 1,
		});
		expect(diary(run({ journey: twice, accounts: hotOn(3, 6, 11, 13, 17) }))).toHaveLength(2);
	});

	it('after n days, while the conditions hold', () => {
		const weekly = journey([hello], {
			reEntry: { type: 'afterDays', days: 7 },
			endAfterDays: 1,
		});
		expect(diary(run({ journey: weekly }))).toEqual([
			'Mon 03-02 10:00 hello → ada',
			'Mon 03-09 10:00 hello → ada',
			'Mon 03-16 10:00 hello → ada',
		]);
	});
});

describe('go-live is a baseline, not a flood (P09)', () => {
	const careful = journey([hello], { atGoLive: 'baseline' });

	it('what already holds at the first sweep is listed once and not triggered', () => {
		const reasons: string[][] = [];
		const told = run({
			journey: careful,
			after: (_now, _ledger, [decision]) => {
				reasons.push([
					...(decision?.end ?? []).map(({ outcome = '' }) => outcome),
					...(decision?.reasons ?? []).map(({ code }) => code),
				]);
			},
		});
		expect(diary(told)).toEqual([]);
		expect(standings(told)).toEqual(['acme 0 ended baseline']);
		expect(reasons.slice(0, 3)).toEqual([
			['baseline', 'baseline'],
			['stillMatching'],
			['stillMatching'],
		]);
	});

	it('it is triggered when it comes again', () => {
		const told = run({ journey: careful, accounts: hotOn(2, 3, 5, 6) });
		expect(diary(told)).toEqual(['Thu 03-05 10:00 hello → ada']);
	});

	it('an account that was fine at the first sweep is triggered even an hour later', () => {
		const told = run({
			journey: careful,
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 14:00'),
			accounts: (now) => [account({ hot: now > at('2026-03-02 11:30') })],
		});
		expect(diary(told)).toEqual(['Mon 03-02 12:00 hello → ada']);
	});

	it('whom a human has at the first sweep is listed too, and not triggered when they are done (P22)', () => {
		const ledger = new LedgerModel();
		ledger.openCases = [{ key: 'case/1/0', accountId: 'acme', since: 0, silences: 1 }];
		const told = run({
			ledger,
			journey: journey([hello], { atGoLive: 'baseline', reEntry: { type: 'onReMatch' } }),
			conditions: (accounts) => ({
				...byFlags(accounts),
				exit: (_index, { caseOpen }) => caseOpen,
			}),
			after: (now) => {
				if (now > at('2026-03-06 00:00')) ledger.openCases = [];
			},
		});
		expect(diary(told)).toEqual([]);
	});

	it('a customer who is new after go-live is triggered at first sight', () => {
		const told = run({
			journey: careful,
			accounts: (now) => (now < at('2026-03-10 00:00') ? [] : [account({ hot: true })]),
		});
		expect(diary(told)).toEqual(['Tue 03-10 10:00 hello → ada']);
	});

	it('a dry run’s go-live is not the real one (P34)', () => {
		const ledger = new LedgerModel();
		run({ journey: careful, ledger, dry: true, accounts: hotOn(5) });
		const told = run({ journey: careful, ledger, accounts: hotOn(2) });
		expect(standings(told)).toContain('acme 0 ended baseline');
	});
});

describe('goal and exit are checked before each touch', () => {
	const two = journey([hello, mail('later', { type: 'daysAfterStart', days: 3 })]);
	it.each([
		['the goal', { done: true }, 'goal'],
		['an exit', { gone: true }, 'exit'],
	])('%s ends the journey, and what was to come lapses with it', (_what, flags, outcome) => {
		const told = run({
			journey: two,
			accounts: (now) => [account({ hot: true, ...(now >= at('2026-03-05 10:00') ? flags : {}) })],
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 hello → ada']);
		expect(standings(told)).toEqual([`acme 1 ended ${outcome}`]);
	});

	it('whoever has reached it already does not come in', () => {
		expect(
			standings(run({ journey: two, accounts: [account({ hot: true, done: true })] })),
		).toEqual([]);
	});

	it('while a mail is held over the weekend: it lapses', () => {
		const told = run({
			journey: two,
			sweeps: everyHours('2026-03-07 10:00', '2026-03-10 10:00', 24),
			accounts: (now) => [account({ hot: true, done: now >= at('2026-03-09 00:00') })],
		});
		expect(diary(told)).toEqual([]);
		expect(touchStates(told)).toEqual({ hello: 'lapsed ended' });
	});
});

describe('a journey that starts with first value', () => {
	const education = journey([hello], { start: { type: 'firstValue' }, endsAtFirstValue: false });
	it('begins on that day, and for a returning customer once more', () => {
		const told = run({
			journey: education,
			conditions: undefined,
			accounts: [account()],
			events: [
				created('2026-02-20 10:00'),
				event('first_value_reached', '2026-03-03 09:00'),
				event('customer_returned', '2026-03-09 09:00'),
				event('first_value_reached', '2026-03-10 09:00'),
			],
		});
		expect(diary(told)).toEqual(['Tue 03-03 10:00 hello → ada', 'Tue 03-10 10:00 hello → ada']);
	});
});

it('P32: a customer who has churned leaves every journey in the same sweep', () => {
	const told = run({ events: [event('churned', '2026-03-04 09:00')] });
	expect(standings(told)).toEqual(['acme 1 ended churned']);
});
