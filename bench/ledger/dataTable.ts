import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile } from '../../test/n8n/client';
import { startN8n } from '../../test/n8n/server';

const ROWS = 20_000;
const UPSERTS = 500;
const WEBHOOK = 'bench/data-table';

/**
 * Rows a second that n8n's own Data Table node upserts by a key, in a table of 20,000 rows: what a flow uses that
 * remembers who got what without this pack. The time is n8n's own for the node; the execution is saved, which is not in it.
 */
export async function dataTableUpserts(): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const n8n = await startN8n({ userFolder: folder });
	try {
		const client = await connect(n8n.url);
		const table = await makeTable(client);
		const id = await client.importWorkflow(upserting(table));
		await client.publish(id);
		await client.waitForWebhook(WEBHOOK);
		await client.callWebhook(WEBHOOK, {});
		const [execution] = await client.waitForExecutions(id, 1, 300_000);
		const run = execution?.data?.resultData.runData.Upsert?.[0];
		const done = run?.data?.main?.[0]?.length;
		if (run === undefined || done !== UPSERTS)
			throw new Error(`Data Table upserted ${String(done)} rows of ${UPSERTS}`);
		return (UPSERTS / run.executionTime) * 1000;
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function makeTable(client: N8nClient): Promise<string> {
	const project = z
		.looseObject({ id: z.string() })
		.parse(await client.rest('GET', '/projects/personal')).id;
	const columns = ['key', 'state'].map((name) => ({ name, type: 'string' }));
	const path = `/projects/${project}/data-tables`;
	const { id } = z
		.looseObject({ id: z.string() })
		.parse(await client.rest('POST', path, { name: 'touches', columns }));
	for (let start = 0; start < ROWS; start += 1000) {
		const data = Array.from({ length: 1000 }, (_nothing, index) => ({
			key: `touch-${start + index}`,
			state: 'claimed',
		}));
		await client.rest('POST', `${path}/${id}/insert`, { data, returnType: 'count' });
	}
	return id;
}

function upserting(table: string): WorkflowFile {
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: 'bench-data-table',
		parameters: { httpMethod: 'POST', path: WEBHOOK, options: {} },
	};
	const rows = {
		id: 'rows',
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [220, 0],
		parameters: {
			jsCode: `return Array.from({ length: ${UPSERTS} }, (_, i) => ({ json: { key: 'touch-' + (i * 37) % ${ROWS}, state: 'sent' } }));`,
		},
	};
	const upsert = {
		id: 'upsert',
		name: 'Upsert',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1,
		position: [440, 0],
		parameters: {
			resource: 'row',
			operation: 'upsert',
			dataTableId: { __rl: true, mode: 'id', value: table },
			filters: { conditions: [{ keyName: 'key', condition: 'eq', keyValue: '={{ $json.key }}' }] },
			columns: { mappingMode: 'autoMapInputData', value: null },
			options: {},
		},
	};
	return {
		name: 'Bench: Data Table',
		nodes: [start, rows, upsert],
		connections: {
			Start: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] },
			Rows: { main: [[{ node: 'Upsert', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
