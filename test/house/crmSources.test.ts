import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountPreset } from '../../engine/accounts/presets';
import type { Row } from '../../engine/accounts/row';
import { build } from '../engine/accounts/rows';
import { root } from '../n8n/folders';
import { readWorkflows } from '../n8n/workflows';

const journeys = readWorkflows().filter(({ file }) => file.startsWith('journey-'));
const page = readFileSync(join(root, 'docs', 'account-profile.md'), 'utf8');

/** What the two tables of the page name, HubSpot's properties or Salesforce's fields: first of the company, then of people. */
function documented(table: 'companies' | 'people', vendor: 'HubSpot' | 'Salesforce'): string[] {
	const place = table === 'companies' ? 1 : 2;
	const [rows = ''] =
		page.split('| becomes | HubSpot property | Salesforce field |\n')[place]?.split('\n\n') ?? [];
	const column = vendor === 'HubSpot' ? 2 : 3;
	return rows
		.split('\n')
		.slice(1)
		.flatMap((row) => [...(row.split('|')[column] ?? '').matchAll(/`([^`]+)`/g)])
		.map(([, name = '']) => name)
		.sort();
}

/** Every field that a preset of accounts looks at, in its words, and the first of those that mean the same. */
function readBy(id: string): { all: string[]; first: string[] } {
	const { paths, derive = {}, customers } = accountPreset(id);
	const others = [...Object.values(derive).map(({ from }) => from), customers?.path ?? ''];
	return {
		all: [...Object.values(paths).flat(), ...others],
		first: [...Object.values(paths).flatMap(([path = '']) => path), ...others],
	};
}

/** Every field that a preset of people looks at: the record writes down what it is asked for. */
function readOfPeople(id: string): string[] {
	const seen = new Set<string>();
	const noting = (target: Row): Row =>
		new Proxy<Row>(target, {
			get: (row, name) => {
				if (typeof name === 'string') seen.add(name);
				return Reflect.get(row, name) as Row[string];
			},
		});
	const row =
		id === 'hubspotContacts'
			? { companyId: 'A', properties: noting({}) }
			: noting({ AccountId: 'A' });
	build([[{ accountId: 'A' }], [row]], { presets: [accountPreset(id)] });
	return [...seen];
}

const nodeOf = (file: string, name: string): Record<string, unknown> => {
	const nodes = journeys.find((journey) => journey.file === file)?.workflow.nodes ?? [];
	return nodes.find((node) => node.name === name)?.parameters ?? {};
};
const queryOf = (file: string, name: string): { fields: string[]; from: string } => {
	const query = String(nodeOf(file, name).query);
	const [, fields = '', from = ''] = /^SELECT (\S+) FROM (.*)$/.exec(query) ?? [];
	return { fields: fields.split(',').sort(), from };
};

describe.each(journeys)('what $file fetches', ({ file }) => {
	test('of HubSpot’s companies is all that the preset reads, and the page names', () => {
		const options = JSON.stringify(nodeOf(file, 'Or: HubSpot companies').options);
		const [, list = ''] = /"properties":\[([^\]]*)\]/.exec(options) ?? [];
		const fetched = list.split(',').map((name) => name.slice(1, -1));
		const read = readBy('hubspotCompany').all.filter((path) => path.startsWith('properties.'));
		expect(fetched.sort()).toEqual(read.map((path) => path.slice('properties.'.length)).sort());
		expect(documented('companies', 'HubSpot')).toEqual(
			['id', ...fetched.filter((name) => name !== 'hs_object_id')].sort(),
		);
	});

	test('of Salesforce’s accounts is a field for all that the preset reads, and customers only', () => {
		const { fields, from } = queryOf(file, 'Or: Salesforce accounts');
		const { first, all } = readBy('salesforceAccount');
		expect(fields).toEqual(first.sort());
		expect(from).toBe("Account WHERE Type LIKE 'Customer%' OR Customer_Stage__c = 'churned'");
		expect(documented('companies', 'Salesforce')).toEqual(all.sort());
	});

	test('of people is what the presets read, and the page names', () => {
		const code = String(nodeOf(file, 'People by hundreds').jsCode);
		const [, list = ''] = /properties = \[([^\]]*)\]/.exec(code) ?? [];
		const properties = list.split(', ').map((name) => name.slice(1, -1));
		expect(properties.sort()).toEqual(documented('people', 'HubSpot'));
		expect(readOfPeople('hubspotContacts')).toEqual(expect.arrayContaining(properties));
		const { fields, from } = queryOf(file, 'Contacts: Salesforce');
		expect(fields).toEqual(['Id', 'AccountId', ...documented('people', 'Salesforce')].sort());
		const read = readOfPeople('salesforceContacts');
		const own = fields.filter((name) => name !== 'Id');
		expect([...read, 'AccountId']).toEqual(expect.arrayContaining(own));
		expect(from).toBe("Contact WHERE Account.Type LIKE 'Customer%'");
	});
});
