import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { ask } from './ask';
import { connect, type N8nClient } from './client';
import { startN8n, type N8nServer } from './server';
import { readWorkflows } from './workflows';

const NODE_TYPES = [
	'accountProfile',
	'contentSelector',
	'customerEventTrigger',
	'customerJourney',
	'escalationRouter',
	'healthScore',
	'journeyEmail',
	'journeyLedger',
	'programReport',
	'tierGate',
];

describe('a real n8n with the pack installed as a community package', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;

	beforeAll(async () => {
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
	});
	afterAll(async () => {
		await n8n.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('knows all nodes under the names that templates use', async () => {
		const types = z
			.array(z.looseObject({ name: z.string() }))
			.parse(
				await (
					await ask(`${n8n.url}/types/nodes.json`, { headers: { cookie: client.cookie } })
				).json(),
			);
		const ours = types
			.map(({ name }) => name)
			.filter((name) => name.startsWith('n8n-nodes-digital-cs.'));
		expect([...new Set(ours)].filter((name) => !name.endsWith('Tool')).sort()).toEqual(
			NODE_TYPES.map((name) => `n8n-nodes-digital-cs.${name}`),
		);
	});

	test.each(readWorkflows())(
		'without any credential, $file publishes as it is shipped',
		async ({ workflow }) => {
			const id = await client.importWorkflow(workflow);
			expect(id).toBe(workflow.id);
			await client.publish(id);
			expect(await client.findWorkflow(id)).toMatchObject({ active: true });
		},
	);
});
