import {
	LINK_PARAMETER,
	linkAddress,
	linkUrl,
	readLink,
	webAddress,
	type Link,
} from '../../../services/links/link';
import { tokenOf } from '../../../ledger/token';

const BASE = 'https://n8n.example.com/webhook/digital-cs/link';
const SECRET = 'a'.repeat(64);
const TOKEN = tokenOf('onboarding/1/acct-1/welcome/');
const TARGET = 'https://help.example.com/connect?a=1&b=%20#part';

const UNSUBSCRIBE: Link = { purpose: 'unsubscribe', token: TOKEN, test: false };
const LINKS: Link[] = [
	{ purpose: 'click', target: TARGET, token: TOKEN, test: false },
	{ purpose: 'click', target: TARGET, token: TOKEN, test: true },
	UNSUBSCRIBE,
	{ ...UNSUBSCRIBE, test: true },
];

const textOf = (link: Link, secret = SECRET): string =>
	new URL(linkUrl(BASE, link, secret)).searchParams.get(LINK_PARAMETER) ?? '';
const read = async (text: unknown): Promise<Link | undefined> =>
	await readLink(text, async () => await Promise.resolve(SECRET));

describe('a signed link', () => {
	it.each(LINKS)('says what it was made from: $purpose, test $test', async (link) => {
		expect(await read(textOf(link))).toEqual(link);
	});

	it('keeps what the address had, and does not mind what others add', () => {
		const url = linkUrl(`${BASE}?tenant=a`, UNSUBSCRIBE, SECRET);
		expect(new URL(url).searchParams.get('tenant')).toBe('a');
		expect(url.startsWith(`${BASE}?`)).toBe(true);
	});

	it('tells nothing of the account, the step or the person', () => {
		expect(linkUrl(BASE, UNSUBSCRIBE, SECRET)).not.toMatch(/acct|welcome|onboarding|@/);
	});

	it('asks for the secret of its own kind: live and test links are signed apart', async () => {
		const asked: boolean[] = [];
		for (const link of LINKS)
			await readLink(textOf(link), async (test) => {
				asked.push(test);
				return await Promise.resolve(SECRET);
			});
		expect(asked).toEqual([false, true, false, true]);
	});
});

describe('a forged link', () => {
	const accepted = async (texts: readonly unknown[]): Promise<number> => {
		let count = 0;
		for (const text of texts) if ((await read(text)) !== undefined) count++;
		return count;
	};

	it('with any bit of any letter flipped is never accepted', async () => {
		const texts = LINKS.flatMap((link) => {
			const bytes = Buffer.from(textOf(link));
			return [...bytes.keys()].flatMap((at) =>
				[1, 2, 4, 8, 16, 32, 64, 128].map((bit) => {
					const changed = Buffer.from(bytes);
					changed.writeUInt8(changed.readUInt8(at) ^ bit, at);
					return changed.toString('latin1');
				}),
			);
		});
		expect(texts.length).toBeGreaterThan(3000);
		expect(await accepted(texts)).toBe(0);
	});

	it('cut off anywhere, or with anything added, is never accepted', async () => {
		const texts = LINKS.flatMap((link) => {
			const text = textOf(link);
			const places = Array.from({ length: text.length }, (_unused, at) => at);
			const cut = places.map((at) => text.slice(0, at));
			const from = places.map((at) => text.slice(at + 1));
			return [...cut, ...from, `${text}=`, `${text} `, ` ${text}`, `${text}.`, `.${text}`];
		});
		expect(await accepted(texts)).toBe(0);
	});

	it('with the signature of another link is never accepted', async () => {
		const others: Link[] = [
			...LINKS,
			{ purpose: 'unsubscribe', token: tokenOf('other'), test: false },
			{ purpose: 'click', target: 'https://evil.example/', token: TOKEN, test: false },
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
		expect(swapped).toHaveLength(30);
		expect(await accepted(swapped)).toBe(0);
	});

	it('signed with the secret of another ledger is never accepted', async () => {
		const texts = LINKS.flatMap((link) =>
			['', 'b'.repeat(64), SECRET.slice(1), `${SECRET}a`].map((secret) => textOf(link, secret)),
		);
		expect(await accepted(texts)).toBe(0);
	});

	it.each([
		undefined,
		null,
		7,
		'',
		'.',
		'..',
		'c',
		['a'],
		{},
		'c.x.y',
		`u.${TOKEN}`,
		`u.${TOKEN}.`,
	])('%p is never accepted', async (text) => {
		expect(await read(text)).toBeUndefined();
	});

	it('that leads anywhere but to http or https is not accepted though it is signed', async () => {
		const targets = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//x', 'x'];
		const texts = targets.map((target) =>
			textOf({ purpose: 'click', target, token: TOKEN, test: false }),
		);
		expect(await accepted(texts)).toBe(0);
	});
});

describe('addresses', () => {
	it.each([
		['https://example.com', 'https://example.com/'],
		[' http://example.com/a?b=c ', 'http://example.com/a?b=c'],
		['mailto:a@example.com', undefined],
		['#top', undefined],
		['/relative', undefined],
		['', undefined],
		[`https://example.com/${'x'.repeat(1600)}`, undefined],
	])('a click on %s leads to %s', (text, target) => {
		expect(webAddress(text)).toBe(target);
	});

	it.each([
		[BASE, true],
		['http://localhost:5678/webhook/digital-cs/link', true],
		['http://127.0.0.1:5678/webhook/digital-cs/link', true],
		['http://n8n.example.com/webhook/digital-cs/link', false],
		['https://user:secret@n8n.example.com/', false],
		['ftp://n8n.example.com/', false],
		['n8n.example.com', false],
		['', false],
	])('links may be answered at %s: %s', (text, valid) => {
		expect(linkAddress(text) !== undefined).toBe(valid);
	});
});
