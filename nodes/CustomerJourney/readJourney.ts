import { createHash } from 'node:crypto';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { journeySchema, type Journey } from '../../engine/journeys/definition';
import type { Preset } from '../../engine/journeys/presets/preset';
import { JOURNEY_PRESETS } from '../../engine/journeys/presets/presets';
import { parseConfiguration, sentencesOf } from '../platform/problems';
import { readText } from '../platform/readText';
import { properties } from './properties';
import {
	looksAtHealth,
	readCheck,
	readWide,
	refuseMissing,
	type Check,
	type Checks,
} from './readConditions';
import { rowsOf } from '../platform/rows';
import { nameOfStep, stepOf } from './readSteps';

const testRecipientSchema = z.union([z.literal(''), z.email()], {
	error: 'is not an e-mail address such as you@example.com',
});

const optionsSchema = z.looseObject({
	atGoLive: z.string().optional(),
	capHours: z.number().optional(),
	closesAt: z.string().optional(),
	endAfterDays: z.number().optional(),
	endsAtFirstValue: z.boolean().optional(),
	engagementReported: z.boolean().optional(),
	enrollWithinDays: z.number().optional(),
	holdMassTriggers: z.boolean().optional(),
	holdOutPercent: z.number().optional(),
	leaseMinutes: z.number().optional(),
	marketingDays: z.number().optional(),
	momentAfterCase: z.number().optional(),
	momentAfterFirstValue: z.number().optional(),
	momentDays: z.number().optional(),
	opensAt: z.string().optional(),
	rampDays: z.number().optional(),
	rampPerDay: z.number().optional(),
	sendingDays: z.array(z.number()).optional(),
	takeOver: z.boolean().default(false),
	testRuns: z.enum(['fresh', 'continue']).default('fresh'),
	timezone: z.string().optional(),
	touchesPerRun: z.number().min(1, "'Touches per Run' must be at least 1").default(200),
});

/** For how long a ramp holds where nothing else is said. */
const USUAL_RAMP_DAYS = 14;

export type Settings = {
	journey: Journey;
	/** Continues a journey that another flow ran so far. */
	takeOver: boolean;
	testRuns: 'fresh' | 'continue';
	touchesPerRun: number;
	testRecipient: string;
	checks: Checks;
};

/**
 * The node's whole configuration, read and checked once per execution.
 * @throws NodeOperationError naming the step and field that is wrong, before anything is claimed
 */
export function readSettings(context: IExecuteFunctions): Settings {
	const node = context.getNode();
	const given = context.getNodeParameter('options', 0, {});
	const options = parseConfiguration(node, 'Options', optionsSchema, given);
	const { takeOver, testRuns, touchesPerRun } = options;
	const rows = rowsOf(context.getNodeParameter('steps', 0, {}, { rawExpressions: true }), 'step');
	const definition = readDefinition(context, options, rows);
	const raw = (name: string): unknown =>
		context.getNodeParameter(name, 0, {}, { rawExpressions: true });
	const filters = [raw('entersWhen'), raw('goalWhen'), raw('exitWhen'), rows];
	const version = createHash('sha256')
		.update(JSON.stringify([definition, filters]))
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
	const journey = parsed.data;
	return {
		journey,
		takeOver,
		testRuns,
		touchesPerRun,
		testRecipient: parseConfiguration(
			node,
			'Test Recipient',
			testRecipientSchema,
			readText(context, 'testRecipient'),
		),
		checks: readChecks(context, journey, rows),
	};
}

function readDefinition(
	context: IExecuteFunctions,
	options: z.infer<typeof optionsSchema>,
	rows: IDataObject[],
): object {
	const { sendingDays, opensAt, closesAt, timezone, now: _now, ...rules } = options;
	const chosen = context.getNodeParameter('preset', 0, 'onboarding');
	const preset = JOURNEY_PRESETS.find(({ id }) => id === chosen);
	const rampPerDay = rules.rampPerDay ?? preset?.rampPerDay ?? 0;
	const start = context.getNodeParameter('starts', 0, 'customerCreated');
	return {
		...usualRules(preset),
		...rules,
		rampPerDay,
		rampDays: rules.rampDays ?? preset?.rampDays ?? (rampPerDay > 0 ? USUAL_RAMP_DAYS : 0),
		id: readText(context, 'journeyId'),
		...(looksAtHealth(context.getNodeParameter('entersWhen', 0, {}, { rawExpressions: true }))
			? { onHealth: true }
			: {}),
		type: preset?.type ?? context.getNodeParameter('journeyType', 0, 'campaign'),
		start: {
			type: start,
			field: readText(context, 'startDateField'),
			months: context.getNodeParameter('startMonthsBefore', 0, 0),
			days: context.getNodeParameter('startDaysBefore', 0, 90),
		},
		reEntry: {
			type: start === 'conditions' ? context.getNodeParameter('reEntry', 0, 'never') : 'never',
			days: context.getNodeParameter('reEntryDays', 0, 90),
			atMost: context.getNodeParameter('reEntryAtMost', 0, 0),
		},
		timezone: timezone === undefined || timezone === '' ? context.getTimezone() : timezone,
		checklist: rowsOf(context.getNodeParameter('checklist', 0, {}), 'item'),
		steps: rows.map(stepOf),
		team: readText(context, 'team'),
		sales: readText(context, 'sales'),
		sendingHours: {
			days: sendingDays ?? [1, 2, 3, 4, 5],
			from: opensAt ?? '09:00',
			to: closesAt ?? '17:00',
		},
	};
}

/** What a preset does where no option says otherwise. */
function usualRules(preset: Preset | undefined): object {
	if (preset === undefined) return {};
	const { atGoLive, endAfterDays, endsAtFirstValue, roles } = preset;
	return { atGoLive, endAfterDays, endsAtFirstValue, roles };
}

function readChecks(
	context: IExecuteFunctions,
	{ id, start, steps }: Journey,
	rows: IDataObject[],
): Checks {
	const byStep = new Map<string, Check>();
	for (const [index, step] of steps.entries()) {
		const check = readCheck(context, rows[index]?.conditions, id);
		if (check !== undefined) byStep.set(step.id, check);
		else if (step.when.type === 'conditionsMet')
			refuseMissing(context, `step '${step.name}'`, 'Conditions');
	}
	const enters = readWide(context, 'entersWhen', id);
	if (start.type === 'conditions' && enters === undefined)
		refuseMissing(context, 'its start', 'Enters When');
	return {
		enters,
		goal: readWide(context, 'goalWhen', id),
		exit: readWide(context, 'exitWhen', id),
		steps: byStep,
	};
}

function nameOf(path: PropertyKey[], rows: IDataObject[]): string {
	const [list, index, ...field] = path;
	if (list === 'steps' && typeof index === 'number') return nameOfStep(index, field, rows);
	const [first, ...rest] = path.map(String);
	return first === undefined ? '' : [labelOf(first), ...rest].join(' → ');
}

/** A field as it is called on the screen. */
function labelOf(name: string): string {
	if (name === 'id') return 'Journey ID';
	if (name === 'sendingHours') return 'Opens At, Closes At';
	if (name === 'start') return 'Starts';
	const options = properties.find((property) => property.name === 'options')?.options ?? [];
	const field = [...properties, ...options].find((property) => property.name === name);
	return field !== undefined && 'displayName' in field ? field.displayName : name;
}
