import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { z } from 'zod/v4';
import { readFailure, type PostAnswer } from './answer';
import { mailOf, type Letter } from './letter';

/** Mails under way at the same time, each on a connection that is kept for the next. */
export const CONNECTIONS = 3;

/** n8n's own `smtp` credential. */
export const smtpCredential = z.looseObject({
	user: z.string().default(''),
	password: z.string().default(''),
	host: z.string().min(1),
	port: z.coerce.number().int().positive(),
	secure: z.boolean().default(true),
	disableStartTls: z.boolean().default(false),
	hostName: z.string().default(''),
});
export type SmtpCredential = z.infer<typeof smtpCredential>;

export type PostOffice = {
	/** Hands one letter over. Never throws: whatever happens is an answer. */
	send(letter: Letter): Promise<PostAnswer>;
	close(): void;
};

/** How long to wait for a connection, and for any answer on one; RFC 5321 asks for minutes after DATA. */
const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 300_000 };

/** Connections to a mail server, made as n8n's own Send Email node makes them, but kept and shared. */
export function openPostOffice(
	credential: SmtpCredential,
	options: { allowUnauthorizedCerts?: boolean } = {},
): PostOffice {
	const settings: SMTPPool.Options & { pool: true; maxRequeues: number } = {
		pool: true,
		maxConnections: CONNECTIONS,
		// nodemailer would send a mail again by itself when a connection closes, and knows nothing of claims
		maxRequeues: 0,
		...TIMEOUTS,
		getSocket: openSocket,
		host: credential.host,
		port: credential.port,
		secure: credential.secure,
		...(credential.secure ? {} : { ignoreTLS: credential.disableStartTls }),
		...(credential.hostName === '' ? {} : { name: credential.hostName }),
		...(credential.user === '' && credential.password === ''
			? {}
			: { auth: { user: credential.user, pass: credential.password } }),
		...(options.allowUnauthorizedCerts === true ? { tls: { rejectUnauthorized: false } } : {}),
	};
	const transport = createTransport(settings, { disableFileAccess: true, disableUrlAccess: true });
	const handedOver = new Set<string>();
	transport.use('stream', (mail, done) => {
		mail.message.processFunc((content) =>
			watched(content, () => handedOver.add(mail.message.messageId())),
		);
		done();
	});
	return {
		async send(letter) {
			handedOver.delete(letter.messageId);
			try {
				await transport.sendMail(mailOf(letter));
				return { fate: 'accepted' };
			} catch (error) {
				return readFailure(error, handedOver.has(letter.messageId));
			} finally {
				handedOver.delete(letter.messageId);
			}
		},
		close() {
			transport.close();
		},
	};
}

/**
 * A connection that sends at once. nodemailer leaves Nagle's algorithm on: the line that ends a mail then waits until the
 * other side has acknowledged what came before it, which servers put off for 40 ms, so every mail would cost that much.
 * Where this connection fails, nodemailer makes its own, and its own words say why.
 */
function openSocket(
	{ host = '', port = 0 }: SMTPPool.Options,
	done: (error: null, socket: { connection: Socket } | false) => void,
): void {
	const socket = connect({ host, port, noDelay: true, keepAlive: true });
	const fail = (): void => {
		socket.removeAllListeners().on('error', () => undefined);
		socket.destroy();
		done(null, false);
	};
	socket.setTimeout(TIMEOUTS.connectionTimeout, fail);
	socket.once('error', fail);
	socket.once('connect', () => {
		socket.setTimeout(0);
		socket.removeAllListeners('timeout').removeAllListeners('error');
		done(null, { connection: socket });
	});
}

/**
 * The same content, read only once the server has said that it may come; `onEnd` runs before the line that ends the
 * mail is written. Without that line no server accepts anything.
 */
function watched(content: Readable, onEnd: () => void): Readable {
	return Readable.from(
		(async function* () {
			for await (const chunk of content) yield chunk;
			onEnd();
		})(),
		{ objectMode: false },
	);
}
