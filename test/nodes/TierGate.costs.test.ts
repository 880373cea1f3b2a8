import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

async function run(parameters: INodeParameters, input: readonly IDataObject[]): Promise<NodeRun> {
	return await runNode(new TierGate(), { input, parameters });
}

const hintsOf = ({ hints }: NodeRun): string[] => hints.map(({ message }) => message);
const jsonOf = ({ outputs }: NodeRun): IDataObject[] => outputs.flat().map(({ json }) => json);

describe('Assign Tier with its cost to serve', () => {
	const on = { costToServe: true };

	it('tells what each account may cost, and warns where its tier takes more', async () => {
		const found = await run(on, [
			{ accountId: 'logo', arr: 10_000, strategic: true },
			{ accountId: 'small', arr: 3_000 },
		]);
		expect(found.error).toBeUndefined();
		expect(found.outputs[1]?.[0]?.json.tier).toMatchObject({
			budget: { perYear: 450, hoursPerYear: 3.6, plannedHours: 0, exceeds: false },
		});
		expect(found.outputs[3]?.[0]?.json.tier).toMatchObject({
			budget: { perYear: 1_500, hoursPerYear: 12, plannedHours: 40, exceeds: true },
			reasons: [{ code: 'rule_matched' }, { code: 'budget_exceeded' }],
		});
		expect(hintsOf(found)).toEqual([
			'1 account is over budget: more human hours are planned than they pay for (High-Touch 1).',
		]);
	});

	it('is worked out from the figures of the node', async () => {
		const figures = {
			budgetShare: 20,
			csmCost: 100_000,
			csmHours: 1_000,
			plannedHours: { row: [{ tier: 'Tech-Touch', hours: 7 }] },
			options: { grossMargin: 50 },
		};
		const found = await run({ ...on, ...figures }, [{ arr: 6_000 }]);
		expect(jsonOf(found)[0]?.tier).toMatchObject({
			budget: { perYear: 600, hoursPerYear: 6, plannedHours: 7, exceeds: true },
		});
	});

	it('plans hours for an own tier that is called like a ready-made one', async () => {
		const own = {
			policy: 'own',
			rules: { rule: [{ name: 'High-Touch', output: 1, when: {} }] },
			plannedHours: { row: [{ tier: 'High-Touch', hours: 7 }] },
		};
		const found = await run({ ...on, ...own }, [{ arr: 6_000 }]);
		expect(jsonOf(found)[0]?.tier).toMatchObject({ budget: { plannedHours: 7 } });
	});

	it('asks for amounts also where the policy does not', async () => {
		const found = await run({ ...on, policy: 'byPackage', currency: 'EUR' }, [
			{ segment: 'smb', arr: 3_000 },
			{ segment: 'smb', arr: 3_000, currency: 'USD' },
		]);
		expect(found.outputs[1]?.map(({ json }) => json.tier)).toMatchObject([
			{ budget: { perYear: 450 } },
			{ reasons: [{}, { code: 'budget_unknown' }] },
		]);
	});

	it('is left out unless it is asked for', async () => {
		expect(jsonOf(await run({}, [{ arr: 3_000 }]))[0]?.tier).not.toHaveProperty('budget');
	});

	it('says which figure cannot be', async () => {
		expect((await run({ ...on, budgetShare: 0 }, [{ arr: 1 }])).error?.message).toContain(
			'budgetShare',
		);
	});
});

describe('Cost to Serve', () => {
	const operation = 'costToServe';
	const tier = (id: string, name: string, more: IDataObject = {}): IDataObject => ({
		tier: id,
		name,
		...more,
	});
	const input: IDataObject[] = [
		...Array.from({ length: 30 }, () => ({ arr: 50_000, tier: tier('highTouch', 'High-Touch') })),
		{ arr: 3_000, tier: tier('techTouch', 'Tech-Touch') },
		// elevated for a while: it counts where it goes back to
		{
			arr: 1_500,
			currency: 'EUR',
			tier: tier('highTouch', 'High-Touch', { base: tier('techTouch', 'Tech-Touch') }),
		},
		{ arr: 9_000, tier: { tier: null, name: 'Undecided' } },
	];
	const rates = { rate: [{ currency: 'EUR', rate: 2 }] };

	it('gives one item per tier and one for all, each paired with its accounts', async () => {
		const found = await run({ operation, rates }, input);
		expect(found.error).toBeUndefined();
		expect(jsonOf(found)).toMatchObject([
			{
				tier: 'highTouch',
				accounts: 30,
				arr: 1_500_000,
				plannedCost: 150_000,
				costShare: 0.1,
				headcount: 1,
			},
			{ tier: 'techTouch', accounts: 2, arr: 6_000, budget: 900, plannedCost: 0, headcount: 0 },
			{ tier: null, accounts: 1, arr: 9_000, plannedCost: null },
			{
				tier: 'all',
				name: 'All Tiers',
				accounts: 33,
				arr: 1_515_000,
				currency: 'USD',
				headcount: 1,
			},
		]);
		expect(found.outputs[0]?.map(({ pairedItem }) => pairedItem)).toMatchObject([
			Array.from({ length: 30 }, (_none, item) => ({ item })),
			[{ item: 30 }, { item: 31 }],
			[{ item: 32 }],
			input.map((_item, item) => ({ item })),
		]);
		expect(hintsOf(found)).toEqual([
			'High-Touch: A success manager looks after 1,500,000 of ARR here; 2,000,000 is the aim.',
			'All Tiers: A success manager looks after 33 accounts over all tiers; 200 to 500 is the aim.',
		]);
	});

	it('judges by the figures of the node', async () => {
		const figures = { bookTarget: 1_500_000, options: { accountsFrom: 20, accountsTo: 40 } };
		expect(hintsOf(await run({ operation, rates, ...figures }, input))).toEqual([]);
	});

	it('says which node is missing where no item has a tier', async () => {
		expect(hintsOf(await run({ operation }, [{ arr: 1 }]))).toEqual([
			'No item has a tier: put a Tier Gate with Assign Tier before this one.',
		]);
	});
});
