import { daysBefore, factsAsOf, knownAt } from '../../../../engine/health/backtest/asOf';
import {
	historiesSchema,
	outcomeSchema,
	type History,
} from '../../../../engine/health/backtest/history';

const at = (iso: string): number => Date.parse(iso);
const history = (
	facts: [string, Record<string, unknown>][],
	churnedAt = '2026-06-10',
): History => ({
	accountId: 'A',
	outcome: { type: 'churned', at: at(`${churnedAt}T15:00:00Z`) },
	facts: facts.map(([day, values]) => ({ at: at(day), values })),
});

describe('days before an outcome', () => {
	test.each([
		['2026-06-10T15:00:00Z', 30, '2026-05-11T00:00:00Z'],
		['2026-06-10T00:00:00Z', 30, '2026-05-11T00:00:00Z'],
		['2026-03-01T23:59:59Z', 1, '2026-02-28T00:00:00Z'],
		['2024-03-30T12:00:00Z', 30, '2024-02-29T00:00:00Z'],
		['2026-04-15T01:00:00Z', 90, '2026-01-15T00:00:00Z'],
	])('%s less %i days is %s: the beginning of that day (P01)', (outcome, days, expected) => {
		const churned = outcomeSchema.parse({ type: 'churned', at: outcome });
		const retained = outcomeSchema.parse({ type: 'retained', until: outcome });
		expect(daysBefore(churned, days)).toBe(at(expected));
		expect(daysBefore(retained, days)).toBe(at(expected));
	});
});

describe('what was known as of a day', () => {
	const past = history([
		['2026-02-01T00:00:00Z', { plan: 'pro', usage: { users: 10, events: 500 } }],
		['2026-03-01T00:00:00Z', { usage: { users: 7 } }],
		['2026-03-01T00:00:00.001Z', { plan: 'free' }],
	]);

	it('is nothing before the first row', () => {
		expect(factsAsOf(past, at('2026-01-31T23:59:59Z'))).toBeUndefined();
	});

	it('is a row from the instant it was written, and not a millisecond earlier', () => {
		const known = { plan: 'pro', usage: { users: 7, events: 500 } };
		expect(factsAsOf(past, at('2026-02-28T23:59:59.999Z'))).toMatchObject({ usage: { users: 10 } });
		expect(factsAsOf(past, at('2026-03-01T00:00:00Z'))).toEqual(known);
		expect(factsAsOf(past, at('2026-03-01T00:00:00.001Z'))).toEqual({ ...known, plan: 'free' });
	});

	it('keeps a field until a later row says otherwise; null says otherwise', () => {
		const emptied = history([
			['2026-02-01', { nps: 30, csat: 4 }],
			['2026-02-02', { nps: null, csat: undefined }],
		]);
		expect(factsAsOf(emptied, at('2026-03-01'))).toEqual({ nps: null, csat: 4 });
	});

	it('does not depend on the order of rows, and changes none of them', () => {
		const turned = { ...past, facts: Object.freeze([...past.facts].reverse()) };
		const instant = at('2026-04-01');
		expect(factsAsOf({ ...turned, facts: [...turned.facts] }, instant)).toEqual(
			factsAsOf(past, instant),
		);
		expect(past.facts[0]?.values).toEqual({ plan: 'pro', usage: { users: 10, events: 500 } });
	});

	it('replaces lists and dates as a whole, and takes no key for more than a key', () => {
		const odd: unknown = JSON.parse('{"__proto__": {"users": 1}, "goals": ["b"]}');
		const values = typeof odd === 'object' && odd !== null ? { ...odd } : {};
		const known = factsAsOf(
			history([
				['2026-02-01', { goals: ['a', 'c'], seen: new Date(0) }],
				['2026-02-02', { ...values, seen: new Date(1) }],
			]),
			at('2026-03-01'),
		);
		expect(known).toMatchObject({ goals: ['b'], seen: new Date(1) });
		expect(known === undefined ? '' : Object.getPrototypeOf(known)).toBe(Object.prototype);
	});
});

describe('the world as it was known at an instant', () => {
	const past = history([
		['2026-02-01', { users: 10 }],
		['2026-05-01', { users: 2 }],
	]);

	it('does not know that an account will leave, nor what is written later', () => {
		const instant = at('2026-04-01');
		expect(knownAt([past], instant)).toEqual([
			{
				accountId: 'A',
				outcome: { type: 'retained', until: instant },
				facts: [{ at: at('2026-02-01'), values: { users: 10 } }],
			},
		]);
	});

	it('knows who has left', () => {
		expect(knownAt([past], at('2026-06-11'))).toEqual([past]);
	});

	it('knows nothing of accounts that come later', () => {
		expect(knownAt([past], at('2026-01-01'))).toEqual([]);
	});
});

describe('histories as people bring them', () => {
	const row = {
		accountId: 'A',
		outcome: { type: 'retained', until: '2026-06-30' },
		facts: [{ at: '2026-01-01', values: {} }],
	};

	it('may have dates as text or as dates', () => {
		const [read] = historiesSchema.parse([
			{ ...row, facts: [{ at: new Date(5), values: {} }, ...row.facts] },
		]);
		expect(read?.outcome).toEqual({ type: 'retained', until: Date.UTC(2026, 5, 30) });
		expect(read?.facts[0]?.at).toBe(5);
	});

	it('are refused with two outcomes for one account, and with a date that is none', () => {
		const twice = historiesSchema.safeParse([row, row]);
		expect(twice.error?.issues[0]).toMatchObject({ path: [1, 'accountId'] });
		const noDate = historiesSchema.safeParse([
			{ ...row, outcome: { type: 'churned', at: 'soon' } },
		]);
		expect(noDate.error?.issues[0]?.message).toContain('is not a date');
	});
});
