import { NodeHelpers, Workflow, type INodeParameters } from 'n8n-workflow';
import { sampleAccounts } from '../../engine/accounts/sample';
import { AccountProfile } from '../../nodes/AccountProfile/AccountProfile.node';
import { connectionsOf, runNode, runWorkflow, type NodeToRun } from '../harness/runWorkflow';

const node = new AccountProfile();
const NOW = '2026-03-18T12:00:00Z';

async function profile(toRun: NodeToRun) {
	const run = await runNode(node, toRun);
	if (run.error !== undefined) throw run.error;
	const [accounts = [], rejected = []] = run.outputs;
	return { ...run, accounts, rejected, hints: run.hints.map(({ message }) => message) };
}

const fields = (...rows: [target: string, source: string][]): INodeParameters => ({
	field: rows.map(([target, source]) => ({ target, source })),
});

describe('Account Profile', () => {
	it('turns rows into accounts with their origin, and gives the others back with sentences', async () => {
		const binary = { file: { data: 'eA==', mimeType: 'text/plain' } };
		const { outputs, accounts, rejected, hints } = await profile({
			input: [
				{ json: { 'Account ID': 'A', ARR: '10', color: 'red' }, binary },
				{ json: { ARR: 'lots' } },
				{ json: { 'Account ID': 'B' } },
			],
		});
		expect(outputs).toHaveLength(2);
		expect(accounts).toEqual([
			{
				json: { accountId: 'A', arr: 10, 'Account ID': 'A', ARR: '10', color: 'red' },
				binary,
				pairedItem: { item: 0 },
			},
			{ json: { accountId: 'B', 'Account ID': 'B' }, pairedItem: { item: 2 } },
		]);
		expect(rejected).toMatchObject([
			{
				json: {
					ARR: 'lots',
					rejected: {
						problems: [
							{ code: 'notANumber', field: 'arr' },
							{ code: 'idMissing', field: 'accountId' },
						],
					},
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(rejected[0]?.json).not.toHaveProperty('error');
		expect(hints).toEqual([expect.stringContaining('1 of 3 rows were rejected')]);
	});

	it('sums up who is no customer by the CRM’s own word, and complains only of the others', async () => {
		const company = (id: string, lifecyclestage: string) => ({
			json: { id, properties: { lifecyclestage } },
		});
		const leads = Array.from({ length: 98 }, (_none, index) =>
			company(`l${String(index)}`, 'lead'),
		);
		const { accounts, rejected, hints } = await profile({
			input: [...leads, company('C', 'customer'), { json: { properties: {} } }],
			parameters: { preset: 'hubspotCompany' },
		});
		expect(accounts).toHaveLength(1);
		expect(rejected).toHaveLength(99);
		expect(JSON.stringify(rejected[0]?.json)).toContain('is no customer');
		expect(hints).toEqual([
			expect.stringContaining('98 of 100 rows are no customers'),
			expect.stringContaining('1 of 100 rows were rejected'),
		]);
	});

	it('takes stages of your own for customers where you say so', async () => {
		const { accounts } = await profile({
			input: [{ json: { id: 'A', properties: { lifecyclestage: '4711' } } }],
			parameters: { preset: 'hubspotCompany', options: { customersAre: 'customer; 4711' } },
		});
		expect(accounts).toHaveLength(1);
	});

	it('lets no contact keep a customer out, and says on the item and in one hint what could not be used', async () => {
		const bad = { email: 'jane at corp.example', name: 'Jane' };
		const { accounts, rejected, hints } = await profile({
			input: [
				{ accountId: 'A', contacts: [{ email: 'ana@example.com', role: 'admin' }, bad] },
				{ accountId: 'B' },
				...['C', 'D', 'E', 'F'].map((accountId) => ({ accountId, Email: 'nope' })),
			],
		});
		expect(rejected).toEqual([]);
		expect(accounts.map(({ json }) => json.accountId)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
		expect(accounts[0]?.json).toMatchObject({
			contacts: [{ email: 'ana@example.com' }],
			profile: {
				warnings: [
					{
						code: 'badEmail',
						field: 'contacts[1].email',
						text: expect.stringMatching(/^Row 1\b.* left out\.$/) as string,
					},
				],
			},
		});
		expect(accounts[1]?.json).toEqual({ accountId: 'B' });
		expect(hints).toHaveLength(1);
		expect(hints[0]).toMatch(/^5 .*contacts.*Row 1\b.*Row 3\b.*Row 4\b/);
		expect(hints[0]).toContain('2 more');
		expect(hints[0]).not.toMatch(/Row 5|jane|corp|nope/i);
	});

	it('says that the source gave no rows, when the node before only says that it ran', async () => {
		const { accounts, rejected } = await profile({ input: [{}] });
		expect(accounts).toEqual([]);
		expect(JSON.stringify(rejected[0]?.json)).toContain('The source gave no rows');
	});

	it('takes own mapping as path, as bracketed path, and as the expression that dragging writes', async () => {
		const { accounts } = await profile({
			input: [
				{ crm: { key: 1 }, 'Yearly Value': '5', region: { zone: 'Europe/Berlin' } },
				{ crm: { key: 2 }, 'Yearly Value': '6', region: { zone: 'Asia/Kolkata' } },
			],
			parameters: {
				preset: 'ownMapping',
				mapping: fields(
					['accountId', 'crm.key'],
					['arr', "['Yearly Value']"],
					['timezone', '={{ $json.region.zone }}'],
				),
			},
		});
		expect(accounts.map(({ json }) => [json.accountId, json.arr, json.timezone])).toEqual([
			['1', 5, 'Europe/Berlin'],
			['2', 6, 'Asia/Kolkata'],
		]);
	});

	it('tells of a mapped field that no item has', async () => {
		const { hints } = await profile({
			input: [{ accountId: 'A', found: 1 }],
			parameters: { mapping: fields(['arr', 'found'], ['plan', 'Lost']) },
		});
		expect(hints).toEqual([expect.stringContaining("'Lost'")]);
	});

	it.each([
		['', 'is empty'],
		['={{ $json.a + 1 }}', 'is not the name of a field'],
		['a[', 'is not the name of a field'],
	])('refuses the mapping "%s" as a setting, before any row', async (source, message) => {
		const { error } = await runNode(node, {
			input: [{ accountId: 'A' }],
			parameters: { mapping: fields(['arr', source]) },
		});
		expect(error?.message).toBe(`'Own Mapping, arr' ${message}`);
		expect(error).toHaveProperty('description', expect.stringContaining('drag it in'));
	});

	it('joins up to five sources and points back at every row', async () => {
		const { accounts, rejected, hints } = await profile({
			inputs: [
				[{ accountId: 'A' }, { accountId: 'B' }],
				[{ org: 'B', NPS: 5 }],
				[{ accountId: 'C' }],
				[],
				[{ ref: { id: 'A' }, plan: 'growth' }],
			],
			parameters: { numberOfSources: 5, keyOfSource2: 'org', keyOfSource5: '={{ $json.ref.id }}' },
		});
		expect(accounts).toMatchObject([
			{
				json: { accountId: 'A', plan: 'growth' },
				pairedItem: [{ item: 0 }, { item: 0, input: 4 }],
			},
			{
				json: { accountId: 'B', sentiment: { nps: 5 } },
				pairedItem: [{ item: 1 }, { item: 0, input: 1 }],
			},
		]);
		expect(rejected).toMatchObject([
			{
				json: { accountId: 'C', rejected: { problems: [{ code: 'noAccount' }] } },
				pairedItem: { item: 0, input: 2 },
			},
		]);
		expect(hints).toContainEqual(expect.stringContaining('Source 4 gave no items'));
	});

	it('says so when the first source is empty while another is not', async () => {
		const { accounts, rejected, hints } = await profile({
			inputs: [[], [{ accountId: 'A' }]],
			parameters: { numberOfSources: 2 },
		});
		expect([accounts.length, rejected.length]).toEqual([0, 1]);
		expect(hints[0]).toMatch(/^Source 1 gave no items, so there are no accounts/);
	});

	it('says so when a source has no wire', async () => {
		const { accounts, hints } = await profile({
			inputs: [[{ accountId: 'A' }]],
			parameters: { numberOfSources: 4 },
		});
		expect(accounts).toHaveLength(1);
		expect(hints).toHaveLength(3);
	});

	it('is not run by n8n when there is nothing at all', async () => {
		expect(await runNode(node, { input: [] })).toMatchObject({ runs: 0, outputs: [] });
	});

	it('leaves wide rows to the setting that accepts them', async () => {
		const wide = {
			accountId: 'A',
			...Object.fromEntries(
				Array.from({ length: 200 }, (_, index) => [`c${String(index)}`, index]),
			),
		};
		const input = [wide, { accountId: 'B' }];
		const narrow = await profile({ input });
		expect([narrow.accounts.length, narrow.rejected.length]).toEqual([1, 1]);
		const wider = await profile({ input, parameters: { options: { columnsAtMost: 201 } } });
		expect(Object.keys(wider.accounts[0]?.json ?? {})).toHaveLength(201);
		const lean = await profile({ input, parameters: { options: { otherColumns: 'leaveOut' } } });
		expect(lean.accounts[0]?.json).toEqual({ accountId: 'A' });
	});

	it('changes no item that other branches share', async () => {
		const rows = [
			{ accountId: ' A ', usage: { activeUsers: '1' }, arr: '5' },
			{ accountId: 'B', arr: 'x' },
		];
		const before = structuredClone(rows);
		const { accounts, rejected } = await profile({ input: rows });
		expect([accounts.length, rejected.length]).toEqual([1, 1]);
		expect(rows).toEqual(before);
	});
});

describe('Account Profile with sample accounts', () => {
	const parameters = { source: 'sample', options: { now: NOW } };

	it('gives all of them when something triggers it, at the time it is told', async () => {
		const { accounts, rejected } = await profile({ input: [{ timestamp: 'x' }], parameters });
		expect(accounts.map(({ json }) => json)).toEqual(sampleAccounts(Date.parse(NOW)));
		expect(accounts[0]?.pairedItem).toEqual({ item: 0 });
		expect(rejected).toEqual([]);
	});

	it('gives those that events name, and makes accounts of what events bring along', async () => {
		const { accounts, rejected } = await profile({
			input: [
				{ id: 'e1', accountId: 'mine', account: { name: 'Mine' } },
				{ id: 'e2', accountId: 'olive-optics', type: 'x' },
				{ id: 'e3', accountId: 'nobody' },
				{ id: 'e4', accountId: 'olive-optics' },
			],
			parameters,
		});
		expect(accounts.map(({ json, pairedItem }) => [json.accountId, json.type, pairedItem])).toEqual(
			[
				['mine', undefined, { item: 0 }],
				['olive-optics', undefined, [{ item: 1 }, { item: 3 }]],
			],
		);
		expect(rejected).toMatchObject([
			{
				json: { id: 'e3', rejected: { problems: [{ code: 'noAccount' }] } },
				pairedItem: { item: 2 },
			},
		]);
	});

	it('refuses a Now that is no time', async () => {
		const { error } = await runNode(node, {
			parameters: { source: 'sample', options: { now: 'soon' } },
		});
		expect(error?.message).toBe("The 'Now' option is not a time");
	});
});

describe('the inputs in the editor', () => {
	const type = 'n8n-nodes-digital-cs.accountProfile';

	it.each<[INodeParameters, number]>([
		[{}, 1],
		[{ numberOfSources: 3 }, 3],
		[{ numberOfSources: 5 }, 5],
		[{ numberOfSources: 3, source: 'sample' }, 1],
	])('with %j are %d', (parameters, count) => {
		const nodes = [
			{
				id: '1',
				name: 'Profile',
				type,
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters,
			},
		];
		const nodeTypes = {
			getByName: () => node,
			getByNameAndVersion: () => node,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({ nodes, connections: {}, nodeTypes, active: false });
		const [profileNode] = Object.values(workflow.nodes);
		if (profileNode === undefined) throw new Error('the workflow lost its node');
		const inputs = NodeHelpers.getNodeInputs(workflow, profileNode, node.description);
		expect(inputs).toHaveLength(count);
	});

	it('lead through a workflow to the next node', async () => {
		const run = await runWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Profile', type, parameters: { source: 'sample', options: { now: NOW } } },
				{ name: 'Next', type: 'n8n-nodes-base.noOp' },
			],
			connections: connectionsOf([
				{ from: 'Start', to: 'Profile' },
				{ from: 'Profile', to: 'Next' },
			]),
			nodeTypes: { [type]: node },
		});
		expect(run.node('Next').outputs[0]).toHaveLength(9);
	});
});

describe('Account Profile with a preset per source', () => {
	it('joins a CRM, its billing, an event export as a file and its help desk, and points back at every item', async () => {
		const event = (day: string, company: string): string =>
			JSON.stringify({
				event: 'Board opened',
				properties: { time: Date.parse(day) / 1000, distinct_id: 'u1', company_id: company },
			});
		const lines = ['2026-02-20', '2026-03-03', '2026-03-10', '2026-03-11', '2026-03-18'];
		const { accounts, rejected, hints } = await profile({
			inputs: [
				[
					{ id: '1', properties: { name: 'Acme', stripe_id: 'cus_1', zendesk: '77' } },
					{ id: '2', properties: { name: 'Bolt', stripe_id: 'cus_2', zendesk: '78' } },
				],
				[{ object: 'customer', id: 'cus_1', created: 1767225600, delinquent: true }],
				[{ data: lines.map((day) => event(`${day}T10:00:00Z`, '1')).join('\n') }],
				[{ id: 5, organization_id: 78, status: 'open', priority: 'urgent' }],
			],
			parameters: {
				preset: 'hubspotCompany',
				numberOfSources: 4,
				presetOfSource2: 'stripeCustomer',
				matchOfSource2: 'properties.stripe_id',
				presetOfSource3: 'mixpanelEvents',
				presetOfSource4: 'zendeskTickets',
				matchOfSource4: '={{ $json.properties.zendesk }}',
				options: { now: NOW, otherColumns: 'leaveOut', coreFeatures: 'Board opened; Reports' },
			},
		});
		expect([rejected, hints]).toEqual([[], []]);
		expect(accounts).toMatchObject([
			{
				json: {
					accountId: '1',
					createdAt: '2026-01-01T00:00:00.000Z',
					invoiceState: 'overdue',
					usage: { events: 2, previousEvents: 1, activeUsers: 1, adoption: 0.5 },
					support: { openTickets: 0, openP1: 0 },
				},
				pairedItem: [{ item: 0 }, { item: 0, input: 1 }, { item: 0, input: 2 }],
			},
			{
				json: { accountId: '2', name: 'Bolt', support: { openTickets: 1, openP1: 1 } },
				pairedItem: [{ item: 1 }, { item: 0, input: 3 }],
			},
		]);
		expect(accounts[1]?.json).not.toHaveProperty('usage');
	});

	it('says in one hint whose amounts do not add up', async () => {
		const subscription = (currency: string) => ({
			object: 'subscription',
			id: `sub_${currency}`,
			customer: 'cus_1',
			status: 'active',
			items: { data: [{ price: { currency, unit_amount: 1, recurring: { interval: 'year' } } }] },
		});
		const { accounts, hints } = await profile({
			input: [subscription('usd'), subscription('eur')],
			parameters: { preset: 'stripeCustomer' },
		});
		expect(accounts[0]?.json).toMatchObject({
			profile: { warnings: [{ code: 'severalCurrencies' }] },
		});
		expect(hints).toEqual([expect.stringMatching(/^1 entry about amounts.*USD and EUR/)]);
	});
});
