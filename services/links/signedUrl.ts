import { createHmac, timingSafeEqual } from 'node:crypto';

/** The one query parameter a link consists of; whatever else is added on the way changes nothing. */
export const LINK_PARAMETER = 'dcs';

/** How the links of one purpose are spelled. `read` may understand more than `write` makes: what counts is what `write` makes. */
export type Spelling<Link extends { test: boolean }> = {
	/** Keeps other signatures made with the same secret from being taken for these; of letters only. */
	purpose: string;
	write: (link: Link) => string;
	read: (content: string) => Link | undefined;
};

/** The address of a link: where links are answered, what it says, and the signature over that. */
export function signedUrl<Link extends { test: boolean }>(
	base: string,
	link: Link,
	spelling: Spelling<Link>,
	secret: string,
): string {
	const url = new URL(base);
	url.searchParams.set(LINK_PARAMETER, signed(spelling.write(link), spelling.purpose, secret));
	return url.href;
}

/**
 * What a link says, before anybody may believe it: `secretOf` gives the secret of live or of test links, which are kept
 * apart. Undefined for anything that was not signed with it for this purpose, whole and unchanged.
 */
export async function readSigned<Link extends { test: boolean }>(
	text: unknown,
	spelling: Spelling<Link>,
	secretOf: (test: boolean) => Promise<string>,
): Promise<Link | undefined> {
	if (typeof text !== 'string') return undefined;
	const end = text.lastIndexOf('.');
	const link = end < 0 ? undefined : spelling.read(text.slice(0, end));
	if (link === undefined) return undefined;
	// made again from what was understood, so that only the one spelling of a link is a link
	const content = spelling.write(link);
	const expected = Buffer.from(signed(content, spelling.purpose, await secretOf(link.test)));
	const given = Buffer.from(text);
	return given.length === expected.length && timingSafeEqual(given, expected) ? link : undefined;
}

function signed(content: string, purpose: string, secret: string): string {
	const signature = createHmac('sha256', secret).update(`${purpose}\n${content}`);
	return `${content}.${signature.digest('base64url')}`;
}
