import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient, type WorkflowFile } from '../../test/n8n/client';
import {
	addressOf,
	becameCustomers,
	call,
	createSecret,
	eventFlow,
	listening,
} from '../../test/n8n/eventFlow';
import { waitFor } from '../../test/n8n/processes';
import { startN8n } from '../../test/n8n/server';
import { median, note, report } from '../figures';
import { countHandled, countRunning } from './handled';

const TURNS = 5;
const TURN_MS = 5000;
const AT_ONCE = 10;
const BATCH = 100;
const PEER_PATH = 'bench/events-peer';

/**
 * Events over HTTP into the real n8n, ten calls under way at any time, in turns: one event per call to the trigger, which
 * checks HubSpot's signature and keeps it; the same calls to n8n's own Webhook node, which checks nothing and starts an
 * execution for each; then calls of a hundred events. Both stand alone in their workflow, and executions save nothing.
 * All that the trigger answered has to be handed out in the end, none twice. Then the same with n8n's setting that makes no
 * sandbox for expressions until one is evaluated: as n8n comes, it makes one for every call of any trigger but its Webhook.
 */
export async function bench(): Promise<void> {
	for (const { name, env } of SETTINGS) {
		const { single, peer, batch } = await measure(env);
		const whole = (all: readonly number[]): number => Math.round(median(all) * 10) / 10;
		report({
			figure: `events.ingest.single${name}`,
			value: whole(single),
			unit: 'per second',
			peers: { webhookNode: whole(peer) },
		});
		report({
			figure: `events.ingest.batch100${name}`,
			value: Math.round(median(batch)),
			unit: 'per second',
		});
	}
}

const SETTINGS: { name: string; env: Record<string, string> }[] = [
	{ name: '', env: {} },
	{ name: '.lazyEngine', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

type PerSecond = Record<'single' | 'peer' | 'batch', number[]>;

async function measure(env: Record<string, string>): Promise<PerSecond> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const n8n = await startN8n({ userFolder: folder, env });
	try {
		const client = await connect(n8n.url);
		await createSecret(client, 'hubspot');
		const address = await published(client);
		const peer = `${n8n.url}/webhook/${PEER_PATH}`;
		await client.publish(await client.importWorkflow(peerFlow()));
		await client.waitForWebhook(PEER_PATH);
		const perSecond: PerSecond = { single: [], peer: [], batch: [] };
		let from = 1;
		const next = (count: number): object[] => becameCustomers((from += count) - count, count);
		const asPeer = async (): Promise<void> => await post(peer, becameCustomers(1, 1));
		// the first calls warm everything up
		await turn(async () => await post(address, next(1)), 2000);
		await turn(asPeer, 2000);
		await handedOut(folder);
		for (let round = 0; round < TURNS; round++) {
			perSecond.single.push(await turn(async () => await post(address, next(1))));
			await handedOut(folder);
			perSecond.peer.push(await turn(asPeer));
			await handedOut(folder);
		}
		for (let round = 0; round < TURNS; round++) {
			const calls = await turn(async () => await post(address, next(BATCH)));
			perSecond.batch.push(calls * BATCH);
			await handedOut(folder);
		}
		note(JSON.stringify(perSecond));
		const { handled } = countHandled(folder);
		if (handled !== from - 1) throw new Error(`${handled} of ${from - 1} events were handed out`);
		return perSecond;
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What a turn left behind, events or executions that go on after the answer, would slow the next one down. */
async function handedOut(folder: string): Promise<void> {
	const started = performance.now();
	await waitFor(
		'all events handed out, and all executions ended',
		() => (countHandled(folder).waiting + countRunning(folder) === 0 ? true : undefined),
		{ timeoutMs: 120_000, everyMs: 250 },
	);
	note(`Quiet ${Math.round(performance.now() - started)} ms after the last call`);
}

async function published(client: N8nClient): Promise<string> {
	const { nodes, ...flow } = eventFlow('hubspot');
	const alone = { ...flow, nodes: nodes.slice(0, 1), connections: {}, settings: QUIET };
	const id = await client.importWorkflow(alone);
	const address = await addressOf(client, id);
	await client.publish(id);
	await listening(address);
	return address;
}

const QUIET = {
	executionOrder: 'v1',
	timezone: 'UTC',
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'all',
	saveExecutionProgress: false,
};

function peerFlow(): WorkflowFile {
	return {
		name: 'Bench: peer of events',
		nodes: [
			{
				id: 'Webhook',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'bench-events-peer',
				parameters: { httpMethod: 'POST', path: PEER_PATH, options: {} },
			},
		],
		connections: {},
		settings: QUIET,
	};
}

async function post(address: string, events: object[]): Promise<void> {
	const { status, body } = await call(address, 'hubspot', events);
	if (status !== 200) throw new Error(`Answered ${status}: ${body.slice(0, 200)}`);
}

/** Calls answered per second, in one turn. */
async function turn(work: () => Promise<void>, ms = TURN_MS): Promise<number> {
	const started = performance.now();
	let calls = 0;
	const caller = async (): Promise<void> => {
		while (performance.now() - started < ms) {
			await work();
			calls++;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, caller));
	return (calls * 1000) / (performance.now() - started);
}
