import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Execution, type N8nClient, type WorkflowFile } from './client';
import { root } from './folders';
import { startN8n, type N8nServer } from './server';

const PATH = 'read-accounts';
const telcoCsv = readFileSync(join(root, 'test', 'data', 'telco-churn.csv'), 'utf8');

/** The columns of this data set as a health model: how long, how handled, how much; money is told by `total_charges`. */
const TELCO_MODEL = {
	id: 'telco',
	signals: [
		{
			id: 'tenure',
			label: 'Tenure',
			field: 'tenure',
			weight: 40,
			curve: { type: 'linear', from: 0, to: 72 },
		},
		{
			id: 'paperless',
			label: 'Paperless billing',
			field: 'paperless_billing',
			weight: 20,
			curve: { type: 'yesNo' },
		},
		{
			id: 'totalCharges',
			label: 'Total charges',
			field: 'total_charges',
			weight: 40,
			curve: { type: 'linear', from: 0, to: 8000 },
		},
	],
};

/** HTTP → Extract from File → Code (ids: the data set has none) → Account Profile → Health Score → Tier Gate. */
function telcoWorkflow(url: string): WorkflowFile {
	return chain('Telco', [
		[
			'Download',
			'n8n-nodes-base.httpRequest',
			4.2,
			{ url, options: { response: { response: { responseFormat: 'file' } } } },
		],
		['Rows', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'csv', options: {} }],
		[
			'Ids',
			'n8n-nodes-base.code',
			2,
			{
				jsCode:
					'return $input.all().map(({ json }, i) => ({ json: { customerID: `T-${i + 1}`, arr: Number(json.monthly_charges) * 12, ...json } }));',
			},
		],
		[
			'Profile',
			'n8n-nodes-digital-cs.accountProfile',
			1,
			{ source: 'input', preset: 'canonical', options: {} },
		],
		[
			'Health',
			'n8n-nodes-digital-cs.healthScore',
			1,
			{ model: 'json', modelJson: JSON.stringify(TELCO_MODEL), options: {} },
		],
		[
			'Tier',
			'n8n-nodes-digital-cs.tierGate',
			1,
			{ operation: 'assignTier', policy: 'coverageEconomics', options: { assumedCurrency: 'USD' } },
		],
	]);
}

function badInputWorkflow(url: string): WorkflowFile {
	return chain('Bad input', [
		['Download', 'n8n-nodes-base.httpRequest', 4.2, { url, options: {} }],
		[
			'Profile',
			'n8n-nodes-digital-cs.accountProfile',
			1,
			{ source: 'input', preset: 'canonical', options: {} },
		],
		['Health', 'n8n-nodes-digital-cs.healthScore', 1, { model: 'b2bSaas', options: {} }],
	]);
}

function emptyFileWorkflow(url: string): WorkflowFile {
	return chain('Empty file', [
		[
			'Download',
			'n8n-nodes-base.httpRequest',
			4.2,
			{ url, options: { response: { response: { responseFormat: 'file' } } } },
		],
		[
			'Rows',
			'n8n-nodes-base.extractFromFile',
			1.1,
			{ operation: 'csv', options: {} },
			{ alwaysOutputData: true },
		],
		[
			'Profile',
			'n8n-nodes-digital-cs.accountProfile',
			1,
			{ source: 'input', preset: 'canonical', options: {} },
		],
	]);
}

type Link = [
	name: string,
	type: string,
	version: number,
	parameters: Record<string, unknown>,
	more?: object,
];

function chain(name: string, links: Link[]): WorkflowFile {
	const path = `${PATH}-${name.toLowerCase().replaceAll(' ', '-')}`;
	const webhook = {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'noData',
		options: {},
	};
	const all: Link[] = [
		['Start', 'n8n-nodes-base.webhook', 2.1, webhook, { webhookId: path }],
		...links,
	];
	return {
		id: path,
		name,
		nodes: all.map(([node, type, typeVersion, parameters, more], index) => ({
			id: `${path}-${String(index)}`,
			name: node,
			type,
			typeVersion,
			position: [index * 200, 0],
			parameters,
			...more,
		})),
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map(([node], index) => [
					node,
					{ main: [[{ node: all[index + 1]?.[0], type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' },
	};
}

describe('accounts in the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const bodies = new Map<string, { type: string; body: string }>();
	let files: Server;
	let n8n: N8nServer;
	let client: N8nClient;

	beforeAll(async () => {
		files = createServer((request, response) => {
			const found = bodies.get(request.url ?? '');
			response.writeHead(found === undefined ? 404 : 200, {
				'content-type': found?.type ?? 'text/plain',
			});
			response.end(found?.body);
		});
		await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
	});
	afterAll(async () => {
		await n8n.stop();
		await new Promise((resolve) => files.close(resolve));
		rmSync(userFolder, { recursive: true, force: true });
	});

	const serve = (path: string, type: string, body: string): string => {
		bodies.set(path, { type, body });
		return `http://127.0.0.1:${String((files.address() as AddressInfo).port)}${path}`;
	};
	const run = async (workflow: WorkflowFile): Promise<Execution> => {
		const id = await client.importWorkflow(workflow);
		await client.publish(id);
		const path = `${PATH}-${workflow.name.toLowerCase().replaceAll(' ', '-')}`;
		await client.waitForWebhook(path);
		expect((await client.callWebhook(path, {})).status).toBe(200);
		const [execution] = await client.waitForExecutions(id, 1);
		if (execution === undefined) throw new Error('No execution was saved');
		return execution;
	};

	test('7,043 telco customers go through profile, score and tier in one execution, none lost, none invented', async () => {
		const execution = await run(telcoWorkflow(serve('/telco.csv', 'text/csv', telcoCsv)));
		expect(execution.status).toBe('success');
		const lines = telcoCsv.trim().split('\n').slice(1);
		const ids = lines.map((_line, index) => `T-${String(index + 1)}`);
		expect(ids).toHaveLength(7043);
		expect(client.itemsOf(execution, 'Profile').map(({ accountId }) => accountId)).toEqual(ids);
		expect(client.itemsOf(execution, 'Profile', 1)).toEqual([]);

		const scored = client.itemsOf(execution, 'Health');
		expect(scored.map(({ accountId }) => accountId)).toEqual(ids);
		// read off the file by hand: the last column of these rows is NA
		const withoutCharges = ids.filter((_id, index) => lines[index]?.endsWith(',NA') === true);
		expect(withoutCharges).toHaveLength(11);
		const missing = scored.filter(({ health }) =>
			(health as { missing: string[] }).missing.includes('totalCharges'),
		);
		expect(missing.map(({ accountId }) => accountId)).toEqual(withoutCharges);
		for (const { health } of missing)
			expect(health).toMatchObject({
				coverage: 0.6,
				missing: ['totalCharges'],
			});
		for (const { health } of scored) expect(health).toMatchObject({ invalid: [] });

		const tiers = [0, 1, 2, 3].flatMap((output) =>
			client.itemsOf(execution, 'Tier', output).map(({ accountId }) => accountId),
		);
		expect(tiers).toHaveLength(7043);
		expect(new Set(tiers)).toEqual(new Set(ids));
		// the dearest plan is 118.75 a month: nobody reaches 10,000 a year (R11)
		expect(client.itemsOf(execution, 'Tier', 1)).toHaveLength(7043);
	});

	test('bad rows leave on Rejected with a sentence each, good rows go on', async () => {
		const wide: Record<string, string | number> = { accountId: 'wide' };
		for (let column = 1; column < 200; column++) wide[`column ${String(column)}`] = column;
		const rows = [
			{ accountId: 'good-1', arr: 1200, timezone: 'Europe/Berlin' },
			{ name: 'Nobody', arr: 1 },
			{ accountId: 'text', arr: 'about ten thousand' },
			{ accountId: 'zone', timezone: 'Middle Earth' },
			wide,
			{ accountId: 'good-2', arr: '2400' },
		];
		const execution = await run(
			badInputWorkflow(serve('/rows.json', 'application/json', JSON.stringify(rows))),
		);
		expect(execution.status).toBe('success');
		expect(client.itemsOf(execution, 'Health').map(({ accountId }) => accountId)).toEqual([
			'good-1',
			'good-2',
		]);
		const sentences = client
			.itemsOf(execution, 'Profile', 1)
			.map(({ rejected }) =>
				(rejected as { problems: { text: string }[] }).problems.map(({ text }) => text).join(' '),
			);
		expect(sentences).toHaveLength(4);
		expect(sentences[0]).toMatch(/^Row 2\b.*id/i);
		expect(sentences[1]).toMatch(/^Row 3\b.*arr.*a text of 18/);
		expect(sentences[2]).toMatch(/^Row 4\b.*timezone.*a text of 12/);
		expect(sentences[3]).toMatch(/^Row 5\b.*200 columns.*Leave Out/i);
	});

	test('an empty file is told as one, not passed over in silence', async () => {
		const execution = await run(
			emptyFileWorkflow(serve('/empty.csv', 'text/csv', 'Account ID,ARR\n')),
		);
		expect(execution.status).toBe('success');
		expect(client.itemsOf(execution, 'Profile')).toEqual([]);
		const [rejection, ...more] = client.itemsOf(execution, 'Profile', 1);
		expect(more).toEqual([]);
		expect(JSON.stringify(rejection)).toMatch(/no rows/i);
	});
});
