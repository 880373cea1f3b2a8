import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';
import { tokenOf } from '../../../ledger/token';
import { startMailServer, type MailServer } from '../../services/mail/mailServer';
import { connect, type N8nClient, type WorkflowFile } from '../client';
import { CLOCK_PATH, withClockAndCrm } from '../clock';
import { startFakeCrm } from '../fakeCrm';
import { startN8n, type N8nServer } from '../server';
import { withMail } from '../workflows';

/** A shipped journey and customers of whom each is to get one message, or one is to be told of each, in one sweep. */
export type CrashStory = {
	readonly journey: string;
	readonly workflow: WorkflowFile;
	readonly starts?: readonly string[];
	/** What the CRM says on a day: on days before 0 nothing is due to anybody. */
	readonly recordsOn: (day: number) => readonly object[];
	/** How many quiet days come first. */
	readonly daysBefore: number;
	/** By account: the step that each customer is to get, or somebody is to be told of. */
	readonly expected: ReadonlyMap<string, string>;
	/** Whether a human is asked about a mail of which a crash left unknown whether it arrived; else it just holds (P12). */
	readonly asksHuman: boolean;
};

/** When n8n dies: so many mails after the last start, and so many ms after the mail server took the last of them. */
export type Kill = { readonly afterMails: number; readonly afterMs: number };

export type CrashOutcome = {
	kills: number;
	sweeps: number;
	/** Mails that arrived, every copy counted. */
	arrived: number;
	/** Who got nothing, though it is not written down that it may have arrived; and what nobody was asked about. */
	lost: string[];
	/** Messages that came under two Message-IDs. */
	doubled: string[];
	/** Copies under one Message-ID: to customers, and to colleagues. */
	copiesToCustomers: number;
	copiesToColleagues: number;
	/** Mails to customers of which nobody knows whether they arrived. */
	unknown: string[];
	/** Other touches that an execution had, and nobody took up again. */
	stranded: string[];
};

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** A Tuesday, ten o'clock in Berlin. */
const DAY_0 = Date.parse('2026-03-10T09:00:00Z');
/** Longer than a lease: what a killed sweep had is free again in the next one. */
const NEXT = 31 * MINUTE;
/** Sweeps of the same afternoon, all within sending hours. */
const MOST_SWEEPS = 12;
const DELAY_MS = 15;
const SMTP = 'SMTP account';

/** Lets the real n8n die in the middle of the journey's sweeps, and goes on until nothing moves any more. */
export async function crashSweeps(
	story: CrashStory,
	kills: readonly Kill[],
): Promise<CrashOutcome> {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-crash-'));
	const crm = await startFakeCrm();
	let n8n: N8nServer | undefined;
	let onMail: () => void = () => undefined;
	const mail = await startMailServer({ delayMs: DELAY_MS, onAccept: () => onMail() });
	try {
		n8n = await startN8n({ userFolder });
		let client = await connect(n8n.url);
		await install(client, story, mail, crm.url);
		for (let day = -story.daysBefore; day < 0; day++) {
			crm.setAccounts(story.recordsOn(day));
			await sweep(client, DAY_0 + day * DAY);
		}
		crm.setAccounts(story.recordsOn(0));
		let [now, sweeps, done, quiet] = [DAY_0, 0, 0, 0];
		while (quiet < 2 && sweeps < MOST_SWEEPS) {
			const before = mail.received.length;
			const kill = kills[done];
			const dying = n8n;
			const died = kill === undefined ? undefined : nthMail(kill, dying, (told) => (onMail = told));
			const ended = sweep(client, now).catch((error: unknown) => {
				if (died === undefined) throw error;
			});
			await (died === undefined ? ended : Promise.race([died, ended.then(() => died)]));
			onMail = () => undefined;
			sweeps++;
			now += NEXT;
			if (died === undefined) quiet = mail.received.length === before ? quiet + 1 : 0;
			else {
				done++;
				n8n = await startN8n({ userFolder });
				client = await connect(n8n.url);
				await client.waitForWebhook(CLOCK_PATH);
			}
		}
		return { kills: done, sweeps, ...judge(story, mail, userFolder) };
	} finally {
		await n8n?.stop();
		await Promise.all([mail.close(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	}
}

async function install(
	client: N8nClient,
	{ workflow, starts }: CrashStory,
	mail: MailServer,
	crmUrl: string,
): Promise<void> {
	const login = { user: '', password: '', hostName: '' };
	const data = {
		host: '127.0.0.1',
		port: mail.port,
		secure: false,
		disableStartTls: true,
		...login,
	};
	const id = await client.createCredential({ name: SMTP, type: 'smtp', data });
	const live = withClockAndCrm(withMail(workflow, { id, name: SMTP }), crmUrl, starts);
	await client.publish(await client.importWorkflow(live));
	await client.waitForWebhook(CLOCK_PATH);
}

async function sweep(client: N8nClient, at: number): Promise<void> {
	const now = new Date(at).toISOString();
	const { status, body } = await client.callWebhook(CLOCK_PATH, { now });
	if (status !== 200) throw new Error(`The sweep of ${now} answered ${String(status)}: ${body}`);
}

/** Kills n8n when the mail server has taken so many mails; settles when it is dead. */
async function nthMail(
	{ afterMails, afterMs }: Kill,
	n8n: N8nServer,
	listen: (told: () => void) => void,
): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const tooFew = setTimeout(() => {
			reject(new Error(`${String(afterMails)} mails did not come: the kill hit nothing`));
		}, 60_000);
		let mails = 0;
		listen(() => {
			if (++mails !== afterMails) return;
			clearTimeout(tooFew);
			setTimeout(resolve, afterMs);
		});
	});
	await n8n.kill();
}

const touchRow = z.object({
	key: z.string(),
	state: z.string(),
	address: z.string(),
	account_id: z.string(),
	step_id: z.string(),
	reasons: z.string(),
});
type Row = z.infer<typeof touchRow>;

function atCustomers({ address }: Row): boolean {
	return address.startsWith('admin@');
}

function judge(
	{ expected, asksHuman }: CrashStory,
	{ received }: MailServer,
	userFolder: string,
): Omit<CrashOutcome, 'kills' | 'sweeps'> {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'digital-cs.sqlite'), {
		readOnly: true,
	});
	const rows = z
		.array(touchRow)
		.parse(database.prepare('SELECT * FROM dcs_touches WHERE dry = 0').all());
	database.close();
	const byToken = new Map(rows.map((row) => [tokenOf(row.key), row]));
	const ids = received.map(({ headers }) => {
		const id = headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value ?? '';
		return id.slice(1).split('@')[0] ?? '';
	});
	const copies = ids.filter((id, place) => ids.indexOf(id) !== place);
	const isCustomers = (id: string): boolean => {
		const row = byToken.get(id);
		return row !== undefined && atCustomers(row);
	};
	const came = new Set(ids);
	const about = [...came].map((id) => {
		const { account_id = '?', step_id = '?' } = byToken.get(id) ?? {};
		return `${step_id} ${account_id}`;
	});
	const missing = [...expected].filter(([account, step]) => !about.includes(`${step} ${account}`));
	const unknown = rows.filter((row) => row.state === 'sending' && atCustomers(row));
	const isWrittenDown = ([account, step]: readonly [string, string]): boolean =>
		unknown.some((row) => row.account_id === account && row.step_id === step);
	const fate = ([account, step]: readonly [string, string]): string => {
		const row = rows.find((one) => one.account_id === account && one.step_id === step);
		return row === undefined ? 'never decided' : `${row.state} ${row.reasons}`;
	};
	const unasked = unknown.filter(
		({ account_id }) => asksHuman && !about.includes(`reach-by-hand ${account_id}`),
	);
	return {
		arrived: received.length,
		lost: [
			...missing
				.filter((one) => !isWrittenDown(one))
				.map((one) => `${one.join(' ')}: ${fate(one)}`),
			...unasked.map(({ key }) => key),
		],
		doubled: about.filter((one, place) => about.indexOf(one) !== place),
		copiesToCustomers: copies.filter(isCustomers).length,
		copiesToColleagues: copies.filter((id) => !isCustomers(id)).length,
		unknown: unknown.map(({ key }) => key),
		stranded: rows
			.filter((row) => row.state === 'claimed' || (row.state === 'sending' && !atCustomers(row)))
			.map(({ key, state }) => `${state} ${key}`),
	};
}
