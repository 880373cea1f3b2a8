import { ACCOUNT_FIELDS } from '../../../engine/accounts/fields';
import { show } from '../../../engine/accounts/show';
import { build, sentencesOf } from './rows';

/** What a wrong mapping may put into any column. */
const IN_CELLS = ['xoxb-17653672481', 'Winter2024Hamburg', 'DE89370400440532013000'];
/** Not even where an account id belongs, which one has to find again. */
const ANYWHERE = [
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

/** Whether two strings share a run of six characters. */
const repeats = (sentence: string, text: string): boolean =>
	Array.from({ length: Math.max(1, text.length - 5) }, (_, at) => text.slice(at, at + 6)).some(
		(piece) => sentence.includes(piece),
	);

describe('a message about a cell', () => {
	it.each([...IN_CELLS, ...ANYWHERE])('never repeats %j, whichever field it stands in', (text) => {
		for (const { path } of ACCOUNT_FIELDS) {
			for (const sentence of sentencesOf([{ accountId: 'A', [path]: text }]))
				expect(repeats(sentence, text)).toBe(false);
		}
		for (const group of ['usage', 'setup', 'contacts']) {
			for (const cell of [text, [text], [{ email: text }]])
				for (const sentence of sentencesOf([{ accountId: 'A', [group]: cell }]))
					expect(repeats(sentence, text)).toBe(false);
		}
	});

	it.each(ANYWHERE)('never repeats %j as an account id', (text) => {
		const [sentence = ''] = sentencesOf([{ accountId: text }, { accountId: text }]);
		expect(sentence).toMatch(/^Row 2 repeats the account id \(a text of \d+ characters\) of row 1/);
		expect(repeats(sentence, text)).toBe(false);
	});

	it.each(ANYWHERE)('never repeats %j as the key of a joined row', (text) => {
		const { rejected } = build([[{ accountId: 'A' }], [{ key: text, arr: 1 }]], { keys: ['key'] });
		const [problem] = rejected[0]?.problems ?? [];
		expect(problem?.code).toBe('noAccount');
		expect(repeats(problem?.text ?? '', text)).toBe(false);
	});

	it.each([
		['lots', '"lots"'],
		[' late ', '"late"'],
		['12,5', '"12,5"'],
		['12k', '"12k"'],
		['$ 12000', '"$ 12000"'],
		['3/1/2026', '"3/1/2026"'],
		['01.03.2026', '"01.03.2026"'],
		['2026-02-30T09:00:00.000Z', '"2026-02-30T09:00:00.000Z"'],
		['Europe/Berln', '"Europe/Berln"'],
		['UTC+2', '"UTC+2"'],
		['true', '"true"'],
		[-1, '-1'],
		[false, 'false'],
		[null, 'nothing'],
		[{ a: 1 }, 'an object'],
		[['a', 'b'], 'a list of 2'],
		['six hundred', 'a text of 11 characters'],
		['x'.repeat(25), 'a text of 25 characters'],
	])('shows %j as %s', (value, shown) => {
		expect(show(value)).toBe(shown);
	});

	it('leaves enough to act on: row, column, field, kind, what belongs there and what to do', () => {
		expect(sentencesOf([{ accountId: 'A', 'Annual Recurring Revenue': 'six hundred' }])).toEqual([
			'Row 1: "Annual Recurring Revenue" (arr) holds a text of 11 characters, where a number belongs. Write digits only, as in 12000 or 12000.50, or leave the cell empty if it is not known.',
		]);
	});
});
