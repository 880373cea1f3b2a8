import { onceADay } from '../../../../engine/health/history/massHold';

/** P10: one alarm a local day; both zones are an hour and more away from UTC, on either side. */
it.each([
	['Europe/Berlin', '2026-03-02T22:59:59Z', '2026-03-02T23:00:00Z', '2026-03-03T22:59:59Z'],
	['Europe/Berlin', '2026-07-02T21:59:59Z', '2026-07-02T22:00:00Z', '2026-07-03T21:59:59Z'],
	['America/New_York', '2026-03-03T04:59:59Z', '2026-03-03T05:00:00Z', '2026-03-04T04:59:59Z'],
	['America/New_York', '2026-07-03T03:59:59Z', '2026-07-03T04:00:00Z', '2026-07-04T03:59:59Z'],
])('%s: a day begins at its own midnight', (zone, before, from, until) => {
	const id = (iso: string): string => onceADay(Date.parse(iso), zone).id;
	expect(id(before)).not.toBe(id(from));
	expect(id(until)).toBe(id(from));
});
