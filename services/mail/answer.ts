import { z } from 'zod/v4';

/**
 * What became of a mail that was handed to the server.
 * accepted: the server took it · refused: there is no such mailbox, so never again · deferred: not now, later perhaps;
 * about the mail (its recipient, or for good its `content`) or about us, the `sender` · noConnection: nothing was handed over, so another connection may try at once unless it is `hopeless` ·
 * unknown: handed over whole, and then no answer came
 */
export type PostAnswer =
	| { fate: 'accepted' }
	| { fate: 'refused'; about: 'mail'; smtp?: string }
	| { fate: 'deferred'; about: 'mail' | 'content' | 'sender'; forGood: boolean; smtp?: string }
	| { fate: 'noConnection'; about: 'server' | 'signIn'; hopeless: boolean; smtp?: string }
	| { fate: 'unknown' };

const mailError = z
	.looseObject({
		code: z.string().optional().catch(undefined),
		command: z.string().optional().catch(undefined),
		responseCode: z.number().optional().catch(undefined),
		response: z.string().optional().catch(undefined),
	})
	.catch({});

const ABOUT_ONE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
const SIGN_IN = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);
const HOPELESS = new Set([...SIGN_IN, 'EDNS', 'ETLS', 'ECONFIG']);

/**
 * Reads nodemailer's error. `handedOver` says whether the last byte of the mail had left for the server; only then
 * can a lost connection hide an acceptance.
 */
export function readFailure(error: unknown, handedOver: boolean): PostAnswer {
	const { code = '', command = '', responseCode, response } = mailError.parse(error);
	const smtp = smtpCode(responseCode, response);
	if (ABOUT_ONE_MAIL.has(command)) {
		if (responseCode !== undefined && SIGN_IN_CODES.has(responseCode))
			return { fate: 'noConnection', about: 'signIn', hopeless: true, smtp };
		return readRefusal(command, responseCode, wordsOf(response), smtp);
	}
	// nodemailer could not make it into a mail
	if (code === 'EENVELOPE' || code === 'EMESSAGE')
		return { fate: 'deferred', about: 'content', forGood: true };
	if (handedOver) return { fate: 'unknown' };
	return {
		fate: 'noConnection',
		about: SIGN_IN.has(code) ? 'signIn' : 'server',
		hopeless: HOPELESS.has(code),
		smtp,
	};
}

/** RFC 3463: the mailbox or its domain does not exist, moved, takes no mail or is switched off. */
const NO_MAILBOX = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);
/** What a server says of a mailbox where it gives no such code, and what it says of the one who sends. */
const NO_MAILBOX_CODES = new Set([550, 551, 553]);
const NO_MAILBOX_WORDS =
	/\b(?:user|mailbox|recipient|account|address|addressee)\b.*(?:unknown|(?:name )?not (?:known|found|exist|local)|name not allowed|n['o]t exist|unavailable|disabled|inactive|invalid)|(?:no such|unknown|invalid|no) (?:local )?(?:user|mailbox|recipient|account|address|person)/;
const SENDER_WORDS =
	/relay|sender|sending|from|policy|bl[ao]ck|spam|quota|limit|exceed|too many|\brate\b|auth|denied|spf|dkim|dmarc|reputation|\bip\b|client/;
const CONTENT_WORDS = /virus|malware|spam|content|attachment|malformed|too (?:large|big)|size/;
const BLOCKLIST_WORDS = /bl[ao]ck|rbl|dnsbl|\bip\b|client|reputation|limit|quota/;

/**
 * Whom the refusal of one mail is about. Only what is clearly about the mailbox is for ever: whoever is refused
 * because of us would be written off for nothing.
 */
function readRefusal(
	command: string,
	responseCode: number | undefined,
	words: string,
	smtp: string | undefined,
): PostAnswer {
	const deferred = (about: 'mail' | 'content' | 'sender', forGood: boolean): PostAnswer => ({
		fate: 'deferred',
		about,
		forGood,
		smtp,
	});
	if (responseCode === undefined) return deferred('mail', false);
	if (responseCode < 400) return { fate: 'unknown' };
	const [, status = ''] = (smtp ?? '').split(' ');
	if (responseCode < 500) {
		// before any recipient is named, or with the whole connection: nothing about this mail
		return deferred(command === 'MAIL FROM' || responseCode === 421 ? 'sender' : 'mail', false);
	}
	const unnamed = status === '' || status === '5.0.0';
	const tooBig =
		status === '5.3.4' || status.startsWith('5.6.') || (unnamed && responseCode === 552);
	if (command === 'RCPT TO') {
		if (NO_MAILBOX.has(status)) return { fate: 'refused', about: 'mail', smtp };
		const says = NO_MAILBOX_WORDS.test(words) && !SENDER_WORDS.test(words);
		if (status === '' && NO_MAILBOX_CODES.has(responseCode) && says)
			return { fate: 'refused', about: 'mail', smtp };
	}
	// full, or too big for it; a server may also say of the mailbox only after the content that it is not there
	if (command !== 'MAIL FROM' && (status.startsWith('5.2.') || NO_MAILBOX.has(status)))
		return deferred('mail', true);
	if (command === 'RCPT TO' && unnamed && responseCode === 552) return deferred('mail', true);
	const aboutContent = unnamed && CONTENT_WORDS.test(words) && !BLOCKLIST_WORDS.test(words);
	if (tooBig || (command === 'DATA' && aboutContent)) return deferred('content', true);
	return deferred('sender', true);
}

/** The server's words without addresses and links, which may read like anything. */
function wordsOf(response = ''): string {
	return response
		.toLowerCase()
		.replace(/<[^>]*>|\S+@\S+|https?:\S+/g, ' ')
		.replace(/\s+/g, ' ');
}

/** `550 5.1.1`: the codes only. The server's own words often repeat the address. */
function smtpCode(responseCode: number | undefined, response = ''): string | undefined {
	if (responseCode === undefined) return undefined;
	const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
	return enhanced === undefined ? String(responseCode) : `${String(responseCode)} ${enhanced}`;
}
