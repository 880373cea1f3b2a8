import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { readLedger } from './ledgerRows';
import { startN8n, type N8nServer } from './server';
import { CUSTOMERIO, CUSTOMERIO_KEY, customerio, type CustomerioState } from './vendors/customerio';
import { HUBSPOT, HUBSPOT_KEY, hubspot, type HubspotState } from './vendors/hubspot';
import { INTERCOM, INTERCOM_KEY, intercom, type IntercomState } from './vendors/intercom';
import { startInternet, type Internet } from './vendors/internet';
import { slack, SLACK_TOKEN, type SlackState } from './vendors/slack';
import { gatherVendors, type Call } from './vendors/vendor';
import { WEBHOOK, webhook, type WebhookState } from './vendors/webhook';
import { readWorkflow } from './workflows';

const LOOP = 'Twenty at a time';
const ALERT = 'Or: Slack alert';
/** Nine o'clock on a Wednesday in New York; the channels follow each other, because no journey's time goes back. */
const NOW = Date.parse('2026-03-04T09:05:00-05:00');
const PER_CHANNEL_MS = 100 * 60_000;

const COUNT = 45;
const SUMMARIES = 25;
/** In the first batch; no channel ever takes a message for it. */
const REFUSED = 7;
/** The vendor says "too many requests" to the first one for it. */
const LIMITED = 9;
/** The vendor does as it was told, and the line goes dead before its answer. */
const UNANSWERED = 11;

/** Green, their terms end soon: the first 25 are due the summary, the others the reminder. */
const customersOf = (prefix: string): object[] =>
	Array.from({ length: COUNT }, (_nothing, index): object => {
		const accountId = `${prefix}-${String(index + 1)}`;
		return {
			accountId,
			name: index + 1 === REFUSED ? `R&D <!channel>` : `Customer ${String(index + 1)}`,
			arr: 6000,
			currency: 'USD',
			lifecycleStage: 'established',
			createdAt: '2024-06-01',
			termMonths: 12,
			renewalDate: index < SUMMARIES ? '2026-05-30' : '2026-04-30',
			executiveSponsor: 'Sol Sponsor',
			timezone: 'America/New_York',
			contacts: [{ email: addressOf(accountId), name: 'Bo', role: 'decisionMaker' }],
			usage: {
				...{ activeUsers: 19, events: 420, previousEvents: 400, adoption: 0.7 },
				...{ lastActiveAt: '2026-03-03', asOf: '2026-03-04' },
			},
			licences: { bought: 20, used: 19 },
			support: { openTickets: 0, openP1: 0 },
			sentiment: { nps: 60, csat: 4.8 },
		};
	});
/** The step that the customer at this place is due. */
const dueOf = (index: number): string => (index < SUMMARIES ? 'summary' : 'reminder');
const addressOf = (accountId: string): string => `boss@${accountId}.example`;

type Channel = {
	prefix: string;
	host: string;
	/** What the note calls it, and what there is to enable; the first is what the loop is wired to. */
	enable: [string, ...string[]];
	/** Of the calls that count as messages. */
	path: RegExp;
	/** Fields that the note says are to be filled in, as they stand in the file and as they should. */
	fillIn?: [string, string];
	/** What the vendor knows a message again by; it has none where this gives nothing. */
	keyOf: (call: Call) => unknown;
};

const bodyOf = (call: Call): Record<string, unknown> =>
	z.record(z.string(), z.unknown()).parse(call.body);

const CHANNELS: Channel[] = [
	{
		prefix: 'hubspot',
		host: HUBSPOT,
		enable: ['Or: HubSpot e-mail'],
		path: /single-send$/,
		fillIn: ['summary: 0, reminder: 0', 'summary: 901, reminder: 902'],
		keyOf: (call) => z.looseObject({ sendId: z.string() }).parse(bodyOf(call).message).sendId,
	},
	{
		prefix: 'customerio',
		host: CUSTOMERIO,
		enable: ['Or: Customer.io event'],
		path: /events$/,
		keyOf: (call) => bodyOf(call).id,
	},
	{
		prefix: 'intercom',
		host: INTERCOM,
		enable: ['Or: Intercom contact', 'Or: Intercom message'],
		path: /messages$/,
		fillIn: ["type: 'admin', id: '0'", "type: 'admin', id: '991267816'"],
		keyOf: () => undefined,
	},
	{
		prefix: 'webhook',
		host: WEBHOOK,
		enable: ['Or: webhook'],
		path: /messages$/,
		keyOf: (call) => call.headers['idempotency-key'],
	},
];

/** The renewal journey as its note says: steps 1 to 3 lead to the loop, the loop to this channel, alerts to Slack. */
function through(
	workflow: WorkflowFile,
	{ enable, fillIn }: Channel,
	credentials: Record<string, { id: string; name: string }>,
): WorkflowFile {
	const wire = (node: string) => [{ node, type: 'main', index: 0 }];
	const journey = 'Renewal journey';
	const { main } = z.object({ main: z.array(z.unknown()) }).parse(workflow.connections[journey]);
	const nodes = workflow.nodes.map((node) => {
		// five channels on one day: the ramp of the first days would make some wait
		if (node.name === journey)
			return { ...node, parameters: { ...node.parameters, options: { rampPerDay: 0 } } };
		if (![...enable, ALERT].includes(node.name)) return node;
		const text = JSON.stringify(node.parameters);
		const filled = fillIn === undefined || node.name === ALERT ? text : text.replace(...fillIn);
		const given = Object.keys(node.credentials ?? {}).map((type) => [type, credentials[type]]);
		return {
			...node,
			...(given.length === 0 ? {} : { credentials: Object.fromEntries(given) as object }),
			disabled: false,
			parameters: z.record(z.string(), z.unknown()).parse(JSON.parse(filled)),
		};
	});
	return {
		...workflow,
		nodes: nodes as WorkflowFile['nodes'],
		connections: {
			...workflow.connections,
			[journey]: {
				main: main.map((wires, output) =>
					output === 0 ? wires : wire(output <= 3 ? LOOP : ALERT),
				),
			},
			[LOOP]: { main: [[], wire(enable[0])] },
		},
		settings: { ...workflow.settings, saveDataSuccessExecution: 'all' },
	};
}

/**
 * The shipped nodes with their shipped parameters, on a real n8n whose environment alone says that the internet is
 * reached by a proxy. Each vendor checks what it gets against its public API description (vendors/).
 */
describe('other channels than Journey Email, over TLS', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const mails: HubspotState = { companies: [], mails: new Map(), tasks: [] };
	const events: CustomerioState = { events: new Map() };
	const inbox: IntercomState = {
		knows: (email) => !email.includes(`-${String(REFUSED)}.`),
		messages: [],
		conversations: [],
	};
	const hooks: WebhookState = { messages: new Map() };
	const chat: SlackState = { channels: new Set(['customer-success']), posts: [] };
	const vendors = gatherVendors([
		slack(chat),
		hubspot(mails),
		customerio(events),
		intercom(inbox),
		webhook(hooks),
	]);
	/** Everybody who was written to, as often as the vendor would have delivered. */
	const reachedBy: Record<string, () => string[]> = {
		hubspot: () => [...mails.mails.values()].map(({ to }) => to),
		customerio: () => [...events.events.values()].map(({ person }) => person),
		intercom: () => inbox.messages.map(({ to }) => to.replace(/^ic-/, '')),
		webhook: () => [...hooks.messages.values()].map(({ to }) => to),
	};
	let internet: Internet;
	let n8n: N8nServer;
	let client: N8nClient;
	let crm: FakeCrm;
	let credentials: Record<string, { id: string; name: string }>;
	let workflowId: string | undefined;

	/** As somebody does it in the editor: another channel wired and enabled, saved, published. */
	async function choose(channel: Channel): Promise<void> {
		const journey = through(readWorkflow('journey-renewal.json'), channel, credentials);
		const workflow = withClockAndCrm(journey, crm.url);
		if (workflowId === undefined) workflowId = await client.importWorkflow(workflow);
		else {
			const { nodes, connections, settings } = workflow;
			const saved = { nodes, connections, settings };
			await client.rest('PATCH', `/workflows/${workflowId}?forceSave=true`, saved);
			await client.unpublish(workflowId);
		}
		await client.publish(workflowId);
	}

	beforeAll(async () => {
		[crm, internet] = await Promise.all([
			startFakeCrm(),
			startInternet(vendors.hosts, vendors.listener),
		]);
		n8n = await startN8n({ userFolder, env: internet.env });
		client = await connect(n8n.url);
		const credential = async (type: string, data: object) => ({
			[type]: { id: await client.createCredential({ name: type, type, data }), name: type },
		});
		credentials = {
			...(await credential('hubspotAppToken', { appToken: HUBSPOT_KEY })),
			...(await credential('intercomApi', { apiKey: INTERCOM_KEY })),
			...(await credential('slackApi', { accessToken: SLACK_TOKEN })),
			...(await credential('customerIoApi', { ...CUSTOMERIO_KEY, region: CUSTOMERIO })),
		};
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([crm.close(), internet.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	describe.each(CHANNELS)('$prefix, for 45 customers and two steps', (channel) => {
		const { prefix, host, path } = channel;
		const begins = NOW + CHANNELS.indexOf(channel) * PER_CHANNEL_MS;
		const ids = Array.from({ length: COUNT }, (_none, index) => `${prefix}-${String(index + 1)}`);
		const idOf = (number: number): string => `${prefix}-${String(number)}`;
		const all = ids.map(addressOf).sort();
		const statesAfter: Record<string, string>[] = [];
		/** Messages that n8n sent in each sweep, taken or not. */
		const sent: Call[][] = [];
		let told = 0;
		let posts: SlackState['posts'] = [];

		const sweep = async (minutes: number): Promise<void> => {
			const before = vendors.calls.length;
			const now = new Date(begins + minutes * 60_000).toISOString();
			const { status } = await client.callWebhook(CLOCK_PATH, { now });
			if (status !== 200) {
				const [failed] = await client.executions(workflowId ?? '', { limit: 1 });
				throw new Error(`The sweep: ${failed?.data?.resultData.error?.message ?? 'no execution'}`);
			}
			const own = vendors.calls.slice(before);
			sent.push(own.filter((call) => call.host === host && path.test(call.path)));
			const { touches } = readLedger(userFolder, 'live');
			statesAfter.push(
				Object.fromEntries(
					touches.flatMap(({ account_id, step_id, state }) =>
						ids.includes(account_id) && step_id === dueOf(ids.indexOf(account_id))
							? [[account_id, state]]
							: [],
					),
				),
			);
		};

		const touchesOf = (accountId: string, step: string): string[] =>
			readLedger(userFolder, 'live').touches.flatMap(({ account_id, step_id, state }) =>
				account_id === accountId && step_id === step ? [state] : [],
			);

		beforeAll(async () => {
			told = chat.posts.length;
			crm.setAccounts(customersOf(prefix));
			await choose(channel);
			await client.waitForWebhook(CLOCK_PATH);
			// somebody has changed the key at the vendor: nobody gets in
			vendors.fail({ host, pattern: /^/, status: 401, times: COUNT });
			await sweep(0);
			// at once again: all are claimed, nobody is tried a second time
			await sweep(1);
			const found = (number: number): RegExp => new RegExp(`\\b${idOf(number)}\\.example`);
			vendors.fail({ host, pattern: found(REFUSED), status: 400, times: 9 });
			vendors.fail({ host, pattern: found(LIMITED), status: 429 });
			vendors.fail({ host, path, pattern: found(UNANSWERED), status: 'hangUp' });
			await sweep(31);
			await sweep(62);
			await sweep(93);
			await sweep(95);
			// again, and nothing is told twice
			await sweep(97);
			posts = [...chat.posts];
		}, 240_000);

		test('what each request holds is what the vendor’s description asks for', () => {
			expect(vendors.complaints).toEqual([]);
		});

		test('while the vendor lets nobody in, nobody counts as written to, and nobody is lost', () => {
			for (const states of statesAfter.slice(0, 2))
				expect(states).toEqual(Object.fromEntries(ids.map((id) => [id, 'claimed'])));
			expect(sent[1]).toEqual([]);
		});

		test('then each is written to; who was refused, or not answered, is not confirmed', () => {
			const open = [REFUSED, LIMITED, UNANSWERED].map(idOf);
			expect(statesAfter[2]).toEqual(
				Object.fromEntries(ids.map((id) => [id, open.includes(id) ? 'claimed' : 'sent'])),
			);
		});

		test('half an hour later those are tried once more, and all but the one that nobody can write to are done', () => {
			expect(statesAfter[3]).toEqual(
				Object.fromEntries(ids.map((id) => [id, id === idOf(REFUSED) ? 'claimed' : 'sent'])),
			);
			// after three attempts the message is given up, and a human asked
			expect(statesAfter[4]?.[idOf(REFUSED)]).toBe('lapsed');
			expect(sent[4]).toEqual([]);
		});

		test('of that one a human is told in Slack, once, and that counts as told', () => {
			const own = posts.slice(told);
			expect(own.map(({ channel: to }) => to)).toEqual(['customer-success']);
			expect(own[0]?.text).toMatch(/^Reach by hand: R&amp;D &lt;!channel&gt;\n.*\n.*For /s);
			expect(touchesOf(idOf(REFUSED), 'reach-by-hand')).toEqual(['sent']);
		});

		test('nobody is written to twice where the vendor has a key, and only who was not answered where it has none', () => {
			const reached = (reachedBy[prefix]?.() ?? []).sort();
			const expected = all.filter((to) => to !== addressOf(idOf(REFUSED)));
			const twice = prefix === 'intercom' ? [addressOf(idOf(UNANSWERED))] : [];
			expect(reached).toEqual([...expected, ...twice].sort());
		});

		test('a message that is sent again has the key it had', () => {
			const keys = sent.flat().map((call) => channel.keyOf(call));
			if (prefix === 'intercom') {
				expect(new Set(keys)).toEqual(new Set([undefined]));
				return;
			}
			for (const key of keys) expect(key).toBeTruthy();
			// once refused by 401, once sent; one thrice, two more than twice
			expect(keys).toHaveLength(2 * COUNT + 3);
			expect(new Set(keys).size).toBe(COUNT);
		});

		test('says what the step says, and whom it is for', () => {
			const bodies = sent.flat().map(bodyOf);
			expect(JSON.stringify(bodies)).not.toMatch(/undefined|\[object|\{\{/);
			const first = bodies.find((body) => JSON.stringify(body).includes(addressOf(idOf(1))));
			const last = JSON.stringify(bodies.at(-1));
			if (prefix === 'hubspot')
				expect(first).toMatchObject({
					emailId: 901,
					customProperties: { account_name: 'Customer 1', step: 'summary' },
				});
			else if (prefix === 'customerio')
				expect([...events.events.values()].find(({ person }) => person === all[0])).toMatchObject({
					name: 'renewal_summary',
					data: { touch: expect.stringContaining('/summary/') as string, account_id: idOf(1) },
				});
			else if (prefix === 'webhook')
				expect(first).toMatchObject({ accountId: idOf(1), journey: 'renewal', step: 'summary' });
			else expect(last).toContain('Your term with Example ends soon');
		});
	});

	test('and nobody else was called but those vendors', () => {
		const hosts = new Set(internet.reached.filter(({ known }) => known).map(({ host }) => host));
		const expected = ['slack.com', ...CHANNELS.map(({ host }) => host)];
		expect([...hosts].sort()).toEqual(expected.map((host) => `${host}:443`).sort());
	});
});
