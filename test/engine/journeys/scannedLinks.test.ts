import { readEngagement } from '../../../engine/journeys/engagement';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { touchOf } from '../../ledger/rows';

const AT = Date.UTC(2026, 2, 2, 9);
const touch = touchOf('t', { state: 'sent', changedAt: AT });
const event = (type: string, seconds: number, over: Partial<JourneyEvent> = {}): JourneyEvent => ({
	id: `${type}-${String(seconds)}`,
	accountId: 'acme',
	type,
	occurredAt: AT + seconds * 1000,
	touch: 't',
	...(type === 'clicked' ? { data: { human: true } } : {}),
	...over,
});
const stateOf = (events: JourneyEvent[]): string =>
	readEngagement([touch], events, { anchorAt: AT, isReported: true, now: AT + 86_400_000 }).state;

describe('clicks beside a scan of the same mail (P13)', () => {
	const scan = event('links_scanned', 100);

	it.each([90, 100, 110])('do not count, before and after it: %s s', (seconds) => {
		expect(stateOf([event('clicked', seconds), scan])).toBe('none');
		expect(stateOf([scan, event('clicked', seconds)])).toBe('none');
	});

	it.each([89, 111, 3600])('count where they are further away: %s s', (seconds) => {
		expect(stateOf([event('clicked', seconds), scan])).toBe('engaged');
	});

	it('count in another mail, and replies always do', () => {
		expect(stateOf([event('clicked', 100), { ...scan, touch: 'other' }])).toBe('engaged');
		expect(stateOf([event('reply_received', 100), scan])).toBe('engaged');
	});
});
