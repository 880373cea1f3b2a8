import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { z } from 'zod/v4';
import { connectionsOf, runWorkflow } from '../../test/harness/runWorkflow';
import { median } from '../figures';
import { ACCOUNTS_CODE, BETWEEN_SWEEPS, journeyParameters, NOW, seed, STEPS } from './customers';

// One process that sweeps so many accounts, given as its argument, through n8n's own engine in one execution each time,
// and answers with the median time; the built node is what runs.

const NODE = 'Customer Journey';
const accounts = Number(process.argv[2]);
/** The first sweep is not counted: the engine is still compiling then. A million take a minute each. */
const TURNS = accounts > 100_000 ? 2 : 4;

const itemsSchema = z.array(z.object({ json: z.record(z.string(), z.json()) }));
const builtSchema = z.object({
	CustomerJourney: z.custom<new () => INodeType>((value) => typeof value === 'function'),
});

async function grow(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	process.env.N8N_USER_FOLDER = folder;
	try {
		await seed(folder, accounts);
		const built: unknown = await import(
			join(__dirname, '../../dist/nodes/CustomerJourney/CustomerJourney.node.js')
		);
		const node = new (builtSchema.parse(built).CustomerJourney)();
		const made: unknown = runInNewContext(`(() => {${ACCOUNTS_CODE}})()`, {
			from: 0,
			to: accounts,
		});
		const items = itemsSchema.parse(made);
		const times: number[] = [];
		let counts: number[] = [];
		for (let turn = 0; turn < TURNS; turn++) {
			const now = new Date(NOW + turn * BETWEEN_SWEEPS).toISOString();
			const run = await runWorkflow({
				mode: 'trigger',
				nodes: [
					{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
					{ name: 'Accounts', type: 'test.items' },
					{
						name: NODE,
						type: 'n8n-nodes-digital-cs.customerJourney',
						parameters: journeyParameters(now) as INodeParameters,
					},
					{ name: 'Channel', type: 'n8n-nodes-base.noOp' },
				],
				connections: connectionsOf([
					{ from: 'Start', to: 'Accounts' },
					{ from: 'Accounts', to: NODE },
					...STEPS.map(({ output }) => ({ from: NODE, output, to: 'Channel' })),
				]),
				nodeTypes: { 'n8n-nodes-digital-cs.customerJourney': node },
				sources: { Accounts: items },
			});
			const done = run.node(NODE);
			if (done.error !== undefined) throw done.error;
			counts = done.outputs.map((output) => output.length);
			times.push(run.run.data.resultData.runData[NODE]?.[0]?.executionTime ?? NaN);
		}
		const rssMB = process.resourceUsage().maxRSS / 1024;
		process.send?.({ ms: median(times.slice(1)), counts, rssMB });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

grow().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
	process.exit(1);
});
