import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readWorkflows } from '../n8n/workflows';
import { root } from '../n8n/folders';

const pages = [
	'README.md',
	'CONTRIBUTING.md',
	...readdirSync(join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join('docs', name)),
];

describe('what a reader clicks', () => {
	test.each(pages)('in %s is there', (page) => {
		const text = readFileSync(join(root, page), 'utf8');
		const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? '');
		const local = links.filter((link) => !/^(https?|mailto):/.test(link));
		expect(local.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
	});
});

describe('every shipped workflow', () => {
	test.each(readWorkflows())(
		'$file: senders continue on error and never retry by themselves (rule 5)',
		({ workflow }) => {
			const senders = workflow.nodes.filter(({ type }) => /\.(journeyEmail|emailSend)$/.test(type));
			for (const sender of senders) {
				expect(sender).toMatchObject({
					disabled: true,
					onError: expect.stringMatching(/^continue/) as string,
				});
				expect(sender).not.toHaveProperty('retryOnFail');
			}
		},
	);

	test.each(readWorkflows())(
		'$file: keeps no data of successful executions and says its time zone',
		({ workflow }) => {
			expect(workflow.settings).toMatchObject({
				saveDataSuccessExecution: 'none',
				timezone: expect.stringContaining('/') as string,
			});
		},
	);
});
