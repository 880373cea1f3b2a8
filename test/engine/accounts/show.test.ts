import { accountSchema } from '../../../engine/accounts/account';
import { ACCOUNT_FIELDS } from '../../../engine/accounts/fields';
import type { Row } from '../../../engine/accounts/row';
import {
	show,
	showChoice,
	showCurrency,
	showId,
	showNumber,
	showType,
	showZone,
} from '../../../engine/accounts/show';
import { build, sentencesOf } from './rows';

/** What a wrong mapping may put into any column: secrets, bank accounts, and what tells who somebody is. */
const IN_CELLS = [
	'xoxb-17653672481',
	'Winter2024Hamburg',
	'DE89370400440532013000',
	'Schmidt',
	'O’Connor',
	'Müller-Lüdenscheidt',
	'Nguyen',
];
/** Not even where an account id belongs, which one has to find again. */
const ANYWHERE = [
	'+49 170 1234567',
	'+491701234567',
	'0170/1234567',
	'(030) 123456-78',
	'555-867-5309',
	'123-45-6789',
	'1980-05-17',
	'17.05.1980',
	'5/17/1980',
	'1980-05-17T00:00:00',
	'Jane Doe',
	'Jane Doe, born 1980',
	'jane.doe@corp.example',
	'call me on 0170 1234567 please',
	'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
	'staple-horse-battery-wrong',
	'staple horse battery',
	'4111 1111 1111 1111',
	'12 Grimmauld Place',
	'She is ill and wants to cancel',
];
/** Digits alone are ids too, and are repeated only there. */
const DIGITS: (string | number)[] = [
	'01701234567',
	'1701234567',
	'19800517x',
	1_701_234_567,
	491_701_234_567,
];

/** Whether two strings share a run of six characters. */
const repeats = (sentence: string, text: string): boolean =>
	Array.from({ length: Math.max(1, text.length - 5) }, (_, at) => text.slice(at, at + 6)).some(
		(piece) => sentence.includes(piece),
	);

const CONTACT_FIELDS = ACCOUNT_FIELDS.filter(({ group }) => group === 'contact');

/** All sentences about a row, whether it was rejected or went on. */
const saidOf = (row: Row): string[] => {
	const { accounts, rejected } = build([[row]]);
	return [
		...accounts.flatMap(({ warnings }) => warnings),
		...rejected.flatMap(({ problems }) => problems),
	].map(({ text }) => text);
};

describe('a message about a cell', () => {
	const personal = [...IN_CELLS, ...ANYWHERE, ...DIGITS];

	it.each(personal)('never repeats %j, whichever field it stands in', (cell) => {
		const rows = [
			...ACCOUNT_FIELDS.map(({ path }) => ({ [path]: cell })),
			...['usage', 'setup', 'contacts'].flatMap((group) =>
				[cell, [cell], [{ email: cell }]].map((content) => ({ [group]: content })),
			),
			...CONTACT_FIELDS.map(({ name }) => ({
				contacts: [{ email: 'a@example.com', [name]: cell }],
			})),
		];
		const sentences = rows.flatMap((row) => saidOf({ accountId: 'A', ...row }));
		expect(sentences.length).toBeGreaterThan(15);
		expect(sentences.filter((sentence) => repeats(sentence, String(cell)))).toEqual([]);
	});

	it.each(personal)('never repeats %j where an account is checked once more', (cell) => {
		const fields = ACCOUNT_FIELDS.filter(({ group, name }) => group === '' && name !== 'accountId');
		for (const { name } of fields) {
			const { error } = accountSchema.safeParse({ accountId: 'A', [name]: cell });
			expect(repeats(error?.message ?? '', String(cell))).toBe(false);
		}
	});

	it.each(ANYWHERE)('never repeats %j as an account id', (text) => {
		const [sentence = ''] = sentencesOf([{ accountId: text }, { accountId: text }]);
		expect(sentence).toMatch(
			/^Row 2 repeats the account id \(a text of \d+ characters[^)]*\) of row 1/,
		);
		expect(repeats(sentence, text)).toBe(false);
	});

	it.each(ANYWHERE)('never repeats %j as the key of a joined row', (text) => {
		const { rejected } = build([[{ accountId: 'A' }], [{ key: text, arr: 1 }]], { keys: ['key'] });
		const [problem] = rejected[0]?.problems ?? [];
		expect(problem?.code).toBe('noAccount');
		expect(repeats(problem?.text ?? '', text)).toBe(false);
	});

	it.each<[unknown, string]>([
		['lots', 'a text of 4 characters'],
		['x', 'a text of 1 character'],
		[' ', 'an empty text'],
		['3/1/2026', 'a text of 8 characters, like a date'],
		['01.03.2026', 'a text of 10 characters, like a date'],
		['2026-02-30T09:00:00.000Z', 'a text of 24 characters, like a date'],
		[20_260_301, 'a number of 8 digits'],
		[-1, 'a number of 1 digit'],
		[0.5, 'a number with decimals'],
		[Number.NaN, 'NaN'],
		[false, 'false'],
		[null, 'nothing'],
		[{ a: 1 }, 'an object'],
		[['a', 'b'], 'a list of 2'],
	])('describes %j as %s', (value, shown) => {
		expect(show(value)).toBe(shown);
	});

	it.each<[unknown, string]>([
		['12,5', '"12,5"'],
		[' 12,000 ', '"12,000"'],
		['-1', '"-1"'],
		['123456789', '"123456789"'],
		['1.234,56', '"1.234,56"'],
		[-1, '-1'],
		[45, '45'],
		['1234567890', 'a text of 10 characters'],
		[1_234_567_890, 'a number of 10 digits'],
		['+12', 'a text of 3 characters'],
		['12 000', 'a text of 6 characters'],
		['030123', 'a text of 6 characters'],
		['12k', 'a text of 3 characters'],
		['$12', 'a text of 3 characters'],
		[true, 'true'],
	])('where a number belongs shows %j as %s', (value, shown) => {
		expect(showNumber(value)).toBe(shown);
	});

	it.each([
		['overdu', '"overdu"'],
		['Over-Due!', '"Over-Due!"'],
		['late', 'a text of 4 characters'],
		['Owen', 'a text of 4 characters'],
		['Schmidt', 'a text of 7 characters'],
	])('where one of a few words belongs shows %j as %s', (value, shown) => {
		expect(showChoice(value, ['paid', 'open', 'overdue'])).toBe(shown);
	});

	it.each([
		['Europe/Berln', '"Europe/Berln"'],
		['Berlin', '"Berlin"'],
		['new york', '"new york"'],
		['Schmidt', 'a text of 7 characters'],
		['Jane/Doe', 'a text of 8 characters'],
	])('where a time zone belongs shows %j as %s', (value, shown) => {
		expect(showZone(value)).toBe(shown);
	});

	it.each([
		['GBP', '"GBP"'],
		['Ann', 'a text of 3 characters'],
	])('where a currency belongs shows %j as %s', (value, shown) => {
		expect(showCurrency(value)).toBe(shown);
	});

	it.each([
		['login', '"login"'],
		['invoice.paid', '"invoice.paid"'],
		['userLoggedIn', '"userLoggedIn"'],
		['Schmidt', 'a text of 7 characters'],
		['Jane Doe', 'a text of 8 characters'],
		['+491701234567', 'a text of 13 characters'],
	])('where the type of an event belongs shows %j as %s', (value, shown) => {
		expect(showType(value)).toBe(shown);
	});

	it.each([
		['A-1002', '"A-1002"'],
		['acme.example', '"acme.example"'],
		['2938475610', '"2938475610"'],
	])('where an id belongs shows %j as %s', (value, shown) => {
		expect(showId(value)).toBe(shown);
	});

	it('leaves enough to act on: row, column, field, kind, what belongs there and what to do', () => {
		expect(sentencesOf([{ accountId: 'A', 'Annual Recurring Revenue': 'six hundred' }])).toEqual([
			'Row 1: "Annual Recurring Revenue" (arr) holds a text of 11 characters, where a number belongs. Write digits only, as in 12000 or 12000.50, or leave the cell empty if it is not known.',
		]);
	});
});
