import { PRIORITIES, type CaseFacts, type Priority } from '../../../../engine/escalation/case';
import type { RouterPolicy } from '../../../../engine/escalation/policy';
import { compileRouter } from '../../../../engine/escalation/routing/router';
import { person, policyOf, WEDNESDAY } from './routerPolicies';

const PLAIN = policyOf([]);

type Given = { policy?: RouterPolicy; stated?: Priority; code?: string; now?: number };

function priorityOf(facts: CaseFacts, given: Given = {}): string {
	const { policy = PLAIN, stated = 'low', code = 'health_dropped', now = WEDNESDAY } = given;
	return compileRouter(policy).priorityOf(facts, stated, 'alert', code, now).priority;
}

describe('what is known of an account raises how pressing a reason is', () => {
	const table: [what: string, facts: CaseFacts, expected: string][] = [
		['nothing known', {}, 'low'],
		['red and under 40', { band: 'Red', score: 39 }, 'high'],
		['red and 40', { band: 'red', score: 40 }, 'low'],
		['red and a score of 0', { band: 'red', score: 0 }, 'high'],
		['red without a score', { band: 'red' }, 'low'],
		['yellow and under 40', { band: 'yellow', score: 12 }, 'low'],
		['unknown health', { band: 'unknown', score: 12 }, 'low'],
		['any ARR', { arr: 1e9 }, 'low'],
		['a renewal today', { renewalDate: '2026-03-04' }, 'high'],
		['a renewal in 30 days', { renewalDate: '2026-04-03' }, 'high'],
		['a renewal in 31 days', { renewalDate: '2026-04-04' }, 'low'],
		['a renewal yesterday', { renewalDate: '2026-03-03' }, 'low'],
		['a renewal that is no date', { renewalDate: 'soon' }, 'low'],
		['a detractor', { nps: 6 }, 'normal'],
		['an NPS of an account', { nps: -40 }, 'normal'],
		['a passive', { nps: 7 }, 'low'],
		['a CSAT of 2', { csat: 2 }, 'normal'],
		['a CSAT above 2', { csat: 2.1 }, 'low'],
		['a ticket of the highest severity', { severity: 'P1' }, 'urgent'],
		['the same in words', { severity: ' Urgent' }, 'urgent'],
		['in other words', { severity: 'Sev-1' }, 'urgent'],
		['in others still', { severity: 'Blocker' }, 'urgent'],
		['an ordinary ticket', { severity: 'P2' }, 'low'],
		['the most pressing of several', { nps: 1, severity: 'critical', band: 'red' }, 'urgent'],
	];
	it.each(table)('%s', (_what, facts, expected) => {
		expect(priorityOf(facts)).toBe(expected);
	});

	it.each([
		['cancellation_requested', 'urgent'],
		['human_requested', 'high'],
		['Human requested', 'high'],
		['reply_received', 'low'],
	])('%s is %s', (code, expected) => {
		expect(priorityOf({}, { code })).toBe(expected);
	});

	it('the figures are settings', () => {
		const policy = policyOf([], {
			urgency: { highArr: 50_000, renewalDays: 0, redScore: 60, severities: ['sev-0'] },
		});
		expect(priorityOf({ arr: 49_999.99 }, { policy })).toBe('low');
		expect(priorityOf({ arr: 50_000 }, { policy })).toBe('high');
		expect(priorityOf({ renewalDate: '2026-03-05' }, { policy })).toBe('low');
		expect(priorityOf({ band: 'red', score: 59 }, { policy })).toBe('high');
		expect(priorityOf({ severity: 'Sev 0' }, { policy })).toBe('urgent');
		expect(priorityOf({ severity: 'P1' }, { policy })).toBe('low');
	});

	it('a date is one of the zone of the program', () => {
		// 2026-03-04 at 23:30 UTC is the 5th in Berlin: 30 days before the 4th of April
		const now = Date.UTC(2026, 2, 4, 23, 30);
		expect(priorityOf({ renewalDate: '2026-04-04' }, { now })).toBe('high');
	});

	it('it is never lowered, and says what raised it', () => {
		const router = compileRouter(PLAIN);
		for (const stated of PRIORITIES)
			for (const facts of [{}, ...table.map(([, known]) => known)]) {
				const { priority, reasons } = router.priorityOf(facts, stated, 'alert', 'x', WEDNESDAY);
				expect(PRIORITIES.indexOf(priority)).toBeLessThanOrEqual(PRIORITIES.indexOf(stated));
				expect(reasons.length > 0).toBe(priority !== stated);
				expect(reasons.every(({ text }) => !/undefined|null|NaN/.test(text))).toBe(true);
			}
	});
});

describe("a rule's priority", () => {
	const withRule = (priority: Priority): RouterPolicy =>
		policyOf([person('Ada')], {
			rules: [{ name: 'EMEA', when: { regions: ['EMEA'] }, pools: ['all'], priority }],
		});
	const emea = { region: 'EMEA' };

	it('stands in place of what was stated and of what the facts say', () => {
		const policy = withRule('low');
		expect(priorityOf(emea, { policy, stated: 'normal' })).toBe('low');
		expect(priorityOf({ ...emea, band: 'red', score: 1 }, { policy })).toBe('low');
		expect(priorityOf(emea, { policy: withRule('urgent') })).toBe('urgent');
	});

	it('leaves what is urgent', () => {
		const policy = withRule('low');
		expect(priorityOf(emea, { policy, stated: 'urgent' })).toBe('urgent');
		expect(priorityOf({ ...emea, severity: 'P1' }, { policy })).toBe('urgent');
		expect(priorityOf(emea, { policy, code: 'cancellation_requested' })).toBe('urgent');
	});

	it('is that of a rule that holds', () => {
		expect(priorityOf({ region: 'NA' }, { policy: withRule('urgent') })).toBe('low');
	});
});
