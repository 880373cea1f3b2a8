import 'reflect-metadata';
import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { connectionsOf, runNode, runWorkflow, type WorkflowRun } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const NOW = '2026-03-02T09:00:00Z';
const LEDGER = 'n8n-nodes-digital-cs.journeyLedger';

const tiers = async (count: number, tier = 'Digital'): Promise<void> => {
	await ledgerOf().rememberTiers(
		Array.from({ length: count }, (_none, index) => ({
			accountId: String(10_000 + index),
			tier,
		})),
		Date.parse(NOW),
	);
};

type Call = { body: { inputs: { id: string; properties: IDataObject }[] } };
const isCall = (value: unknown): value is Call =>
	typeof value === 'object' && value !== null && 'body' in value;

/** Export for CRM → what the CRM answers, a value for each call → Confirm CRM Export. */
async function writeBack(
	answers: readonly IDataObject[] | undefined,
	parameters: INodeParameters = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<WorkflowRun> {
	const options = { now: NOW };
	const crm = { name: 'CRM', type: 'test.crm', parameters: {} };
	return await runWorkflow({
		mode,
		settings: { timezone: 'UTC' },
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				name: 'Export',
				type: LEDGER,
				parameters: { operation: 'exportForCrm', ...parameters, options },
			},
			crm,
			{ name: 'Confirm', type: LEDGER, parameters: { operation: 'confirmCrmExport', options } },
		],
		connections: connectionsOf([
			{ from: 'Start', to: 'Export' },
			{ from: 'Export', to: 'CRM' },
			{ from: 'CRM', to: 'Confirm' },
		]),
		nodeTypes: {
			[LEDGER]: new JourneyLedger(),
			'test.crm': {
				description: {
					displayName: 'CRM',
					name: 'crm',
					group: ['transform'],
					version: 1,
					description: '',
					defaults: { name: 'CRM' },
					inputs: ['main'],
					outputs: ['main'],
					properties: [],
				},
				async execute() {
					const all = this.getInputData().map(({ json }, index) => ({
						json: answers?.[index] ?? complete(json),
						pairedItem: { item: index },
					}));
					return await Promise.resolve([all]);
				},
			},
		},
	});
}

function complete({ crm }: IDataObject): IDataObject {
	const inputs = isCall(crm) ? crm.body.inputs : [];
	return {
		statusCode: 200,
		body: { status: 'COMPLETE', results: inputs.map(({ id }) => ({ id })) },
	};
}

const calls = (run: WorkflowRun): Call['body']['inputs'][] => {
	expect(run.error).toBeUndefined();
	return (run.node('Export').outputs[0] ?? []).map(({ json }) =>
		isCall(json.crm) ? json.crm.body.inputs : [],
	);
};

describe('Journey Ledger, Export for CRM', () => {
	it('makes a call of each hundred changed records, and tells none of them twice', async () => {
		await tiers(250);
		const first = await writeBack(undefined);
		expect(calls(first).map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(calls(first)[0]?.[0]).toMatchObject({
			id: '10000',
			properties: { digital_cs_tier: 'Digital', digital_cs_open_case: '' },
		});
		expect(first.node('Confirm').outputs[0]).toMatchObject([
			{ json: { ledger: { confirmed: 100, refused: 0 } } },
			{ json: { ledger: { confirmed: 100 } } },
			{ json: { ledger: { confirmed: 50 } } },
		]);
		const second = await writeBack(undefined);
		expect(calls(second)).toEqual([]);
		await tiers(3, 'Pooled');
		expect(
			calls(await writeBack(undefined))
				.flat()
				.map(({ id }) => id),
		).toEqual(['10000', '10001', '10002']);
	});

	it('tells again what was not confirmed, because a crash or the CRM kept it from being written', async () => {
		await tiers(3);
		const refused = await writeBack([
			{
				statusCode: 207,
				body: {
					status: 'COMPLETE',
					results: [{ id: '10000' }],
					numErrors: 1,
					errors: [{ category: 'OBJECT_NOT_FOUND', message: 'Ann is not here' }],
				},
			},
		]);
		expect(refused.node('Confirm').outputs[1]).toMatchObject([
			{ json: { accountId: '10001', ledger: { reasons: [{ code: 'OBJECT_NOT_FOUND' }] } } },
			{ json: { accountId: '10002' } },
		]);
		expect(JSON.stringify(refused.node('Confirm').outputs[1])).not.toContain('Ann');
		const next = await writeBack(undefined);
		expect(
			calls(next)
				.flat()
				.map(({ id }) => id),
		).toEqual(['10001', '10002']);
	});

	it('begins behind the last account of the run before, so that refused records keep nobody waiting', async () => {
		await tiers(5);
		const none = [{ statusCode: 200, body: {} }];
		const two = { accountsPerRun: 2 };
		const ids = async () =>
			calls(await writeBack(none, two))
				.flat()
				.map(({ id }) => id);
		expect([await ids(), await ids(), await ids()]).toEqual([
			['10000', '10001'],
			['10002', '10003'],
			['10004', '10000'],
		]);
	});

	it('writes by an ID of your own, and for Salesforce two hundred at a time', async () => {
		await tiers(201);
		const own = await writeBack(undefined, { idProperty: 'customer_id', accountsPerRun: 1 });
		expect(calls(own)[0]?.[0]).toMatchObject({ id: '10000', idProperty: 'customer_id' });
		const { node } = await writeBack(undefined, { crm: 'salesforce' });
		expect(
			node('Export').outputs[0]?.map(({ json }) =>
				Object.keys((json.crm as { body: object }).body),
			),
		).toEqual([
			['allOrNone', 'records'],
			['allOrNone', 'records'],
		]);
	});

	it('shows three records in a run from the editor, and remembers nothing of it', async () => {
		await tiers(5);
		const run = await writeBack(undefined, {}, 'manual');
		expect(calls(run).flat()).toHaveLength(3);
		expect(run.node('Export').hints[0]?.message).toMatch(/^Test run/);
		expect(calls(await writeBack(undefined)).flat()).toHaveLength(5);
	});

	it('confirms nothing when the call is disabled and lets the batch through', async () => {
		await tiers(2);
		const { outputs } = await runNode(new JourneyLedger(), {
			mode: 'trigger',
			input: [
				{
					crm: { target: 'hubspot', body: {}, accounts: [{ accountId: '10000', told: '[]' }] },
				},
			],
			parameters: { operation: 'confirmCrmExport' },
		});
		expect(outputs).toMatchObject([
			[],
			[{ json: { ledger: { reasons: [{ code: 'notCalled' }] } } }],
		]);
	});

	it('says so when a confirmation finds no batch', async () => {
		const { outputs } = await runNode(new JourneyLedger(), {
			mode: 'trigger',
			input: [{ status: 'COMPLETE' }],
			parameters: { operation: 'confirmCrmExport' },
		});
		expect(outputs[1]).toMatchObject([{ json: { ledger: { reasons: [{ code: 'noBatch' }] } } }]);
	});
});

describe('Tier Gate', () => {
	it('remembers the tier of each account for the CRM, but not where an agent only asks', async () => {
		const input = [
			{ accountId: 'a', arr: 5_000 },
			{ accountId: 'b', arr: 30_000 },
			{ accountId: 'c' },
		];
		const parameters = { operation: 'assignTier', policy: 'coverageEconomics' };
		class AsTool extends TierGate {}
		const tool = new AsTool();
		tool.description = { ...tool.description, name: 'tierGateTool' };
		const shown = async () =>
			(await ledgerOf().crmFacts('hubspot', ['a', 'b', 'c'])).map(({ tier }) => tier);
		await runNode(tool, { mode: 'trigger', input, parameters });
		expect(await shown()).toEqual([undefined, undefined, undefined]);
		const { error } = await runNode(new TierGate(), { mode: 'trigger', input, parameters });
		expect(error).toBeUndefined();
		expect(await shown()).toEqual(['Tech-Touch', 'Pooled', undefined]);
	});
});
