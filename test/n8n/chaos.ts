import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';
import { tokenOf } from '../../ledger/token';
import { startMailServer, type MailServer } from '../services/mail/mailServer';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { startFakeCrm } from './fakeCrm';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail } from './workflows';

export const CUSTOMERS = 1000;

/**
 * The real n8n, killed with SIGKILL at random moments of its sweeps over a thousand customers, until the given number of
 * kills is used up and all is sent. What is to be known afterwards is counted at the mail server, which sees every copy.
 */
export type Chaos = {
	kills: number;
	sweeps: number;
	/** Mails that arrived, every copy counted. */
	arrived: number;
	/** Copies beyond the first of a Message-ID: what a mail system that does not know it would show twice. */
	copies: number;
	/** Mails about the same step to the same person under different Message-IDs. */
	duplicated: string[];
	/** Customers without the welcome that is due to each and without an answer to that, or mails that the ledger takes for sent and that never arrived. */
	lost: string[];
	/** Customers whose welcome was cut off as often as it may be tried, so that a human was written to about them. */
	handedOver: string[];
	/** Customers whose welcome was so late that a later mail of the journey went instead (P26). */
	overtaken: string[];
	/** Touches that nobody will take up again though they are not decided. */
	stranded: string[];
};

/** The onboarding's first welcome is due at once; the sweeps begin five minutes later. A Monday. */
const DAY_0 = Date.parse('2026-03-02T10:00:00+01:00');
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** The call of day 14 is the last that is due to customers who do nothing. */
const LAST_DAY = DAY_0 + 15 * DAY;
/** About as many mails as customers who do nothing lead to in that time: three welcomes, a nudge, a call. */
const MAILS = 4.5 * CUSTOMERS;
/** Just longer than the lease: what a killed sweep had claimed is free again in the next one. */
const STEP = 31 * MINUTE;

export async function runChaos(kills: number, say: (line: string) => void): Promise<Chaos> {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-chaos-'));
	const mail = await startMailServer();
	const crm = await startFakeCrm();
	crm.setAccounts(Array.from({ length: CUSTOMERS }, (_nothing, index) => customer(index)));
	let n8n: N8nServer | undefined;
	try {
		n8n = await startN8n({ userFolder });
		let client = await connect(n8n.url);
		await install(client, mail, crm.url);
		let [now, done, sweeps, quiet] = [DAY_0 + 5 * MINUTE, 0, 0, false];
		let longest = 5000;
		while (now < LAST_DAY || done < kills || !quiet) {
			const before = mail.received.length;
			const started = performance.now();
			// spread over the whole journey: a share of the kills for each share of its mails
			const dies = done < Math.ceil((kills * (before + 200)) / MAILS) && done < kills;
			const killed = dies ? killAt(n8n, moment(done) * longest) : undefined;
			await client
				.callWebhook(CLOCK_PATH, { now: new Date(now).toISOString() })
				.catch((error: unknown) => {
					if (!dies) throw error;
				});
			sweeps++;
			if (killed === undefined) {
				longest = Math.max(1000, performance.now() - started);
				quiet = mail.received.length === before;
			} else {
				await killed;
				done++;
				quiet = false;
				say(`Kill ${done} of ${kills}: ${mail.received.length} mails so far`);
				n8n = await startN8n({ userFolder });
				client = await connect(n8n.url);
				await client.waitForWebhook(CLOCK_PATH);
			}
			now = nextOfficeTime(now + (quiet ? DAY - STEP : STEP));
		}
		return { kills: done, sweeps, ...judge(mail, userFolder) };
	} finally {
		await n8n?.stop();
		await Promise.all([mail.close(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	}
}

function customer(index: number): object {
	return {
		accountId: `customer-${index}`,
		name: `Customer ${index}`,
		createdAt: new Date(DAY_0).toISOString(),
		timezone: 'Europe/Berlin',
		lifecycleStage: 'onboarding',
		contacts: [{ email: `ann@customer-${index}.example`, name: 'Ann', role: 'admin' }],
	};
}

async function install(client: N8nClient, mail: MailServer, crmUrl: string): Promise<void> {
	const login = { user: '', password: '', hostName: '' };
	const data = {
		host: '127.0.0.1',
		port: mail.port,
		secure: false,
		disableStartTls: true,
		...login,
	};
	const id = await client.createCredential({ name: 'SMTP account', type: 'smtp', data });
	const journey = withMail(readWorkflow('journey-onboarding.json'), { id, name: 'SMTP account' });
	await client.publish(await client.importWorkflow(sendAgain(withClockAndCrm(journey, crmUrl))));
	await client.waitForWebhook(CLOCK_PATH);
}

/** Nothing may be lost, so what a kill cuts off is to be sent again under its Message-ID. */
function sendAgain(workflow: WorkflowFile): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			if (node.type !== 'n8n-nodes-digital-cs.journeyEmail') return node;
			const options = { ...(node.parameters.options as object), fateUnknown: 'sendAgain' };
			return { ...node, parameters: { ...node.parameters, options } };
		}),
	};
}

/** The same random moment of a sweep each time, as a share of its length: golden-ratio steps leave no part out. */
function moment(kill: number): number {
	return (kill * 0.618_033_988_75 + 0.15) % 1;
}

async function killAt(n8n: N8nServer, afterMs: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, afterMs));
	await n8n.kill();
}

/** In sending hours, so that no sweep is an idle one: 9 to 17, Monday to Friday, in Berlin (winter). */
function nextOfficeTime(at: number): number {
	const local = new Date(at + 60 * MINUTE);
	const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
	if (local.getUTCHours() < 17 && !weekend) return at;
	local.setUTCDate(local.getUTCDate() + 1);
	local.setUTCHours(9, 5, 0, 0);
	return nextOfficeTime(local.getTime() - 60 * MINUTE);
}

const touchRow = z.object({
	key: z.string(),
	state: z.string(),
	address: z.string(),
	account_id: z.string(),
	step_id: z.string(),
	channel: z.string(),
	reasons: z.string(),
});
type Row = z.infer<typeof touchRow>;

function judge({ received }: MailServer, userFolder: string): Omit<Chaos, 'kills' | 'sweeps'> {
	const ids = new Map<string, Set<string>>();
	const tokens = new Set<string>();
	for (const { headers, to } of received) {
		const value = (header: string): string =>
			headers.find(({ name }) => name.toLowerCase() === header)?.value ?? '';
		const id = value('message-id');
		tokens.add(id.slice(1).split('@')[0] ?? '');
		const about = `${to.join()} ${value('subject')}`;
		ids.set(about, (ids.get(about) ?? new Set()).add(id));
	}
	const database = new DatabaseSync(join(userFolder, '.n8n', 'digital-cs.sqlite'), {
		readOnly: true,
	});
	const rows = z
		.array(touchRow)
		.parse(database.prepare('SELECT * FROM dcs_touches WHERE dry = 0').all());
	database.close();
	const mails = rows.filter(({ address }) => address !== '');
	const arrived = (row: Row): boolean => tokens.has(tokenOf(row.key));
	const fates = Array.from({ length: CUSTOMERS }, (_nothing, index) => {
		const ours = rows.filter(({ account_id }) => account_id === `customer-${index}`);
		return { customer: `customer-${index}`, fate: fateOf(ours, arrived) };
	});
	const customersOf = (wanted: Fate): string[] =>
		fates.filter(({ fate }) => fate === wanted).map(({ customer }) => customer);
	return {
		arrived: received.length,
		copies: received.length - tokens.size,
		duplicated: [...ids].filter(([, under]) => under.size > 1).map(([about]) => about),
		lost: [
			...customersOf('lost'),
			...mails.filter((row) => row.state === 'sent' && !arrived(row)).map(({ key }) => key),
		],
		handedOver: customersOf('handedOver'),
		overtaken: customersOf('overtaken'),
		stranded: rows
			.filter(({ state }) => state === 'claimed' || state === 'sending')
			.map(({ key, state }) => `${state} ${key}`),
	};
}

type Fate = 'welcomed' | 'handedOver' | 'overtaken' | 'lost';

/** What became of the welcome to a customer, by what arrived and by the reason written down. */
function fateOf(touches: readonly Row[], arrived: (row: Row) => boolean): Fate {
	const welcome = touches.find(({ step_id }) => step_id === 'welcome');
	if (welcome === undefined) return 'lost';
	if (arrived(welcome)) return 'welcomed';
	const others = touches.filter(arrived);
	if (welcome.reasons.includes('"attemptsUsedUp"'))
		return others.some(({ channel }) => channel === 'human') ? 'handedOver' : 'lost';
	if (welcome.reasons.includes('"superseded"'))
		return others.some(({ channel }) => channel === 'email') ? 'overtaken' : 'lost';
	return 'lost';
}
