import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { fewData } from '../../engine/health/presets';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
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
		parameters: { options: { now }, ...parameters },
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
		expect(result.outputs).toHaveLength(1);
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
			"Signal 1 'A', weight: is below 0",
			{ model: 'own', signals: { signal: [{ ...line, label: 'A', field: 'a', weight: -1 }] } },
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
