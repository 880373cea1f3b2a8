import { Engine, type Almanac, type EngineResult, type Event } from 'json-rules-engine';
import { NOW } from './accounts';
import type { Contender, Found } from './contender';

const DAY_MS = 86_400_000;

type Signal = { id: string; weight: number; from: number; to: number; value: ValueOf };
type ValueOf = (almanac: Almanac) => Promise<number>;
type Numbers = Record<string, number | undefined>;

const number = async (almanac: Almanac, group: string, name: string): Promise<number> =>
	(await almanac.factValue<Numbers>(group))[name] ?? NaN;
const since = async (almanac: Almanac, name: string): Promise<number> => {
	const usage = await almanac.factValue<Record<string, string>>('usage');
	return (NOW - Date.parse(usage[name] ?? '')) / DAY_MS;
};
const unlessStale =
	(value: ValueOf): ValueOf =>
	async (almanac) =>
		(await since(almanac, 'asOf')) > 14 ? NaN : await value(almanac);

/** The preset B2B SaaS; what the rules engine calls facts are its signals, in order of name. */
const SIGNALS: Signal[] = [
	{
		id: 'adoption',
		weight: 15,
		from: 0,
		to: 0.6,
		value: unlessStale((almanac) => number(almanac, 'usage', 'adoption')),
	},
	{ id: 'csat', weight: 10, from: 2, to: 4.5, value: (a) => number(a, 'sentiment', 'csat') },
	{
		id: 'lastActive',
		weight: 10,
		from: 30,
		to: 3,
		value: unlessStale(async (almanac) => Math.floor(await since(almanac, 'lastActiveAt'))),
	},
	{
		id: 'licenceUse',
		weight: 20,
		from: 0.2,
		to: 0.8,
		value: async (almanac) => {
			const bought = await number(almanac, 'licences', 'bought');
			return bought < 1 ? NaN : (await number(almanac, 'licences', 'used')) / bought;
		},
	},
	{ id: 'nps', weight: 10, from: -50, to: 50, value: (a) => number(a, 'sentiment', 'nps') },
	{ id: 'openP1', weight: 10, from: 1, to: 0, value: (a) => number(a, 'support', 'openP1') },
	{
		id: 'openTickets',
		weight: 10,
		from: 5,
		to: 0,
		value: (a) => number(a, 'support', 'openTickets'),
	},
	{
		id: 'usageTrend',
		weight: 15,
		from: 0.6,
		to: 1,
		value: unlessStale(async (almanac) => {
			const before = await number(almanac, 'usage', 'previousEvents');
			return before < 50 ? NaN : (await number(almanac, 'usage', 'events')) / before;
		}),
	},
];

/** Points, weight and score are facts of their own, worked out once per account; bands and reasons are the rules. */
function compile(): Engine {
	const engine = new Engine([], { allowUndefinedFacts: true });
	for (const { id, from, to, value } of SIGNALS) {
		engine.addFact(`points:${id}`, async (_parameters, almanac) => {
			const share = ((await value(almanac)) - from) / (to - from);
			return share <= 0 ? 0 : share >= 1 ? 100 : share * 100;
		});
	}
	engine.addFact('weight', async (_parameters, almanac) => {
		let weight = 0;
		for (const { id, weight: one } of SIGNALS) {
			if (!Number.isNaN(await almanac.factValue<number>(`points:${id}`))) weight += one;
		}
		return weight;
	});
	engine.addFact('score', async (_parameters, almanac) => {
		const weight = await almanac.factValue<number>('weight');
		let sum = 0;
		for (const { id, weight: one } of SIGNALS) {
			const points = await almanac.factValue<number>(`points:${id}`);
			if (!Number.isNaN(points)) sum += (one / weight) * points;
		}
		return Math.round(sum + 1e-9);
	});
	for (const { id, weight: one } of SIGNALS) {
		engine.addFact(`cost:${id}`, async (_parameters, almanac) => {
			const possible = (one / (await almanac.factValue<number>('weight'))) * 100;
			return possible * (1 - (await almanac.factValue<number>(`points:${id}`)) / 100);
		});
		engine.addRule({
			conditions: {
				all: [{ fact: `cost:${id}`, operator: 'greaterThanInclusive', value: 0.5 }],
			},
			event: { type: 'lowers', params: { signal: id, cost: { fact: `cost:${id}` } } },
		});
	}
	const from = (value: number) => ({ fact: 'score', operator: 'greaterThanInclusive', value });
	const under = (value: number) => ({ fact: 'score', operator: 'lessThan', value });
	const known = { fact: 'weight', operator: 'greaterThanInclusive', value: 60 };
	const bands = { green: [from(75)], yellow: [from(60), under(75)], red: [under(60)] };
	for (const [band, conditions] of Object.entries(bands)) {
		engine.addRule({
			conditions: { all: [known, ...conditions] },
			event: { type: 'band', params: { band } },
		});
	}
	return engine;
}

const engine = compile();
type Result = { events: Event[]; score: number; costs: { signal: string; cost: number }[] };

export const jsonRulesEngine: Contender<Result> = {
	score: async (accounts) => {
		const results: Result[] = [];
		for (const account of accounts) results.push(await explain(await engine.run(account)));
		return results;
	},
	foundOf: ({ events, score, costs }): Found => {
		const band: unknown = events.find(({ type }) => type === 'band')?.params?.band;
		return { score, band: typeof band === 'string' ? band : 'unknown', top: costs };
	},
};

/** The score, and the three signals whose rules fired that cost most. */
async function explain({ events, almanac }: EngineResult): Promise<Result> {
	const costs: { signal: string; cost: number }[] = [];
	for (const { type, params } of events) {
		if (type !== 'lowers') continue;
		const signal = String(params?.signal);
		costs.push({ signal, cost: await almanac.factValue<number>(`cost:${signal}`) });
	}
	costs.sort((a, b) => b.cost - a.cost || (a.signal < b.signal ? -1 : 1));
	const score = await almanac.factValue<number>('score');
	return { events, score, costs: costs.slice(0, 3) };
}
