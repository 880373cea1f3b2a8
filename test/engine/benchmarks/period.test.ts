import { closedPeriod, type PeriodUnit } from '../../../engine/benchmarks/period';

describe('the last closed period (P03)', () => {
	const NEW_YORK = 'America/New_York';
	test.each<
		[unit: PeriodUnit, now: string, zone: string, id: string, from: string, to: string, day: number]
	>([
		// a week ends with its Sunday, in the program's zone
		['week', '2026-03-02T04:59:00Z', NEW_YORK, '2026-W08', '2026-02-16', '2026-02-22', 7],
		['week', '2026-03-02T05:00:00Z', NEW_YORK, '2026-W09', '2026-02-23', '2026-03-01', 1],
		['week', '2026-03-05T12:00:00Z', NEW_YORK, '2026-W09', '2026-02-23', '2026-03-01', 4],
		// the clocks go forward on 8 March: still Monday to Sunday
		['week', '2026-03-09T03:59:00Z', NEW_YORK, '2026-W09', '2026-02-23', '2026-03-01', 7],
		['week', '2026-03-09T04:00:00Z', NEW_YORK, '2026-W10', '2026-03-02', '2026-03-08', 1],
		// the ISO year is not the calendar's
		['week', '2027-01-05T12:00:00Z', 'UTC', '2026-W53', '2026-12-28', '2027-01-03', 2],
		['month', '2026-02-28T22:59:00Z', 'Europe/Berlin', '2026-01', '2026-01-01', '2026-01-31', 28],
		['month', '2026-02-28T23:00:00Z', 'Europe/Berlin', '2026-02', '2026-02-01', '2026-02-28', 1],
		['quarter', '2026-03-31T12:00:00Z', 'UTC', '2025-Q4', '2025-10-01', '2025-12-31', 90],
		['quarter', '2026-04-10T12:00:00Z', 'UTC', '2026-Q1', '2026-01-01', '2026-03-31', 10],
	])('%s at %s in %s: %s', (unit, now, zone, id, from, to, day) => {
		expect(closedPeriod(unit, Date.parse(now), zone)).toMatchObject({ unit, id, from, to, day });
	});
});
