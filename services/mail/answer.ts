import { z } from 'zod/v4';

/**
 * What became of a mail that was handed to the server.
 * accepted: the server took it · refused: never, whatever is tried again · deferred: not now, later perhaps ·
 * noConnection: nothing was handed over, so another connection may try at once unless it is `hopeless` ·
 * unknown: handed over whole, and then no answer came
 */
export type PostAnswer =
	| { fate: 'accepted' }
	| { fate: 'refused'; about: 'mail'; smtp?: string }
	| { fate: 'deferred'; about: 'mail' | 'sender'; smtp?: string }
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
		if (responseCode === undefined) return { fate: 'refused', about: 'mail' };
		if (SIGN_IN_CODES.has(responseCode))
			return { fate: 'noConnection', about: 'signIn', hopeless: true, smtp };
		if (responseCode >= 400 && responseCode < 500) return { fate: 'deferred', about: 'mail', smtp };
		// the sender or the way was refused, not this recipient: a correction helps, so nobody is written off
		if (command === 'MAIL FROM' || (command === 'RCPT TO' && smtp?.includes(' 5.7.') === true)) {
			return { fate: 'deferred', about: 'sender', smtp };
		}
		return responseCode >= 500 ? { fate: 'refused', about: 'mail', smtp } : { fate: 'unknown' };
	}
	if (code === 'EENVELOPE' || code === 'EMESSAGE') return { fate: 'refused', about: 'mail' };
	if (handedOver) return { fate: 'unknown' };
	return {
		fate: 'noConnection',
		about: SIGN_IN.has(code) ? 'signIn' : 'server',
		hopeless: HOPELESS.has(code),
		smtp,
	};
}

/** `550 5.1.1`: the codes only. The server's own words often repeat the address. */
function smtpCode(responseCode: number | undefined, response = ''): string | undefined {
	if (responseCode === undefined) return undefined;
	const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
	return enhanced === undefined ? String(responseCode) : `${String(responseCode)} ${enhanced}`;
}
