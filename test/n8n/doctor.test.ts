import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { copyOf, node } from '../engine/doctor/change';
import { connect, workflowSchema, type N8nClient } from './client';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, readWorkflows } from './workflows';

const BROKEN = 'dcsBroken00000001';
/** More than one page of n8n's API. */
const FOREIGN = 120;

const outputSchema = z.object({
	workflows: z.array(
		z.object({
			source: z.string(),
			workflow: z.string(),
			findings: z.array(z.object({ rule: z.string(), node: z.string().nullable() })),
		}),
	),
	errors: z.number(),
});

type Ran = { code: number; told: string; complained: string };

describe('doctor on a running n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	/** n8n wants a name of its own for each key. */
	let keys = 0;

	beforeAll(async () => {
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		for (const { workflow } of readWorkflows()) await client.importWorkflow(workflow);
		const broken = copyOf(readWorkflow('journey-renewal.json'));
		node(broken, 'Mail: reminder').retryOnFail = true;
		await client.importWorkflow(
			workflowSchema.parse({ ...broken, id: BROKEN, name: 'Renewal, changed' }),
		);
		const foreign = { nodes: [], connections: {}, settings: {} };
		for (let index = 0; index < FOREIGN; index++)
			await client.api('POST', '/workflows', { ...foreign, name: `Invoices ${String(index)}` });
	});
	afterAll(async () => {
		await n8n.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	async function keyFor(...scopes: string[]): Promise<string> {
		const made = await client.rest('POST', '/api-keys', {
			label: `key ${String(++keys)}`,
			expiresAt: null,
			scopes,
		});
		return z.looseObject({ rawApiKey: z.string() }).parse(made).rawApiKey;
	}

	/** As `npx` runs it: the command of the installed package. */
	async function doctor(apiKey: string, ...args: string[]): Promise<Ran> {
		const command = join(
			userFolder,
			'.n8n',
			'nodes',
			'node_modules',
			'.bin',
			'n8n-nodes-digital-cs',
		);
		return await new Promise((resolve) => {
			const child = execFile(
				process.execPath,
				[command, 'doctor', '--url', n8n.url, ...args],
				{ env: { ...process.env, N8N_API_KEY: apiKey } },
				(_error, told, complained) => resolve({ code: child.exitCode ?? -1, told, complained }),
			);
		});
	}

	test('finds the one that was changed, over all pages, and nothing in the others', async () => {
		const key = await keyFor('workflow:list');
		const { code, told, complained } = await doctor(key, '--json');
		expect([code, complained]).toEqual([1, '']);
		const { workflows, errors } = outputSchema.parse(JSON.parse(told));
		expect(errors).toBe(1);
		const names = [...readWorkflows().map(({ workflow }) => workflow.name), 'Renewal, changed'];
		expect(workflows.map(({ workflow }) => workflow).sort()).toEqual(names.sort());
		expect(workflows.filter(({ findings }) => findings.length > 0)).toEqual([
			{
				source: `${n8n.url}/workflow/${BROKEN}`,
				workflow: 'Renewal, changed',
				findings: [{ rule: 'sender-retries', node: 'Mail: reminder' }],
			},
		]);
		const all = await doctor(key, '--json', '--all');
		expect(outputSchema.parse(JSON.parse(all.told)).workflows).toHaveLength(names.length + FOREIGN);
	});

	test('says it for people, with the address of the workflow', async () => {
		const { code, told } = await doctor(await keyFor('workflow:list'));
		expect(code).toBe(1);
		expect(told).toContain(`✗ Renewal, changed  ${n8n.url}/workflow/${BROKEN}`);
		expect(told).toContain('✓ Onboarding to first value');
	});

	test('without the scope, and without a key that n8n knows, it could not look', async () => {
		const without = await doctor(await keyFor('tag:list'));
		expect([without.code, without.told]).toEqual([2, '']);
		expect(without.complained).toMatch(/scope workflow:list/);
		const unknown = await doctor('made-up');
		expect([unknown.code, unknown.told]).toEqual([2, '']);
		expect(unknown.complained).toMatch(/does not know the API key/);
	});
});
