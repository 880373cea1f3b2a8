import 'reflect-metadata';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { runNode, type NodeRun, type RunOptions } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const MONDAY = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const PLANS: INodeParameters = {
	plan: [
		{ name: 'Team', price: 2400, selfService: true, limits: 'seats 50; projects 10' },
		{ name: 'Business', price: 7400, selfService: true, limits: 'seats 200' },
	],
};

type Options = RunOptions & {
	day?: number;
	parameters?: INodeParameters;
	options?: INodeParameters;
	type?: INodeType;
};

async function run(input: readonly IDataObject[], how: Options = {}): Promise<NodeRun> {
	const { day = 0, parameters, options, type = new HealthScore(), ...rest } = how;
	return await runNode(type, {
		mode: 'trigger',
		settings: { timezone: 'UTC' },
		...rest,
		input,
		parameters: {
			operation: 'watchLimits',
			plans: PLANS,
			...parameters,
			options: { now: new Date(MONDAY + day * DAY).toISOString(), ...options },
		},
	});
}
const limitsOf = ({ outputs, error }: NodeRun): unknown[] => {
	expect(error).toBeUndefined();
	expect(outputs).toHaveLength(2);
	return (outputs[0] ?? []).map(({ json }) => json.limits);
};
const acme = (used: number, more: IDataObject = {}): IDataObject => ({
	accountId: 'acme',
	plan: 'Team',
	licences: { used, bought: 50 },
	...more,
});

describe('Health Score, Watch Plan Limits', () => {
	it('remembers from day to day, and says what an upgrade would be', async () => {
		expect(limitsOf(await run([acme(30)]))).toMatchObject([
			{ nearing: false, nextPlan: 'Business', uplift: 5000, selfService: true },
		]);
		expect(limitsOf(await run([acme(40)], { day: 1 }))).toMatchObject([{ nearing: false }]);
		expect(limitsOf(await run([acme(41)], { day: 2 }))).toMatchObject([
			{ nearing: true, limit: 'seats', since: '2026-03-04', share: 0.82, uplift: 5000 },
		]);
		// a second sweep of the day tells the same
		expect(limitsOf(await run([acme(41)], { day: 2.3 }))).toMatchObject([{ nearing: true }]);
	});

	it('takes a price of 0 for free where the smallest plan stands, and for unknown anywhere else', async () => {
		const priced = (first: number, second: number): INodeParameters => ({
			plans: {
				plan: [
					{ name: 'Team', price: first, selfService: true, limits: '' },
					{ name: 'Business', price: second, selfService: true, limits: 'seats 200' },
				],
			},
		});
		const upliftOf = async (parameters: INodeParameters): Promise<unknown> =>
			limitsOf(await run([acme(45)], { parameters })).map(
				(limits) => (limits as { uplift?: number }).uplift,
			);
		expect(await upliftOf(priced(0, 900))).toEqual([900]);
		expect(await upliftOf(priced(900, 0))).toEqual([undefined]);
	});

	it('says beside the uplift the currency of the price list, not of the account (P36)', async () => {
		const ofEuro = async (parameters: INodeParameters): Promise<unknown[]> =>
			limitsOf(await run([acme(45, { currency: 'EUR' })], { parameters }));
		expect(await ofEuro({ currency: ' usd ' })).toMatchObject([{ uplift: 5000, currency: 'USD' }]);
		// nobody said: then none is told
		expect((await ofEuro({}))[0]).not.toHaveProperty('currency');
	});

	it('lists at go-live who was near already, and triggers nothing for them (P09)', async () => {
		const first = await run([acme(45), { ...acme(10), accountId: 'bolt' }]);
		expect(first.outputs[1]).toMatchObject([
			{ json: { accountId: 'acme', limits: { atStart: ['seats'] } }, pairedItem: { item: 0 } },
		]);
		const again = await run([acme(45), { ...acme(45), accountId: 'bolt' }], { day: 0.5 });
		expect(again.outputs[1]).toEqual([]);
		const found = limitsOf(await run([acme(45), { ...acme(45), accountId: 'bolt' }], { day: 1 }));
		expect(found).toMatchObject([
			{ nearing: false, atStart: ['seats'] },
			{ nearing: false, atStart: [] },
		]);
		expect(
			limitsOf(await run([acme(45), { ...acme(45), accountId: 'bolt' }], { day: 2 })),
		).toMatchObject([{ nearing: false }, { nearing: true }]);
	});

	it('takes a customer who came later at its word, after two readings', async () => {
		await run([acme(10)]);
		const late = { ...acme(45), accountId: 'late', createdAt: '2026-03-03' };
		await run([late], { day: 2 });
		expect(limitsOf(await run([late], { day: 3 }))).toMatchObject([{ nearing: true }]);
	});

	it('shows at once what it does in a run from the editor, which no live run remembers', async () => {
		expect(limitsOf(await run([acme(45)], { mode: 'manual' }))).toMatchObject([{ nearing: true }]);
		const [row] = (await ledgerOf().recallHealth('dcs/plan-limits', ['acme'])).rows;
		expect(row).toBeUndefined();
		const walk = { mode: 'manual', options: { testRuns: 'continue' } } as const;
		expect(limitsOf(await run([acme(10)], { ...walk, day: 1 }))).toMatchObject([
			{ nearing: false },
		]);
		expect(limitsOf(await run([acme(45)], { ...walk, day: 2 }))).toMatchObject([
			{ nearing: false },
		]);
		expect(limitsOf(await run([acme(45)], { ...walk, day: 3 }))).toMatchObject([{ nearing: true }]);
	});

	it('keeps what a flow brings along, and everything else of the item', async () => {
		const item = acme(30, { limits: { contact: 'x' }, health: { band: 'green' } });
		const { outputs } = await run([item]);
		expect(outputs[0]).toMatchObject([
			{ json: { ...item, limits: { contact: 'x', nearing: false } }, pairedItem: { item: 0 } },
		]);
		expect(item.limits).toEqual({ contact: 'x' });
	});

	it('tells of an account without an id, remembers nothing of it and says so', async () => {
		const ran = await run([{ licences: { used: 9, bought: 10 } }]);
		expect(limitsOf(ran)).toMatchObject([{ nearing: false }]);
		expect(ran.hints.map(({ message }) => message)).toEqual([expect.stringContaining('accountId')]);
	});

	it('leaves no trace as a tool of an agent', async () => {
		class AsTool extends HealthScore {}
		const type = new AsTool();
		type.description = { ...type.description, name: 'healthScoreTool' };
		await run([acme(45)], { type });
		expect(await ledgerOf().recallHealth('dcs/plan-limits', ['acme'])).toEqual({
			sweeps: undefined,
			rows: [undefined],
		});
	});

	it.each<[INodeParameters[], string]>([
		[[{ name: '' }], 'Plan 1 has no name'],
		[[{ name: 'Team' }, { name: 'team ' }], "Plan 'team' stands in the list twice"],
		[[{ name: 'Team', limits: 'many' }], "The limits of plan 'Team' cannot be read"],
	])('refuses the plans %j', async (plan, message) => {
		const { error } = await run([acme(1)], { parameters: { plans: { plan } } });
		expect(error?.message).toBe(message);
	});

	it('is forgotten with the account', async () => {
		await run([acme(45)]);
		await ledgerOf().erase({ accountIds: ['acme'], addresses: [] });
		expect((await ledgerOf().recallHealth('dcs/plan-limits', ['acme'])).rows).toEqual([undefined]);
	});
});
