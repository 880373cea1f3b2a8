import { readSigned, signedUrl, type Spelling } from './signedUrl';

export { LINK_PARAMETER } from './signedUrl';

/**
 * What stands behind a link in a mail. `token` stands for the touch and tells nothing of it. Links of a test run are
 * marked: they work, and nothing they do counts.
 */
export type Link = { token: string; test: boolean } & (
	{ purpose: 'click'; target: string } | { purpose: 'unsubscribe' }
);

/** Mail programs and proxies cut longer addresses. */
const LONGEST_TARGET = 1500;
const TOKEN = /^[0-9a-f]{32}$/;
/** c: click · u: unsubscribe; capital in test runs. */
const KINDS = { click: 'c', unsubscribe: 'u' } as const;
const SPELLING: Spelling<Link> = { purpose: 'link', write: contentOf, read: linkOf };

/** The address of a link. Nothing personal is in it but what the target says. */
export function linkUrl(base: string, link: Link, secret: string): string {
	return signedUrl(base, link, SPELLING, secret);
}

/** What a link says; undefined for anything that was not signed as one, whole and unchanged. See `readSigned`. */
export async function readLink(
	text: unknown,
	secretOf: (test: boolean) => Promise<string>,
): Promise<Link | undefined> {
	return await readSigned(text, SPELLING, secretOf);
}

/** The address a click may lead to; undefined for anything but http and https. */
export function webAddress(text: string): string | undefined {
	const trimmed = text.trim();
	if (trimmed.length > LONGEST_TARGET || !URL.canParse(trimmed)) return undefined;
	const { href, protocol } = new URL(trimmed);
	if (protocol !== 'https:' && protocol !== 'http:') return undefined;
	return href.length > LONGEST_TARGET ? undefined : href;
}

/** Where links may be answered: https, or http on this very machine, for trying out. */
export function linkAddress(text: string): string | undefined {
	if (!URL.canParse(text.trim())) return undefined;
	const { protocol, hostname, username, password, hash, href } = new URL(text.trim());
	const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
	if (protocol !== 'https:' && !(protocol === 'http:' && here)) return undefined;
	return username === '' && password === '' && hash === '' ? href : undefined;
}

function contentOf(link: Link): string {
	const letter = KINDS[link.purpose];
	const parts = [link.test ? letter.toUpperCase() : letter, link.token];
	if (link.purpose === 'click') parts.push(Buffer.from(link.target).toString('base64url'));
	return parts.join('.');
}

function linkOf(content: string): Link | undefined {
	const [kind = '', token = '', encoded, ...more] = content.split('.');
	if (!TOKEN.test(token) || more.length > 0) return undefined;
	const test = kind !== kind.toLowerCase();
	switch (kind.toLowerCase()) {
		case KINDS.unsubscribe:
			return encoded === undefined ? { purpose: 'unsubscribe', token, test } : undefined;
		case KINDS.click: {
			const target = webAddress(Buffer.from(encoded ?? '', 'base64url').toString());
			return target === undefined ? undefined : { purpose: 'click', token, target, test };
		}
		default:
			return undefined;
	}
}
