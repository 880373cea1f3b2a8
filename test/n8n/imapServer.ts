import { createServer, type AddressInfo, type Socket } from 'node:net';

export type ImapServer = {
	port: number;
	/** A mail arrives in the inbox, and every client that waits is told. */
	deliver: (raw: string) => void;
	/** How many clients have the inbox open. */
	clients: () => number;
	/** How many mails are marked as read. */
	seen: () => number;
	close: () => Promise<void>;
};

const CAPABILITIES = 'IMAP4rev1 IDLE';

/** One inbox on loopback, with as much of IMAP (RFC 3501, RFC 2177) as n8n's Email Trigger speaks. Any user may sign in. */
export async function startImapServer(): Promise<ImapServer> {
	const mails: { raw: Buffer; seen: boolean }[] = [];
	const sockets = new Set<Socket>();
	const selected = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		const say = (line: string): void => void socket.write(`${line}\r\n`);
		let idle: string | undefined;
		let rest = '';
		socket.on('error', () => undefined);
		socket.on('close', () => {
			sockets.delete(socket);
			selected.delete(socket);
		});
		socket.on('data', (chunk: Buffer) => {
			const lines = (rest + chunk.toString('latin1')).split('\r\n');
			rest = lines.pop() ?? '';
			for (const line of lines) answer(line);
		});
		say(`* OK [CAPABILITY ${CAPABILITIES}] ready`);

		const answer = (line: string): void => {
			if (idle !== undefined) {
				if (line.toUpperCase() === 'DONE') {
					say(`${idle} OK done`);
					idle = undefined;
				}
				return;
			}
			const [tag = '*', ...words] = line.split(' ');
			const command = (
				words[0]?.toUpperCase() === 'UID' ? words.slice(0, 2).join(' ') : (words[0] ?? '')
			).toUpperCase();
			switch (command) {
				case 'CAPABILITY':
					say(`* CAPABILITY ${CAPABILITIES}`);
					break;
				case 'LIST':
				case 'LSUB':
					say(`* ${command} () "/" ${words[2] === '""' ? '""' : 'INBOX'}`);
					break;
				case 'SELECT':
					selected.add(socket);
					say('* FLAGS (\\Seen)');
					say(`* ${String(mails.length)} EXISTS`);
					say('* OK [UIDVALIDITY 1]');
					say(`* OK [UIDNEXT ${String(mails.length + 1)}]`);
					say(`${tag} OK [READ-WRITE] selected`);
					return;
				case 'UID SEARCH': {
					const from = Number(/UID (\d+):\*/i.exec(line)?.[1] ?? 1);
					const uids = mails.flatMap(({ seen }, at) => (!seen && at + 1 >= from ? [at + 1] : []));
					say(['* SEARCH', ...uids].join(' '));
					break;
				}
				case 'UID FETCH':
					for (const uid of uidsOf(words[2] ?? '')) {
						const { raw } = mails[uid - 1] ?? { raw: Buffer.alloc(0) };
						socket.write(
							`* ${String(uid)} FETCH (UID ${String(uid)} BODY[] {${String(raw.length)}}\r\n`,
						);
						socket.write(raw);
						say(')');
					}
					break;
				case 'UID STORE':
					for (const uid of uidsOf(words[2] ?? '')) {
						const mail = mails[uid - 1];
						if (mail !== undefined) mail.seen = true;
					}
					break;
				case 'IDLE':
					idle = tag;
					say('+ idling');
					return;
				case 'LOGOUT':
					say('* BYE');
					say(`${tag} OK bye`);
					socket.end();
					return;
			}
			say(`${tag} OK ${command} done`);
		};
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		deliver: (raw) => {
			mails.push({ raw: Buffer.from(raw.replace(/\r?\n/g, '\r\n')), seen: false });
			for (const socket of selected) socket.write(`* ${String(mails.length)} EXISTS\r\n`);
		},
		clients: () => selected.size,
		seen: () => mails.filter(({ seen }) => seen).length,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			});
		},
	};
}

/** `1,3:4` → 1, 3, 4. */
function uidsOf(set: string): number[] {
	return set.split(',').flatMap((range) => {
		const [first = 0, last = first] = range.split(':').map(Number);
		return Array.from({ length: last - first + 1 }, (_unused, at) => first + at);
	});
}
