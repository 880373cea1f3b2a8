import { accountsOf, problemsOf } from './rows';

const limitsOf = (cell: unknown): unknown =>
	accountsOf([{ accountId: 'A', usage: { limits: cell } }]).map(({ usage }) => usage)[0];

describe('plan limits of a row', () => {
	it.each([
		['a text', 'seats 42/50; api calls: 900 of 1000;'],
		[
			'a list',
			[
				{ limit: 'seats', used: '42', allowed: 50 },
				{ name: 'api calls', used: 900, allowed: '1000' },
			],
		],
		['an object', { seats: { used: 42, allowed: 50 }, 'api calls': { used: 900, allowed: 1000 } }],
	])('are read from %s', (_what, cell) => {
		expect(limitsOf(cell)).toEqual({
			limits: { seats: { used: 42, allowed: 50 }, 'api calls': { used: 900, allowed: 1000 } },
		});
	});

	it('may say only what is used; the plan says the rest', () => {
		expect(limitsOf('seats 42')).toEqual({ limits: { seats: { used: 42 } } });
		expect(limitsOf({ seats: { used: 42, allowed: null } })).toEqual({
			limits: { seats: { used: 42 } },
		});
	});

	it('are known by a heading of a file too', () => {
		expect(accountsOf([{ 'Account ID': 'A', 'Plan Limits': 'seats 42/50' }])[0]?.usage).toEqual({
			limits: { seats: { used: 42, allowed: 50 } },
		});
	});

	it.each([
		['many'],
		['seats'],
		[42],
		[[{ used: 1 }]],
		[{ seats: 42 }],
		[{ seats: { used: 'many' } }],
		[{ seats: { used: -1 } }],
	])('that cannot be read reject the row: %j', (cell) => {
		expect(problemsOf([{ accountId: 'A', usage: { limits: cell } }])).toEqual([
			['wrongShape usage.limits'],
		]);
	});
});
