import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { readMail, type ReadMail } from './readMail';

export type Received = ReadMail & { from: string; to: string[] };

export type Behavior = {
	/** The answer to RCPT TO by address; anything else is accepted. */
	recipients?: Record<string, { code: number; text: string }>;
	/** The answer to MAIL FROM. */
	sender?: { code: number; text: string };
	/** The answer to MAIL FROM by address; anything else is accepted. */
	senders?: Record<string, { code: number; text: string }>;
	/** What happens to these recipients' mails: the line goes dead instead of an answer. */
	hangUpAfterContent?: string[];
	/** The line goes dead at RCPT TO, this many times per address. */
	hangUpAtRecipient?: Record<string, number>;
	/** The answer to the content. */
	content?: { code: number; text: string };
	/** Milliseconds before each acceptance. */
	delayMs?: number;
	/** Only these get in. */
	login?: { user: string; pass: string };
	/** Mail is taken over TLS only: from the first byte on (`implicit`), or after STARTTLS. */
	tls?: { key: string; cert: string; implicit: boolean };
	/** Called as a mail is accepted, before the answer goes out. */
	onAccept?: (mail: Received) => void;
};

export type MailServer = {
	port: number;
	/** Every mail whose content arrived whole, accepted or not. */
	received: Received[];
	connections: () => number;
	close(): Promise<void>;
};

/** A real SMTP server on loopback that does what the test says. */
export async function startMailServer(behavior: Behavior = {}): Promise<MailServer> {
	const received: Received[] = [];
	const sockets = new Map<number, Socket>();
	const hangUps = new Map(Object.entries(behavior.hangUpAtRecipient ?? {}));
	let connections = 0;
	const { tls, login: only } = behavior;
	const server = new SMTPServer({
		disabledCommands: [
			...(tls === undefined ? ['STARTTLS'] : []),
			...(only === undefined ? ['AUTH'] : []),
		],
		authOptional: only === undefined,
		allowInsecureAuth: tls === undefined,
		...(tls === undefined ? {} : { key: tls.key, cert: tls.cert, secure: tls.implicit }),
		logger: false,
		// a test asks no name server who 127.0.0.1 is
		disableReverseLookup: true,
		onAuth({ username, password }, _session, done) {
			const { login } = behavior;
			if (username === login?.user && password === login?.pass) done(null, { user: username });
			else done(answer({ code: 535, text: '5.7.8 wrong password' }));
		},
		onMailFrom({ address }, session, done) {
			if (tls !== undefined && !session.secure) {
				done(answer({ code: 530, text: '5.7.0 Must issue a STARTTLS command first' }));
				return;
			}
			const refusal = behavior.senders?.[address] ?? behavior.sender;
			done(refusal === undefined ? null : answer(refusal));
		},
		onRcptTo({ address }, session, done) {
			const left = hangUps.get(address) ?? 0;
			if (left > 0) {
				hangUps.set(address, left - 1);
				sockets.get(session.remotePort)?.destroy();
				return;
			}
			const refusal = behavior.recipients?.[address];
			done(refusal === undefined ? null : answer(refusal));
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const to = session.envelope.rcptTo.map(({ address }) => address);
				const { mailFrom } = session.envelope;
				const mail: Received = {
					...readMail(Buffer.concat(chunks).toString('latin1')),
					from: mailFrom === false ? '' : mailFrom.address,
					to,
				};
				received.push(mail);
				if (to.some((address) => behavior.hangUpAfterContent?.includes(address) === true)) {
					sockets.get(session.remotePort)?.destroy();
					return;
				}
				setTimeout(() => {
					if (behavior.content !== undefined) {
						done(answer(behavior.content));
						return;
					}
					behavior.onAccept?.(mail);
					done(null, '2.0.0 queued');
				}, behavior.delayMs ?? 0);
			});
		},
	});
	server.on('error', () => undefined);
	server.server.on('connection', (socket: Socket) => {
		connections++;
		if (socket.remotePort !== undefined) sockets.set(socket.remotePort, socket);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.server.address() as AddressInfo;
	return {
		port: address.port,
		received,
		connections: () => connections,
		close: async () => {
			for (const socket of sockets.values()) socket.destroy();
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			});
		},
	};
}

function answer({ code, text }: { code: number; text: string }): Error {
	return Object.assign(new Error(text), { responseCode: code });
}
