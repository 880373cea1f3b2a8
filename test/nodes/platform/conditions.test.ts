import {
	isFilterValue,
	type FilterOperatorValue,
	type FilterValue,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';
import { compileConditions } from '../../../nodes/platform/conditions';
import { runNode } from '../../harness/runWorkflow';

const ITEMS: IDataObject[] = [
	{
		plan: 'Pro',
		seats: 10,
		text: '10',
		active: true,
		flag: 'true',
		since: '2026-03-01',
		tags: ['a', 'B'],
		usage: { now: 5 },
		'usage.now': 9,
		'a b': 'x',
	},
	{
		plan: 'pro',
		seats: 0,
		text: '',
		active: false,
		flag: 'no',
		since: 'never',
		tags: [],
		usage: {},
	},
	{ plan: '', seats: -1.5, text: 'ten', active: 'true', since: null, tags: 'a', usage: null },
	{ plan: null, seats: null, text: null, active: null, tags: null },
	{ plan: 7, seats: '12', text: ' 10 ', active: 1, since: 1_767_225_600_000, usage: 'none' },
	{},
];

type Row = [string, FilterOperatorValue, FilterValue['conditions'][number]['rightValue']?];
const op = (
	type: FilterOperatorValue['type'],
	operation: string,
	over: Partial<FilterOperatorValue> = {},
): FilterOperatorValue => ({ type, operation, ...over });
const alone = { singleValue: true };

const ROWS: Row[] = [
	['={{ $json.plan }}', op('string', 'equals'), 'Pro'],
	['={{ $json.plan }}', op('string', 'notEquals'), 'pro'],
	['={{ $json.plan }}', op('string', 'contains'), 'r'],
	['={{ $json.plan }}', op('string', 'notContains'), 'r'],
	['={{ $json.plan }}', op('string', 'startsWith'), 'P'],
	['={{ $json.plan }}', op('string', 'endsWith'), 'O'],
	['={{ $json.plan }}', op('string', 'regex'), '^P'],
	['={{ $json.plan }}', op('string', 'notRegex'), '/^p/i'],
	['={{ $json.plan }}', op('string', 'empty', alone)],
	['={{ $json.plan }}', op('string', 'notEmpty', alone)],
	['={{ $json.plan }}', op('string', 'exists', alone)],
	['={{ $json.plan }}', op('string', 'notExists', alone)],
	['={{ $json.plan.length }}', op('number', 'equals'), 3],
	['={{ $json.plan[0] }}', op('string', 'equals'), 'P'],
	['={{ $json["a b"] }}', op('string', 'exists', alone)],
	['={{ $json.seats }}', op('number', 'equals'), 10],
	['={{ $json.seats }}', op('number', 'notEquals'), '10'],
	['={{ $json.seats }}', op('number', 'gt'), 0],
	['={{ $json.seats }}', op('number', 'lte'), 0],
	['={{ $json.seats }}', op('number', 'gte'), '={{ $json.text }}'],
	['={{ $json.seats }}', op('number', 'empty', alone)],
	['={{ $json.text }}', op('number', 'equals'), 10],
	['={{ $json.seats * 2 }}', op('number', 'lt'), 10],
	['={{ $json.seats }} seats', op('string', 'equals'), '10 seats'],
	['= {{ $json.plan }}', op('string', 'equals'), 'Pro'],
	['={{ $json.plan }} ', op('string', 'equals'), 'Pro'],
	['={{ $json.active }}', op('boolean', 'true', alone)],
	['={{ $json.active }}', op('boolean', 'false', alone)],
	['={{ $json.flag }}', op('boolean', 'equals'), true],
	['={{ $json.since }}', op('dateTime', 'after'), '2026-01-01'],
	['={{ $json.since }}', op('dateTime', 'before'), '={{ $json.since }}'],
	['={{ $json.since }}', op('dateTime', 'exists', alone)],
	['={{ $json.tags }}', op('array', 'contains', { rightType: 'any' }), 'b'],
	['={{ $json.tags }}', op('array', 'lengthGt', { rightType: 'number' }), 1],
	['={{ $json.tags }}', op('array', 'empty', alone)],
	['={{ $json.tags.length }}', op('number', 'gte'), 1],
	['={{ $json.usage }}', op('object', 'empty', alone)],
	['={{ $json.usage }}', op('object', 'notEmpty', alone)],
	['={{ $json.usage.now }}', op('number', 'exists', alone)],
	['={{ $json.usage.now }}', op('number', 'equals'), 5],
	['={{ $json["usage.now"] }}', op('number', 'equals'), 9],
	['={{ $json.constructor }}', op('string', 'exists', alone)],
	['={{ $json.unknown.deeper.still }}', op('string', 'notExists', alone)],
	['Pro', op('string', 'equals'), '={{ $json.plan }}'],
	['Pro', op('string', 'equals'), 'Pro'],
	['', op('string', 'equals'), 'Pro'],
];

const settings: FilterValue['options'][] = [true, false].flatMap((caseSensitive) =>
	(['strict', 'loose'] as const).map((typeValidation) => ({
		caseSensitive,
		typeValidation,
		leftValue: '',
		version: 2,
	})),
);

/** Asks for each item n8n's own way and the compiled way. A filter that throws answers with what it said. */
const compare: INodeType = {
	description: {
		displayName: 'Compare',
		name: 'compare',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Compare' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} }],
	},
	async execute() {
		const raw = this.getNodeParameter('conditions', 0, undefined, { rawExpressions: true });
		const condition = compileConditions(this, isFilterValue(raw) ? raw : undefined);
		const items = this.getInputData().map(({ json }, index) => ({
			json: {
				native: answerOf(() => nativeAnswer(this, index)),
				compiled: answerOf(() => condition(json, index)),
			},
			pairedItem: { item: index },
		}));
		return await Promise.resolve([items]);
	},
};

function nativeAnswer(context: IExecuteFunctions, index: number): unknown {
	return context.getNodeParameter('conditions', index, undefined, { extractValue: true });
}

function answerOf(ask: () => unknown): string {
	try {
		return String(ask());
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

async function answersTo(
	rows: readonly Row[],
	options: FilterValue['options'],
	combinator: FilterValue['combinator'] = 'and',
): Promise<{ native: unknown[]; compiled: unknown[] }> {
	const conditions: FilterValue = {
		options,
		combinator,
		conditions: rows.map(([leftValue, operator, rightValue], index) => ({
			id: String(index),
			leftValue,
			operator,
			rightValue: rightValue ?? '',
		})),
	};
	const { outputs, error } = await runNode(compare, { input: ITEMS, parameters: { conditions } });
	expect(error).toBeUndefined();
	const items = outputs[0] ?? [];
	expect(items).toHaveLength(ITEMS.length);
	return {
		native: items.map(({ json }) => json.native),
		compiled: items.map(({ json }) => json.compiled),
	};
}

describe('compiled conditions', () => {
	it.each(ROWS)('%s %j %j: as n8n itself answers, strictly or loosely', async (...row) => {
		for (const options of settings) {
			const { native, compiled } = await answersTo([row], options);
			expect(compiled).toEqual(native);
		}
	});

	it.each(['and', 'or'] as const)('combine by %s as in n8n, in pairs', async (combinator) => {
		const options = {
			caseSensitive: true,
			typeValidation: 'loose',
			leftValue: '',
			version: 2,
		} as const;
		for (let index = 0; index + 1 < ROWS.length; index += 3) {
			const { native, compiled } = await answersTo(
				ROWS.slice(index, index + 2),
				options,
				combinator,
			);
			expect(compiled).toEqual(native);
		}
	});

	it('tell items apart at all', async () => {
		const options = settings[0];
		if (options === undefined) throw new Error('no settings');
		const plan: Row = ['={{ $json.plan }}', op('string', 'equals'), 'Pro'];
		expect((await answersTo([plan], options)).compiled.slice(0, 3)).toEqual([
			'true',
			'false',
			'false',
		]);
	});

	it.each(['and', 'or'] as const)(
		'take a row that the editor added empty for none (%s)',
		async (combinator) => {
			const options = settings[0];
			if (options === undefined) throw new Error('no settings');
			const plan: Row = ['={{ $json.plan }}', op('string', 'equals'), 'Pro'];
			const blank: Row = ['', op('string', 'equals'), ''];
			const { compiled } = await answersTo([plan, blank], options, combinator);
			expect(compiled).toEqual((await answersTo([plan], options, combinator)).compiled);
			expect(compiled).toEqual(expect.arrayContaining(['true', 'false']));
		},
	);

	it('let everything through where there are none', async () => {
		const options = settings[0];
		if (options === undefined) throw new Error('no settings');
		expect((await answersTo([], options)).compiled).toEqual(ITEMS.map(() => 'true'));
	});
});
