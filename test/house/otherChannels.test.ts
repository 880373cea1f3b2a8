import { z } from 'zod/v4';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { readWorkflows } from '../n8n/workflows';

const journeys = readWorkflows().filter(({ file }) => file.startsWith('journey-'));

const LOOP = 'Twenty at a time';
const CONFIRM = 'Confirm what it sent';
const NOT_SENT = 'Not sent this way';
const CONNECTED = 'Or: n8n Send Email';
const CHANNELS = [
	LOOP,
	CONNECTED,
	'Or: HubSpot e-mail',
	'Or: Customer.io event',
	'Or: Intercom contact',
	'Or: Intercom message',
	'Or: webhook',
	CONFIRM,
	NOT_SENT,
	'Note: other channels',
];
/** Stands where there is room, and is wired by whoever wants it. */
const DESK = ['Or: escalation desk'];
const SOURCES = [
	'Or: HubSpot companies',
	'Or: Salesforce accounts',
	'Usage: Mixpanel export',
	'Usage: Amplitude export',
	'Unzip',
	'Unzip each hour',
	'Events',
	'Note: other sources',
];
/** Words to customers, which are each journey's own; the numbers of its e-mails in HubSpot likewise. */
const TEXTS = ['subject', 'html'];
const OWN = /emailId: \(\{[^}]*\}\)|subject: .*?, body: .*?, from:/gs;

const wiresSchema = z.record(
	z.string(),
	z.object({ main: z.array(z.array(z.object({ node: z.string() }))) }),
);
const placeSchema = z.tuple([z.number(), z.number()]);

function find({ nodes }: WorkflowFile, name: string): WorkflowNode {
	const node = nodes.find((candidate) => candidate.name === name);
	if (node === undefined) throw new Error(`No node '${name}'`);
	return node;
}

/** A group without what may differ: ids, texts, and where on the canvas it stands. */
function groupIn(workflow: WorkflowFile, names: readonly string[]): unknown {
	const [left, top] = placeSchema.parse(find(workflow, names[0] ?? '').position);
	const wires = wiresSchema.parse(workflow.connections);
	return names.map((name) => {
		const { id: _id, webhookId: _webhookId, ...node } = find(workflow, name);
		const [x, y] = placeSchema.parse(node.position);
		const parameters = Object.entries(node.parameters)
			.filter(([field]) => !TEXTS.includes(field))
			.map(([field, value]) => [field, typeof value === 'string' ? value.replace(OWN, '') : value]);
		return { ...node, parameters, position: [x - left, y - top], wires: wires[name]?.main };
	});
}

const leadsTo = (workflow: WorkflowFile, name: string): string[] =>
	Object.entries(wiresSchema.parse(workflow.connections)).flatMap(([from, { main }]) =>
		main.flat().some(({ node }) => node === name) ? [from] : [],
	);

describe('other channels and other sources', () => {
	test.each([
		['channels', CHANNELS],
		['sources', SOURCES],
		['desk', DESK],
	])('%s: one and the same group in all five journeys', (_what, names) => {
		const [first, ...others] = journeys.map(({ workflow }) => groupIn(workflow, names));
		expect(journeys).toHaveLength(5);
		for (const other of others) expect(other).toEqual(first);
	});

	test.each(journeys)('$file: are off, and wait to be connected', ({ workflow }) => {
		const outside = (name: string, group: readonly string[]): string[] =>
			leadsTo(workflow, name).filter((from) => !group.includes(from));
		for (const name of CHANNELS) expect(outside(name, CHANNELS)).toEqual([]);
		for (const name of SOURCES) expect(outside(name, SOURCES)).toEqual([]);
		for (const name of DESK) expect(outside(name, DESK)).toEqual([]);
		const isOff = ({ name, type }: WorkflowNode): boolean =>
			![LOOP, CONFIRM, NOT_SENT].includes(name) && !type.endsWith('.stickyNote');
		for (const name of [...CHANNELS, ...SOURCES, ...DESK]) {
			const node = find(workflow, name);
			if (isOff(node)) expect(node).toMatchObject({ name, disabled: true });
		}
		// the loop leads to one of them only, or each would send the same
		expect(leadsTo(workflow, CONNECTED)).toEqual([LOOP]);
		for (const name of ['Or: HubSpot e-mail', 'Or: Customer.io event', 'Or: webhook'])
			expect(leadsTo(workflow, name)).toEqual([]);
	});

	test.each(journeys)(
		'$file: never send to anybody but the address of the touch',
		({ workflow }) => {
			for (const name of CHANNELS) {
				const { type, parameters } = find(workflow, name);
				if (!/\.(emailSend|httpRequest|customerIo)$/.test(type)) continue;
				const text = JSON.stringify(parameters);
				expect(text).toMatch(/journey\.to|\$json\.data\[0\]\?\.id/);
				expect(text.replaceAll('success@example.com', '')).not.toMatch(/contacts\[|\w@\w/);
			}
		},
	);

	test.each(journeys)(
		'$file: what has a key of its own for repeats is given the key of the touch',
		({ workflow }) => {
			expect(find(workflow, 'Or: HubSpot e-mail').parameters.jsonBody).toContain(
				'sendId: $json.journey.key',
			);
			expect(find(workflow, 'Or: Customer.io event').parameters.additionalFieldsJson).toContain(
				"id: ('01' + $json.journey.key.hash(",
			);
			expect(JSON.stringify(find(workflow, 'Or: webhook').parameters)).toContain('Idempotency-Key');
		},
	);

	test.each(journeys)(
		'$file: nothing that sends is tried again by n8n (rule 5)',
		({ workflow }) => {
			for (const name of CHANNELS) {
				const node = find(workflow, name);
				expect(node).not.toHaveProperty('retryOnFail');
				if (node.disabled === true) expect(node).toMatchObject({ onError: 'continueErrorOutput' });
			}
		},
	);
});
