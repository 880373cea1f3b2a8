import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { signalSchema } from '../../engine/health/model';
import { b2bSaas, fewData, productLed } from '../../engine/health/presets';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { rowOf, signalOf } from '../../nodes/HealthScore/signalRows';
import { runNode, type NodeRun } from '../harness/runWorkflow';

const now = '2026-02-01T00:00:00Z';

const account = {
	accountId: 'a',
	name: 'Olive Optics',
	usage: { adoption: 0.6, events: 100, previousEvents: 100, lastActiveAt: '2026-01-31' },
	support: { openP1: 0, openTickets: 0 },
	sentiment: { nps: 50, csat: 4.5 },
	licences: { used: 4, bought: 20 },
};

const b2bModel = { id: 'b2b-saas', version: '1' };

async function run(
	input: readonly IDataObject[],
	parameters: INodeParameters = {},
): Promise<NodeRun> {
	return await runNode(new HealthScore(), {
		input,
		parameters: { remember: false, options: { now }, ...parameters },
	});
}

const healthOf = ({ outputs }: NodeRun): unknown[] =>
	(outputs[0] ?? []).map(({ json }) => json.health);
const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;
const hintsOf = ({ hints }: NodeRun): string[] => hints.map(({ message }) => message);

describe('Health Score', () => {
	it('keeps the account and adds its health, paired with its item, with the reason in a sentence', async () => {
		const result = await run([account]);
		expect(result.error).toBeUndefined();
		expect(result.outputs).toHaveLength(2);
		expect(result.outputs[1]).toEqual([]);
		const [item] = result.outputs[0] ?? [];
		expect(item?.pairedItem).toEqual({ item: 0 });
		expect(item?.json).toMatchObject(account);
		// all of 80, and nothing of the 20 for licence use, whose line begins at 20 %
		expect(item?.json.health).toMatchObject({
			score: 80,
			band: 'green',
			coverage: 1,
			model: { id: 'b2b-saas', version: '1' },
			reasons: [{ text: 'License use is 20 %, which earns 0 of 20 points' }],
			missing: [],
		});
		expect(hintsOf(result)).toEqual([]);
	});

	it('lets no item stop the others, whatever it holds', async () => {
		const odd = [
			{},
			{ usage: 'much', support: null, sentiment: [], licences: 7 },
			{ usage: { adoption: { deep: true }, lastActiveAt: 'soon' } },
			{ health: { score: 12 } },
		];
		const result = await run([...odd, account]);
		expect(result.error).toBeUndefined();
		expect(healthOf(result)).toMatchObject([
			...odd.map(() => ({ score: null, band: 'unknown', coverage: 0 })),
			{ score: 80 },
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	it('tells in the editor which signal no item has, and which hold something impossible', async () => {
		const result = await run([
			{ ...account, sentiment: { csat: 9 } },
			{ ...account, sentiment: {} },
		]);
		expect(hintsOf(result)).toEqual([
			"Signal 'NPS' reads sentiment.nps, which no item has",
			"Signal 'CSAT' (sentiment.csat) holds something impossible in 1 item, where it was left out",
		]);
	});

	it('moves bands and floor by its options, and then calls the model by another version', async () => {
		const result = await run([account], {
			options: { now, greenFrom: 81, yellowFrom: 50, coverageFloor: 90 },
		});
		expect(healthOf(result)).toMatchObject([{ score: 80, band: 'yellow' }]);
		expect(healthOf(result)).not.toMatchObject([{ model: { version: '1' } }]);
	});

	it('begins own signals as the B2B preset, score for score', async () => {
		const [own] = healthOf(await run([account], { model: 'own' }));
		const [preset] = healthOf(await run([account]));
		const { model, ...health } = isObject(own) ? own : {};
		expect(model).toMatchObject({ id: 'own' });
		expect(isObject(preset) ? preset : {}).toEqual({ ...health, model: b2bModel });
	});

	it('scores by own signals of every curve', async () => {
		const signal: INodeParameters[] = [
			{ label: 'Logo wall', field: 'wall', weight: 20, curve: 'yesNo', goodAnswer: 'no' },
			{ label: 'P1', field: 'p1', weight: 20, curve: 'bands', steps: '0: 100, 1: 60, 3: 0' },
			{ label: 'Last call', field: 'call', weight: 20, curve: 'recency', from: 30, to: 0 },
			{
				label: 'Seats',
				field: 'seats["in use"]',
				weight: 40,
				curve: 'linear',
				from: 0,
				to: 1,
				more: { of: 'seats.all', ofAtLeast: 2 },
			},
		];
		const input = [{ wall: 'no', p1: 2, call: '2026-01-17', seats: { 'in use': 1, all: 4 } }];
		const [health] = healthOf(await run(input, { model: 'own', signals: { signal } }));
		expect(health).toMatchObject({
			score: 52,
			signals: ['lastCall', 'logoWall', 'p1', 'seats'],
			contributions: [10, 20, 12, 10],
		});
	});

	it('fills in what a row of any curve leaves out, and caps by label or id', async () => {
		const row = (label: string, curve: string, more: INodeParameters = {}): INodeParameters => ({
			label,
			field: label,
			weight: 10,
			curve,
			...more,
		});
		const signal = [
			row('sat', 'csat', { csatScale: 10 }),
			row('promoter', 'nps', { npsScale: 'answer' }),
			row('visit', 'halfLife', { halfLife: 10 }),
			row('mood', 'categories'),
			row('seats', 'licenceUse', { more: { of: 'bought' } }),
			row('events', 'weekChange', { more: { of: 'before' } }),
			row('users', 'baseline', { more: { of: 'usual', unit: 'users' } }),
			row('stage', 'categories', { weight: 0, categories: 'leaving: 0, staying: 0' }),
		];
		const cap = [
			{ signal: 'stage', when: 'is', value: 'leaving', atMost: 45 },
			{ signal: 'visit', when: 'atLeast', value: '30', atMost: 5 },
		];
		const input = {
			sat: 5.5, // half of the way: (5.5 − 1) / 9 = 0.5, and 0.25 earns nothing, 0.875 all
			promoter: 8,
			visit: '2026-01-22',
			mood: 'Medium',
			seats: 5,
			bought: 10,
			events: 80,
			before: 100,
			users: 80,
			usual: 100,
			stage: 'leaving',
		};
		const run1 = await run([input], { model: 'own', signals: { signal }, caps: { cap } });
		const [health] = healthOf(run1);
		const each = 100 / 7;
		expect(health).toMatchObject({ score: 45, coverage: 1 });
		const { signals, contributions } = isObject(health) ? health : {};
		const earned = new Map(
			(Array.isArray(signals) ? signals : []).map((id, place): [unknown, unknown] => [
				id,
				Array.isArray(contributions) ? contributions[place] : undefined,
			]),
		);
		expect(earned.get('sat')).toBeCloseTo(each * 0.4, 9);
		for (const id of ['promoter', 'visit', 'mood', 'seats', 'events', 'users']) {
			expect(earned.get(id)).toBeCloseTo(each / 2, 9);
		}
		expect(earned.get('cap:stage')).toBeCloseTo(45 - each * 3.4, 9);
	});

	it.each([b2bSaas, fewData, productLed])('shows every signal of $label as a row', (model) => {
		expect(signalSchema.array().parse(model.signals.map(rowOf).map(signalOf))).toEqual(
			model.signals,
		);
	});

	it('counts what is missing, too old and impossible by policies of their own', async () => {
		const signal = [
			{ label: 'A', field: 'a', weight: 30, curve: 'linear' },
			{
				label: 'B',
				field: 'b',
				weight: 10,
				curve: 'linear',
				missing: 'worst',
				more: { invalid: 'neutral', stale: 'fail', asOf: 'asOf' },
			},
		];
		const input = [{ a: 80 }, { a: 80, b: 'x' }, { a: 80, b: 1, asOf: '2025-01-01' }];
		const result = await run(input, { model: 'own', signals: { signal } });
		expect(healthOf(result)).toMatchObject([{ score: 60 }, { score: 73 }, { score: null }]);
		expect(hintsOf(result)).toEqual([
			"Signal 'B' (b) holds something impossible in 1 item, where it counted as average",
			"Signal 'B' (b) is older than 14 days in 1 item, which got no score",
		]);
	});

	it('says which signals need a memory', async () => {
		const result = await run([account], { model: 'productLed' });
		expect(healthOf(result)).toMatchObject([{ coverage: 0.75, missing: ['weeklyUsers'] }]);
		expect(hintsOf(result)).toEqual([
			"Signal 'Weekly users against their own mean' compares usage.activeUsers with what memory knows, which no item has",
		]);
	});

	it("lets a success manager's judgment stand in place of the score until it ends", async () => {
		const judgment = { band: 'red', until: '2026-03-31', by: 'Ada' };
		const options = { now, judgementField: 'judgment' };
		const result = await run([{ ...account, judgment }, account], { options });
		expect(healthOf(result)).toMatchObject([
			{
				score: 59,
				band: 'red',
				reasons: [{ text: 'Judged red by Ada until 2026-03-31; the model says 80' }, {}],
			},
			{ score: 80 },
		]);
	});

	it('tells in the editor which judgments cannot be read, and which As Of is none', async () => {
		const until = '2026-03-31';
		const options = { now, judgementField: 'judgment' };
		const dated = (asOf: string): IDataObject => ({
			...account,
			usage: { ...account.usage, asOf },
		});
		const result = await run(
			[
				{ ...dated('2026-01-31'), judgment: { band: 'Red', until } },
				{ ...dated('2027-01-31'), judgment: { band: 'amber', until } },
				{ ...dated('2026-01-31'), judgment: { band: 'blue', until } },
			],
			{ options },
		);
		expect(healthOf(result)).toMatchObject([{ band: 'red' }, {}, { band: 'green' }]);
		const hints = hintsOf(result);
		expect(hints).toContain(
			'usage.asOf is not a date up to today in 1 item: what is of that date is taken for impossible',
		);
		expect(hints).toContain(
			'The judgment in judgment does not count: its band is not green, yellow or red, in 2 items',
		);
	});

	it('says once of a signal that must be known that no item has it', async () => {
		const signal = [
			{ label: 'A', field: 'a', weight: 1, curve: 'linear', from: 0, to: 100 },
			{ label: 'B', field: 'b', weight: 1, curve: 'yesNo', missing: 'fail' },
		];
		const parameters = { model: 'own', signals: { signal } };
		expect(hintsOf(await run([{ a: 80 }, { a: 80 }], parameters))).toEqual([
			"Signal 'B' reads b, which no item has",
		]);
		expect(hintsOf(await run([{ a: 80 }, { a: 80, b: 'yes' }], parameters))).toEqual([
			"Signal 'B' (b) must be known and is missing in 1 item, which got no score",
		]);
	});

	it('reads a field that was dragged in as an expression by its path, not by what the first item holds', async () => {
		const signal: INodeParameters[] = [
			{
				...{ label: 'Share', field: '={{ $json.seats.used }}', weight: 1 },
				...{ curve: 'linear', from: 0, to: 1 },
				more: { of: '={{ $json["seats"]["all of them"] }}', asOf: '={{$json.asOf}}' },
			},
			// what any other expression says is the field
			{ label: 'B', field: '={{ "b" }}', weight: 1, curve: 'linear', from: 0, to: 1 },
		];
		const options = { now, judgementField: '={{ $json.judgment }}' };
		const item = { seats: { used: 5, 'all of them': 10 }, asOf: '2026-01-31', b: 1 };
		const judgment = { score: 1, until: '2026-03-31' };
		const input = [item, { ...item, asOf: '2025-01-31' }, { ...item, judgment }];
		const result = await run(input, { model: 'own', signals: { signal }, options });
		expect(healthOf(result)).toMatchObject([
			{ score: 75 },
			{ score: 100, stale: ['share'] },
			{ score: 1 },
		]);
		expect(hintsOf(result)).toEqual([
			"Signal 'Share' (seats.used) is older than 14 days in 1 item, where it was left out",
		]);
	});

	it('tells what would reach the next band', async () => {
		const [health] = healthOf(
			await run([{ ...account, sentiment: { nps: -50, csat: 2 } }], { model: 'b2bSaas' }),
		);
		expect(health).toMatchObject({
			score: 60,
			nextBand: { text: 'Green with 9 more licenses in use' },
		});
	});

	it('shows its model as JSON, which scores the same when it is pasted back', async () => {
		const shown = await run([account, account], { options: { now, showModel: true } });
		const [first, second] = shown.outputs[0] ?? [];
		expect(second?.json).not.toHaveProperty('healthModel');
		const modelJson = JSON.stringify(first?.json.healthModel);
		const again = await run([account, account], { model: 'json', modelJson });
		expect(healthOf(again)).toEqual(healthOf(shown));
	});

	it('takes the same signals for the same version, and other weights for another', async () => {
		const versionWith = async (weight: number): Promise<unknown> => {
			const signal = [{ label: 'A', field: 'a', weight, curve: 'linear', from: 0, to: 1 }];
			const [health] = healthOf(await run([{}], { model: 'own', signals: { signal } }));
			return JSON.stringify(isObject(health) ? health.model : undefined);
		};
		expect(await versionWith(1)).toBe(await versionWith(1));
		expect(await versionWith(1)).not.toBe(await versionWith(2));
	});

	it('scores by a model in JSON', async () => {
		const modelJson = JSON.stringify({ ...fewData, version: '7' });
		const result = await run([account], { model: 'json', modelJson });
		expect(healthOf(result)).toMatchObject([{ model: { id: 'few-data', version: '7' } }]);
	});

	const line = { curve: 'linear', from: 0, to: 1 };
	it.each<[string, INodeParameters]>([
		["'Model' is not valid JSON", { model: 'json', modelJson: '{' }],
		["'Model' is not a JSON object", { model: 'json', modelJson: '[]' }],
		['has no signal', { model: 'own', signals: {} }],
		[
			"Signal 2 'NPS', weight: ",
			{
				model: 'json',
				modelJson: JSON.stringify({
					id: 'm',
					signals: [
						{ id: 'a', label: 'A', field: 'a', weight: 1, curve: { type: 'yesNo' } },
						{ id: 'n', label: 'NPS', field: 'n', weight: 'much', curve: { type: 'nps' } },
					],
				}),
			},
		],
		[
			"Cap 1, signal: there is no signal 'Sing-in'",
			{
				model: 'own',
				signals: { signal: [{ curve: 'yesNo', label: 'A', field: 'a', weight: 1 }] },
				caps: { cap: [{ signal: 'Sing-in', when: 'atLeast', value: '30', atMost: 40 }] },
			},
		],
		[
			"Signal 1 'A', of: is missing: say which field holds the seats bought",
			{
				model: 'own',
				signals: { signal: [{ curve: 'licenceUse', label: 'A', field: 'a', weight: 1 }] },
			},
		],
		[
			"Signal 1 'A', weight: is below 0",
			{ model: 'own', signals: { signal: [{ ...line, label: 'A', field: 'a', weight: -1 }] } },
		],
		[
			"Signal 1 'A', curve, type: must be one of bands, baseline,",
			{
				model: 'json',
				modelJson: JSON.stringify({
					id: 'm',
					signals: [{ id: 'a', label: 'A', field: 'a', weight: 1, curve: { type: 'liner' } }],
				}),
			},
		],
		[
			'Signal 1 \'A\', curve: "From" and "To" are the same',
			{
				model: 'own',
				signals: {
					signal: [{ label: 'A', field: 'a', weight: 1, curve: 'linear', from: 1, to: 1 }],
				},
			},
		],
		[
			"Signal 1 'A', curve, step 1: is not two numbers such as 0: 100",
			{
				model: 'own',
				signals: { signal: [{ label: 'A', field: 'a', weight: 1, curve: 'bands', steps: 'high' }] },
			},
		],
		[
			"'a[' is not a field path",
			{ model: 'own', signals: { signal: [{ ...line, label: 'A', field: 'a[', weight: 1 }] } },
		],
		["'Now' option", { options: { now: 'noon' } }],
	])('refuses to score at all with a sentence: %s', async (message, parameters) => {
		const { error, outputs } = await run([account], parameters);
		expect(error?.message).toContain(message);
		expect(outputs).toEqual([]);
	});

	it('scores ten thousand accounts in one execution, each beside its own item', async () => {
		const input = Array.from({ length: 10_000 }, (_none, index) => ({
			accountId: `a${index}`,
			sentiment: { nps: (index % 101) - 50 },
		}));
		const items = (await run(input)).outputs[0] ?? [];
		const seen = items.map(({ json: { accountId, health }, pairedItem }) => {
			const score = isObject(health) ? health.score : undefined;
			return JSON.stringify({ accountId, score, pairedItem });
		});
		const due = input.map(({ accountId }, item) =>
			JSON.stringify({ accountId, score: item % 101, pairedItem: { item } }),
		);
		expect(seen).toEqual(due);
	});
});
