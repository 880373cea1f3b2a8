import { z } from 'zod/v4';

/**
 * What a mail that came back is. reply: a person wrote · autoReply: an out-of-office notice or another robot · bounce:
 * it did not arrive, `hard` where trying this address again is useless · delay: it may arrive yet · complaint: marked as
 * spam, as the mailbox provider reports · other: none of these
 */
export type Incoming = { tokens: string[]; id: string } & (
	| { kind: 'reply' | 'autoReply' | 'delay' | 'complaint' }
	| { kind: 'other' }
	| { kind: 'bounce'; hard: boolean; status: string }
);

const addresses = z
	.looseObject({ value: z.array(z.looseObject({ address: z.string().default('') })) })
	.transform(({ value }) => value.map(({ address }) => address.toLowerCase()))
	.catch([]);
const text = z.string().catch('');
const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);

/** A mail as n8n's Email Trigger (IMAP) gives it in the format Resolved: mailparser's fields, and header lines by lower-case name. */
const mailSchema = z.looseObject({
	headers: z.record(z.string(), z.unknown()).catch({}),
	subject: text,
	text,
	html: text,
	messageId: text,
	inReplyTo: text,
	references: list,
	from: addresses,
	to: z.union([z.array(addresses).transform((several) => several.flat()), addresses]).catch([]),
	cc: z.union([z.array(addresses).transform((several) => several.flat()), addresses]).catch([]),
});

/** The Message-ID of a touch, or its token behind a plus in the reply address. */
const MESSAGE_ID = /<([0-9a-f]{32})@[^<>\s@]+>/gi;
const TAGGED = /\+([0-9a-f]{32})@/gi;
/** In the part of a bounce that holds the mail that did not arrive. */
const RETURNED_ID = /^message-id:\s*<([0-9a-f]{32})@[^<>\s@]+>/gim;

/**
 * Reads a mail that came into the mailbox of replies. `returned` holds the attached parts of a bounce or complaint that
 * quote the mail it is about. Undefined when it is no mail in n8n's resolved format.
 */
export function readIncoming(json: unknown, returned: readonly string[]): Incoming | undefined {
	const parsed = mailSchema.safeParse(json);
	if (!parsed.success) return undefined;
	const mail = parsed.data;
	if (Object.keys(mail.headers).length === 0) return undefined;
	const header = (name: string): string => headerOf(mail.headers, name);
	const type = header('content-type').replace(/\s+/g, ' ').toLowerCase();
	const isReport = type.startsWith('multipart/report') || type.startsWith('message/');
	const fromRobot = isPostmaster(mail.from[0] ?? '') || header('return-path') === '<>';
	const direct = [mail.inReplyTo, ...mail.references].join(' ');
	const own = [...found(MESSAGE_ID, direct), ...found(TAGGED, [...mail.to, ...mail.cc].join(' '))];
	const id = mail.messageId.slice(0, 200);
	if (isReport && type.includes('feedback-report'))
		return { kind: 'complaint', id, tokens: unique([...quoted(returned, mail.text), ...own]) };
	const report = deliveryReport([mail.text, ...returned].join('\n'));
	if (report !== undefined && (isReport || fromRobot)) {
		const tokens = unique([...quoted(returned, mail.text), ...own]);
		return { ...report, id, tokens };
	}
	const tokens = unique(own);
	// reports of any other kind: it arrived, it was displayed
	if (isReport) return { kind: 'autoReply', id, tokens };
	if (fromRobot) {
		// a bounce in prose, of a server that knows no reports: its text quotes the mail
		const status = STATUS_IN_PROSE.exec(mail.text)?.[1] ?? '';
		const about = unique([...quoted(returned, mail.text), ...found(MESSAGE_ID, mail.text), ...own]);
		return /undeliver|not be delivered|failure|returned|rejected|bounce/i.test(mail.subject)
			? { kind: 'bounce', hard: isHard(status), status, id, tokens: about }
			: { kind: 'autoReply', id, tokens: about };
	}
	if (isAutomatic(header, mail.subject)) return { kind: 'autoReply', id, tokens };
	return tokens.length > 0 ? { kind: 'reply', id, tokens } : { kind: 'other', id, tokens };
}

/** The first recipient's part of an RFC 3464 report. */
function deliveryReport(
	content: string,
): { kind: 'delay' } | { kind: 'bounce'; hard: boolean; status: string } | undefined {
	const action = /^action:\s*([a-z]+)/im.exec(content)?.[1]?.toLowerCase();
	if (action === undefined) return undefined;
	const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(content)?.[1] ?? '';
	if (action === 'delayed') return { kind: 'delay' };
	return action === 'failed' ? { kind: 'bounce', hard: isHard(status), status } : undefined;
}

/** At the start of a line, right behind a code of SMTP, or as qmail marks it: `(#5.1.1)`. No part of an IP address. */
const STATUS_IN_PROSE =
	/(?:^[ \t>]*|(?<![\d.])[45]\d\d[ -]#?|\(#)([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)/m;

/**
 * Whether the mailbox itself is the trouble (RFC 3463, RFC 7505): it or its domain does not exist, moved, is switched
 * off or takes no mail. What is about us (5.1.7, 5.1.8), the way there, a full mailbox, a limit, a policy or anything
 * unnamed is not: another mail may arrive.
 */
function isHard(status: string): boolean {
	return /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/.test(status);
}

function isAutomatic(header: (name: string) => string, subject: string): boolean {
	const submitted = header('auto-submitted').toLowerCase();
	if (submitted !== '' && !submitted.startsWith('no')) return true;
	if (['x-autoreply', 'x-autorespond'].some((name) => header(name) !== '')) return true;
	if (/auto[-_]?reply|junk|bulk|list/i.test(header('precedence'))) return true;
	return OUT_OF_OFFICE.test(subject);
}

/** How out-of-office notices begin in the languages of most mail programs, for those that say it in no header. */
const OUT_OF_OFFICE =
	/^\s*(?:auto(?:matic|matische|matisch)?[ -]?(?:reply|response|antwort)|automatische antwort|abwesenheit|abwesend|out of (?:the )?office|on vacation|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina|resposta autom[áa]tica|risposta automatica|fuori sede|automatisch antwoord|autosvar|自動応答|自动答复)/iu;

function isPostmaster(address: string): boolean {
	return /^(?:mailer-daemon|postmaster|mail-daemon)@/.test(address);
}

function quoted(returned: readonly string[], body: string): string[] {
	return [...returned, body].flatMap((part) => found(RETURNED_ID, part));
}

function found(pattern: RegExp, content: string): string[] {
	return [...content.matchAll(pattern)].map(([, token = '']) => token.toLowerCase());
}

function unique(tokens: string[]): string[] {
	return [...new Set(tokens)];
}

/** n8n gives each header as its whole line, `Name: value`, folded as it came. */
function headerOf(headers: Readonly<Record<string, unknown>>, name: string): string {
	const line = Object.hasOwn(headers, name) ? headers[name] : undefined;
	if (typeof line !== 'string') return '';
	const prefix = new RegExp(`^${name}:\\s*`, 'i');
	return line
		.replace(prefix, '')
		.replace(/\r?\n[ \t]+/g, ' ')
		.trim();
}
