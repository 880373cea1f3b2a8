import { CONTACT_ROLES } from '../../../engine/accounts/account';
import type { Cell, Row } from '../../../engine/accounts/row';
import { build, type Settings } from './rows';

/** An admin with whom nothing is wrong. */
const ana = { email: 'ana@example.com', role: 'admin' };
const bo = 'bo@example.com';

/** The contacts of one row's account, and what is said of it. */
function read(row: Row, settings?: Settings) {
	const { accounts, rejected } = build([[{ accountId: 'A', ...row }]], settings);
	expect(rejected).toEqual([]);
	const [built] = accounts;
	if (built === undefined) throw new Error('the account did not go on');
	return {
		contacts: built.account.contacts as Row[] | undefined,
		said: built.warnings.map(({ code, field }) => `${code} ${field}`),
		texts: built.warnings.map(({ text }) => text),
	};
}

describe('a contact that cannot be used never keeps the customer out (P11, P12)', () => {
	it.each<[string, Cell, string]>([
		['has no address that can be read', { email: 'nope' }, 'badEmail contacts[1].email'],
		['has no address', { name: 'Bo' }, 'badEmail contacts[1].email'],
		['has an empty address', { email: ' ' }, 'badEmail contacts[1].email'],
		['has an object for an address', { email: {} }, 'badEmail contacts[1].email'],
		['is a text', 'Bo', 'invalidContact contacts[1]'],
		['is a list', ['x'], 'invalidContact contacts[1]'],
		['is nothing', null, 'invalidContact contacts[1]'],
	])('one that %s is left out with a sentence', (_title, entry, problem) => {
		const { contacts, said, texts } = read({ contacts: [ana, entry, { email: bo }] });
		expect(contacts?.map(({ email }) => email)).toEqual(['ana@example.com', bo]);
		expect(said).toEqual([problem]);
		expect(texts[0]).toMatch(/^Row 1\b.*contacts\[1\].*\bleft out\b.*\.$/);
	});

	it.each<Cell>(['Owner', 'x', 7, true, {}, ['admin']])('the role %j counts as user', (role) => {
		const { contacts, said } = read({ contacts: [ana, { email: bo, role }] });
		expect(contacts).toMatchObject([{ role: 'admin' }, { email: bo, role: 'user' }]);
		expect(said).toEqual(['notOneOf contacts[1].role']);
	});

	it.each(CONTACT_ROLES)('the role %s is what it says', (role) => {
		expect(read({ contacts: [{ email: bo, role }] })).toMatchObject({
			contacts: [{ role }],
			said: [],
		});
	});

	it.each<[string, Cell]>([
		['timezone', 'Mars/Base'],
		['setupCompletedAt', 'soon'],
		['name', {}],
		['locale', ['en']],
	])('an unreadable %s is left out, and its contact stays', (name, cell) => {
		const { contacts, said } = read({ contacts: [{ ...ana, [name]: cell }] });
		expect(contacts).toEqual([{ ...ana, status: 'active', unsubscribed: false }]);
		expect(said).toEqual([expect.stringMatching(new RegExp(` contacts\\[0\\]\\.${name}$`))]);
	});

	it.each<[string, Row]>([
		['an unsubscribed that cannot be read', { unsubscribed: 'maybe' }],
		['a status that cannot be read', { status: 'soft bounce?' }],
		['a status that cannot be read beside a clear no', { status: 7, unsubscribed: 'no' }],
	])('%s counts as unsubscribed, in lists and in columns', (_title, flags) => {
		expect(read({ contacts: [{ email: bo, ...flags }] }).contacts).toMatchObject([
			{ email: bo, unsubscribed: true },
		]);
		const columns: Row = {
			...('status' in flags ? { 'Contact Status': flags.status } : {}),
			...('unsubscribed' in flags ? { Unsubscribed: flags.unsubscribed } : {}),
		};
		expect(read({ Email: bo, ...columns }).contacts).toMatchObject([{ unsubscribed: true }]);
		// without an address they speak of the first contact
		expect(read({ contacts: [ana], ...columns }).contacts).toMatchObject([{ unsubscribed: true }]);
		const later = build([[{ accountId: 'A', contacts: [ana] }], [{ accountId: 'A', ...columns }]]);
		expect(later.accounts[0]?.account.contacts).toMatchObject([{ unsubscribed: true }]);
	});

	it('a customer all of whose contacts are unusable goes on with an empty list', () => {
		for (const row of [
			{ contacts: [{ email: 'nope' }, 'x'] },
			{ contacts: 'Ana' },
			{ contacts: {} },
			{ Email: 'ana at example' },
		]) {
			const { contacts, said } = read(row);
			expect(contacts).toEqual([]);
			expect(said.length).toBeGreaterThan(0);
			expect(read(row, { otherColumns: 'leaveOut' }).contacts).toEqual([]);
		}
	});

	it('what columns say of somebody without a readable address is not laid on anybody else', () => {
		const { contacts } = read({
			Email: 'nope',
			'Contact Name': 'Not Ana',
			'Contact Role': 'champion',
			contacts: [ana],
		});
		expect(contacts).toEqual([{ ...ana, status: 'active', unsubscribed: false }]);
	});

	it('in a further source keeps nothing else of its row out', () => {
		const { accounts, rejected } = build([
			[{ accountId: 'A', contacts: [ana] }, { accountId: 'B' }],
			[
				{ accountId: 'A', plan: 'growth', contacts: [{ email: 'nope' }, { email: bo }] },
				{ accountId: 'B', contacts: [{ email: 'nope' }] },
			],
		]);
		expect(rejected).toEqual([]);
		expect(accounts[0]?.account).toMatchObject({ plan: 'growth', contacts: [ana, { email: bo }] });
		expect(accounts[0]?.warnings[0]?.text).toMatch(/^Row 1 of source 2\b/);
		expect(accounts[1]?.account.contacts).toEqual([]);
	});

	it('what else is wrong with the row still rejects it', () => {
		const { rejected } = build([[{ accountId: 'A', arr: 'x', contacts: [{ email: 'nope' }] }]]);
		expect(rejected[0]?.problems.map(({ code }) => code)).toEqual(['notANumber']);
	});

	it('the sentences say what comes of it, and hold no address and no name', () => {
		const { texts } = read({
			contacts: [
				ana,
				{ email: 'jane.doe at corp.example', name: 'Jane Doe' },
				{ email: bo, role: 'Schmidt', status: '1980-05-17', timezone: 'Jane' },
			],
		});
		expect(texts).toEqual([
			'Row 1: "contacts[1].email" holds a text of 24 characters, where one e-mail address belongs. Correct it at the source (one address, as in ana@example.com), or leave the cell empty if it is not known. Until then this contact is left out.',
			expect.stringMatching(/contacts\[2\]\.role.* Until then the role counts as user\.$/),
			expect.stringMatching(
				/contacts\[2\]\.status.* Until then this contact counts as unsubscribed\.$/,
			),
			expect.stringMatching(/contacts\[2\]\.timezone.* Until then this field is left out\.$/),
		]);
		expect(texts.join(' ')).not.toMatch(/jane|doe|corp|schmidt|1980/i);
	});

	it('where nothing is wrong nothing is said', () => {
		expect(read({ contacts: [ana, { email: bo, role: null, name: '' }] }).said).toEqual([]);
		expect(read({}).contacts).toBeUndefined();
	});
});
