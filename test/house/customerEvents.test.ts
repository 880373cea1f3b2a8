import { Script } from 'node:vm';
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
				// each batch reads the whole CRM
				parameters: { sender: 'hmac', options: { secondsBetween: 60 } },
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

	test.each(journeys)(
		'$file: what somebody has to look at goes to operations, one mail a run; repeats and the rest are quiet',
		({ workflow }) => {
			const wires = wiresSchema.parse(workflow.connections);
			expect(wires[CHANGES_NOTHING]?.main).toEqual([
				[expect.objectContaining({ node: 'Mail: operations' })],
			]);
			const { jsCode } = z
				.object({ jsCode: z.string() })
				.parse(find(workflow, CHANGES_NOTHING).parameters);
			const mailsOf = (events: object[]): unknown => {
				const script = new Script(`(() => {${jsCode}})()`);
				const $input = { all: () => events.map((json) => ({ json })) };
				const answer: unknown = script.runInNewContext({
					$input,
					$workflow: { name: 'Our journey' },
				});
				return JSON.parse(JSON.stringify(answer));
			};
			const reasons = [{ code: 'noAccount', text: 'The event names no account of yours.' }];
			const quiet = { id: 'e-0', type: 'opened', ledger: { recorded: false, reasons } };
			const told = {
				id: 'e-1',
				type: 'reply_received',
				contact: 'ada@acme.example',
				accountKey: { system: 'intercom', kind: 'contact', id: '51' },
				ledger: { recorded: false, forOperations: true, keptAs: 'e-1', reasons },
			};
			const another = (id: string): object => ({
				...told,
				id,
				ledger: { ...told.ledger, keptAs: id },
			});
			expect(mailsOf([quiet])).toEqual([]);
			const mail = z
				.tuple([z.object({ json: z.object({ subject: z.string(), text: z.string() }) })])
				.parse(mailsOf([quiet, told, another('e-2')]));
			const [{ json }] = mail;
			expect(json.subject).toBe('Operations: 2 events that nobody acts on (Our journey)');
			for (const part of [
				'reply_received',
				'e-1',
				'e-2',
				'ada@acme.example',
				'intercom contact 51',
			])
				expect(json.text).toContain(part);
			expect(json.text).toContain('The event names no account of yours.');
			expect(json.text).toContain('Look Up');
			expect(json.text).not.toContain('e-0');
			// a flood is one short mail
			const many = Array.from({ length: 500 }, (_none, n) => another(`m-${String(n)}`));
			const [flood] = z
				.tuple([z.object({ json: z.object({ text: z.string() }) })])
				.parse(mailsOf(many));
			expect(flood.json.text).toContain('and 480 more');
			expect(flood.json.text.split('\n').length).toBeLessThan(30);
		},
	);
});
