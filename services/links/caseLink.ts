import { createHmac } from 'node:crypto';
import { readSigned, signedUrl, type Spelling } from './signedUrl';

/** What a colleague does by a link: takes note of a case · spoke with the customer · ends it. */
export const CASE_ACTIONS = ['acknowledge', 'touch', 'resolve'] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/**
 * What stands behind a link in a notice. `no` and `reopened` are the case's, so that a link from before a case was opened
 * again can be told; `to` is the `colleagueToken` of whom the notice went to. It counts before `expiresAt` (ms since 1970),
 * not at it.
 */
export type CaseLink = {
	no: number;
	reopened: number;
	action: CaseAction;
	to: string;
	expiresAt: number;
	test: boolean;
};

/** a: acknowledge · t: touch · r: resolve; capital in test runs. None is a letter of links to customers. */
const LETTERS: Record<CaseAction, string> = { acknowledge: 'a', touch: 't', resolve: 'r' };
const CONTENT = /^([a-z])\.([0-9]{1,15})\.([0-9]{1,15})\.([0-9a-f]{32})\.([0-9]{1,15})$/i;
const SPELLING: Spelling<CaseLink> = { purpose: 'case', write: contentOf, read: linkOf };

/**
 * What stands for a colleague in links. Made with the ledger's secret, because whoever sees a link could else try
 * addresses until one fits.
 */
export function colleagueToken(address: string, secret: string): string {
	const content = `colleague\n${address.trim().toLowerCase()}`;
	return createHmac('sha256', secret).update(content).digest('hex').slice(0, 32);
}

/**
 * The address of a link that a notice offers. Nothing personal is in it.
 * @throws RangeError for a link that could not be read again: a number that is not whole, a `to` that is no token
 */
export function caseLinkUrl(base: string, link: CaseLink, secret: string): string {
	if (linkOf(contentOf(link)) === undefined)
		throw new RangeError('Links of cases consist of whole numbers and a token');
	return signedUrl(base, link, SPELLING, secret);
}

/**
 * What a link of a notice says; `expired` for one that was genuine and whose time is over; undefined for anything that was
 * not signed as one, whole and unchanged. `secretOf` is asked for the secret of live or of test links. `now` in ms.
 */
export async function readCaseLink(
	text: unknown,
	secretOf: (test: boolean) => Promise<string>,
	now: number,
): Promise<CaseLink | 'expired' | undefined> {
	const link = await readSigned(text, SPELLING, secretOf);
	return link !== undefined && link.expiresAt <= now ? 'expired' : link;
}

function contentOf({ no, reopened, action, to, expiresAt, test }: CaseLink): string {
	const letter = LETTERS[action];
	return [test ? letter.toUpperCase() : letter, no, reopened, to, expiresAt].join('.');
}

function linkOf(content: string): CaseLink | undefined {
	const [, kind = '', no, reopened, to = '', expiresAt] = CONTENT.exec(content) ?? [];
	const letter = kind.toLowerCase();
	const action = CASE_ACTIONS.find((one) => LETTERS[one] === letter);
	if (action === undefined || Number(no) === 0 || to !== to.toLowerCase()) return undefined;
	const numbers = { no: Number(no), reopened: Number(reopened), expiresAt: Number(expiresAt) };
	return { ...numbers, action, to, test: kind !== letter };
}
