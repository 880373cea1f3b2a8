import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../../engine/accounts/row';
import { build } from './rows';

/** The CSV that the docs hand out has no quotes. */
const [header = '', ...lines] = readFileSync(
	join(__dirname, '../../../docs/twenty-accounts.csv'),
	'utf8',
)
	.trim()
	.split('\n');
const columns = header.split(',');
const rows: Row[] = lines.map((line) =>
	Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])),
);

describe('the twenty accounts of the docs', () => {
	const { accounts, rejected } = build([rows], { otherColumns: 'leaveOut' });

	it('become seventeen accounts; three rows come back with a sentence', () => {
		expect(rows).toHaveLength(20);
		expect(accounts).toHaveLength(17);
		expect(rejected.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
			['unknownTimeZone'],
			['notANumber'],
			['idEmpty'],
		]);
	});

	it('lose no column: every heading is recognized', () => {
		expect(accounts[0]?.account).toEqual({
			accountId: 'A-1001',
			name: 'Alder Audio',
			plan: 'starter',
			arr: 1800,
			currency: 'EUR',
			createdAt: rows[0]?.['Created At'],
			timezone: 'Europe/Berlin',
			useCase: 'reporting',
			contacts: [
				{
					email: 'alder@example.com',
					name: 'Ada',
					role: 'user',
					status: 'active',
					unsubscribed: false,
				},
			],
		});
	});
});
