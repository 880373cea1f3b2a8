import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../../../engine/accounts/missing';
import type { Row } from '../../../engine/accounts/row';
import { build } from './rows';

/** Plain quoted CSV without commas or line breaks inside quotes, which the first test makes sure of. */
const [header = '', ...lines] = readFileSync(join(__dirname, '../../data/telco-churn.csv'), 'utf8')
	.trim()
	.split('\n');
const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.replaceAll('"', ''));
const columns = cellsOf(header);
const rows: Row[] = lines.map((line, index) => ({
	id: `T-${String(index + 1)}`,
	...Object.fromEntries(cellsOf(line).map((cell, column) => [columns[column] ?? '', cell])),
}));

describe('the 7,043 customers of the telco sample', () => {
	it('are there, each with all its columns', () => {
		expect(rows).toHaveLength(7043);
		expect(lines.every((line) => cellsOf(line).length === columns.length)).toBe(true);
		expect(columns).toContain('total_charges');
	});

	const { accounts, rejected } = build([rows], {
		mapping: [
			{ target: 'arr', source: 'total_charges' },
			{ target: 'termMonths', source: 'nowhere' },
		],
	});

	it('become accounts: none is lost, none invented', () => {
		expect(rejected).toEqual([]);
		expect(accounts.map(({ account }) => account.accountId)).toEqual(rows.map(({ id }) => id));
		expect(new Set(accounts.map(({ places }) => places[0]?.row)).size).toBe(7043);
	});

	it('show what is missing as missing: exactly where the file has no figure', () => {
		const figure = /^\d+(\.\d+)?$/;
		const without = rows.filter(
			({ total_charges: cell }) => typeof cell !== 'string' || !figure.test(cell),
		);
		expect(without).toHaveLength(11);
		expect(without.every(({ total_charges: cell }) => isMissing(cell))).toBe(true);
		const missing = accounts.filter(({ account }) => !Object.hasOwn(account, 'arr'));
		expect(missing.map(({ account }) => account.accountId)).toEqual(without.map(({ id }) => id));
	});

	it('keep every other column as it came', () => {
		const changed = accounts.flatMap(({ account }, index) =>
			columns
				.filter((column) => account[column] !== rows[index]?.[column])
				.map((column) => `${account.accountId} ${column}`),
		);
		expect(changed.slice(0, 9)).toEqual([]);
	});
});
