import { accountSchema } from '../../../engine/accounts/account';
import { ACCOUNT_FIELDS } from '../../../engine/accounts/fields';
import type { Cell, Row } from '../../../engine/accounts/row';
import { build } from './rows';

const CELLS: Cell[] = [
	'',
	' ',
	'NA',
	'0',
	'1',
	'-1',
	'0.5',
	'12',
	'12,000',
	'12,000.50',
	'yes',
	'no',
	'TRUE',
	'maybe',
	'admin',
	'Decision Maker',
	'bounced',
	'overdue',
	'onboarding',
	'internal',
	'eur',
	'US',
	'2026-03-01',
	'2026-02-29',
	'2026-13-01',
	'2026-03-01T25:00',
	'2026-03-01T09:00:00.123+05:30',
	'2026-W10',
	'1767225600000',
	'Europe/Berlin',
	'Mars/Base',
	'ana@example.com',
	'ana@',
	'a; b',
	0,
	1,
	-1,
	0.5,
	1e21,
	Number.NaN,
	Infinity,
	1767225600000,
	true,
	false,
	null,
	undefined,
	[],
	['a', 1],
	[{}],
	[{ step: 'x' }],
	[{ step: '' }],
	[{ email: 'bo@example.com' }],
	[{ email: 'x' }],
	{},
	{ activeUsers: '3', x: 1 },
	{ activeUsers: -3 },
	{ completed: ['x'] },
	new Date(0),
];

const COLUMNS = [
	...ACCOUNT_FIELDS.flatMap(({ path, headers }) => [path, ...headers]),
	'contacts',
	'usage',
	'support',
	'sentiment',
	'licences',
	'setup',
	'other',
	'toString',
];

/** A small generator of our own: the same rows in every run. */
function rowsOf(count: number): Row[] {
	let seed = 1;
	const next = (below: number): number => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed % below;
	};
	return Array.from({ length: count }, (_, index) => {
		const row: Record<string, Cell> = { accountId: `A${String(index)}` };
		for (let column = next(6); column >= 0; column--) {
			row[COLUMNS[next(COLUMNS.length)] ?? 'other'] = CELLS[next(CELLS.length)];
		}
		return row;
	});
}

describe('whatever a row holds', () => {
	const rows = rowsOf(20_000);
	const { accounts, rejected } = build([rows]);

	it('it ends in exactly one place', () => {
		expect(accounts.length + rejected.length).toBe(rows.length);
		expect(accounts.length).toBeGreaterThan(1000);
		expect(rejected.length).toBeGreaterThan(1000);
	});

	it('what is accepted is what the account schema accepts, unchanged', () => {
		for (const { account } of accounts) {
			const parsed = accountSchema.safeParse(account);
			if (!parsed.success) throw new Error(`${JSON.stringify(account)}: ${parsed.error.message}`);
			expect(parsed.data).toEqual(account);
		}
	});

	it('what is rejected has a code, a sentence and never an error thrown', () => {
		expect(rejected.filter(({ problems }) => problems.length === 0)).toEqual([]);
		const texts = rejected.flatMap(({ problems }) => problems.map(({ text }) => text));
		expect(texts.filter((text) => !/^Row \d+\b.*\.$/.test(text))).toEqual([]);
	});
});
