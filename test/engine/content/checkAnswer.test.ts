import { checkAnswer, picksOf, type Checked } from '../../../engine/content/checkAnswer';
import { byRules, settle, type Settled } from '../../../engine/content/settle';
import { freeze } from '../../harness/freeze';
import { choiceOf, itemOf } from './choices';

const CHOICES = freeze([
	choiceOf(),
	choiceOf({
		id: 'api',
		title: 'Node.js and the API in 2026',
		features: ['API'],
		summary: '25 calls',
	}),
]);
const GOOD = {
	id: 'automations',
	reason: 'Automations are not in use, and the team works by hand.',
	subject: 'Your first automation',
	opening: 'You move cards by hand today. This shows how a rule does it for you.',
};
const SAID = { plan: 'Team 50', featuresInUse: ['Boards'] };

const ITEMS = CHOICES.map(({ item }) => item);
const check = (...picks: object[]): Checked => checkAnswer({ picks }, ITEMS, SAID);
const codesFor = (changes: object): string[] =>
	check({ ...GOOD, ...changes }).reasons.map(({ code }) => code);
/** For a contact who may get all that was asked about. */
const settled = (answer: unknown, among = CHOICES): Settled =>
	settle(checkAnswer(answer, ITEMS, SAID), { ranked: CHOICES, among }, 'en');

describe('an answer that holds', () => {
	const table: [what: string, changes: object][] = [
		['as it is', {}],
		['with fields nobody asked for', { confidence: 0.9 }],
		['with blanks around it', { subject: '  Your first automation \n' }],
		['with a figure of the title', { opening: 'It takes 10 minutes.' }],
		['with a figure of the plan', { opening: 'Your plan is made for 50 people.' }],
		['with the same figure in other digits', { opening: 'It takes １０ minutes.' }],
		[
			'in German',
			{
				subject: 'Ihre erste Automatisierung',
				opening: 'Grüße – so geht’s: „Regeln“ (z. B. für Karten) und los!',
			},
		],
		[
			'in Japanese',
			{
				subject: '最初の自動化',
				opening: 'カードを手で動かしていませんか。ルールに任せましょう。次に進めます。',
			},
		],
		['in Persian, with joiners', { opening: 'می\u200Cتوانید کارت‌ها را خودکار جابه‌جا کنید.' }],
		['in Hindi', { opening: 'अब कार्ड अपने आप आगे बढ़ेंगे।' }],
		['with an emoji of several parts', { subject: 'For your team 👩\u200D💻❤\uFE0F' }],
		['with two paragraphs', { opening: 'One thing.\n\nAnother thing.' }],
		['with and/or', { opening: 'Move cards and/or tell people: it is your choice.' }],
		['with a mention', { opening: 'Use @mentions to reach people.' }],
		['with an abbreviation', { opening: 'It moves cards, e.g. to the next column, i.e. on.' }],
		[
			'of the longest length',
			{ subject: 'x'.repeat(78), reason: 'y'.repeat(300), opening: 'z'.repeat(600) },
		],
		['of the longest length in letters of two parts', { subject: 'é'.normalize('NFD').repeat(78) }],
	];
	it.each(table)('%s', (_what, changes) => {
		expect(codesFor(changes)).toEqual([]);
		expect(check({ ...GOOD, ...changes }).picks).toHaveLength(1);
	});

	it('is given back trimmed', () => {
		expect(check({ ...GOOD, subject: ' Hi there ' })).toEqual({
			picks: [{ ...GOOD, subject: 'Hi there' }],
			reasons: [],
		});
	});

	it('may name a page that its own summary names, and no other page of the same host', () => {
		const item = itemOf({ summary: 'From acme.com/pricing and 2,500 rows on.' });
		const say = (opening: string): Checked =>
			checkAnswer({ picks: [{ ...GOOD, opening }] }, [item]);
		expect(say('It is about acme.com/pricing.').picks).toHaveLength(1);
		expect(say('It is about 2,500 rows.').picks).toHaveLength(1);
		expect(say('It is about acme.com/phishing.').picks).toEqual([]);
		expect(say('It is about 500 rows.').picks).toEqual([]);
	});

	it('may use a name with a point that its own title has, and no other’s', () => {
		const api = { ...GOOD, id: 'api', subject: 'Start with Node.js', opening: 'Up to 25 calls.' };
		expect(check(api).picks).toEqual([api]);
		expect(codesFor({ subject: 'Start with Node.js' })).toEqual(['answer.link']);
		expect(codesFor({ opening: 'Up to 25 calls.' })).toEqual(['answer.number']);
		expect(check({ ...api, subject: 'node.js.evil' }).picks).toEqual([]);
		expect(check({ ...api, subject: 'node.js/evil' }).picks).toEqual([]);
	});
});

describe('a hostile answer', () => {
	const table: [what: string, changes: object, code: string][] = [
		['an unknown id', { id: 'evil' }, 'answer.notEligible'],
		['an id in other letters', { id: 'Automations' }, 'answer.notEligible'],
		['an id with a blank', { id: 'automations ' }, 'answer.notEligible'],
		['an id that objects have', { id: '__proto__' }, 'answer.notEligible'],
		['an empty id', { id: '' }, 'answer.notEligible'],
		['no id', { id: undefined }, 'answer.shape'],
		['a number as id', { id: 7 }, 'answer.shape'],
		['two ids', { id: ['automations', 'api'] }, 'answer.shape'],
		['no subject', { subject: undefined }, 'answer.shape'],
		['null as opening', { opening: null }, 'answer.shape'],
		['an object as reason', { reason: { text: 'x' } }, 'answer.shape'],
		['an empty subject', { subject: '' }, 'answer.empty'],
		['blanks alone', { opening: ' \n ' }, 'answer.empty'],
		['signs alone', { subject: '!!! ???' }, 'answer.empty'],
		['emoji alone', { subject: '🎉🎉' }, 'answer.empty'],
		['a subject too long by one', { subject: 'x'.repeat(79) }, 'answer.tooLong'],
		['an opening too long by one', { opening: 'x'.repeat(601) }, 'answer.tooLong'],
		['a reason too long by one', { reason: 'x'.repeat(301) }, 'answer.tooLong'],
		['a subject of a megabyte', { subject: 'x'.repeat(1_000_000) }, 'answer.tooLong'],
		[
			'one letter under thousands of marks',
			{ subject: `x${'\u0301'.repeat(5_000)}` },
			'answer.tooLong',
		],
		['one letter under many marks', { subject: `x${'\u0301'.repeat(50)}` }, 'answer.hidden'],
		['a subject of two lines', { subject: 'Hello\nBcc: a' }, 'answer.lines'],
		['a carriage return', { subject: 'Hello\rthere' }, 'answer.hidden'],
		['a line separator', { opening: 'Hello\u2028there' }, 'answer.lines'],
		['an opening far apart', { opening: 'Hello\n\n\n\nthere' }, 'answer.lines'],
		['a tab', { opening: 'Hello\tthere' }, 'answer.hidden'],
		['NUL', { subject: 'Hello\0there' }, 'answer.hidden'],
		['escape', { subject: '\u001B[31mred' }, 'answer.hidden'],
		['text that turns around', { subject: 'Hello \u202Eereht' }, 'answer.hidden'],
		['an isolate', { subject: 'Hello \u2066there' }, 'answer.hidden'],
		['a space of no width', { subject: 'He\u200Bllo' }, 'answer.hidden'],
		['a joiner between Latin letters', { subject: 'He\u200Dllo' }, 'answer.hidden'],
		['a soft hyphen', { subject: 'He\u00ADllo' }, 'answer.hidden'],
		['letters as tags', { subject: 'Hi\u{E0049}\u{E0067}' }, 'answer.hidden'],
		['a filler', { subject: 'Hi\u3164there' }, 'answer.hidden'],
		['half a character', { subject: 'Hi \uD83D' }, 'answer.hidden'],
		['private use', { subject: 'Hi \uE000' }, 'answer.hidden'],
		['a tag of HTML', { opening: 'Hello <b>you</b>' }, 'answer.markup'],
		['a tag of full width', { opening: 'Hello ＜script＞' }, 'answer.markup'],
		['an entity', { opening: 'Hello &lt;b&gt;' }, 'answer.markup'],
		['an entity in digits', { opening: 'Hello &#60;b' }, 'answer.markup'],
		['a link of Markdown', { opening: 'Click [here](a)' }, 'answer.markup'],
		['an image of Markdown', { opening: '![x](y)' }, 'answer.markup'],
		['bold of Markdown', { opening: 'This is **big**' }, 'answer.markup'],
		['code of Markdown', { opening: 'Type `x`' }, 'answer.markup'],
		['a heading of Markdown', { opening: 'Hello\n# Title' }, 'answer.markup'],
		['Liquid', { opening: 'Hello {{ contact.name }}' }, 'answer.markup'],
		['a tag of Liquid', { opening: 'Hello {% include x %}' }, 'answer.markup'],
		['an expression', { opening: '${process.env}' }, 'answer.markup'],
		['a placeholder', { opening: 'Dear [Name], hello' }, 'answer.markup'],
		['a link', { opening: 'See https://evil.example/a' }, 'answer.link'],
		['its own link', { opening: 'See https://help.example.com/automations' }, 'answer.link'],
		['a defanged link', { opening: 'See hxxps://evil' }, 'answer.link'],
		['a link without scheme', { opening: 'See evil.example/a' }, 'answer.link'],
		['a short link', { opening: 'See bit.ly/abc' }, 'answer.link'],
		['www', { opening: 'See www.evil' }, 'answer.link'],
		['a domain in capitals', { opening: 'See EVIL.EXAMPLE' }, 'answer.link'],
		['a domain in Cyrillic', { opening: 'See еvil.рф' }, 'answer.link'],
		['a domain with another point', { opening: 'See evil。com' }, 'answer.link'],
		['a domain with a point of full width', { opening: 'See evil．example' }, 'answer.link'],
		['a script', { opening: 'javascript:alert' }, 'answer.link'],
		['a number to call', { opening: 'tel:abc' }, 'answer.link'],
		['the machine itself', { opening: 'See localhost' }, 'answer.link'],
		['an address of a machine', { opening: 'See 10.10.10.10' }, 'answer.link'],
		['an e-mail address', { opening: 'Write to zoe@canary' }, 'answer.address'],
		['an e-mail address of full width', { opening: 'Write to zoe＠canary' }, 'answer.address'],
		['a price', { opening: 'Only 99 a month' }, 'answer.number'],
		['a phone number', { subject: 'Call +49 171 5550123' }, 'answer.number'],
		['a number of another item', { opening: 'In 2026' }, 'answer.number'],
		['a longer number', { opening: 'It takes 100 minutes' }, 'answer.number'],
		['figures of the data put together', { opening: 'Only 10,50 a seat' }, 'answer.number'],
		['a figure of the data as a price', { opening: 'Only $10 a seat' }, 'answer.number'],
		['a figure of the data as a share', { opening: 'Take 10 % off' }, 'answer.number'],
		['a figure of the data in thousands', { opening: 'Saves 10 000 hours' }, 'answer.number'],
		['a point in brackets', { opening: 'See evil(.)com' }, 'answer.link'],
		['a number of another service', { opening: 'xmpp:somebody' }, 'answer.link'],
		['a placeholder between signs of percent', { opening: 'Dear %FIRSTNAME%' }, 'answer.markup'],
		['a placeholder behind a dollar', { opening: 'Dear $FirstName' }, 'answer.markup'],
		['Arabic digits', { opening: 'Only ٩٩ today' }, 'answer.number'],
		['Indian digits', { opening: 'Only ९९ today' }, 'answer.number'],
		['mathematical digits', { opening: 'Only 𝟗𝟗 today' }, 'answer.number'],
		['digits in circles', { opening: 'Only ⑨⑨ today' }, 'answer.number'],
		['a fraction', { opening: 'Saves ¾ of it' }, 'answer.number'],
		['a number in the reason', { reason: 'Use fell by 37 percent' }, 'answer.number'],
	];
	it.each(table)('%s', (_what, changes, code) => {
		expect(codesFor(changes)).toContain(code);
		const { reasons, ...rest } = settled({ picks: [{ ...GOOD, ...changes }] });
		expect(rest).toMatchObject({ by: 'rules', item: { id: 'automations' } });
		expect(reasons).toContainEqual(expect.objectContaining({ code }));
	});

	it.each([
		undefined,
		null,
		0,
		'automations',
		[],
		[GOOD],
		() => GOOD,
		Symbol('x'),
		1n,
		NaN,
		new Map(),
		JSON.stringify(GOOD),
		GOOD,
		{ picks: [] },
		{ picks: GOOD },
		{ picks: [null] },
		{ picks: [[GOOD]] },
	])('no answer at all: %p', (answer) => {
		expect(settled(answer)).toMatchObject({
			by: 'rules',
			reasons: [{ code: 'answer.shape' }, {}],
		});
	});

	it('is repeated in no reason', () => {
		const canary = 'zoe@canary.example <b>';
		const changes = { id: canary, reason: canary, subject: canary, opening: canary };
		for (const one of [changes, { ...changes, id: 'automations' }]) {
			const { reasons, ...rest } = settled({ picks: [{ ...GOOD, ...one }] });
			expect(JSON.stringify([reasons, rest])).not.toContain('canary');
		}
	});
});

it('Claude’s choice need not be the rules’ best, and says what speaks for it', () => {
	const { reasons, ...rest } = settled({ picks: [{ ...GOOD, id: 'api' }] });
	expect(rest).toMatchObject({ by: 'claude', item: { id: 'api' }, subject: GOOD.subject });
	expect(reasons).toEqual(CHOICES[1]?.parts);
});

describe('an answer of several', () => {
	const API = { ...GOOD, id: 'api', subject: 'The interface' };

	it('gives each contact the first that it may get', () => {
		const answer = { picks: [API, GOOD] };
		const [automations] = CHOICES;
		expect(settled(answer)).toMatchObject({ item: { id: 'api' }, subject: API.subject });
		expect(settled(answer, automations === undefined ? [] : [automations])).toMatchObject({
			by: 'claude',
			item: { id: 'automations' },
			subject: GOOD.subject,
		});
	});

	it('of which this contact may get none, leaves it to the rules and says so', () => {
		expect(settled({ picks: [API] }, CHOICES.slice(0, 1))).toMatchObject({
			by: 'rules',
			item: { id: 'automations' },
			reasons: [{ code: 'answer.notForThisContact' }, {}],
		});
	});

	it('holds where one of it does not, and the first counts of what comes twice', () => {
		const bad = { ...API, opening: 'See www.evil' };
		const again = { ...GOOD, subject: 'Another' };
		const { picks, reasons } = check(bad, GOOD, again, { id: 'evil' });
		expect(picks).toEqual([GOOD]);
		expect(reasons.map(({ code }) => code)).toEqual(['answer.link', 'answer.shape']);
		expect(settled({ picks: [bad, GOOD] })).toMatchObject({ by: 'claude', subject: GOOD.subject });
	});
});

describe('what is kept of an answer before anybody knows the question', () => {
	it('is its picks without anything else, however deep that is', () => {
		let deep: unknown = 'x';
		for (let depth = 0; depth < 20_000; depth++) deep = [deep];
		const kept = picksOf({
			picks: [{ ...GOOD, deep }, { id: 7 }, { ...GOOD, opening: 'x'.repeat(6_000) }],
			deep,
		});
		expect(kept).toEqual({ picks: [GOOD] });
	});
	it.each([[undefined], [{}], [{ picks: [] }], [{ picks: [{ id: 'a' }] }], [[GOOD]]])(
		'is nothing of %j',
		(answer) => {
			expect(picksOf(answer)).toBeUndefined();
		},
	);
});

it('without a choice there is nothing to settle', () => {
	expect(() => byRules([], 'en')).toThrow(RangeError);
});
