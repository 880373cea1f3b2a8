import { z } from 'zod/v4';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { readWorkflows } from '../n8n/workflows';

const journeys = readWorkflows().filter(({ file }) => file.startsWith('journey-'));

const LOOP = 'Twenty at a time';
const CONFIRM = 'Confirm what it sent';
const CONFIRM_ALERT = 'Confirm the alert';
const TOOK_IT = 'Customer.io took it';
const NOT_SENT = 'Not sent this way';
const NOWHERE = 'Not sent, with the reason';
const CONNECTED = 'Or: n8n Send Email';
const CHANNELS = [
	LOOP,
	CONNECTED,
	'Or: HubSpot e-mail',
	'Or: Customer.io event',
	TOOK_IT,
	'Or: Intercom contact',
	'Or: Intercom message',
	'Or: webhook',
	'Or: Slack alert',
	CONFIRM_ALERT,
	CONFIRM,
	NOT_SENT,
	'Note: other channels',
];
/** Stands where there is room, and is wired by whoever wants it. */
const DESK = ['Or: escalation desk'];
const SOURCES = [
	'Or: HubSpot companies',
	'Or: Salesforce accounts',
	'Companies by thousands',
	'Contacts: HubSpot associations',
	'People by hundreds',
	'Contacts: HubSpot people',
	'Contacts of companies',
	'Contacts: Salesforce',
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

const wiresOf = (workflow: WorkflowFile, name: string): string[][] =>
	(wiresSchema.parse(workflow.connections)[name]?.main ?? []).map((wires) =>
		wires.map(({ node }) => node),
	);

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
			![LOOP, TOOK_IT, CONFIRM, CONFIRM_ALERT, NOT_SENT].includes(name) &&
			!type.endsWith('.stickyNote');
		for (const name of [...CHANNELS, ...SOURCES, ...DESK]) {
			const node = find(workflow, name);
			if (isOff(node)) expect(node).toMatchObject({ name, disabled: true });
		}
		// the loop leads to one of them only, or each would send the same
		expect(leadsTo(workflow, CONNECTED)).toEqual([LOOP]);
		const others = ['HubSpot e-mail', 'Customer.io event', 'webhook', 'Slack alert'];
		for (const name of others) expect(leadsTo(workflow, `Or: ${name}`)).toEqual([]);
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
		'$file: Customer.io is believed only what it says it took',
		({ workflow }) => {
			expect(wiresOf(workflow, 'Or: Customer.io event')).toEqual([[TOOK_IT]]);
			expect(JSON.stringify(find(workflow, TOOK_IT).parameters)).toContain(
				'{{ $json.success === true }}',
			);
			expect(wiresOf(workflow, TOOK_IT)).toEqual([[CONFIRM], [NOT_SENT]]);
		},
	);

	test.each(journeys)(
		'$file: an alert in Slack never gets into the loop that writes to customers',
		({ workflow }) => {
			expect(wiresOf(workflow, 'Or: Slack alert')).toEqual([[CONFIRM_ALERT], [NOWHERE]]);
			expect(wiresOf(workflow, CONFIRM_ALERT)).toEqual([[], [NOWHERE]]);
			expect(wiresOf(workflow, NOWHERE)).toEqual([]);
		},
	);

	test.each(journeys)(
		'$file: nothing that sends is tried again by n8n (rule 5)',
		({ workflow }) => {
			for (const name of CHANNELS) {
				const node = find(workflow, name);
				expect(node).not.toHaveProperty('retryOnFail');
				if (node.disabled !== true) continue;
				// n8n's Customer.io node does not say which item an answer is to: n8n does, by their order, where there is one output
				const onError = name.includes('Customer.io')
					? 'continueRegularOutput'
					: 'continueErrorOutput';
				expect(node).toMatchObject({ onError });
			}
		},
	);
});
