import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { localDay } from '../../engine/health/history/localDay';
import type { HealthMemory } from '../../engine/health/history/memory';
import { openSqliteLedger } from '../../ledger/sqlite';
import { connect, type N8nClient, type WorkflowFile } from '../../test/n8n/client';
import { waitFor } from '../../test/n8n/processes';
import { startN8n } from '../../test/n8n/server';
import { median, note, report } from '../figures';

const ACCOUNTS = 100_000;
const WEBHOOK = 'bench/health';
const NODE = 'Health Score';
const NOW = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 3;
const SCORES_KEPT = 91;
const BASELINE_DAYS = 28;

const sweepSchema = z.object({
	ms: z.number(),
	blockMs: z.number(),
	rssMB: z.number(),
	counts: z.array(z.number()),
	error: z.string().optional(),
});
type Sweep = z.infer<typeof sweepSchema>;

/**
 * Health Score with memory over 100,000 accounts in one execution of the real n8n that saves nothing of it: the model
 * Product-Led, which compares with 28 days of memory, on accounts of which 13 weeks are remembered. The first sweep of a
 * day reads and writes every account; beside it the second one of the same day, and the same without memory.
 */
export async function benchNode(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const result = join(folder, 'result.json');
	note(`Filling a ledger with the memory of ${ACCOUNTS} accounts`);
	await seed(folder);
	const n8n = await startN8n({
		userFolder: folder,
		env: {
			EXTERNAL_HOOK_FILES: join(__dirname, '../ledger/sweepHook.ts'),
			BENCH_NODE: NODE,
			BENCH_RESULT: result,
			N8N_RUNNERS_MAX_OLD_SPACE_SIZE: '3072',
		},
	});
	try {
		const client = await connect(n8n.url);
		await client.publish(await client.importWorkflow(sweeping()));
		await client.waitForWebhook(WEBHOOK);
		const times = { first: [] as number[], second: [] as number[], without: [] as number[] };
		const sweeps: Sweep[] = [];
		for (let day = 0; day < DAYS; day++) {
			const now = NOW + day * DAY;
			const first = await sweepOnce(client, result, { now, remember: true });
			const second = await sweepOnce(client, result, { now: now + HOUR, remember: true });
			const without = await sweepOnce(client, result, { now, remember: false });
			note(`Day ${day + 1}: ${JSON.stringify({ first, second, without })}`);
			times.first.push(first.ms);
			times.second.push(second.ms);
			times.without.push(without.ms);
			sweeps.push(first, second);
		}
		const seconds = (of: readonly number[]): number => Math.round(median(of)) / 1000;
		report({
			figure: 'health.node.100k',
			value: seconds(times.first),
			unit: 's',
			peers: { sameDayAgain: seconds(times.second), withoutMemory: seconds(times.without) },
		});
		const worst = (of: (sweep: Sweep) => number): number => Math.round(Math.max(...sweeps.map(of)));
		note(`At most ${worst(({ blockMs }) => blockMs)} ms without a pause`);
		note(`At most ${worst(({ rssMB }) => rssMB)} MB`);
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function sweepOnce(
	client: N8nClient,
	result: string,
	{ now, remember }: { now: number; remember: boolean },
): Promise<Sweep> {
	rmSync(result, { force: true });
	await client.callWebhook(WEBHOOK, { now: new Date(now).toISOString(), remember });
	const sweep = await waitFor(
		'the sweep',
		() =>
			existsSync(result) ? sweepSchema.parse(JSON.parse(readFileSync(result, 'utf8'))) : undefined,
		{ timeoutMs: 300_000, everyMs: 200 },
	);
	if (sweep.error !== undefined) throw new Error(`The sweep failed: ${sweep.error}`);
	if (sweep.counts[0] !== ACCOUNTS || sweep.counts[1] !== 0)
		throw new Error(`The sweep gave ${sweep.counts.join(' and ')} items`);
	return sweep;
}

/** What is remembered of every account the day before: a score and a number of users a day. */
async function seed(userFolder: string): Promise<void> {
	const ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	const day = localDay(NOW, 'UTC') - 1;
	const hex = (score: number): string => score.toString(16).padStart(2, '0');
	const PAGE = 20_000;
	for (let from = 0; from < ACCOUNTS; from += PAGE) {
		const page = Array.from({ length: PAGE }, (_nothing, place) => from + place);
		const changes = page.map((i) => {
			const memory: HealthMemory = {
				scores: Array.from({ length: SCORES_KEPT }, (_none, back) =>
					hex(62 + ((i + back * 3) % 30)),
				).join(''),
				band: 'yellow',
				since: day - 30,
				steady: 3,
				values: {
					weeklyUsers: Array.from(
						{ length: BASELINE_DAYS + 1 },
						(_none, back) => 20 + ((i + back) % 50),
					),
				},
			};
			const state = JSON.stringify(memory);
			return { accountId: `acc-${i}`, day, revision: 1, state };
		});
		await ledger.countHealth('product-led', day, { scored: PAGE, triggered: 0 });
		await ledger.rememberHealth('product-led', changes);
	}
	await ledger.close();
}

/** Accounts of which a few drop every day, made by a formula: the day of `now` moves every figure a little. */
const ACCOUNTS_CODE = `const { now: text } = $('Start').first().json.body;
const now = Date.parse(text);
const day = Math.floor(now / 86400000);
const at = (days) => new Date(now - days * 86400000).toISOString();
const asOf = at(0.5);
const items = [];
for (let i = 0; i < ${ACCOUNTS}; i++) {
	const bought = 10 + (i % 90);
	const falls = (i + day) % 50 === 0;
	items.push({ json: {
		accountId: 'acc-' + i,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		lifecycleStage: 'adopting',
		executiveSponsor: 'Somebody',
		createdAt: '2024-01-15',
		renewalDate: at(-(i % 365)),
		usage: { activeUsers: falls ? 5 : 40 + (i + day) % 20, events: falls ? 60 : 300 + (i * 7 + day) % 100, previousEvents: 320, lastActiveAt: at(falls ? 25 : (i * 5) % 4), asOf, adoption: ((i * 11) % 97) / 97 },
		support: { openTickets: i % 7, openP1: i % 20 === 0 ? 1 : 0 },
		sentiment: { nps: ((i * 17) % 101) * 2 - 100, csat: 1 + ((i * 3) % 40) / 10 },
		licences: { bought, used: Math.floor(bought * 0.7) },
	} });
}
return items;`;

/** One webhook that is told the time, the accounts, and the node. */
function sweeping(): WorkflowFile {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		column: number,
		parameters: Record<string, unknown>,
	) => ({ id: name, name, type, typeVersion, position: [column * 220, 0], parameters });
	const start = "$('Start').first().json.body";
	return {
		name: 'Bench: health',
		nodes: [
			{
				...node('Start', 'n8n-nodes-base.webhook', 2, 0, {
					httpMethod: 'POST',
					path: WEBHOOK,
					options: {},
				}),
				webhookId: 'bench-health',
			},
			node('Accounts', 'n8n-nodes-base.code', 2, 1, { jsCode: ACCOUNTS_CODE }),
			node(NODE, 'n8n-nodes-digital-cs.healthScore', 1, 2, {
				model: 'productLed',
				remember: `={{ ${start}.remember }}`,
				options: { now: `={{ ${start}.now }}` },
			}),
		],
		connections: {
			Start: { main: [[{ node: 'Accounts', type: 'main', index: 0 }]] },
			Accounts: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
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
