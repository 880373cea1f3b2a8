import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile } from '../../test/n8n/client';
import { waitFor } from '../../test/n8n/processes';
import { startN8n } from '../../test/n8n/server';
import { median, note, report } from '../figures';
import {
	ACCOUNTS_CODE,
	BETWEEN_SWEEPS,
	DUE_SHARE,
	journeyParameters,
	NOW,
	seed,
	STEPS,
} from './customers';

const ACCOUNTS = 100_000;
const SIZES = [10_000, 100_000, 1_000_000];
const WEBHOOK = 'bench/sweep';
const TURNS = 3;

const sweepSchema = z.object({
	ms: z.number(),
	blockMs: z.number(),
	rssMB: z.number(),
	counts: z.array(z.number()),
	error: z.string().optional(),
});
type Sweep = z.infer<typeof sweepSchema>;

/**
 * *Advance* over 100,000 enrolled accounts of which 5 % have a mail due, in one execution of the real n8n that saves
 * nothing of it; then the same while a second process writes to the ledger's file without a pause.
 */
export async function benchAdvance(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const result = join(folder, 'result.json');
	note(`Filling a ledger with ${ACCOUNTS} accounts`);
	await seed(folder, ACCOUNTS);
	const n8n = await startN8n({
		userFolder: folder,
		env: {
			EXTERNAL_HOOK_FILES: join(__dirname, 'sweepHook.ts'),
			BENCH_RESULT: result,
			N8N_RUNNERS_MAX_OLD_SPACE_SIZE: '3072',
		},
	});
	try {
		const client = await connect(n8n.url);
		await client.publish(await client.importWorkflow(sweeping()));
		await client.waitForWebhook(WEBHOOK);
		let turn = 0;
		const sweep = async (): Promise<Sweep> =>
			await sweepOnce(client, result, NOW + BETWEEN_SWEEPS * turn++);
		const sweeps: Sweep[] = [];
		while (sweeps.length < TURNS) sweeps.push(await sweep());
		const writer = fork(join(__dirname, 'writer.ts'), [folder], {
			execArgv: ['--import', 'tsx', '--no-warnings'],
		});
		await once(writer, 'message');
		const disturbed: Sweep[] = [];
		while (disturbed.length < TURNS) disturbed.push(await sweep());
		writer.send('stop');
		const [rows] = z
			.tuple([z.number()])
			.rest(z.unknown())
			.parse(await once(writer, 'message'));
		note(`Sweeps: ${JSON.stringify(sweeps)}`);
		note(`While another process wrote ${rows} rows: ${JSON.stringify(disturbed)}`);
		const peers = { besideWriter: Math.round(median(disturbed.map(({ ms }) => ms))) / 1000 };
		const seconds = Math.round(median(sweeps.map(({ ms }) => ms))) / 1000;
		report({ figure: 'journey.advance.100k', value: seconds, unit: 's', peers });
		const worst = (of: (sweep: Sweep) => number, among: Sweep[]): number =>
			Math.round(Math.max(...among.map(of)));
		report({
			figure: 'journey.advance.rss',
			value: worst(({ rssMB }) => rssMB, sweeps),
			unit: 'MB',
			peers: { besideWriter: worst(({ rssMB }) => rssMB, disturbed) },
		});
		report({
			figure: 'journey.advance.block',
			value: worst(({ blockMs }) => blockMs, [...sweeps, ...disturbed]),
			unit: 'ms',
			peers: { alone: worst(({ blockMs }) => blockMs, sweeps) },
		});
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	await benchGrowth();
}

async function sweepOnce(client: N8nClient, result: string, now: number): Promise<Sweep> {
	rmSync(result, { force: true });
	await client.callWebhook(WEBHOOK, { now: new Date(now).toISOString() });
	const sweep = await waitFor(
		'the sweep',
		() =>
			existsSync(result) ? sweepSchema.parse(JSON.parse(readFileSync(result, 'utf8'))) : undefined,
		{ timeoutMs: 300_000, everyMs: 200 },
	);
	if (sweep.error !== undefined) throw new Error(`The sweep failed: ${sweep.error}`);
	checkDue(sweep.counts, ACCOUNTS);
	return sweep;
}

/** A sweep that hands out anything but what is due measures something else. */
function checkDue(counts: readonly number[], accounts: number): void {
	const due = counts.slice(1).reduce((sum, count) => sum + count, 0);
	if (due !== accounts * DUE_SHARE)
		throw new Error(`The sweep handed out ${due} touches of ${accounts * DUE_SHARE}`);
}

/** How time grows with the number of accounts, each number in a process of its own: 1 means in proportion. */
async function benchGrowth(): Promise<void> {
	const times = new Map<number, number>();
	for (const accounts of SIZES) {
		note(`One execution of ${accounts} accounts`);
		const child = fork(join(__dirname, 'growth.ts'), [String(accounts)], {
			execArgv: ['--import', 'tsx', '--no-warnings', '--max-old-space-size=16384'],
		});
		const [answer] = (await once(child, 'message')) as unknown[];
		const { ms, counts, rssMB } = z
			.object({ ms: z.number(), counts: z.array(z.number()), rssMB: z.number() })
			.parse(answer);
		checkDue(counts, accounts);
		note(`${accounts} accounts: ${Math.round(ms)} ms, ${Math.round(rssMB)} MB`);
		times.set(accounts, ms);
	}
	const [least = NaN, most = NaN] = [SIZES[0], SIZES.at(-1)];
	const growth = (times.get(most) ?? NaN) / (times.get(least) ?? NaN);
	const exponent = Math.log(growth) / Math.log(most / least);
	report({
		figure: 'journey.advance.exponent',
		value: Math.round(exponent * 1000) / 1000,
		unit: 'exponent',
	});
}

/** One webhook that is told the time, the accounts, and the journey with a node behind each output. */
function sweeping(): WorkflowFile {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		column: number,
		parameters: Record<string, unknown>,
	) => ({ id: name, name, type, typeVersion, position: [column * 220, 0], parameters });
	const outputs = STEPS.map(({ output }) => output);
	return {
		name: 'Bench: sweep',
		nodes: [
			{
				...node('Start', 'n8n-nodes-base.webhook', 2, 0, {
					httpMethod: 'POST',
					path: WEBHOOK,
					options: {},
				}),
				webhookId: 'bench-sweep',
			},
			node('Accounts', 'n8n-nodes-base.code', 2, 1, {
				jsCode: `const [from, to] = [0, ${ACCOUNTS}];\n${ACCOUNTS_CODE}`,
			}),
			node(
				'Customer Journey',
				'n8n-nodes-digital-cs.customerJourney',
				1,
				2,
				journeyParameters("={{ $('Start').first().json.body.now }}"),
			),
			node('Channel', 'n8n-nodes-base.noOp', 1, 3, {}),
		],
		connections: {
			Start: { main: [[{ node: 'Accounts', type: 'main', index: 0 }]] },
			Accounts: { main: [[{ node: 'Customer Journey', type: 'main', index: 0 }]] },
			'Customer Journey': {
				main: [[], ...outputs.map(() => [{ node: 'Channel', type: 'main', index: 0 }])],
			},
		},
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}
