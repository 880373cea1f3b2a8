import { z } from 'zod/v4';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { readWorkflows } from '../n8n/workflows';

const journeys = readWorkflows().filter(({ file }) => file.startsWith('journey-'));
const wiresSchema = z.record(
	z.string(),
	z.object({ main: z.array(z.array(z.object({ node: z.string() }))) }),
);

const EVENTS = 'CRM events';
const REMEMBER = 'Remember events';
const KEEP = 'Keep unknown events';
const CHANGES_NOTHING = 'Repeated or unreadable events';
const FIELDS = {
	operation: 'recordEvent',
	listField: '',
	idField: 'id',
	accountField: 'accountId',
	timeField: 'occurredAt',
	stepField: 'step',
	contactField: 'contact',
};

function find({ nodes }: WorkflowFile, name: string): WorkflowNode {
	const node = nodes.find((candidate) => candidate.name === name);
	if (node === undefined) throw new Error(`No node '${name}'`);
	return node;
}

describe('how a journey hears of what happens', () => {
	test.each(journeys)(
		'$file: from a trigger of its own, which believes nobody until somebody gives it a secret',
		({ workflow }) => {
			const trigger = find(workflow, EVENTS);
			expect(trigger).toMatchObject({
				type: 'n8n-nodes-digital-cs.customerEventTrigger',
				typeVersion: 2,
				disabled: true,
				parameters: { sender: 'hmac' },
				credentials: { digitalCsWebhookSecretApi: { id: null } },
			});
			// n8n makes one at the import, so that two imports of it have two addresses
			expect(trigger).not.toHaveProperty('webhookId');
			expect(workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook')).toEqual([]);
		},
	);

	test.each(journeys)(
		'$file: what journeys understand is remembered first; then all begins that begins with a sweep',
		({ workflow }) => {
			const wires = wiresSchema.parse(workflow.connections);
			expect(find(workflow, REMEMBER).parameters).toMatchObject({ ...FIELDS, typeField: 'type' });
			expect(wires[EVENTS]?.main[0]).toEqual([expect.objectContaining({ node: REMEMBER })]);
			expect(wires[REMEMBER]?.main[0]).toEqual(wires['Every hour']?.main[0]);
		},
	);

	test.each(journeys)(
		'$file: what it does not know is kept under the name that its sender gave it, and starts nothing',
		({ workflow }) => {
			const wires = wiresSchema.parse(workflow.connections);
			expect(wires[EVENTS]?.main[1]).toEqual([expect.objectContaining({ node: KEEP })]);
			expect(find(workflow, KEEP).parameters).toMatchObject({ ...FIELDS, typeField: 'sourceType' });
			expect(wires[KEEP]?.main).toEqual([[], [expect.objectContaining({ node: CHANGES_NOTHING })]]);
			expect(wires[REMEMBER]?.main[1]).toEqual(wires[KEEP]?.main[1]);
		},
	);
});
