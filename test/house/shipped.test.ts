import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Workflow, type IConnections, type INode } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isJourney, isJourneyEmail } from '../../nodes/platform/nodeKinds';
import { leadsSomewhere } from '../../nodes/platform/wiring';
import { compileTemplate, type Rendered } from '../../services/mail/template';
import { nodeTypesOf } from '../harness/nodeTypes';
import { noOp } from '../harness/standIns';
import type { WorkflowFile } from '../n8n/client';
import { readWorkflow, readWorkflows } from '../n8n/workflows';
import { root } from '../n8n/folders';

const pages = [
	'README.md',
	'CONTRIBUTING.md',
	...readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true })
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

const wiresSchema = z.record(
	z.string(),
	z.record(z.string(), z.array(z.array(z.object({ node: z.string() })))),
);

describe('every shipped workflow', () => {
	test.each(readWorkflows())('$file: every wire begins and ends at a node', ({ workflow }) => {
		const names = new Set(workflow.nodes.map(({ name }) => name));
		expect(names.size).toBe(workflow.nodes.length);
		const wires = Object.entries(wiresSchema.parse(workflow.connections));
		const ends = wires.flatMap(([from, kinds]) => [
			from,
			...Object.values(kinds).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		]);
		expect(ends.filter((name) => !names.has(name))).toEqual([]);
	});

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

/** As n8n would give a node its workflow, whatever its nodes are. */
function asInN8n({ nodes, connections }: WorkflowFile): Workflow {
	const nodeTypes = nodeTypesOf(Object.fromEntries(nodes.map(({ type }) => [type, noOp])), {});
	return new Workflow({
		nodes: nodes as unknown as INode[],
		connections: connections as IConnections,
		active: false,
		nodeTypes,
	});
}

describe('every shipped gate', () => {
	const flows = readWorkflows().filter(({ workflow }) =>
		workflow.nodes.some(({ parameters }) => parameters.operation === 'gateMotion'),
	);

	test('stands before a journey in fifteen flows', () => {
		expect(flows).toHaveLength(15);
	});

	test.each(flows)(
		'$file: remembers for the journeys behind it whom it holds, so that "why?" has an answer',
		({ workflow }) => {
			const compiled = asInN8n(workflow);
			for (const { name, parameters } of workflow.nodes) {
				if (parameters.operation !== 'gateMotion') continue;
				const behind = new Set(compiled.getChildNodes(name));
				const journeys = workflow.nodes
					.filter((node) => isJourney(node) && behind.has(node.name))
					.map((node) => node.parameters.journeyId);
				expect(String(parameters.rememberForJourneys).split(', ').sort()).toEqual(journeys.sort());
			}
		},
	);
});

describe('every shipped journey', () => {
	test.each(readWorkflows().filter(({ file }) => file.startsWith('journey-')))(
		'$file: published as it is, it is a dry run, because no step leads to an enabled sender (P34)',
		({ workflow }) => {
			const journeys = workflow.nodes.filter(({ type }) => isJourney({ type }));
			const mails = workflow.nodes.filter(({ type }) => isJourneyEmail({ type }));
			expect(mails.length).toBeGreaterThan(0);
			const compiled = asInN8n(workflow);
			const behind = new Set(journeys.flatMap(({ name }) => compiled.getChildNodes(name)));
			expect(mails.every((mail) => behind.has(mail.name))).toBe(true);
			const open = journeys.flatMap(({ name }) => {
				const { main } = z.object({ main: z.array(z.unknown()) }).parse(workflow.connections[name]);
				return main.flatMap((_wires, output) => {
					const wires = compiled.connectionsBySourceNode[name]?.main?.[output] ?? [];
					const leadsToMail = wires.some(({ node }) =>
						[node, ...compiled.getChildNodes(node)].some((one) =>
							mails.some((mail) => mail.name === one),
						),
					);
					return leadsToMail && leadsSomewhere(compiled, name, output) ? [output] : [];
				});
			});
			expect(open).toEqual([]);
		},
	);
});

describe('every shipped mail', () => {
	const mails = readWorkflow('journey-onboarding.json').nodes.filter(({ type }) =>
		type.endsWith('.journeyEmail'),
	);
	const steps = ['call', 'reach-by-hand', 'asked-for-help'];
	const open = { step: 'connect-data', title: 'Connect', url: 'https://help.example.com/connect' };
	const setup = { open: [open], completed: [], next: open, finished: false };
	const write = (name: string, account: object, step = 'call'): Rendered[] => {
		const { parameters } = mails.find((mail) => mail.name === name) ?? {};
		const journey = { step, day: 14, setup, reasons: [{ text: 'Because.' }] };
		const scope = { account, contact: {}, journey, unsubscribeUrl: 'mailto:stop@example.com' };
		return [
			compileTemplate(String(parameters?.subject), 'plain')(scope),
			compileTemplate(String(parameters?.message), 'html')(scope),
		];
	};

	test.each(mails.flatMap(({ name }) => steps.map((step) => ({ name, step }))))(
		'$name can be written for a customer of whom nothing but the id is known ($step)',
		({ name, step }) => {
			for (const part of write(name, { accountId: 'A-1' }, step))
				expect(part).toEqual({ text: expect.stringMatching(/\S/) as string });
		},
	);

	test.each(['Mail: to a human', 'Mail: alert'])(
		"%s names the customer's success manager, and says why the team got it where no address is known",
		(name) => {
			const about = (csm?: string): string =>
				JSON.stringify(
					write(name, csm === undefined ? { accountId: 'A-1' } : { csm, accountId: 'A-1' }),
				);
			expect(about('carla@example.com')).toMatch(/Success manager: <b>carla@example.com<\/b>\./);
			expect(about('Carla Example')).toMatch(/<b>Carla Example<\/b>;.* goes to the team/);
			expect(about()).not.toContain('Success manager');
		},
	);

	test.each(['Mail: to a human', 'Mail: alert'])(
		'%s gives a score with its band, and no score whose band is withheld for lack of data',
		(name) => {
			const about = (account: object): string =>
				JSON.stringify(write(name, { accountId: 'A-1', ...account }));
			expect(about({ health: { score: 68, band: 'yellow' } })).toContain('Health: 68 (yellow).');
			expect(about({ health: { score: 0, band: 'red' } })).toContain('Health: 0 (red).');
			for (const health of [
				{ score: 68, band: 'unknown' },
				{ score: null, band: 'unknown' },
				{ score: 68 },
				undefined,
			]) {
				expect(about({ health })).toContain('Health: not known yet.');
				expect(about({ health })).not.toContain('68');
			}
		},
	);
});

describe('the onboarding journey as shipped', () => {
	const { nodes, connections } = readWorkflow('journey-onboarding.json');
	const find = (name: string): (typeof nodes)[number] => {
		const node = nodes.find((candidate) => candidate.name === name);
		if (node === undefined) throw new Error(`No node '${name}'`);
		return node;
	};

	test('reads the CRM once per run, and again where the CRM does not answer', () => {
		expect(find('Your CRM')).toMatchObject({
			disabled: true,
			executeOnce: true,
			retryOnFail: true,
			maxTries: 3,
		});
	});

	test('carries what the editor would fill in when the panel is opened, so that a run does not look out of date', () => {
		const { steps } = find('Onboarding journey').parameters as { steps: { step: object[] } };
		for (const step of steps.step)
			expect(step).toMatchObject({ conditions: { conditions: [{}], combinator: 'and' } });
	});

	test("n8n's own sender confirms a batch before the next: the loop hangs on output 1, and Confirm stands above it", () => {
		const loop = 'Twenty at a time';
		const send = 'Or: n8n Send Email';
		const confirm = 'Confirm what it sent';
		const notSent = 'Not sent this way';
		expect(connections[loop]).toMatchObject({ main: [[], [{ node: send }]] });
		expect(connections[send]).toMatchObject({
			main: [[{ node: confirm }], [{ node: notSent }]],
		});
		// where all of a batch was refused the next one has its turn too
		expect(connections[notSent]).toMatchObject({ main: [[{ node: loop }]] });
		// n8n runs the upper of two nodes first
		const height = (name: string): unknown => (find(name).position as number[])[1];
		expect(height(confirm)).toBeLessThan(Number(height(loop)));
	});
});
