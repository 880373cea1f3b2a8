import { Client } from 'pg';
import { z } from 'zod/v4';
import { startMailServer, type MailServer } from '../services/mail/mailServer';
import { connect, type Execution, type N8nClient } from './client';
import {
	addressOf as triggerOf,
	becameCustomers,
	call,
	createSecret,
	eventFlow,
	listening,
} from './eventFlow';
import { startHttpSink, type HttpSink } from './httpSink';
import { startQueue, type Queue } from './queue';
import {
	addressOf,
	accountOf,
	customersOf,
	JOURNEY,
	NOW,
	pathOf,
	senderFlow,
	type Sender,
	type Settings,
} from './senderFlow';
import { waitFor } from './processes';
import * as nodes from './senderNodes';

/** n8n as large companies run it: a main process, two workers, Redis and Postgres. Counted where the messages arrive. */

const CUSTOMERS = 300;
const AT_ONCE = 16;
const EVENTS = 2000;
/** Calls with different events at once; each is made twice. */
const SENDERS = 4;

let queue: Queue;
let client: N8nClient;
let mail: MailServer;
let http: HttpSink;
let smtp: nodes.Credential;
let postgres: nodes.Credential;

beforeAll(async () => {
	[mail, http, queue] = await Promise.all([startMailServer(), startHttpSink(), startQueue(2)]);
	client = await connect(queue.main.url);
	smtp = await nodes.smtpCredential(client, mail.port);
	const name = 'Postgres account';
	const data = { ...queue.ledger, ssl: 'disable', maxConnections: 10 };
	postgres = { id: await client.createCredential({ name, type: 'postgres', data }), name };
});

afterAll(async () => {
	await queue.stop();
	await Promise.all([mail.close(), http.close()]);
});

async function publish(flow: string, sender: Sender, settings: Settings): Promise<string> {
	const id = await client.importWorkflow(senderFlow(flow, sender, settings));
	await client.publish(id);
	await client.waitForWebhook(pathOf(flow));
	return id;
}

/** The same page of due accounts, swept by so many executions that begin at once. */
async function sweepAtOnce(flow: string, id: string, count: number): Promise<Execution[]> {
	const accounts = customersOf(flow, {}, CUSTOMERS);
	const before = (await client.executions(id, { data: false })).length;
	const now = new Date(NOW).toISOString();
	const sweeps = Array.from({ length: count }, async (_nothing, index) => {
		// each begins elsewhere in the page, so that none takes all before the others come
		const from = Math.round((index * CUSTOMERS) / count / 2);
		const page = [...accounts.slice(from), ...accounts.slice(0, from)];
		return await client.callWebhook(pathOf(flow), { now, accounts: page });
	});
	await Promise.all(sweeps);
	return (await client.waitForExecutions(id, before + count)).slice(0, count);
}

const claimedBy = ({ data }: Execution): number =>
	data?.resultData.runData[JOURNEY]?.[0]?.data?.main?.[1]?.length ?? 0;

/** How the touches of a journey stand in the ledger. */
async function statesOf(flow: string): Promise<Record<string, number>> {
	const database = new Client(queue.ledger);
	await database.connect();
	try {
		const { rows } = await database.query<Record<string, unknown>>(
			'SELECT state, count(*)::int AS count FROM dcs_touches WHERE journey = $1 GROUP BY state',
			[flow],
		);
		const counts = z.array(z.object({ state: z.string(), count: z.number() })).parse(rows);
		return Object.fromEntries(counts.map(({ state, count }) => [state, count]));
	} finally {
		await database.end();
	}
}

const everybody = (flow: string): string[] =>
	Array.from({ length: CUSTOMERS }, (_nothing, index) => accountOf(flow, index + 1)).sort();

function tell(what: string, counts: object): void {
	process.stderr.write(`${what}: ${JSON.stringify(counts)}\n`);
}

/** Until nothing is left of the page; every execution must have ended well. */
async function sweepUntilQuiet(flow: string, id: string): Promise<Execution[]> {
	const executions: Execution[] = [];
	for (let claimed = -1; claimed !== 0;) {
		const swept = await sweepAtOnce(flow, id, AT_ONCE);
		executions.push(...swept);
		claimed = swept.reduce((sum, execution) => sum + claimedBy(execution), 0);
	}
	expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
	return executions;
}

const started = (worker: { logs: () => string }): number =>
	worker.logs().match(/Worker started execution/g)?.length ?? 0;

test('Journey Email: each of 300 customers gets one mail, whichever worker sends it', async () => {
	const flow = 'queue-mail';
	const settings = { postgres, options: { touchesPerRun: 40 } };
	const id = await publish(flow, nodes.journeyEmail(smtp), settings);
	const executions = await sweepUntilQuiet(flow, id);
	const to = mail.received.map((one) => one.to.join()).sort();
	const states = await statesOf(flow);
	tell('Queue mode, Journey Email', {
		executions: executions.length,
		ofThemSent: executions.filter((one) => claimedBy(one) > 0).length,
		byWorker: queue.workers.map(started),
		mails: to.length,
		...states,
	});
	expect(to).toEqual(everybody(flow).map(addressOf).sort());
	expect(states).toEqual({ sent: CUSTOMERS });
	expect(Math.min(...queue.workers.map(started))).toBeGreaterThan(0);
});

test('HTTP Request and Confirm Touch: the same, though nobody looks at keys', async () => {
	const flow = 'queue-http';
	const settings = { postgres, options: { touchesPerRun: 40 } };
	const id = await publish(flow, nodes.httpRequest(http.url), settings);
	const executions = await sweepUntilQuiet(flow, id);
	const states = await statesOf(flow);
	tell('Queue mode, HTTP Request', {
		executions: executions.length,
		ofThemSent: executions.filter((one) => claimedBy(one) > 0).length,
		posts: http.arrived.length,
		byKey: new Set(http.arrived).size,
		...states,
	});
	expect(http.arrived).toHaveLength(CUSTOMERS);
	expect([...http.accepted().keys()].sort()).toEqual(everybody(flow));
	expect(states).toEqual({ sent: CUSTOMERS });
});

test('Customer Event Trigger: events taken in by a webhook process, repeats and all, are handed out once, by workers', async () => {
	await createSecret(client, 'hubspot');
	const shipped = eventFlow('hubspot', { ledger: 'postgres' });
	const nodesOn = shipped.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-digital-cs.')
			? {
					...node,
					credentials: { ...node.credentials, postgres },
					parameters: { ...node.parameters, ledger: 'postgres' },
				}
			: node,
	);
	const id = await client.importWorkflow({ ...shipped, nodes: nodesOn });
	await client.publish(id);
	const address = await triggerOf(client, id);
	await listening(address);
	const elsewhere = address.replace(queue.main.url, queue.webhookUrl);
	await listening(elsewhere);
	const before = queue.workers.map(started);
	const batches = Array.from({ length: EVENTS / 100 }, (_none, index) =>
		becameCustomers(20_000 + index * 100, 100),
	);
	// each batch twice, at once, as senders do whose first try was slow
	// n8n says 503 by itself while its database is slow ("Database is not ready!"); whoever is told so tries again
	const refusals: string[] = [];
	const send = async (batch: object[]): Promise<void> => {
		await waitFor(
			'a batch taken in',
			async () => {
				const { status, body } = await call(elsewhere, 'hubspot', batch);
				if (status !== 200) refusals.push(`${String(status)} ${body.slice(0, 60)}`);
				return status === 200 ? true : undefined;
			},
			{ timeoutMs: 120_000, everyMs: 1000 },
		);
	};
	for (let from = 0; from < batches.length; from += SENDERS) {
		const some = batches.slice(from, from + SENDERS);
		await Promise.all([...some, ...some].map(send));
	}
	await waitFor(
		'all of them handed out',
		async () => {
			const items = (await client.executions(id)).flatMap((execution) =>
				client.itemsOf(execution, 'Customer events'),
			);
			return items.length >= EVENTS ? true : undefined;
		},
		{ timeoutMs: 90_000, everyMs: 1000 },
	);
	// time for a second hand-out, if there were one
	await new Promise((resolve) => setTimeout(resolve, 5000));
	const executions = await client.executions(id);
	const items = executions.flatMap((execution) => client.itemsOf(execution, 'Customer events'));
	tell('Queue mode, Customer Event Trigger', {
		batches: 2 * batches.length,
		refusals,
		events: items.length,
		executions: executions.length,
		byWorker: queue.workers.map((worker, index) => started(worker) - (before[index] ?? 0)),
	});
	expect(items).toHaveLength(EVENTS);
	expect(new Set(items.map(({ accountId }) => accountId)).size).toBe(EVENTS);
	expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
	const ran = queue.workers.reduce(
		(sum, worker, index) => sum + started(worker) - (before[index] ?? 0),
		0,
	);
	expect(ran).toBe(executions.length);
});

test('the SQLite ledger is refused, with a sentence that says what to do, and nothing is sent', async () => {
	const flow = 'queue-sqlite';
	const id = await publish(flow, nodes.httpRequest(http.url), {});
	const before = http.arrived.length;
	const [execution] = await sweepAtOnce(flow, id, 1);
	expect(execution?.status).toBe('error');
	const error = z
		.looseObject({ message: z.string(), description: z.string() })
		.parse(execution?.data?.resultData.error);
	expect(error.message).toBe('The SQLite ledger does not work in queue mode');
	expect(error.description).toContain("Choose Postgres as 'Ledger', on every node of the journey");
	expect(http.arrived).toHaveLength(before);
});
