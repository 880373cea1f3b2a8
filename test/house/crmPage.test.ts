import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { CRM_FIELDS } from '../../engine/crm/fields';
import { root } from '../n8n/folders';
import { readWorkflow } from '../n8n/workflows';

const { nodes } = readWorkflow('ops-crm-write-back.json');
const find = (name: string) => nodes.find((node) => node.name === name);

describe('the CRM write-back as shipped', () => {
	test('creates the properties that are written, in one group, and documents them with their Salesforce names', () => {
		const body = z
			.object({ inputs: z.array(z.looseObject({ name: z.string(), groupName: z.string() })) })
			.parse(JSON.parse(String(find('HubSpot: properties')?.parameters.jsonBody)));
		expect(body.inputs).toEqual(
			CRM_FIELDS.map(({ hubspot, label, type, description }) => ({
				name: hubspot,
				label,
				groupName: 'digital_cs',
				type,
				fieldType: { number: 'number', string: 'text', datetime: 'date' }[type],
				description,
			})),
		);
		const page = readFileSync(join(root, 'docs', 'crm-write-back.md'), 'utf8');
		const rows = page.split('\n').filter((line) => line.includes('`digital_cs_'));
		expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual(
			CRM_FIELDS.map(({ description, hubspot, salesforce }): unknown[] => [
				'',
				description,
				`\`${hubspot}\``,
				expect.any(String),
				`\`${salesforce}\``,
				expect.any(String),
				'',
			]),
		);
	});

	test('calls nobody before somebody has chosen a credential, pauses between calls, and reads the whole answer', () => {
		const calls = nodes.filter(({ name }) => / update (companies|accounts)$/.test(name));
		expect(calls).toHaveLength(2);
		for (const call of calls)
			expect(call).toMatchObject({
				disabled: true,
				onError: 'continueErrorOutput',
				parameters: {
					options: {
						batching: { batch: { batchSize: 1, batchInterval: 500 } },
						response: { response: { fullResponse: true } },
					},
				},
			});
	});
});
