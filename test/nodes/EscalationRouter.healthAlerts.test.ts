import 'reflect-metadata';
import { runInNewContext } from 'node:vm';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { z } from 'zod/v4';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { runNode } from '../harness/runWorkflow';
import { recordOf } from '../n8n/lives/record';
import { signalsFor } from '../n8n/lives/signals';
import { readWorkflow } from '../n8n/workflows';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { escalationsOf, ROUTE } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** 8:15 in New York, where the desk works from 9 to 17; the clocks go forward on the Sunday between. */
const FRIDAY = '2026-03-06T08:15:00-05:00';
const MONDAY = '2026-03-09T08:15:00-04:00';
const TUESDAY = '2026-03-10T08:15:00-04:00';
const settings = { timezone: 'America/New_York' };

const triage = readWorkflow('ops-daily-triage.json');
const codeSchema = z.object({ jsCode: z.string() });
const { jsCode } = codeSchema.parse(
	triage.nodes.find(({ name }) => name === 'Who has an alert')?.parameters,
);
const desk = readWorkflow('ops-escalation-desk.json').nodes.find(
	({ name }) => name === 'Who takes it',
)?.parameters as INodeParameters;

const fall = (events: number): object => ({ usage: { events, previousEvents: 400 } });
/** What the CRM says from Monday on; `already` was so on Friday. */
const SINCE_MONDAY: Readonly<Record<string, (at: number) => object>> = {
	'fell-40': () => fall(240),
	'fell-31': () => fall(276),
	'fell-30': () => fall(280),
	dropped: (at) => signalsFor(45, at),
	already: () => fall(200),
	partner: () => ({ ...fall(200), excluded: 'partner' }),
	churned: () => ({ ...fall(200), lifecycleStage: 'churned' }),
	fine: () => ({}),
};

/** What the desk is handed in the morning, by what the nodes before it give. */
async function handedOver(now: string): Promise<IDataObject[]> {
	const at = Date.parse(now);
	const input = Object.entries(SINCE_MONDAY).map(([id, facts]) => {
		const isSo = now !== FRIDAY || id === 'already';
		return recordOf(id, at, { ...signalsFor(100, at), ...(isSo ? facts(at) : {}) }) as IDataObject;
	});
	const { outputs, error } = await runNode(new HealthScore(), {
		mode: 'trigger',
		settings,
		input,
		parameters: { model: 'b2bSaas', options: { now } },
	});
	expect(error).toBeUndefined();
	const $input = { all: () => outputs[0] ?? [] };
	const items: unknown = runInNewContext(`(() => {${jsCode}})()`, { $input });
	return z
		.array(z.object({ json: z.looseObject({}) }))
		.parse(JSON.parse(JSON.stringify(items)))
		.map(({ json }) => json as IDataObject);
}

/** What the desk makes of it: on each output the account and, where it has a case with an owner, its kind, priority and deadline. */
async function routed(now: string): Promise<Record<string, unknown[]>> {
	const { outputs, error } = await runNode(new EscalationRouter(), {
		mode: 'trigger',
		settings,
		input: await handedOver(now),
		parameters: { ...desk, options: { now } },
	});
	expect(error).toBeUndefined();
	return Object.fromEntries(
		Object.entries(ROUTE).map(([name, output]) => {
			const items = outputs[output] ?? [];
			const cases = escalationsOf(items).map(({ kind, priority, owner, dueAt }, place) => {
				const id = items[place]?.json.accountId;
				return owner === undefined ? [id, 'no case'] : [id, kind, priority, dueAt];
			});
			return [name, cases];
		}),
	);
}

describe("Health Score's alerts, as ops-daily-triage hands them to the desk (R5, R62, P07)", () => {
	it('an urgent one is due in four business hours, the others in one business day; each once', async () => {
		const nothing = { new: [], updated: [], unchanged: [], digest: [], notRouted: [] };
		const already = ['already', 'no case'];
		expect(await routed(FRIDAY)).toEqual({ ...nothing, unchanged: [already] });
		const cases = [
			['fell-40', 'alert', 'urgent', '2026-03-09T13:00:00-04:00'],
			// a business day from Monday 9:00, the first working moment
			['fell-31', 'alert', 'normal', '2026-03-10T09:00:00-04:00'],
			['dropped', 'alert', 'normal', '2026-03-10T09:00:00-04:00'],
		];
		// what held when health was first scored is nobody's alert (P09)
		expect(await routed(MONDAY)).toEqual({ ...nothing, new: cases, unchanged: [already] });
		expect(await routed(TUESDAY)).toEqual({ ...nothing, unchanged: [already, ...cases] });
	});

	it('stands before the queue, so that its lists name owner and deadline, and calls nobody as shipped', () => {
		const find = (name: string) => triage.nodes.find((node) => node.name === name);
		expect(find('Or: escalation desk')).toMatchObject({ disabled: true });
		expect(triage.connections['Health score']).toMatchObject({
			main: [
				[{ node: 'Who has an alert' }, { node: 'Triage queue' }],
				[{ node: 'For operations' }],
			],
		});
		// n8n runs the upper of two nodes first
		const [, mine] = find('Who has an alert')?.position as number[];
		const [, queue] = find('Triage queue')?.position as number[];
		expect(mine).toBeLessThan(Number(queue));
	});
});
