import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OUTCOME_OPTIONS } from '../../nodes/EscalationRouter/answerProperties';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { CASE_OUTCOMES } from '../../services/links/caseAsking';
import { runNode } from '../harness/runWorkflow';
import { root } from '../n8n/folders';
import { readWorkflow } from '../n8n/workflows';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { alerted, asking, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const { nodes } = readWorkflow('ops-escalation-desk.json');

describe('the escalation desk as shipped', () => {
	it('routes with its placeholders: the own success manager first, Europe to Berlin', async () => {
		const { parameters } = nodes.find(({ name }) => name === 'Who takes it') ?? {};
		const shipped = parameters as INodeParameters;
		const { outputs, error } = await runNode(new EscalationRouter(), {
			mode: 'trigger',
			input: [alerted('oak', { csm: 'Ben@example.com' }), asking('elm', 'human_requested')].map(
				(item, index) => ({ ...item, region: index === 0 ? 'AMER' : 'EMEA' }),
			),
			parameters: { ...shipped, options: { now: MONDAY } },
		});
		expect(error).toBeUndefined();
		expect(outputs[ROUTE.new]).toMatchObject([
			{ json: { escalation: { owner: { email: 'ben@example.com' }, pool: '' } } },
			{ json: { escalation: { owner: { email: 'clara@example.com' }, pool: 'europe' } } },
		]);
	});

	it('writes to nobody and nowhere until somebody enables it', () => {
		const outside = nodes.filter(({ type }) =>
			/\.(journeyEmail|slack|hubspot|salesforce|httpRequest)$/.test(type),
		);
		expect(outside).toHaveLength(8);
		for (const node of outside) {
			expect(node).toMatchObject({
				disabled: true,
				onError: expect.stringMatching(/^continue/) as string,
			});
			expect(node).not.toHaveProperty('retryOnFail');
		}
	});

	it('takes events of this machine only, until its webhook has authentication; and says so beside it', () => {
		const find = (name: string) => nodes.find((node) => node.name === name)?.parameters;
		expect(find('Help desk or CRM events')).toMatchObject({
			options: { ipWhitelist: '127.0.0.1, ::1, ::ffff:127.0.0.1' },
		});
		expect(find('Note: receive')?.content).toMatch(/Header Auth.*IP\(s\) Allowlist/);
	});
});

describe('docs/escalation-router.md', () => {
	it('names every field of an item, and none that no item has', async () => {
		const page = readFileSync(join(root, 'docs', 'escalation-router.md'), 'utf8');
		const table = page.slice(
			page.indexOf('## What an item carries'),
			page.indexOf('**The context pack**'),
		);
		const named = [...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell = '']) =>
			[...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
		);

		const answer = { findBy: 'account' };
		const opened = await runRouter(MONDAY, [asking('acme', 'reply_received')], {
			options: { linkAddress: 'https://n8n.example.com/webhook/digital-cs/case' },
		});
		const touched = await runRouter(MONDAY, [{ accountId: 'acme' }], {
			...answer,
			operation: 'recordTouch',
		});
		const listed = await runRouter(MONDAY, [{}], { operation: 'listOpen' });
		const resolved = await runRouter(MONDAY, [{ accountId: 'acme' }], {
			...answer,
			operation: 'resolve',
		});
		const digest = await runRouter(MONDAY, [alerted('beta')], { options: { digestCap: 0 } });
		const link = await runRouter(MONDAY, [{ query: {} }], { operation: 'openLink' });
		const of = (items: readonly IDataObject[]) => items.flatMap((item) => Object.keys(item));
		const carried = new Set([
			...of(opened.of(ROUTE.new)),
			...of(digest.of(ROUTE.new)),
			...of(digest.of(ROUTE.digest)),
			...[listed, touched, resolved].flatMap((run) => of(run.of(0))),
			...of(link.of(1)),
		]);
		expect([...carried].sort()).toEqual([...named].sort());
	});
});

describe('Resolve', () => {
	it('knows every outcome that the page of a link offers', () => {
		const known: string[] = OUTCOME_OPTIONS.map(({ value }) => value);
		expect(known).toEqual(expect.arrayContaining([...CASE_OUTCOMES]));
	});
});

it('the node says on the canvas which of its operations it does', () => {
	const { subtitle, properties } = new EscalationRouter().description;
	const options = properties.find(({ name }) => name === 'operation')?.options ?? [];
	expect(options.length).toBeGreaterThan(8);
	for (const option of options)
		expect(subtitle).toMatch(new RegExp(`\\b${'value' in option ? String(option.value) : ''}: "`));
});
