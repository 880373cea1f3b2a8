import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { root } from './folders';
import { freePort, startNode, waitFor, type Running } from './processes';

const mailSchema = z.object({
	id: z.string(),
	time: z.string(),
	subject: z.string().default(''),
	html: z.string().default(''),
	text: z.string().default(''),
	from: z.array(z.object({ address: z.string() })).default([]),
	/** Lower-case header names. */
	headers: z.record(z.string(), z.unknown()),
	envelope: z.object({ to: z.array(z.object({ address: z.string() })) }),
});
/** `to` holds the addresses the mail was really handed over for, in lower case, not what the header says. */
export type Mail = z.infer<typeof mailSchema> & { to: string[] };

export type Mailbox = Running & {
	url: string;
	smtpPort: number;
	/** In the order of arrival. */
	mails: () => Promise<Mail[]>;
	/** Waits until at least `count` mails (that `match`) are there, and gives those. */
	waitForMails: (
		count: number,
		match?: (mail: Mail) => boolean,
		timeoutMs?: number,
	) => Promise<Mail[]>;
	/** The mail as it came over the wire, headers and all. */
	source: (id: string) => Promise<string>;
	clear: () => Promise<void>;
	/** The data of an n8n `smtp` credential that leads here. */
	smtpCredential: {
		user: string;
		password: string;
		host: string;
		port: number;
		secure: boolean;
		disableStartTls: boolean;
		hostName: string;
	};
};

/** Starts maildev on loopback; mails are kept in `directory` if one is given, else only until it stops. */
export async function startMailbox(
	options: { webPort?: number; smtpPort?: number; directory?: string } = {},
): Promise<Mailbox> {
	const webPort = options.webPort ?? (await freePort());
	const smtpPort = options.smtpPort ?? (await freePort());
	const args = [
		'--web',
		String(webPort),
		'--web-ip',
		'127.0.0.1',
		'--smtp',
		String(smtpPort),
		'--ip',
		'127.0.0.1',
	];
	// without a folder of its own each mailbox on this machine would share one, and empty it for the others
	const own =
		options.directory === undefined ? mkdtempSync(join(tmpdir(), 'digital-cs-mail-')) : undefined;
	args.push('--mail-directory', options.directory ?? own ?? '');
	const maildev = join(root, 'node_modules', 'maildev', 'dist', 'bin', 'maildev.js');
	const running = startNode([maildev, ...args], { cwd: root, env: process.env });
	const url = `http://127.0.0.1:${webPort}`;
	const get = async (path: string, method = 'GET'): Promise<unknown> => {
		const response = await fetch(`${url}/api${path}`, { method });
		if (!response.ok)
			throw new Error(`The mailbox answered ${response.status} to ${method} ${path}`);
		const body: unknown = await response.json();
		return body;
	};
	const mails = async (): Promise<Mail[]> =>
		z
			.array(mailSchema)
			.parse(await get('/email'))
			.map((mail) => ({
				...mail,
				to: mail.envelope.to.map(({ address }) => address.toLowerCase()),
			}));
	await waitFor('the mailbox answering', async () => {
		if (running.hasExited()) throw new Error(running.logs());
		return (await get('/healthz')) === true ? true : undefined;
	});
	return {
		...running,
		stop: async (graceMs) => {
			await running.stop(graceMs);
			if (own !== undefined) rmSync(own, { recursive: true, force: true });
		},
		url,
		smtpPort,
		mails,
		waitForMails: async (count, match = () => true, timeoutMs = 60_000) =>
			await waitFor(
				`the arrival of ${count} mails`,
				async () => {
					const seen = (await mails()).filter(match);
					return seen.length >= count ? seen : undefined;
				},
				{ timeoutMs },
			),
		source: async (id) => await (await fetch(`${url}/api/email/${id}/source`)).text(),
		clear: async () => {
			await get('/email/all', 'DELETE');
		},
		smtpCredential: {
			user: '',
			password: '',
			host: '127.0.0.1',
			port: smtpPort,
			secure: false,
			disableStartTls: true,
			hostName: '',
		},
	};
}
