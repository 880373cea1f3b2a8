import { ACCOUNT_FIELDS } from '../../../engine/accounts/fields';
import type { Row } from '../../../engine/accounts/row';
import { build, problemsOf, sentencesOf } from './rows';

const good = { accountId: 'good' };

describe('a row that cannot be read', () => {
	it.each<[string, Row, string]>([
		['has no id', { name: 'Acme' }, 'idMissing accountId'],
		['has an empty id', { 'Account ID': ' ', name: 'Acme' }, 'idEmpty accountId'],
		['has an object for an id', { accountId: {} }, 'wrongShape accountId'],
		['has text where a number belongs', { accountId: 'A', ARR: 'lots' }, 'notANumber arr'],
		[
			'has a number two readers read differently',
			{ accountId: 'A', ARR: '12,000' },
			'ambiguousNumber arr',
		],
		['has a decimal comma', { accountId: 'A', ARR: '12,5' }, 'notANumber arr'],
		['has a sum with a currency sign', { accountId: 'A', ARR: '$12000' }, 'notANumber arr'],
		['has a number out of range', { accountId: 'A', arr: -1 }, 'outOfRange arr'],
		[
			'has a share above one',
			{ accountId: 'A', usage: { adoption: 45 } },
			'outOfRange usage.adoption',
		],
		[
			'has an unknown time zone',
			{ accountId: 'A', 'Time Zone': 'Berlin' },
			'unknownTimeZone timezone',
		],
		[
			'has a date as Excel writes it',
			{ accountId: 'A', 'Renewal Date': '3/1/2026' },
			'notATime renewalDate',
		],
		[
			'has a day that does not exist',
			{ accountId: 'A', 'Renewal Date': '2026-02-30' },
			'notATime renewalDate',
		],
		[
			'has a number where a date belongs',
			{ accountId: 'A', 'Renewal Date': '12' },
			'notATime renewalDate',
		],
		[
			'has a word where yes or no belongs',
			{ accountId: 'A', strategic: 'maybe' },
			'notYesOrNo strategic',
		],
		[
			'has a word that is none of the choices',
			{ accountId: 'A', invoiceState: 'late' },
			'notOneOf invoiceState',
		],
		['has a currency sign for a code', { accountId: 'A', currency: '€' }, 'invalidValue currency'],
		['has text where usage belongs', { accountId: 'A', usage: 'heavy' }, 'wrongShape usage'],
		['is empty', {}, 'emptyRow'],
		[
			'is too wide',
			{
				accountId: 'A',
				...Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`c${String(index)}`, 1])),
			},
			'tooManyColumns',
		],
		['repeats an id', { 'Account ID': 'good' }, 'duplicateId accountId'],
	])('%s is rejected with its reason, and its neighbors go on', (_title, row, problem) => {
		const rows = [good, row, { accountId: 'also good' }];
		expect(problemsOf(rows)).toEqual([[problem]]);
		const { accounts, rejected } = build([rows]);
		expect(accounts.map(({ account }) => account.accountId)).toEqual(['good', 'also good']);
		expect(rejected[0]?.place).toEqual({ source: 0, row: 1 });
		// which row, and what to do
		expect(rejected[0]?.problems[0]?.text).toMatch(
			/^Row 2\b.+\. .*\b(Write|Correct|Name|Fill|Raise|Rename|Remove|Use|Map)\b/,
		);
	});

	it('lists all its problems at once', () => {
		expect(problemsOf([{ arr: 'x', timezone: 'y' }])).toEqual([
			['notANumber arr', 'unknownTimeZone timezone', 'idMissing accountId'],
		]);
	});
});

describe('the sentences', () => {
	it('name row, column, field, what was found, what belongs there and what to do', () => {
		expect(sentencesOf([good, { accountId: 'A', 'Annual Recurring Revenue': 'lots' }])).toEqual([
			'Row 2: "Annual Recurring Revenue" (arr) holds a text of 4 characters, where a number belongs. Write digits only, as in 12000 or 12000.50, or leave the cell empty if it is not known.',
		]);
		expect(sentencesOf([{ accountId: 'A', arr: -1 }])[0]).toContain(
			'"arr" holds -1, where a number of 0 or more belongs',
		);
		expect(sentencesOf([{ accountId: 'A', termMonths: 0 }])[0]).toContain('a number more than 0');
		expect(sentencesOf([{ accountId: 'A', NPS: 101 }])[0]).toContain('a number of 100 or less');
	});

	it('say of the one empty row, which an empty file becomes, that the source gave no rows', () => {
		expect(sentencesOf([{}])[0]).toMatch(/^The source gave no rows/);
		expect(sentencesOf([good, {}])[0]).toMatch(/^Row 2 has no columns at all/);
	});

	it('name both ways out for a row that is too wide', () => {
		const [sentence] = sentencesOf([{ accountId: 'A', b: 1, c: 2 }], { columnsAtMost: 2 });
		expect(sentence).toMatch(
			/3 columns.*at most 2.*'Columns at Most'.*'Other Columns' to 'Leave Out'/,
		);
		expect(
			build([[{ accountId: 'A', b: 1, c: 2 }]], { columnsAtMost: 2, otherColumns: 'leaveOut' })
				.rejected,
		).toEqual([]);
	});

	it('say which row a duplicate repeats; a row that was rejected does not count as the first', () => {
		expect(
			sentencesOf([{ accountId: 'A', arr: 'x' }, { accountId: 'A' }, { accountId: 'A' }])[1],
		).toContain('Row 3 repeats the account id "A" of row 2');
	});

	it.each(ACCOUNT_FIELDS.map(({ path }) => path))('never repeat an address found in %s', (path) => {
		const sentences = sentencesOf([
			{ accountId: 'A', [path]: 'jane.doe at corp.example' },
			{ [path]: 'jane.doe@@corp.example' },
		]);
		for (const sentence of sentences) {
			expect(sentence).not.toContain('jane.doe@@');
			if (path.endsWith('email')) expect(sentence).not.toContain('jane');
		}
	});
});
