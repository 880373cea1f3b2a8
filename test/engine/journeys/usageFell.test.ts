import { byFlags, journey, mail } from './journeys';
import { account, at, simulate } from './simulate';

const fell = { code: 'usage_fell', key: 'k', since: '2026-03-02', text: 'Usage fell' };

function daysAgo(local: string, health: unknown): number | undefined {
	const { decisions } = simulate({
		journey: journey([mail('what-fell', { type: 'daysAfterStart', days: 0 })]),
		accounts: [account({ hot: true, health })],
		conditions: byFlags,
		sweeps: [at(local)],
	});
	return decisions.at(-1)?.standing?.usageFellDaysAgo;
}

describe("how long ago Health Score's alert of a fall in usage was raised (R24)", () => {
	it.each([
		['2026-03-02 00:00', 0],
		['2026-03-02 23:59', 0],
		['2026-03-03 00:00', 1],
		['2026-03-15 23:59', 13],
	])('%s: %d local days', (local, days) => {
		expect(daysAgo(local, { alerts: [fell] })).toBe(days);
	});

	it.each([
		['what held already when the model first ran (P09)', { alerts: [{ ...fell, baseline: true }] }],
		['another alert', { alerts: [{ ...fell, code: 'health_dropped' }] }],
		['none', { alerts: [] }],
		['no memory', { score: 80 }],
		['something else of that name', { alerts: [null, 'usage_fell', { code: 'usage_fell' }] }],
		['a date that is none', { alerts: [{ ...fell, since: 'Monday' }] }],
		['no health', undefined],
	])('unknown: %s', (_what, health) => {
		expect(daysAgo('2026-03-03 10:00', health)).toBeUndefined();
	});
});
