import {
	compileCircumstances,
	type Circumstances,
} from '../../../../engine/health/history/circumstances';
import { localDay } from '../../../../engine/health/history/localDay';
import { holdOfMany, holdOfOldUsage } from '../../../../engine/health/history/massHold';
import { options } from '../models';

const ZONE = 'Europe/Berlin';
const NOW = Date.parse('2026-03-02T09:00:00Z');
const of = (account: Record<string, unknown>, now = NOW): Circumstances => ({
	...compileCircumstances(options.readerOf, now, ZONE).of(account),
});

describe('onboarding (P18)', () => {
	it.each([
		[{ lifecycleStage: 'onboarding' }, true],
		[{ lifecycleStage: 'onboarding', createdAt: '2026-02-01' }, true],
		[{ lifecycleStage: 'onboarding', createdAt: '2026-01-31' }, false],
		[{ lifecycleStage: 'onboarding', createdAt: '2026-01-01', startedAt: '2026-02-20' }, true],
		[{ lifecycleStage: 'onboarding', setup: { firstValueAt: '2026-02-27' } }, false],
		[{ lifecycleStage: 'adopting', createdAt: '2026-03-01' }, false],
		[{ createdAt: '2026-03-01' }, true],
		[{ createdAt: '2026-03-01', setup: { firstValueAt: '2026-03-02' } }, false],
		[{ createdAt: '2025-03-01' }, false],
		[{}, false],
		[{ createdAt: '2026-02-25 00:00:00' }, true],
		[{ createdAt: Date.parse('2026-02-25') }, true],
		[{ createdAt: new Date('2026-02-25') }, true],
	])('%j: %p', (account, expected) => {
		expect(of(account).inOnboarding).toBe(expected);
	});

	it.each([
		['2026-03-02', false],
		['2026-02-27 10:00:00', false],
		[Date.parse('2026-02-27'), false],
		['yes', false],
		[true, false],
		// up to a day ahead is today elsewhere
		['2026-03-03T08:59:00Z', false],
		['2026-12-01', true],
		[false, true],
		['no', true],
		[0, true],
		['pending', true],
		['', true],
	])('with first value %j lasts: %p', (firstValueAt, lasts) => {
		const account = { lifecycleStage: 'onboarding', createdAt: '2026-02-25' };
		expect(of({ ...account, setup: { firstValueAt } }).inOnboarding).toBe(lasts);
	});
});

describe('a renewal without a sponsor (P28)', () => {
	const namesake = { name: 'Hana Harbor', email: 'hana.h@x.example', status: 'active' };
	const left = { name: 'Hana Harbor', email: 'hana@x.example', status: 'left' };
	it.each([
		[{ renewalDate: '2026-04-30' }, true],
		[{ renewalDate: '2026-05-01' }, false],
		[{ renewalDate: '2026-03-02' }, true],
		[{ renewalDate: '2026-03-01' }, false],
		[{ renewalDate: '2026-04-01', executiveSponsor: 'Hana Harbor' }, false],
		[{ renewalDate: '2026-04-01', executiveSponsor: ' ' }, true],
		[{ renewalDate: '2026-04-01', executiveSponsor: 'Hana Harbor', contacts: [left] }, true],
		[{ renewalDate: '2026-04-01', executiveSponsor: 'hana@x.example', contacts: [left] }, true],
		[{ renewalDate: '2026-04-01', executiveSponsor: 'Bo', contacts: [left, null, 7] }, false],
		[{ renewalDate: '2026-04-01', executiveSponsor: { name: ' ', email: '' } }, true],
		[
			{ renewalDate: '2026-04-01', executiveSponsor: { name: 'Hana Harbor' }, contacts: [left] },
			true,
		],
		[
			{
				renewalDate: '2026-04-01',
				executiveSponsor: { email: 'Hana@x.example' },
				contacts: [left],
			},
			true,
		],
		[{ renewalDate: '2026-04-01', executiveSponsor: { name: 'Bo' }, contacts: [left] }, false],
		// names are not unique, addresses are
		[
			{
				renewalDate: '2026-04-01',
				executiveSponsor: { name: 'Hana Harbor', email: 'other@x.example' },
				contacts: [left],
			},
			false,
		],
		[
			{ renewalDate: '2026-04-01', executiveSponsor: 'Hana Harbor', contacts: [left, namesake] },
			false,
		],
		[
			{
				renewalDate: '2026-04-01',
				executiveSponsor: { name: 'Hana Harbor', email: 'hana@x.example' },
				contacts: [left, namesake],
			},
			true,
		],
		[
			{
				renewalDate: '2026-04-01',
				executiveSponsor: 'Hana Harbor',
				contacts: [{ name: ' Hana Harbor ', status: 'left' }],
			},
			true,
		],
		[{ renewalDate: '2026-04-01', termMonths: 6 }, true],
		[{ renewalDate: '2026-04-01', termMonths: 5 }, false],
		[{ renewalDate: 'soon' }, false],
	])('%j: %p', (account, expected) => {
		expect(of(account).unsponsoredRenewal).toBe(
			expected ? localDay(Date.parse(`${account.renewalDate}T12:00Z`), ZONE) : NaN,
		);
	});
});

describe('a sponsor', () => {
	it.each([
		...[false, 0, '', ' ', null, 'no', 'None', 'false', '0', '-', 'TBD', 'n/a', [], [''], {}],
		...[{ name: '' }, { id: null }, { name: 'none' }, { email: 'n/a' }, [false, {}]],
	])('is nobody as %j', (executiveSponsor) => {
		const { unsponsoredRenewal } = of({ renewalDate: '2026-04-01', executiveSponsor });
		expect(unsponsoredRenewal).toBe(localDay(Date.parse('2026-04-01T12:00Z'), ZONE));
	});

	it.each([true, 'yes', 4711, ['Hana Harbor'], { id: 4711 }, [{}, { email: 'hana@x.example' }]])(
		'is somebody as %j',
		(executiveSponsor) => {
			expect(of({ renewalDate: '2026-04-01', executiveSponsor }).unsponsoredRenewal).toBeNaN();
		},
	);

	it.each(['2026-04-01 00:00:00', ' 2026-04-01', Date.UTC(2026, 3, 1), new Date('2026-04-01')])(
		'is asked for before a renewal on %j',
		(renewalDate) => {
			const day = localDay(Date.parse('2026-04-01T12:00Z'), ZONE);
			expect(of({ renewalDate }).unsponsoredRenewal).toBe(day);
			expect(of({ renewalDate, termMonths: '24' }).unsponsoredRenewal).toBe(day);
			expect(of({ renewalDate, termMonths: '5' }).unsponsoredRenewal).toBeNaN();
		},
	);
});

describe('what cannot be read', () => {
	it('is told by field, with how many accounts', () => {
		const read = compileCircumstances(options.readerOf, NOW, ZONE);
		const accounts: Record<string, unknown>[] = [
			{ renewalDate: '01.04.2026', termMonths: 'two years', startedAt: '12' },
			{ renewalDate: 'soon', setup: { firstValueAt: 'pending' } },
			{ usage: { events: -5, previousEvents: '1,000', asOf: '2026-04-01' } },
			{ usage: { asOf: '2026-04-01' }, createdAt: {} },
			{ renewalDate: '', termMonths: null, startedAt: 'n/a', usage: { asOf: ' ' } },
			{ renewalDate: '2026-04-01', termMonths: '12', usage: { events: 0, asOf: '2026-03-01' } },
			{ setup: { firstValueAt: 'no' } },
		];
		accounts.forEach((account) => read.of(account));
		expect(Object.fromEntries(read.unreadable)).toEqual({
			renewalDate: 2,
			termMonths: 1,
			startedAt: 1,
			createdAt: 1,
			'setup.firstValueAt': 1,
			'usage.events': 1,
			'usage.previousEvents': 1,
			'usage.asOf': 2,
		});
	});
});

describe('the change from week to week (P03)', () => {
	it.each([
		[{ events: 30, previousEvents: 50 }, 0.6],
		[{ events: '35', previousEvents: '50' }, 0.7],
		[{ events: 30, previousEvents: 49 }, NaN],
		[{ events: 30, previousEvents: 50, asOf: '2026-02-17' }, 0.6],
		[{ events: 30, previousEvents: 50, asOf: '2026-02-15' }, NaN],
		[{ events: 30 }, NaN],
		[{ previousEvents: 100 }, NaN],
		[{ events: 'x', previousEvents: 100 }, NaN],
		[{ events: 900, previousEvents: '1,000' }, NaN],
		[{ events: 900, previousEvents: 'abc' }, NaN],
		[{ events: 900, previousEvents: Infinity }, NaN],
		[{ events: -5, previousEvents: 100 }, NaN],
		[{ events: 0, previousEvents: 100 }, 0],
		// nobody can say that these are of the last closed week
		[{ events: 30, previousEvents: 50, asOf: 'last week' }, NaN],
		[{ events: 30, previousEvents: 50, asOf: '2026-03-09' }, NaN],
		[{ events: 30, previousEvents: 50, asOf: '' }, 0.6],
		[{ events: 30, previousEvents: 50, asOf: '2026-02-28 10:00:00' }, 0.6],
	])('%j: %p', (usage, expected) => {
		expect(of({ usage }).weekChange).toBe(expected);
	});
});

describe('when usage figures were made (P10)', () => {
	it.each([
		['2026-03-01', '2026-02-28T23:00Z'],
		['2026-03-01 10:00:00', '2026-03-01T09:00Z'],
		['2026-03-03T08:00:00Z', '2026-03-03T08:00Z'],
		['2026-03-03T10:00:00Z', undefined],
		['2030-01-01', undefined],
		['unknown', undefined],
		[null, undefined],
	])('is known from %j as %p', (asOf, at) => {
		expect(of({ usage: { asOf } }).usageAsOf).toBe(at === undefined ? NaN : Date.parse(at));
	});
});

describe('a local day', () => {
	it('begins at midnight in the zone of the program, also when clocks change', () => {
		const days = (zone: string, ...times: string[]): number[] => {
			const [first = NaN, ...others] = times.map((time) => localDay(Date.parse(time), zone));
			return others.map((day) => day - first);
		};
		// 29 March 2026 has 23 hours in Berlin, 25 October 25
		expect(
			days(
				ZONE,
				'2026-03-28T22:59Z',
				'2026-03-28T23:00Z',
				'2026-03-29T21:59Z',
				'2026-03-29T22:00Z',
			),
		).toEqual([1, 1, 2]);
		expect(days(ZONE, '2026-10-24T22:00Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z')).toEqual([
			0, 1,
		]);
		expect(days('Pacific/Auckland', '2026-03-01T10:59Z', '2026-03-01T11:00Z')).toEqual([1]);
	});
});

describe('what is held for all (P10)', () => {
	const hold = (triggered: number, scored: number, newest = NaN): string | undefined =>
		(holdOfMany({ triggered, scored }) ?? holdOfOldUsage({ triggered, scored }, newest, NOW, ZONE))
			?.why;

	it('is more than 20 % of the scored accounts, and at least 20', () => {
		expect(hold(20, 99)).toBe('implausibly_many');
		expect(hold(20, 100)).toBeUndefined();
		expect(hold(19, 19)).toBeUndefined();
		expect(hold(201, 1000)).toBe('implausibly_many');
		expect(holdOfMany({ triggered: 21, scored: 100 })?.text).toBe(
			'21 of 100 accounts would newly trigger today, which is more than 20 %: check the data first',
		);
	});

	it('is everything while the newest usage figures are older than 48 hours', () => {
		const hours = (count: number): number => NOW - count * 3_600_000;
		expect(hold(1, 100, hours(48))).toBeUndefined();
		expect(hold(1, 100, hours(48) - 1)).toBe('usage_too_old');
		// also when nobody triggers: a feed that stopped makes nobody drop
		expect(hold(0, 100, hours(100))).toBe('usage_too_old');
		expect(hold(0, 100)).toBeUndefined();
		expect(holdOfOldUsage({ triggered: 1, scored: 100 }, hours(72), NOW, ZONE)?.text).toBe(
			'The newest usage figures are of Fri 2026-02-27 10:00, more than 48 hours ago: check the feed first',
		);
	});
});
