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
	...compileCircumstances(options.readerOf, now, ZONE)(account),
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
	])('%j: %p', (account, expected) => {
		expect(of(account).inOnboarding).toBe(expected);
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
		[{ renewalDate: '2026-04-01', executiveSponsor: {} }, false],
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
	])('%j: %p', (usage, expected) => {
		expect(of({ usage }).weekChange).toBe(expected);
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
