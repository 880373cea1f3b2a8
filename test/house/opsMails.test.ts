import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import { isJourney, isJourneyEmail } from '../../nodes/platform/nodeKinds';
import { compileTemplate } from '../../services/mail/template';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { readWorkflows } from '../n8n/workflows';
import { sampleCustomers } from './samples';

const NOW = '2026-11-18T15:00:00Z';
/** Of a gate: its first output holds. */
const PASS = 1;
const wiresSchema = z.object({ main: z.array(z.array(z.object({ node: z.string() }))) });
const stepsSchema = z.object({
	step: z.array(
		z.looseObject({ id: z.string(), output: z.number(), channel: z.string(), name: z.string() }),
	),
});

/** What they say are figures of a report: read in reportMails.test.ts. */
const REPORTS = new Set(['Mail: digest', 'Mail: summary']);

type Sent = { file: string; workflow: WorkflowFile; mail: WorkflowNode; step: string; to: string };

/** Operations flows whose journeys are their own: each mail with each step that leads to it. */
const FLOWS = readWorkflows().filter(
	({ file, workflow }) =>
		file.startsWith('ops-') &&
		workflow.nodes.some((node) => isJourney(node) && node.parameters.operation === 'advance'),
);
const SENT: Sent[] = FLOWS.flatMap(({ file, workflow }) =>
	workflow.nodes
		.filter((node) => isJourney(node) && node.parameters.preset === 'own')
		.flatMap(({ name, parameters }) => {
			const { main } = wiresSchema.parse(workflow.connections[name]);
			return stepsSchema.parse(parameters.steps).step.flatMap(({ id, output, channel }) =>
				(main[output] ?? []).flatMap(({ node }) => {
					const mail = workflow.nodes.find(
						(one) => one.name === node && isJourneyEmail(one) && !REPORTS.has(one.name),
					);
					return mail === undefined ? [] : [{ file, workflow, mail, step: id, to: channel }];
				}),
			);
		}),
);

/** What the flow's own Code node between the gate and the journey puts on each account. */
function prepared({ nodes }: WorkflowFile, accounts: readonly object[]): object[] {
	const code = nodes.find(({ name }) => name === 'This campaign')?.parameters.jsCode;
	if (typeof code !== 'string') return [...accounts];
	const $now = DateTime.fromISO(NOW, { zone: 'America/New_York' });
	const $input = { all: () => accounts.map((json) => ({ json })) };
	const items: unknown = runInNewContext(`(() => {${code}})()`, { $now, $input });
	return z
		.array(z.object({ json: z.looseObject({}) }))
		.parse(JSON.parse(JSON.stringify(items)))
		.map(({ json }) => json);
}

function write({ mail, step, to }: Sent, account: object, over: object = {}): string {
	const variants = ['question', 'outcome', 'what', 'why'];
	return variants
		.map((variant) => {
			const journey = {
				...{ key: 'k/1', journey: 'own', step, stepName: step, day: 3, messages: 0 },
				...{ engagement: 'unknown', heard: [], sent: [], variant, channel: to },
				setup: { open: [], completed: [], finished: false },
				reasons: [{ code: 'because', text: 'Because.' }],
				...over,
			};
			const scope = { account, contact: {}, journey, unsubscribeUrl: 'mailto:stop@example.com' };
			return [
				compileTemplate(String(mail.parameters.subject), 'plain')(scope),
				compileTemplate(String(mail.parameters.message), 'html')(scope),
			]
				.map((part) => ('text' in part ? part.text : JSON.stringify(part)))
				.join('\n');
		})
		.join('\n');
}

const UNKNOWN = { accountId: 'A-1' };
const BROKEN = /\{\{|\{%|undefined|NaN|Infinity|Invalid|\[object|"missing"|"failed"/;

describe('every mail of an operations flow', () => {
	test.each(SENT)('$file, $step: is written for a customer of whom nothing is known', (one) => {
		const [account = {}] = prepared(one.workflow, [UNKNOWN]);
		expect(write(one, account)).not.toMatch(BROKEN);
	});

	test.each(SENT)('$file, $step: is written for each sample customer', (one) => {
		for (const account of prepared(one.workflow, sampleCustomers(one.workflow, NOW)))
			expect(write(one, account)).not.toMatch(BROKEN);
	});

	test.each(SENT.filter(({ to }) => to === 'email'))(
		'$file, $step: a customer can unsubscribe, and reply to a human',
		(one) => {
			const [account = {}] = prepared(one.workflow, [UNKNOWN]);
			expect(write(one, account)).toContain('href="mailto:stop@example.com"');
			expect(write(one, account)).toContain('Just reply: a human reads it.');
			expect(one.mail.parameters.options).toMatchObject({
				unsubscribeUrl: expect.stringMatching(/./) as string,
			});
		},
	);

	test.each(SENT.filter(({ to }) => to !== 'email'))(
		'$file, $step: a colleague reads why, and whose customer it is',
		(one) => {
			const [account = {}] = prepared(one.workflow, [{ ...UNKNOWN, csm: 'carla@example.com' }]);
			expect(write(one, account)).toContain('Why you: Because.');
			expect(write(one, account)).toContain('Success manager: <b>carla@example.com</b>.');
		},
	);
});

describe('the mail of the usage drop (R24)', () => {
	const mail = SENT.find(
		({ file, step }) => file === 'ops-usage-drop.json' && step === 'what-fell',
	);
	const to = (account: object): string => (mail === undefined ? '' : write(mail, account));
	const samples = mail === undefined ? [] : sampleCustomers(mail.workflow, NOW);
	const sample = (id: string): object => samples.find(({ accountId }) => accountId === id) ?? {};

	test('names the week by its figures, and the feature that fell most', () => {
		const rhone = to(sample('rhone'));
		expect(rhone).toContain('Your team uses automations less than it did');
		expect(rhone).toContain('240 actions after 400');
		expect(rhone).toContain('5 times in the last four weeks, 24 in the four before');
	});

	test('names the week alone where no feature is known', () => {
		expect(to(sample('loire'))).toContain('A quieter week at Loire Lamps');
		expect(to(sample('loire'))).toContain('260 actions after 400');
		expect(to(sample('loire'))).not.toContain('What fell most');
	});

	test('says what the alert says where a figure of your own fell', () => {
		const alerts = [{ code: 'usage_fell', percent: 41.67, text: 'Usage fell' }];
		expect(to({ ...UNKNOWN, health: { alerts } })).toContain('has fallen by <b>42 %</b>');
	});
});

describe('every operations flow with a journey', () => {
	const journeys = FLOWS.flatMap(({ file, workflow }) =>
		workflow.nodes.filter(isJourney).map((node) => ({ file, workflow, node, name: node.name })),
	);

	test.each(journeys)('$file, $name: a gate stands before it (R76)', ({ workflow, name }) => {
		const wires = Object.entries(workflow.connections).flatMap(([from, outputs]) =>
			wiresSchema
				.parse(outputs)
				.main.flatMap((targets, output) => targets.map(({ node }) => ({ from, output, node }))),
		);
		const isGate = (node: string): boolean =>
			workflow.nodes.find((one) => one.name === node)?.parameters.operation === 'gateMotion';
		// back to where they come from, but not beyond what a gate lets pass
		const seen = new Set([name]);
		let gates = 0;
		for (const at of seen) {
			const into = wires.filter(({ node }) => node === at);
			expect({ at, ways: into.length > 0 }).toEqual({ at, ways: true });
			for (const { from, output } of into) {
				if (!isGate(from)) seen.add(from);
				else expect({ from, output }).toEqual({ from, output: PASS });
				gates += isGate(from) ? 1 : 0;
			}
		}
		expect(gates).toBeGreaterThan(0);
	});

	test.each(journeys)(
		'$file, $name: who asks for a human reaches one (R64)',
		({ workflow, node }) => {
			if (node.parameters.preset !== 'own') return;
			const { step } = stepsSchema.parse(node.parameters.steps);
			if (step.every(({ channel }) => channel !== 'email' && channel !== 'inApp')) return;
			const help = step.find(({ when }) => when === 'helpWanted');
			const { main } = wiresSchema.parse(workflow.connections[node.name]);
			expect(help?.channel).toBe('human');
			expect(main[help?.output ?? 99]).not.toEqual([]);
		},
	);

	test.each(journeys)(
		'$file, $name: tells of each ending, and operations of what is listed or held (P09, P10)',
		({ workflow, name }) => {
			const { main } = wiresSchema.parse(workflow.connections[name]);
			expect(main[0]?.map(({ node }) => node)).toContain('For operations');
		},
	);
});
