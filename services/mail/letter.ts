import type Mail from 'nodemailer/lib/mailer';
import { headerText, type Mailbox } from './address';
import { plainTextOf } from './plainText';

/** One mail to one person. At least one of `html` and `text`; a missing `text` is made from the HTML. */
export type Letter = {
	from: Mailbox;
	to: Mailbox;
	replyTo?: string;
	subject: string;
	html?: string;
	text?: string;
	messageId: string;
	unsubscribe?: Unsubscribe;
};

/** One click means that mail programs may unsubscribe by a POST of their own (RFC 8058); `also` is for those that cannot. */
export type Unsubscribe = { url: string; oneClick: boolean; also?: string };

const LONGEST_URL = 900;

/** Where people unsubscribe, from an https or mailto address; undefined for anything else. */
export function unsubscribeAt(address: string): Unsubscribe | undefined {
	if (!URL.canParse(address.trim())) return undefined;
	const { href, protocol } = new URL(address.trim());
	if (protocol !== 'https:' && protocol !== 'mailto:') return undefined;
	if (href.length > LONGEST_URL || !/^[!-~]+$/.test(href) || /[<>]/.test(href)) return undefined;
	return { url: href, oneClick: protocol === 'https:' };
}

/** The letter as nodemailer takes it. */
export function mailOf(letter: Letter): Mail.Options {
	const { html } = letter;
	return {
		from: withName(letter.from),
		to: withName(letter.to),
		...(letter.replyTo === undefined ? {} : { replyTo: { name: '', address: letter.replyTo } }),
		envelope: { from: letter.from.address, to: [letter.to.address] },
		subject: headerText(letter.subject),
		...(html === undefined ? {} : { html }),
		text: letter.text ?? plainTextOf(html ?? ''),
		messageId: letter.messageId,
		headers: { ...AUTOMATIC, ...unsubscribeHeaders(letter.unsubscribe) },
	};
}

/** Keeps out-of-office robots from answering (RFC 3834); their answers would look like replies of the customer (P13). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' };

function unsubscribeHeaders(
	unsubscribe: Unsubscribe | undefined,
): Record<string, { prepared: true; value: string } | string> {
	if (unsubscribe === undefined) return {};
	// prepared: an address must not be folded or re-encoded
	const { url, also } = unsubscribe;
	const value = also === undefined ? `<${url}>` : `<${url}>, <${also}>`;
	const list = { 'List-Unsubscribe': { prepared: true as const, value } };
	return unsubscribe.oneClick
		? { ...list, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
		: list;
}

function withName({ address, name = '' }: Mailbox): { address: string; name: string } {
	return { address, name };
}
