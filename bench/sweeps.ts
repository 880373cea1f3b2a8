import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type WorkflowFile, type WorkflowNode } from '../test/n8n/client';
import { waitFor } from '../test/n8n/processes';
import { startN8n } from '../test/n8n/server';

const sweepSchema = z.object({
	ms: z.number(),
	blockMs: z.number(),
	rssMB: z.number(),
	counts: z.array(z.number()),
	times: z.record(z.string(), z.number()),
	error: z.string().optional(),
});
/** What the hook tells of one execution, see bench/sweepHook.ts. */
export type Sweep = z.infer<typeof sweepSchema>;

const START = 'Start';
const ACCOUNTS = 'Accounts';
/** What the webhook was told, for expressions of nodes and for the code that makes accounts. */
export const TOLD = `$('${START}').first().json.body`;

export type ToSweep = {
	/** Of the workflow. */
	name: string;
	/** Body of the Code node that makes the accounts. */
	accounts: string;
	/** What the accounts go through first, whose time it is, and what lies behind it. */
	node: WorkflowNode;
	/** What its further inputs get, each a node that makes it. */
	inputs?: readonly WorkflowNode[];
	/** Beside it, with the same accounts, after it. */
	peers?: readonly WorkflowNode[];
	/** Outputs of the node that lead somewhere. */
	outputs?: readonly number[];
	/** Fills the ledger of n8n's user folder before n8n starts. */
	seed?: (userFolder: string) => Promise<void>;
};

/**
 * Sweeps accounts through one node in executions of the real n8n that save nothing of it. `work` gets n8n's user folder,
 * and what starts an execution, with what its webhook is told, and gives what n8n says of it.
 */
export async function withSweeps(
	toSweep: ToSweep,
	work: (sweep: (told: object) => Promise<Sweep>, userFolder: string) => Promise<void>,
): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const result = join(folder, 'result.json');
	await toSweep.seed?.(folder);
	const n8n = await startN8n({
		userFolder: folder,
		env: {
			EXTERNAL_HOOK_FILES: join(__dirname, 'sweepHook.ts'),
			BENCH_NODE: toSweep.node.name,
			BENCH_RESULT: result,
			N8N_RUNNERS_MAX_OLD_SPACE_SIZE: '3072',
		},
	});
	try {
		const client = await connect(n8n.url);
		const workflow = sweeping(toSweep);
		await client.publish(await client.importWorkflow(workflow));
		const path = webhookOf(toSweep);
		await client.waitForWebhook(path);
		await work(async (told) => {
			rmSync(result, { force: true });
			await client.callWebhook(path, told);
			const sweep = await waitFor('the sweep', () => read(result), {
				timeoutMs: 300_000,
				everyMs: 200,
			});
			if (sweep.error !== undefined) throw new Error(`The sweep failed: ${sweep.error}`);
			return sweep;
		}, folder);
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The most that any of them took, in whole figures. */
export function worst(sweeps: readonly Sweep[], of: 'blockMs' | 'rssMB'): number {
	return Math.round(Math.max(...sweeps.map((sweep) => sweep[of])));
}

/** ms as seconds. */
export function seconds(ms: number): number {
	return Math.round(ms) / 1000;
}

export function benchNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, parameters };
}

function read(file: string): Sweep | undefined {
	return existsSync(file) ? sweepSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function webhookOf({ node }: ToSweep): string {
	return `bench/${node.id.toLowerCase().replaceAll(' ', '-')}`;
}

/** One webhook, the accounts, the node with a channel behind its outputs, and its peers. */
function sweeping(toSweep: ToSweep): WorkflowFile {
	const { name, accounts, node, inputs = [], peers = [], outputs = [] } = toSweep;
	const to = (next: string, index = 0): { node: string; type: string; index: number } => ({
		node: next,
		type: 'main',
		index,
	});
	const channel = benchNode('Channel', 'n8n-nodes-base.noOp', 1, {});
	const options = { httpMethod: 'POST', path: webhookOf(toSweep), options: {} };
	const start = benchNode(START, 'n8n-nodes-base.webhook', 2, options);
	const made = benchNode(ACCOUNTS, 'n8n-nodes-base.code', 2, { jsCode: accounts });
	// n8n runs the nodes of a branch from top to bottom
	const at = (one: WorkflowNode, column: number, row = 0): WorkflowNode => ({
		...one,
		position: [column * 220, row * 180],
	});
	return {
		name: `Bench: ${name}`,
		nodes: [
			{ ...at(start, 0), webhookId: `bench-${name}` },
			at(made, 1),
			at(node, 2),
			at(channel, 3),
			...peers.map((peer, index) => at(peer, 2, index + 1)),
			...inputs.map((input, index) => at(input, 1, index + 1)),
		],
		connections: {
			[START]: { main: [[to(ACCOUNTS), ...inputs.map((input) => to(input.name))]] },
			...Object.fromEntries(
				inputs.map((input, index) => [input.name, { main: [[to(node.name, index + 1)]] }]),
			),
			[ACCOUNTS]: { main: [[to(node.name), ...peers.map((peer) => to(peer.name))]] },
			[node.name]: {
				main: Array.from({ length: Math.max(-1, ...outputs) + 1 }, (_none, output) =>
					outputs.includes(output) ? [to(channel.name)] : [],
				),
			},
		},
		settings: {
			executionOrder: 'v1',
			timezone: 'UTC',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}
