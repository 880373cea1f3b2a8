import type { IExecuteFunctions } from 'n8n-workflow';
import type { Reason } from '../../engine/journeys/memory';
import { tokenOf } from '../../ledger/token';
import { emailAddress } from '../../services/mail/address';
import { unsubscribeAt, type Unsubscribe } from '../../services/mail/letter';
import { plainTextOf } from '../../services/mail/plainText';
import { linkAddress, linkUrl, webAddress } from '../../services/links/link';
import { trackClicks } from '../../services/links/trackClicks';
import { compileSetting, type Writing } from './fields';
import { notWritten } from './reasons';
import type { Addressed } from './touch';

/** What the links of one mail are made from. */
export type LinkSettings = { secret: string; test: boolean };

/** The links of one mail. `base` is empty where links are not answered, and in mails to colleagues. */
export type MailLinks = {
	unsubscribe: Unsubscribe | undefined;
	/** Both bodies with their links as they go out. */
	bodies: (html: string, plain: string) => { html: string; plain: string };
	/** The reply address, told apart by touch where the option says so. */
	replyTo: (reply: string, from: string) => string;
};

/** Compiles the options that make links; `own` is what 'Unsubscribe URL' gives for the item. */
export function compileLinks(
	context: IExecuteFunctions,
	options: Readonly<Record<string, unknown>>,
	{ secret, test }: LinkSettings,
): (touch: Addressed, writing: Writing, own: Unsubscribe | undefined) => MailLinks | Reason {
	const address = compileSetting(
		context,
		{ label: 'Link Address', raw: options.linkAddress },
		(text) =>
			text === '' || linkAddress(text) !== undefined ? undefined : notWritten.badLinkAddress(),
	);
	const tracks = options.trackClicks === true;
	const tags = options.tagReplyAddress === true;
	return ({ key, toHuman }, writing, own) => {
		const given = address(writing);
		if (typeof given !== 'string') return given;
		// a colleague who clicks, answers or unsubscribes is no customer
		const base = toHuman ? undefined : linkAddress(given);
		const token = tokenOf(key);
		const made =
			base === undefined
				? undefined
				: linkUrl(base, { purpose: 'unsubscribe', token, test }, secret);
		const signed =
			made === undefined ? undefined : (unsubscribeAt(made) ?? { url: made, oneClick: false });
		const unsubscribe = preferred(own, signed);
		const track = (url: string): string | undefined => {
			const target = webAddress(url);
			// unsubscribing is not engagement (P13)
			if (target === undefined || base === undefined || url === unsubscribe?.url) return undefined;
			return linkUrl(base, { purpose: 'click', target, token, test }, secret);
		};
		return {
			unsubscribe,
			bodies: (html, plain) =>
				base !== undefined && tracks && html.trim() !== ''
					? // plain text shows its addresses, so it keeps the real ones
						{
							html: trackClicks(html, track),
							plain: plain.trim() === '' ? plainTextOf(html) : plain,
						}
					: { html, plain },
			replyTo: (reply, from) =>
				tags && !toHuman ? tagged(reply === '' ? from : reply, token) : reply,
		};
	};
}

/** An https page of one's own goes first; an e-mail address of one's own stands behind the link that needs one click. */
function preferred(
	own: Unsubscribe | undefined,
	signed: Unsubscribe | undefined,
): Unsubscribe | undefined {
	if (own === undefined || signed === undefined || own.oneClick) return own ?? signed;
	return { ...signed, also: own.url };
}

/** RFC 5321 allows this much before the @. */
const LONGEST_LOCAL_PART = 64;

/** `success+<token>@example.com`: finds the touch of a reply whose mail program left the references out. */
function tagged(address: string, token: string): string {
	const at = address.lastIndexOf('@');
	const local = `${address.slice(0, at)}+${token}`;
	const whole = `${local}${address.slice(at)}`;
	return local.length <= LONGEST_LOCAL_PART && emailAddress.safeParse(whole).success
		? whole
		: address;
}
