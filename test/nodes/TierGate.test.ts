import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';

beforeAll(freshUserFolder);
afterAll(closeLedgers);

const accounts = [
	{ accountId: 'small', arr: 9_000 },
	{ accountId: 'none' },
	{ accountId: 'big', arr: 80_000 },
	{ accountId: 'mid', arr: 10_000, currency: 'EUR' },
];

async function run(
	parameters: INodeParameters,
	input: readonly IDataObject[] = accounts,
): Promise<NodeRun> {
	return await runNode(new TierGate(), { input, parameters });
}

const idsOf = ({ outputs }: NodeRun): unknown[] =>
	outputs.map((items) => items.map(({ json }) => json.accountId));
const hintsOf = ({ hints }: NodeRun): string[] => hints.map(({ message }) => message);
const rule = (name: string, output: number, when: INodeParameters = {}): INodeParameters => ({
	name,
	output,
	when,
});

describe('Assign Tier', () => {
	it('sends each account to the output with its tier’s number, and whom it cannot place to the first', async () => {
		const result = await run({});
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual([['none', 'mid'], ['small'], [], ['big']]);
		const [big] = result.outputs[3] ?? [];
		expect(big?.pairedItem).toEqual({ item: 2 });
		expect(big?.json).toMatchObject({
			arr: 80_000,
			tier: {
				tier: 'highTouch',
				name: 'High-Touch',
				output: 3,
				policy: { id: 'coverage-economics' },
			},
		});
		expect(hintsOf(result)).toEqual([
			`2 accounts are undecided: 1 has no ARR (field 'arr'); 1 has an ARR in a currency without a rate to USD ("EUR").`,
		]);
	});

	it('counts whom it cannot place by what they lack, whatever the value, and tells the total', async () => {
		const input: IDataObject[] = [
			...['1k', '22k', '333k', '-1', 'much', '4444k', '1,000'].map((arr) => ({ arr })),
			...['EUR', 'GBP', 'euro'].map((currency) => ({ arr: 1, currency })),
			{},
			{ arr: 5 },
		];
		expect(hintsOf(await run({}, input))).toEqual([
			`11 accounts are undecided: 7 have an ARR that is not an amount of 0 or more (field 'arr'); 3 have an ARR in a currency without a rate to USD ("EUR", "GBP", a text of 4 characters); 1 has no ARR (field 'arr').`,
		]);
		const rules = { rule: [rule('Pro', 1, { plans: 'pro' })] };
		expect(hintsOf(await run({ policy: 'own', rules }, [{ plan: 'x' }, { plan: 'y' }]))).toEqual([
			'2 accounts are undecided: 2 have no rule that fits.',
		]);
	});

	it('reads words and amounts as people write them, and tells in how many accounts it cannot', async () => {
		const input: IDataObject[] = [
			{ accountId: 'logo', arr: '500', strategic: 'YES' },
			{ accountId: 'new', arr: '9000', lifecycleStage: ' Onboarding' },
			{ accountId: 'odd', arr: '32400', strategic: 'perhaps' },
			{ accountId: 'both', arr: 1, strategic: 'perhaps', lifecycleStage: 'trial' },
		];
		const found = await run({ policy: 'coverageEconomics', humanOnboarding: true }, input);
		expect(idsOf(found)).toEqual([[], ['both'], ['odd'], ['logo', 'new']]);
		expect(found.outputs[2]?.[0]?.json.tier).toMatchObject({
			reasons: [{ code: 'rule_matched' }, { code: 'field_invalid', field: 'strategic' }],
		});
		expect(hintsOf(found)).toEqual([
			"Field 'strategic' is neither yes nor no in 2 accounts: no rule that asks for it fits.",
			"Field 'lifecycleStage' is none of onboarding, adopting, established, renewing, churned in 1 account: no rule that asks for it fits.",
		]);
	});

	it('compares amounts by the exchange rates', async () => {
		const rates = { rate: [{ currency: 'eur', rate: 1.1 }] };
		expect(idsOf(await run({ rates }))).toEqual([['none'], ['small'], ['mid'], ['big']]);
	});

	it.each([
		['costToServe', [['none', 'mid'], [], ['small'], ['big']]],
		['digitalFirst', [['none', 'mid'], ['small'], [], ['big']]],
		['byPackage', [['small', 'none', 'big', 'mid'], [], [], []]],
	])('by the preset %s keeps the wires where they are', async (policy, ids) => {
		expect(idsOf(await run({ policy }))).toEqual(ids);
	});

	it('by own rules takes the first that fits, and lets several share an output', async () => {
		const rules = {
			rule: [
				rule('Key account', 4, { arrFrom: 50_000 }),
				rule('Small', 2, { arrTo: 9_000 }),
				rule('Rest', 2, { plans: 'pro, team' }),
			],
		};
		const input = [...accounts, { accountId: 'pro', arr: 20_000, plan: 'Pro' }];
		const result = await run({ policy: 'own', rules, currency: 'EUR' }, input);
		expect(idsOf(result)).toEqual([['none', 'mid'], [], ['small', 'pro'], [], ['big']]);
		expect(result.outputs[2]?.[0]?.json.tier).toMatchObject({
			tier: 'small',
			name: 'Small',
			output: 2,
			reasons: [{ text: 'The rule asks that ARR is at most 9,000: Small' }],
		});
	});

	it.each<[INodeParameters, IDataObject, IDataObject]>([
		[{ openOpportunity: true }, { openOpportunity: true }, { openOpportunity: false }],
		[{ openOpportunity: false }, {}, { openOpportunity: true }],
		[{ strategic: true }, { strategic: true }, {}],
		[{ complexity: 'complex' }, { complexity: 'complex' }, { complexity: 'simple' }],
		[{ stages: ['renewing'] }, { lifecycleStage: 'renewing' }, { lifecycleStage: 'adopting' }],
		[{ bands: ['red', 'unknown'] }, { health: { band: 'red' } }, { health: { band: 'green' } }],
		[{ segments: 'smb' }, { segment: 'SMB' }, {}],
		[{ plans: 'a, b' }, { plan: 'B' }, { plan: 'c' }],
		[{ arrFrom: 1, arrTo: 2 }, { arr: 2 }, { arr: 2.01 }],
	])('by an own rule that asks for %j takes %j and not %j', async (when, fits, other) => {
		const rules = { rule: [rule('It', 1, when), rule('Rest', 2)] };
		const input = [
			{ accountId: 'fits', ...fits },
			{ accountId: 'other', ...other },
		];
		expect(idsOf(await run({ policy: 'own', rules }, input))).toEqual([[], ['fits'], ['other']]);
	});

	it.each<[string, INodeParameters]>([
		["Rule 2 'Mid' has no output number", { rules: { rule: [rule('Top', 1), rule('Mid', 0)] } }],
		["Rule 1 'Top' has no output number", { rules: { rule: [rule('Top', 21)] } }],
		['Rule 1 has no tier name', { rules: { rule: [rule(' ', 1)] } }],
		['There is no rule', { rules: {} }],
		[
			"The rules cannot be used: 'Top' has the outputs 1 and 2",
			{ rules: { rule: [rule('Top', 1), rule('Top', 2)] } },
		],
		[
			"'Tiers, Most Human Time First' names 'Gold', which no rule leads to",
			{ rules: { rule: [rule('Top', 1), rule('Mid', 2)] }, tierOrder: 'Top, Gold' },
		],
		[
			"'Tiers, Most Human Time First' leaves out 'Mid'",
			{ rules: { rule: [rule('Top', 1), rule('Mid', 2)] }, tierOrder: 'Top' },
		],
		[
			"'Tiers, Most Human Time First' names 'Top' twice",
			{ rules: { rule: [rule('Top', 1), rule('Mid', 2)] }, tierOrder: 'Top, Mid, top' },
		],
		['Currency is not a currency code', { policy: 'costToServe', currency: 'dollars' }],
		['Exchange rate 1 (EUR) is not above 0', { rates: { rate: [{ currency: 'EUR', rate: 0 }] } }],
		["'High-Touch Above' is 5", { policy: 'coverageEconomics', highTouchAbove: 5 }],
		["'Digital Under' is 30000", { policy: 'digitalFirst', digitalUnder: 30_000 }],
	])('says before anything runs: %s', async (message, parameters) => {
		const { error, outputs } = await run({ policy: 'own', ...parameters });
		expect(error?.message).toContain(message);
		expect(outputs).toEqual([]);
	});
});

describe('Gate Motion', () => {
	const options = { now: '2026-03-01T12:00:00Z' };
	const gate = { operation: 'gateMotion', motion: 'education', options };

	it('holds on the first output and passes on the second, and keeps what Assign Tier found', async () => {
		const input = [
			{ accountId: 'a', tier: { tier: 'pooled', name: 'Pooled' } },
			{ accountId: 'b', tier: { tier: 'highTouch' }, pausedUntil: '2026-03-09' },
			{ accountId: 'c', tier: { tier: 'mid-touch' } },
		];
		const result = await run({ ...gate, tiers: ['pooled'], otherTiers: 'Mid Touch' }, input);
		expect(idsOf(result)).toEqual([['b'], ['a', 'c']]);
		expect(result.outputs[1]?.[0]).toMatchObject({
			pairedItem: { item: 0 },
			json: { tier: { tier: 'pooled', name: 'Pooled', gate: { decision: 'pass' } } },
		});
		expect(result.outputs[0]?.[0]?.json.tier).toMatchObject({
			tier: 'highTouch',
			gate: {
				motion: 'education',
				decision: 'hold',
				lookAgainAt: '2026-03-09T00:00:00.000Z',
				reasons: [{ code: 'paused' }, { code: 'tier_not_allowed' }],
			},
		});
	});

	it.each(['High-Touch', 'highTouch', 'high touch'])(
		'lets the ready-made tier pass that Other Tiers calls %s',
		async (otherTiers) => {
			const input = [
				{ accountId: 'a', tier: { tier: 'highTouch', name: 'High-Touch' } },
				{ accountId: 'b', tier: { tier: 'pooled', name: 'Pooled' } },
			];
			expect(idsOf(await run({ ...gate, otherTiers }, input))).toEqual([['b'], ['a']]);
		},
	);

	it('asks for consent where it is told to, in the field it is told', async () => {
		const contact = { email: 'ada@example.com', gdpr: 'yes', gdprAt: '2020-01-01' };
		const input = [
			{ accountId: 'a', contacts: [contact] },
			{ accountId: 'b', contacts: [{ ...contact, gdpr: 'no' }] },
			{ accountId: 'c', contacts: [{ ...contact, gdpr: '', marketingConsent: true }] },
		];
		expect(idsOf(await run(gate, input))).toEqual([[], ['a', 'b', 'c']]);
		const asks = { ...gate, consentRequired: true };
		expect(idsOf(await run(asks, input))).toEqual([['a', 'b'], ['c']]);
		const own = { ...options, consentField: 'gdpr' };
		expect(idsOf(await run({ ...asks, options: own }, input))).toEqual([['b', 'c'], ['a']]);
		const young = { ...own, consentDateField: 'gdprAt', consentValidDays: 365 };
		expect(idsOf(await run({ ...asks, options: young }, input))).toEqual([['a', 'b', 'c'], []]);
	});

	it('leaves its input as it was', async () => {
		const account = Object.freeze({ accountId: 'a', tier: Object.freeze({ tier: 'pooled' }) });
		expect((await run(gate, [account])).error).toBeUndefined();
		expect(account).toEqual({ accountId: 'a', tier: { tier: 'pooled' } });
	});

	it('says which node is missing when every account is held for want of it', async () => {
		const result = await run({ ...gate, tiers: ['pooled'], bands: ['green'] });
		expect(idsOf(result)).toEqual([['small', 'none', 'big', 'mid'], []]);
		expect(hintsOf(result)).toEqual([
			'No item has a tier: put a Tier Gate with Assign Tier before this gate.',
			'No item has a health score: put a Health Score node before this gate.',
		]);
	});

	it('asks for the name of the motion', async () => {
		expect((await run({ ...gate, motion: ' ' })).error?.message).toContain('name the motion');
	});
});
