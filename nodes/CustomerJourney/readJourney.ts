import { createHash } from 'node:crypto';
import {
	NodeOperationError,
	type FilterValue,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { journeySchema, type Journey, type Step } from '../../engine/journeys/definition';
import { compileConditions, type Condition } from '../platform/conditions';
import { parseConfiguration, sentencesOf } from '../platform/problems';
import { properties } from './properties';
import { readText } from '../platform/readText';

const testRecipientSchema = z.union([z.literal(''), z.email()], {
	error: 'is not an e-mail address such as you@example.com',
});

const optionsSchema = z.looseObject({
	capHours: z.number().optional(),
	closesAt: z.string().optional(),
	endAfterDays: z.number().optional(),
	enrollWithinDays: z.number().optional(),
	leaseMinutes: z.number().optional(),
	opensAt: z.string().optional(),
	sendingDays: z.array(z.number()).optional(),
	takeOver: z.boolean().default(false),
	testRuns: z.enum(['fresh', 'continue']).default('fresh'),
	timezone: z.string().optional(),
	touchesPerRun: z.number().min(1, "'Touches per Run' must be at least 1").default(200),
});

export type Settings = {
	journey: Journey;
	/** Continues a journey that another flow ran so far. */
	takeOver: boolean;
	testRuns: 'fresh' | 'continue';
	touchesPerRun: number;
	testRecipient: string;
	/** Conditions by step id, compiled. */
	conditions: Map<string, Condition>;
};

/**
 * The node's whole configuration, read and checked once per execution.
 * @throws NodeOperationError naming the step and field that is wrong, before anything is claimed
 */
export function readSettings(context: IExecuteFunctions): Settings {
	const node = context.getNode();
	const given = context.getNodeParameter('options', 0, {});
	const options = parseConfiguration(node, 'Options', optionsSchema, given);
	const rows = rowsOf(context.getNodeParameter('steps', 0, {}, { rawExpressions: true }), 'step');
	const definition = {
		id: readText(context, 'journeyId'),
		timezone:
			options.timezone === undefined || options.timezone === ''
				? context.getTimezone()
				: options.timezone,
		checklist: rowsOf(context.getNodeParameter('checklist', 0, {}), 'item'),
		steps: rows.map(stepOf),
		team: readText(context, 'team'),
		sendingHours: {
			days: options.sendingDays ?? [1, 2, 3, 4, 5],
			from: options.opensAt ?? '09:00',
			to: options.closesAt ?? '17:00',
		},
		capHours: options.capHours,
		enrollWithinDays: options.enrollWithinDays,
		endAfterDays: options.endAfterDays,
		leaseMinutes: options.leaseMinutes,
	};
	const version = createHash('sha256')
		.update(JSON.stringify(definition))
		.digest('hex')
		.slice(0, 12);
	const parsed = journeySchema.safeParse({ ...definition, version });
	if (!parsed.success) {
		const [first, ...more] = sentencesOf(parsed.error, (path) => nameOf(path, rows));
		throw new NodeOperationError(
			node,
			`The journey is not complete: ${first ?? 'a field is wrong'}`,
			{
				description: [...more, 'Nothing was claimed or sent.'].join('\n'),
			},
		);
	}
	return {
		journey: parsed.data,
		takeOver: options.takeOver,
		testRuns: options.testRuns,
		touchesPerRun: options.touchesPerRun,
		testRecipient: parseConfiguration(
			node,
			'Test Recipient',
			testRecipientSchema,
			readText(context, 'testRecipient'),
		),
		conditions: conditionsOf(context, rows, parsed.data.steps),
	};
}

function rowsOf(collection: unknown, name: string): IDataObject[] {
	if (typeof collection !== 'object' || collection === null || !(name in collection)) return [];
	const rows: unknown = Reflect.get(collection, name);
	return Array.isArray(rows)
		? rows.filter((row): row is IDataObject => typeof row === 'object' && row !== null)
		: [];
}

/** A row of the list as the engine's step; the fields a timing does not use are left behind. */
function stepOf(row: IDataObject): object {
	const { when, days, gapDays, atMost, untilDay, conditions: _conditions, more, ...rest } = row;
	return {
		...rest,
		...(typeof more === 'object' ? more : {}),
		when: {
			type: when,
			days: days ?? 0,
			gapDays: gapDays ?? 3,
			atMost: atMost ?? 3,
			untilDay: untilDay ?? 14,
		},
	};
}

function conditionsOf(
	context: IExecuteFunctions,
	rows: IDataObject[],
	steps: Step[],
): Map<string, Condition> {
	const conditions = new Map<string, Condition>();
	for (const [index, step] of steps.entries()) {
		const filter = rows[index]?.conditions;
		if (isFilter(filter)) conditions.set(step.id, compileConditions(context, filter));
	}
	return conditions;
}

function isFilter(value: unknown): value is FilterValue {
	return (
		typeof value === 'object' &&
		value !== null &&
		'conditions' in value &&
		Array.isArray(value.conditions) &&
		value.conditions.length > 0
	);
}

/** `step 'Nudge', output` instead of `steps → 3 → output`. */
function nameOf(path: PropertyKey[], rows: IDataObject[]): string {
	const [list, index, ...field] = path;
	if (list !== 'steps' || typeof index !== 'number') {
		const [first, ...rest] = path.map(String);
		return first === undefined ? '' : [labelOf(first), ...rest].join(' → ');
	}
	const name = rows[index]?.name;
	const called =
		typeof name === 'string' && name !== '' ? `step '${name}'` : `step ${String(index + 1)}`;
	return field.length === 0 ? called : `${called}, ${field.map(String).join(' → ')}`;
}

/** A field as it is called on the screen. */
function labelOf(name: string): string {
	if (name === 'id') return 'Journey ID';
	if (name === 'sendingHours') return 'Opens At, Closes At';
	const options = properties.find((property) => property.name === 'options')?.options ?? [];
	const field = [...properties, ...options].find((property) => property.name === name);
	return field !== undefined && 'displayName' in field ? field.displayName : name;
}
