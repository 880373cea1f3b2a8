import {
	askedOfCase,
	CASE_FIELDS,
	CASE_OUTCOMES,
	type CaseRequest,
} from '../../../services/links/caseAsking';
import { CASE_ACTIONS, type CaseAction } from '../../../services/links/caseLink';
import { casePage, type CasePage } from '../../../services/links/casePages';

const ABOUT = { no: 12, account: 'Acme', what: 'Health fell to red' };
const AT = '2026-03-02T10:15:30.000+01:00';

/** Every page, with these texts of others on it. */
const pagesWith = (text: string): CasePage[] => {
	const about = { no: 12, account: text, what: text };
	return [
		...CASE_ACTIONS.flatMap((action): CasePage[] => [
			{ page: 'confirm', action, about },
			{ page: 'done', action, about },
			{ page: 'test', action, about },
			{ page: 'alreadyDone', action, about, by: text, at: AT },
			{ page: 'notYet', action },
		]),
		{ page: 'resolved', about, by: text, at: AT, outcome: text },
		{ page: 'resolved', about, at: AT },
		{ page: 'merged', about, into: 3 },
		{ page: 'handedOn', about, owner: text },
		{ page: 'notYet', action: 'resolve', outcome: 'noAnswer' },
		{ page: 'notYet' },
		{ page: 'expired' },
		{ page: 'invalid' },
		{ page: 'unknown' },
	];
};

const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
const textsOf = (html: string): string[] =>
	[...html.matchAll(/<bdi>([^<]*)<\/bdi>/g)].map(([, text = '']) =>
		text.replace(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code))),
	);
const wordsOf = (page: CasePage): string =>
	casePage(page)
		.body.replace(/<style>.*<\/style>/, '')
		.replace(/<[^>]*>/g, ' ');

describe('the pages behind a link of a notice', () => {
	it.each(pagesWith('Acme').map((page) => [page.page, page] as const))(
		'%s: one page without scripts, pictures, links or anything from elsewhere, and not for search engines',
		(_name, page) => {
			const { body } = casePage(page);
			expect(body).toMatch(/^<!doctype html><html lang="en">/);
			expect(body).not.toMatch(
				/<script|<img|<a |<link|<iframe|https?:|url\(|@import|refresh|\son\w+=|%NO%/i,
			);
			expect(body).toContain('<meta name="robots" content="noindex">');
			expect(body).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
			expect(body).toContain("default-src 'none'");
			expect(body).toMatch(/button:focus-visible,input:focus-visible\{outline:3px/);
		},
	);

	it.each<[CasePage['page'], number]>([
		['confirm', 200],
		['done', 200],
		['test', 200],
		['alreadyDone', 200],
		['resolved', 200],
		['merged', 200],
		['handedOn', 200],
		['invalid', 400],
		['unknown', 404],
		['expired', 410],
		['notYet', 503],
	])('%s is answered with %i', (name, status) => {
		const pages = pagesWith('Acme').filter(({ page }) => page === name);
		expect(pages.map((page) => casePage(page).status)).toEqual(pages.map(() => status));
		expect(pages.map((page) => casePage(page).page)).toEqual(pages.map(() => name));
	});

	it.each(CASE_ACTIONS)('to %s asks with the number, the account and what is wrong', (action) => {
		const words = wordsOf({ page: 'confirm', action, about: ABOUT });
		for (const part of ['ase 12', 'Acme', 'Health fell to red']) expect(words).toContain(part);
	});

	it('tell who did it before, and when, in the zone of whoever reads it', () => {
		const page = { about: ABOUT, by: 'Jo Doe', at: AT };
		const before = wordsOf({ page: 'alreadyDone', action: 'acknowledge', ...page });
		expect(before).toContain('acknowledged before');
		expect(before).toMatch(/By\s+Jo Doe\s*, 2026-03-02 10:15 \(UTC\+01:00\)/);
		const over = wordsOf({ page: 'resolved', ...page, outcome: 'customerLeft' });
		expect(over).toMatch(/by\s+Jo Doe\s*, 2026-03-02 10:15 \(UTC\+01:00\):\s+The customer left/);
		expect(wordsOf({ page: 'resolved', ...page, at: '2026-03-02T09:15:00Z' })).toContain(
			'09:15 (UTC)',
		);
	});

	it('tell who or what has the case now', () => {
		expect(wordsOf({ page: 'merged', about: ABOUT, into: 3 })).toContain(
			'Case 12 is part of case 3',
		);
		expect(wordsOf({ page: 'handedOn', about: ABOUT, owner: 'Jo Doe' })).toMatch(/Jo Doe\s+has it/);
	});

	it('show nothing of a case to whoever has no good link', () => {
		for (const page of ['expired', 'invalid', 'unknown', 'notYet'] as const)
			expect(wordsOf({ page })).not.toMatch(/12|Acme|red/);
	});
});

describe('what may be pressed', () => {
	const formsOf = (page: CasePage): string[] =>
		casePage(page).body.match(/<form.*?<\/form>/g) ?? [];

	it.each(CASE_ACTIONS)(
		'to %s: one form that posts to where it was opened, with one button',
		(action) => {
			for (const page of [
				{ page: 'confirm' as const, action, about: ABOUT },
				{ page: 'notYet' as const, action },
			]) {
				const [form = '', ...others] = formsOf(page);
				expect(others).toEqual([]);
				expect(form.startsWith('<form method="post">')).toBe(true);
				expect(form.match(/<button[^>]*>/g)).toEqual([
					`<button name="${CASE_FIELDS.action}" value="${action}">`,
				]);
			}
		},
	);

	it('to resolve: the outcomes, one of which is required, and nothing else', () => {
		const [form = ''] = formsOf({ page: 'confirm', action: 'resolve', about: ABOUT });
		const inputs = form.match(/<(?:input|select|textarea)[^>]*>/g) ?? [];
		expect(inputs).toEqual(
			['resolved', 'customerLeft', 'noAnswer', 'falseAlarm'].map(
				(outcome) => `<input type="radio" name="outcome" value="${outcome}" required>`,
			),
		);
		expect(form).toMatch(/^<form method="post"><fieldset><legend>/);
	});

	it('again, when the ledger was away, with what was chosen', () => {
		const [form = ''] = formsOf({ page: 'notYet', action: 'resolve', outcome: 'noAnswer' });
		expect(/value="(\w+)" required checked/.exec(form)?.[1]).toBe('noAnswer');
	});

	it('is nothing on every other page', () => {
		for (const page of pagesWith('Acme')) {
			const asks = page.page === 'confirm' || (page.page === 'notYet' && page.action !== undefined);
			expect([page, formsOf(page).length]).toEqual([page, asks ? 1 : 0]);
		}
	});

	it('is understood: what each form posts asks for what its page said', () => {
		for (const action of CASE_ACTIONS) {
			const [form = ''] = formsOf({ page: 'confirm', action, about: ABOUT });
			const [, name = '', value] = /<button name="(\w+)" value="(\w+)">/.exec(form) ?? [];
			const chosen = [...form.matchAll(/<input[^>]*name="(\w+)" value="(\w+)"/g)];
			const bodies =
				chosen.length === 0
					? [{ [name]: value }]
					: chosen.map(([, field = '', outcome]) => ({ [name]: value, [field]: outcome }));
			const asked = bodies.map((body) => askedOfCase(body, action));
			expect(asked).toEqual(
				action === 'resolve' ? CASE_OUTCOMES.map((outcome) => ({ action, outcome })) : [{ action }],
			);
		}
	});
});

describe('whether a request to a link asks for anything', () => {
	it.each<[string, unknown]>([
		['opened: n8n gives an empty body', {}],
		['no body', undefined],
		['no body, as null', null],
		['a text', 'case=acknowledge'],
		['a list', [{ case: 'acknowledge' }]],
		['said twice', { case: ['acknowledge', 'acknowledge'] }],
		['what a mail program posts to unsubscribe', { 'List-Unsubscribe': 'One-Click' }],
		['what another page posts', { unsubscribe: 'yes' }],
		['inherited, not said', Object.create({ case: 'acknowledge', outcome: 'resolved' }) as object],
		['empty', { case: '' }],
		['something else', { case: 'erase', outcome: 'resolved' }],
	])('%s: no', (_what, body) => {
		expect(CASE_ACTIONS.map((action) => askedOfCase(body, action))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('only for what the link is signed for', () => {
		for (const link of CASE_ACTIONS)
			for (const said of CASE_ACTIONS) {
				const asked = askedOfCase({ case: said, outcome: 'resolved' }, link);
				expect([link, said, asked !== undefined]).toEqual([link, said, link === said]);
			}
	});

	it.each<[unknown, CaseRequest | undefined]>([
		[{ case: 'resolve' }, undefined],
		[{ case: 'resolve', outcome: '' }, undefined],
		[{ case: 'resolve', outcome: 'merged' }, undefined],
		[{ case: 'resolve', outcome: 'constructor' }, undefined],
		[{ case: 'resolve', outcome: ['resolved'] }, undefined],
		[
			{ case: 'resolve', outcome: ' falseAlarm ' },
			{ action: 'resolve', outcome: 'falseAlarm' },
		],
	])('to resolve with %j: %j', (body, expected) => {
		expect(askedOfCase(body, 'resolve')).toEqual(expected);
	});

	it('scanners that GET, HEAD or prefetch never do, whatever they send with it', () => {
		const empty = [{}, undefined, ''];
		const actions: readonly CaseAction[] = CASE_ACTIONS;
		for (const action of actions)
			for (const body of empty) expect(askedOfCase(body, action)).toBeUndefined();
	});
});

describe('text of others on a page', () => {
	const PIECES = [
		'<script>alert(1)</script>',
		'</bdi></p></main>',
		'<form method="post" action="https://evil.example">',
		'"',
		"'",
		'&',
		'&lt;',
		'&#60;',
		'<!--',
		'-->',
		']]>',
		'</title>',
		'</style>',
		'$&',
		'$1',
		'%NO%',
		'%FROM%',
		'\u0000',
		'\u202e',
		'\u2066',
		'\r\n',
		'🙂',
		'\ud83d',
		'ß',
		'a',
		' ',
		'javascript:',
		'{{ x }}',
	];
	const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();

	it('is text, whatever it says: no tag, no attribute more than without it', () => {
		const plain = pagesWith('x').map((page) => tagsOf(casePage(page).body));
		const texts = PIECES.flatMap((first) => PIECES.map((second) => first + second));
		for (const text of texts) {
			const bodies = pagesWith(text).map((page) => casePage(page).body);
			expect(bodies.map(tagsOf)).toEqual(plain);
			expect(new Set(bodies.flatMap(textsOf))).toEqual(new Set([shown(text)]));
		}
	});

	it('is cut where it is endless, and never inside a letter', () => {
		const [account = '', what = ''] = textsOf(
			casePage({
				page: 'confirm',
				action: 'touch',
				about: { no: 1, account: `a${'🙂'.repeat(5000)}`, what: 'x'.repeat(10_000) },
			}).body,
		);
		expect([account.length <= 120, what.length <= 300]).toEqual([true, true]);
		expect(account).toMatch(/^a(?:🙂)+…$/u);
		expect(what.endsWith('x…')).toBe(true);
	});
});
