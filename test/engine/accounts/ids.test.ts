import { accountSchema, idText } from '../../../engine/accounts/account';
import { build } from './rows';

/** An id stands in keys of every table: one that no database takes must be refused by itself, in a sentence. */
const REFUSED: [string, string, RegExp][] = [
	['holds a NUL', 'a\0b', /^holds the character NUL$/],
	['holds half a character', 'a\ud800', /^holds half a character$/],
	['is longer than 500 characters', 'x'.repeat(501), /^is longer than 500 characters$/],
	[
		'takes more room than a key has',
		'会'.repeat(300),
		/^is longer than 500 characters of one byte/,
	],
];
const TAKEN = ['a', 'x'.repeat(500), '会'.repeat(200), '🦊', '0015f00002', "o'hara"];

describe('an id', () => {
	it.each(REFUSED)('that %s is refused', (_what, id, sentence) => {
		expect(idText.safeParse(id).error?.issues.map(({ message }) => message)).toEqual([
			expect.stringMatching(sentence),
		]);
		expect(accountSchema.safeParse({ accountId: id }).success).toBe(false);
		expect(accountSchema.safeParse({ accountId: 'a', aliases: ['ok', id] }).success).toBe(false);
	});

	it('that is empty is refused', () => {
		expect(idText.safeParse('').success).toBe(false);
	});

	it.each(TAKEN)('such as %s is taken', (id) => {
		expect(idText.safeParse(id).success).toBe(true);
		expect(accountSchema.safeParse({ accountId: id, aliases: [id] }).success).toBe(true);
	});

	it.each(REFUSED)('in a row that %s rejects that row, and its neighbors go on', (_what, id) => {
		const rows = [{ accountId: 'one' }, { accountId: id }, { accountId: 'b', aliases: [id] }];
		const { accounts, rejected } = build([[...rows, { accountId: 'two', aliases: 'x; y' }]]);
		expect(accounts.map(({ account }) => account.accountId)).toEqual(['one', 'two']);
		const texts = rejected.flatMap(({ problems }) => problems.map(({ text }) => text));
		expect(texts).toEqual([
			expect.stringMatching(/^Row 2: "accountId" holds .*, where an id of .*500 characters/),
			expect.stringMatching(/^Row 3: "aliases" holds .*, where ids of .*500 characters/),
		]);
	});

	it('is no longer than an address may be, where it is one', () => {
		const email = `${'x'.repeat(60)}@${'y.'.repeat(110)}example`;
		const { accounts } = build([
			[{ accountId: 'a', contacts: [{ email }, { email: 'a@b.example' }] }],
		]);
		expect(accounts[0]?.account.contacts).toMatchObject([{ email: 'a@b.example' }]);
		expect(accounts[0]?.warnings.map(({ code }) => code)).toEqual(['badEmail']);
	});
});
