import { createHmac } from 'node:crypto';
import { fingerprint } from '../../../ledger/sql/addresses';
import {
	CASE_ACTIONS,
	caseLinkUrl,
	colleagueToken,
	readCaseLink,
	type CaseLink,
} from '../../../services/links/caseLink';
import { LINK_PARAMETER, linkUrl, readLink } from '../../../services/links/link';
import { dice } from '../../harness/dice';

const BASE = 'https://n8n.example.com/webhook/digital-cs/case';
const SECRET = 'a'.repeat(64);
const EXPIRES = Date.parse('2026-03-09T10:00:00.123Z');
const TO = colleagueToken('jo@vendor.example', SECRET);
const LINK: CaseLink = {
	no: 12,
	reopened: 1,
	action: 'acknowledge',
	to: TO,
	expiresAt: EXPIRES,
	test: false,
};
const LINKS = CASE_ACTIONS.flatMap((action) =>
	[false, true].map((test): CaseLink => ({ ...LINK, action, test })),
);

const secretOf = async (): Promise<string> => await Promise.resolve(SECRET);
const textOf = (link: CaseLink, secret = SECRET): string =>
	new URL(caseLinkUrl(BASE, link, secret)).searchParams.get(LINK_PARAMETER) ?? '';
const read = async (text: unknown, now = EXPIRES - 1) => await readCaseLink(text, secretOf, now);
/** What anybody gets out of texts that are no links; neither a link nor that it was one. */
const understood = async (texts: readonly unknown[]): Promise<unknown[]> => {
	const found: unknown[] = [];
	for (const text of texts) {
		const said = await read(text);
		if (said !== undefined) found.push([text, said]);
	}
	return found;
};

describe('a link of a notice', () => {
	it.each(LINKS)('says what it was made from: $action, test $test', async (link) => {
		expect(await read(textOf(link))).toEqual(link);
	});

	it('says it for any case and time, each in a way of its own', async () => {
		const roll = dice(5);
		const links = Array.from({ length: 1000 }, (): CaseLink => {
			const whole = (most: number): number => Math.floor(roll() * most);
			return {
				no: 1 + whole(roll() < 0.5 ? 9 : 1e9),
				reopened: whole(3),
				action: CASE_ACTIONS[whole(3)] ?? 'touch',
				to: colleagueToken(`${String(whole(1e6))}@vendor.example`, SECRET),
				expiresAt: EXPIRES + whole(1e10),
				test: roll() < 0.5,
			};
		});
		for (const link of links) expect(await read(textOf(link))).toEqual(link);
		const said = new Set(links.map((link) => JSON.stringify(link)));
		expect(new Set(links.map((link) => textOf(link))).size).toBe(said.size);
	});

	it('tells nothing of who it went to, and nobody can find out by trying addresses', () => {
		const url = caseLinkUrl(BASE, LINK, SECRET);
		expect(decodeURIComponent(url)).not.toMatch(/@|jo|vendor/);
		expect(colleagueToken(' Jo@Vendor.example ', SECRET)).toBe(TO);
		expect(colleagueToken('jo@vendor.example', 'b'.repeat(64))).not.toBe(TO);
		expect(colleagueToken('al@vendor.example', SECRET)).not.toBe(TO);
	});

	it('asks for the secret of its own kind: live and test links are signed apart', async () => {
		const asked: boolean[] = [];
		for (const link of LINKS)
			await readCaseLink(
				textOf(link),
				async (test) => {
					asked.push(test);
					return await Promise.resolve(SECRET);
				},
				0,
			);
		expect(asked).toEqual(LINKS.map(({ test }) => test));
	});

	it('keeps what the address had', () => {
		expect(caseLinkUrl(`${BASE}?tenant=a`, LINK, SECRET)).toContain('?tenant=a&dcs=a.12.1.');
	});

	it.each<[string, Partial<CaseLink>]>([
		['no number', { no: 0 }],
		['part of a number', { no: 1.5 }],
		['a negative number', { reopened: -1 }],
		['a time that is none', { expiresAt: NaN }],
		['a time without end', { expiresAt: Infinity }],
		['an address for a token', { to: 'jo@vendor.example' }],
		['a token in capitals', { to: 'A'.repeat(32) }],
	])('is not made with %s', (_what, over) => {
		expect(() => caseLinkUrl(BASE, { ...LINK, ...over }, SECRET)).toThrow(RangeError);
	});
});

describe('the time of a link', () => {
	it.each([
		[EXPIRES - 1, LINK],
		[EXPIRES, 'expired'],
		[EXPIRES + 1, 'expired'],
		[Number.MAX_SAFE_INTEGER, 'expired'],
		[0, LINK],
	])('at %i: %j', async (now, expected) => {
		expect(await read(textOf(LINK), now)).toEqual(expected);
	});

	it('is signed: no other can be written into it, and a forged one is not even called expired', async () => {
		const later = textOf(LINK).replace(String(EXPIRES), String(EXPIRES + 1e9));
		expect(later).not.toBe(textOf(LINK));
		for (const now of [0, EXPIRES - 1, EXPIRES, EXPIRES + 2e9])
			expect(await read(later, now)).toBeUndefined();
		expect(await read(`${textOf(LINK).slice(0, -1)}!`, EXPIRES + 1)).toBeUndefined();
	});
});

describe('a forged link of a notice', () => {
	const ALPHABET = [
		...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %'),
		'\u0000',
		'é',
		'٣',
	];
	const places = (text: string): number[] =>
		Array.from({ length: text.length }, (_unused, at) => at);

	it('with any one letter changed is nothing', async () => {
		for (const link of LINKS) {
			const text = textOf(link);
			const changed = places(text).flatMap((at) =>
				ALPHABET.map((letter) => text.slice(0, at) + letter + text.slice(at + 1)),
			);
			const others = changed.filter((one) => one !== text);
			expect(others.length).toBeGreaterThan(6000);
			expect(await understood(others)).toEqual([]);
		}
	});

	it('cut, or with anything left out or put in, is nothing', async () => {
		for (const link of LINKS) {
			const text = textOf(link);
			const texts = places(text).flatMap((at) => [
				text.slice(0, at),
				text.slice(at + 1),
				text.slice(0, at) + text.slice(at + 1),
				`${text.slice(0, at)}0${text.slice(at)}`,
				`${text.slice(0, at)}.${text.slice(at)}`,
			]);
			const around = [`${text}=`, `${text} `, ` ${text}`, `${text}\n`, `.${text}`, text + text];
			expect(await understood([...texts, ...around].filter((one) => one !== text))).toEqual([]);
		}
	});

	it('with the signature of another link is nothing', async () => {
		const others: CaseLink[] = [
			...LINKS,
			{ ...LINK, no: 13 },
			{ ...LINK, reopened: 2 },
			{ ...LINK, expiresAt: EXPIRES + 1 },
			{ ...LINK, to: colleagueToken('al@vendor.example', SECRET) },
		];
		const parts = others.map((link) => {
			const text = textOf(link);
			const end = text.lastIndexOf('.');
			return { content: text.slice(0, end), signature: text.slice(end + 1) };
		});
		const swapped = parts.flatMap(({ content }) =>
			parts
				.filter((other) => other.content !== content)
				.map(({ signature }) => `${content}.${signature}`),
		);
		expect(swapped).toHaveLength(90);
		expect(await understood(swapped)).toEqual([]);
	});

	it('spelled another way is nothing, though whoever signs signs it', async () => {
		const contents = [
			`a.012.1.${TO}.${String(EXPIRES)}`,
			`a.12.01.${TO}.${String(EXPIRES)}`,
			`a.12.1.${TO.toUpperCase()}.${String(EXPIRES)}`,
			`a.12.1.${TO}.0${String(EXPIRES)}`,
			`a.12.1.${TO}.${String(EXPIRES)}.`,
			`a.0.1.${TO}.${String(EXPIRES)}`,
			`x.12.1.${TO}.${String(EXPIRES)}`,
		];
		expect(
			await understood(contents.map((content) => `${content}.${sign(`case\n${content}`)}`)),
		).toEqual([]);
		// only so does the same way of signing make a link
		const right = `a.12.1.${TO}.${String(EXPIRES)}`;
		expect(await read(`${right}.${sign(`case\n${right}`)}`)).toEqual(LINK);
	});

	it.each([undefined, null, 7, '', '.', '.....', ['a'], {}, `a.12.1.${TO}.${String(EXPIRES)}`])(
		'%p is nothing',
		async (text) => {
			expect(await read(text)).toBeUndefined();
		},
	);

	it('signed with the secret of another ledger is nothing', async () => {
		const secrets = ['', 'b'.repeat(64), SECRET.slice(1), `${SECRET}a`];
		const texts = LINKS.flatMap((link) => secrets.map((secret) => textOf(link, secret)));
		expect(await understood(texts)).toEqual([]);
	});
});

const sign = (text: string): string =>
	createHmac('sha256', SECRET).update(text).digest('base64url');

describe('other signatures made with the same secret', () => {
	const content = `a.12.1.${TO}.${String(EXPIRES)}`;

	it('never pass as a link of a notice', async () => {
		const hex = fingerprint(SECRET, content);
		const signatures = [
			hex,
			Buffer.from(hex, 'hex').toString('base64url'),
			sign(content),
			sign(`link\n${content}`),
			sign(`colleague\n${content}`),
			colleagueToken(content, SECRET),
			Buffer.from(colleagueToken(content, SECRET), 'hex').toString('base64url'),
		];
		const customers = (['click', 'unsubscribe'] as const).flatMap((purpose) =>
			[false, true].map((test) => {
				const link = { purpose, target: 'https://x.example/', token: TO, test };
				return new URL(linkUrl(BASE, link, SECRET)).searchParams.get(LINK_PARAMETER);
			}),
		);
		const texts = [...signatures.map((one) => `${content}.${one}`), ...customers];
		expect(await understood(texts)).toEqual([]);
	});

	it('of a notice never pass as a link to a customer', async () => {
		for (const link of LINKS) expect(await readLink(textOf(link), secretOf)).toBeUndefined();
		for (const kind of ['u', 'U', 'c', 'C'])
			for (const told of [`${kind}.${TO}`, `${kind}.${TO}.aHR0cHM6Ly94LmV4YW1wbGUv`])
				expect(await readLink(`${told}.${sign(`case\n${told}`)}`, secretOf)).toBeUndefined();
	});
});
