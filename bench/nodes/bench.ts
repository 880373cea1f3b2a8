import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect } from '../../test/n8n/client';
import { waitFor } from '../../test/n8n/processes';
import { startN8n } from '../../test/n8n/server';
import { median, note, report } from '../figures';
import { benchWorkflow, NODES, WEBHOOK } from './workflow';

const ACCOUNTS = 100_000;
const NOW = Date.parse('2026-03-02T09:00:00Z');

const measuredSchema = z.object({
	times: z.record(z.string(), z.number()),
	counts: z.record(z.string(), z.array(z.number())),
	error: z.string().optional(),
	differences: z.record(z.string(), z.number()),
});
type Measured = z.infer<typeof measuredSchema>;

/**
 * Health Score over 100,000 accounts in the real n8n, beside a Code node, a Set node and an If node that work out the
 * same from the same items in the same execution. Times are n8n's own (`executionTime` of each node); each figure is
 * the median of three executions. A peer that comes to another result than Health Score spoils the run.
 */
export async function bench(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const result = join(folder, 'result.json');
	const n8n = await startN8n({
		userFolder: folder,
		env: {
			EXTERNAL_HOOK_FILES: join(__dirname, 'hook.ts'),
			BENCH_RESULT: result,
			NODE_OPTIONS: '--max-old-space-size=6144',
			N8N_RUNNERS_MAX_OLD_SPACE_SIZE: '3072',
		},
	});
	try {
		const client = await connect(n8n.url);
		await client.publish(await client.importWorkflow(benchWorkflow(ACCOUNTS, NOW)));
		await client.waitForWebhook(WEBHOOK);
		await client.callWebhook(WEBHOOK, {});
		const run = await waitFor('the execution', () => read(result), {
			timeoutMs: 1_800_000,
			everyMs: 500,
		});
		note(`n8n's own times in ms: ${JSON.stringify(run.times)}`);
		check(run);
		const time = (nodes: readonly string[]): number =>
			median(nodes.map((node) => run.times[node] ?? NaN));
		report({
			figure: 'nodes.healthScore.100k',
			value: time(NODES.healthScore),
			unit: 'ms',
			peers: { codeAll: time(NODES.codeAll), set: time(NODES.set), if: time(NODES.if) },
		});
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

function read(file: string): Measured | undefined {
	if (!existsSync(file)) return undefined;
	const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
	return measuredSchema.parse(found);
}

function check({ error, counts, differences }: Measured): void {
	if (error !== undefined) throw new Error(`The execution failed: ${error}`);
	for (const node of Object.values(NODES).flat()) {
		const items = (counts[node] ?? []).reduce((sum, count) => sum + count, 0);
		if (items !== ACCOUNTS) throw new Error(`${node} gave ${items} items for ${ACCOUNTS} accounts`);
	}
	for (const [node, number] of Object.entries(differences)) {
		if (number > 0)
			throw new Error(
				`${node} and Health Score differ on ${number} accounts, so they do not do the same`,
			);
	}
}
