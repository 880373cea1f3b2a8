import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { copyOf, set, unwire } from '../engine/doctor/change';
import { host, root, workflowsFolder } from './folders';
import { readWorkflow, readWorkflows } from './workflows';

const complaintsSchema = z.array(
	z.array(z.object({ code: z.string(), node: z.string().nullable(), message: z.string() })),
);
type Complaint = z.infer<typeof complaintsSchema>[number][number];

/** What n8n's own workflow-sdk says of files: their wiring, and each parameter by the definitions of n8n's nodes. */
function judge(files: readonly string[]): Complaint[][] {
	const definitions = join(host, 'node_modules', 'n8n-nodes-base', 'dist', 'node-definitions');
	const script = join(root, 'test', 'house', 'judgeWorkflows.mjs');
	const printed = execFileSync(process.execPath, [script, definitions, ...files], {
		encoding: 'utf8',
	});
	return complaintsSchema.parse(JSON.parse(printed));
}

/**
 * Alternatives stand on the canvas and wait to be wired ("Or: HubSpot e-mail"). They are switched off, but for this one:
 * whoever uses Salesforce wires it to the schedule in place of the one above it.
 */
const WAITING = ['Changes for Salesforce'];

const shipped = readWorkflows();
const judged = judge(shipped.map(({ file }) => join(workflowsFolder, file)));

test.each(shipped.map((one, index) => ({ ...one, complaints: judged[index] })))(
	"$file: n8n's workflow-sdk has nothing to say of it, but that alternatives are not wired",
	({ workflow, complaints = [] }) => {
		const waits = new Set(
			workflow.nodes
				.filter(({ name, disabled }) => disabled === true || WAITING.includes(name))
				.map(({ name }) => name),
		);
		const others = complaints.filter(
			({ code, node }) => code !== 'DISCONNECTED_NODE' || !waits.has(node ?? ''),
		);
		expect(others).toEqual([]);
	},
);

test('it does judge: a wrong parameter and a node without a wire are named', () => {
	const folder = mkdtempSync(join(tmpdir(), 'judge-'));
	try {
		const file = copyOf(readWorkflow('ops-unsubscribe.json'));
		set(file, 'Show a page', ['respondWith'], 'a letter');
		unwire(file, 'Leads somewhere?', 0, 'Lead on');
		const path = join(folder, 'broken.json');
		writeFileSync(path, JSON.stringify(file));
		const found = (judge([path])[0] ?? []).map(({ code, node }) => `${code} ${node ?? ''}`);
		expect(found).toEqual(
			expect.arrayContaining(['DISCONNECTED_NODE Lead on', 'INVALID_PARAMETER Show a page']),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
