import { DateTime } from 'luxon';
import { capsOf, freeAt } from '../../../engine/journeys/caps';
import { ALWAYS_OPEN, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import { account, at, contact, DAY, simulate, ZONE } from './simulate';

/** P04: marketing waits for seven local dates of whoever gets it, wherever the journey is run from. */
const HONOLULU = 'Pacific/Honolulu';
const KIRITIMATI = 'Pacific/Kiritimati';
const tips = (over: object = {}) =>
	journey([mail('tip', { type: 'everyDays', days: 1 })], {
		id: 'tips',
		type: 'education',
		sendingHours: ALWAYS_OPEN,
		...over,
	});
const onlyDates = tips({ capHours: 0 });

const TABLE: [string, string, string, string][] = [
	['late in the evening', ZONE, '2026-03-02 23:30', '2026-03-09 00:00'],
	['early in the morning', ZONE, '2026-03-02 00:10', '2026-03-09 00:00'],
	['over the night that is an hour short', ZONE, '2026-03-27 12:00', '2026-04-03 00:00'],
	['over the night that is an hour long', ZONE, '2026-10-22 12:00', '2026-10-29 00:00'],
	['where the day ends last', HONOLULU, '2026-03-02 23:30', '2026-03-09 00:00'],
	['where the day ends first', KIRITIMATI, '2026-03-02 23:30', '2026-03-09 00:00'],
];

describe.each(TABLE)('after a mail %s in %s', (_what, zone, went, free) => {
	const last = { any: at(went, zone), notDigest: at(went, zone), education: -Infinity };

	it('marketing is free from the start of the seventh local date on', () => {
		expect(freeAt(onlyDates, 'marketing', zone, last)).toBe(at(free, zone));
	});

	it('the claim counts it until that very moment', () => {
		const since = (now: number) => capsOf(onlyDates, 'marketing', zone, now)[0]?.since ?? 0;
		expect(since(at(free, zone) - 1)).toBeLessThanOrEqual(last.any);
		expect(since(at(free, zone))).toBeGreaterThan(last.any);
		// what is counted begins with a local date
		expect(DateTime.fromMillis(since(at(free, zone)), { zone }).toFormat('HH:mm')).toBe('00:00');
	});
});

it('what is decided, and what is checked at the claim, goes by the date where the recipient is', () => {
	// the account is in Berlin, the admin in Honolulu: 3 March begins there at 11:00 in Berlin
	const accounts = [account({ contacts: [contact('ada', 'admin', { timezone: HONOLULU })] })];
	const ledger = new LedgerModel();
	const run = (local: string) => {
		const told = simulate({
			ledger,
			accounts,
			journey: tips(),
			sweeps: [at(local, HONOLULU)],
			after: (_now, _ledger, [decision]) => {
				for (const { caps } of decision?.touches ?? []) sinces.push(caps.map(({ since }) => since));
			},
		});
		return told.sent.length;
	};
	const sinces: number[][] = [];
	expect(run('2026-03-02 20:00')).toBe(1);
	expect(run('2026-03-08 23:59')).toBe(0);
	expect(run('2026-03-09 00:01')).toBe(1);
	expect(sinces[1]).toEqual([
		at('2026-03-09 00:01', HONOLULU) - DAY + 1,
		at('2026-03-03 00:00', HONOLULU),
		// a tip each day: none on this date so far (P24)
		at('2026-03-09 00:00', HONOLULU),
	]);
});
