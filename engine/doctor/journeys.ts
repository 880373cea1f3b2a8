import { z } from 'zod/v4';
import { journeySchema } from '../journeys/definition';
import type { Preset, PresetRules, PresetStep } from '../journeys/presets/preset';
import { SAMPLE_CHECKLIST } from '../journeys/presets/onboarding';
import { JOURNEY_PRESETS } from '../journeys/presets/presets';
import { advances } from './kinds';
import { at, conditionsOf, isExpression, isObject, textAt, type Condition } from './parameters';
import type { Workflow, WorkflowNode } from './workflow';

export type JourneyStep = {
	readonly id: string;
	readonly name: string;
	readonly output: number;
	readonly channel: string;
	readonly when: string;
	readonly conditions: readonly Condition[];
	/** From one to the next where it comes again and again; 0 where it comes once. */
	readonly everyDays: number;
};

/** A Customer Journey that advances, with what its preset adds where the node says nothing. */
export type JourneyNode = {
	readonly node: WorkflowNode;
	readonly id: string;
	readonly preset: Preset | undefined;
	readonly type: string;
	readonly steps: readonly JourneyStep[];
	/** Who comes in; empty: all. */
	readonly enters: readonly Condition[];
	readonly goal: readonly Condition[];
	readonly exit: readonly Condition[];
	readonly endsAtFirstValue: boolean;
	readonly endAfterDays: number;
	readonly engagementReported: boolean;
	/** How often an account comes in again in a year, while nothing but days decides; once where it does not. */
	readonly timesAYear: number;
	/** Own time zone; empty for the workflow's. */
	readonly timezone: string;
	/** What the engine would refuse, by the field it is about. */
	readonly mistakes: readonly { readonly field: string; readonly text: string }[];
};

export function readJourneys({ nodes }: Workflow): JourneyNode[] {
	return nodes.filter(advances).map((node) => readJourney(node));
}

const flag = z.boolean().catch(false);

function readJourney(node: WorkflowNode): JourneyNode {
	const chosen = textAt(node, ['preset'], 'onboarding');
	const preset = JOURNEY_PRESETS.find(({ id }) => id === chosen);
	const option = (name: string): unknown => at(node.parameters, 'options', name);
	const rows = stepsOf(node, preset);
	const type = preset?.type ?? textAt(node, ['journeyType'], 'campaign');
	const start = textAt(node, ['starts'], preset?.start.type ?? 'customerCreated');
	const told = option('endAfterDays');
	const enters = conditionsOf(at(node.parameters, 'entersWhen')) ?? fromPreset(preset?.enters);
	return {
		node,
		id: textAt(node, ['journeyId'], preset?.id ?? ''),
		preset,
		type,
		steps: rows.map(({ step, conditions }) => ({
			id: asText(step.id),
			name: asText(step.name) || asText(step.id),
			output: Number(step.output),
			channel: asText(step.channel),
			when: asText(at(step.when, 'type')),
			conditions,
			everyDays: at(step.when, 'type') === 'everyDays' ? Number(at(step.when, 'days')) : 0,
		})),
		enters,
		goal: conditionsOf(at(node.parameters, 'goalWhen')) ?? fromPreset(preset?.goal),
		exit: conditionsOf(at(node.parameters, 'exitWhen')) ?? fromPreset(preset?.exit),
		endsAtFirstValue: flag.parse(
			option('endsAtFirstValue') ?? preset?.endsAtFirstValue ?? start === 'customerCreated',
		),
		endAfterDays: typeof told === 'number' ? told : (preset?.endAfterDays ?? 90),
		engagementReported: flag.parse(option('engagementReported')),
		timesAYear: timesAYear(node, preset),
		timezone: asText(option('timezone')),
		mistakes: [
			...mistakesIn(node, { preset, type, start, steps: rows.map(({ step }) => step) }),
			...(start === 'conditions' && enters.length === 0
				? [{ field: 'entersWhen', text: 'it starts when conditions are met, and there are none' }]
				: []),
			...rows.flatMap(({ step, conditions }) =>
				at(step.when, 'type') === 'conditionsMet' && conditions.length === 0
					? [
							{
								field: 'steps',
								text: `step '${asText(step.name)}' waits for conditions, and has none`,
							},
						]
					: [],
			),
		],
	};
}

function timesAYear(node: WorkflowNode, preset: Preset | undefined): number {
	const usual = preset?.reEntry;
	if (textAt(node, ['reEntry'], usual?.type) !== 'afterDays') return 1;
	const days = Number(at(node.parameters, 'reEntryDays') ?? at(usual, 'days') ?? 90);
	const most = Number(at(node.parameters, 'reEntryAtMost') ?? 0);
	const times = Math.max(1, Math.floor(365 / days));
	return most > 0 ? Math.min(times, most) : times;
}

type Row = { readonly step: Record<string, unknown>; readonly conditions: readonly Condition[] };

/** The node's own list of steps, else the preset's. */
function stepsOf(node: WorkflowNode, preset: Preset | undefined): Row[] {
	const given = at(node.parameters, 'steps');
	if (given === undefined) return (preset?.steps ?? []).map(presetRow);
	const rows = at(given, 'step');
	return (Array.isArray(rows) ? rows : []).filter(isObject).map(ownRow);
}

function presetRow({ conditions, ...step }: PresetStep): Row {
	return { step, conditions: fromPreset(conditions) };
}

/** As the node's list keeps a step: the fields of its timing beside the others, rare ones under `more`. */
function ownRow({ conditions, more, ...row }: Record<string, unknown>): Row {
	const { variants, ...rules } = isObject(more) ? more : {};
	const shown = at(variants, 'variant');
	const type = row.when ?? 'daysAfterStart';
	const step = {
		channel: 'email',
		...row,
		...rules,
		variants: (Array.isArray(shown) ? shown : []).map((one: unknown) =>
			isObject(one) ? { weight: 1, ...one } : one,
		),
		// each timing takes the fields that it knows; the editor leaves out what is default
		when: {
			days: type === 'everyDays' ? 14 : 0,
			gapDays: 3,
			atMost: 3,
			untilDay: 14,
			answers: 5,
			hours: 24,
			field: 'renewalDate',
			...row,
			...(row.dateField === undefined ? {} : { field: row.dateField }),
			step: row.afterStep ?? '',
			type,
		},
	};
	return { step, conditions: conditionsOf(conditions) ?? [] };
}

function fromPreset(rules: PresetRules | undefined): Condition[] {
	return (rules?.rules ?? []).map(({ field, is, value = '' }) => ({
		left: field,
		is,
		right: String(value),
	}));
}

/** What the engine says of the definition, with whatever is worked out only at run time taken as right. */
function mistakesIn(
	node: WorkflowNode,
	given: {
		preset: Preset | undefined;
		type: string;
		start: string;
		steps: readonly Record<string, unknown>[];
	},
): JourneyNode['mistakes'] {
	const { preset, type, start, steps } = given;
	const checklist = at(node.parameters, 'checklist', 'item');
	const id = textAt(node, ['journeyId'], preset?.id ?? '');
	const address = (name: string): string => {
		const found = textAt(node, [name]);
		return isExpression(found) ? 'team@example.com' : found;
	};
	const parsed = journeySchema.safeParse({
		id: isExpression(id) ? 'worked-out' : id,
		version: '1',
		type,
		start: {
			type: start,
			field: textAt(node, ['startDateField'], 'renewalDate'),
			months: at(node.parameters, 'startMonthsBefore') ?? at(preset?.start, 'months') ?? 0,
			days: at(node.parameters, 'startDaysBefore') ?? at(preset?.start, 'days') ?? 90,
		},
		// whether there is a zone at all is another rule's question
		timezone: 'UTC',
		checklist: checklist ?? SAMPLE_CHECKLIST,
		steps,
		team: address('team'),
		sales: address('sales'),
		sendingHours: { days: [1], from: '09:00', to: '17:00' },
		endAfterDays: at(node.parameters, 'options', 'endAfterDays') ?? preset?.endAfterDays ?? 90,
		holdOutPercent: at(node.parameters, 'options', 'holdOutPercent') ?? 0,
	});
	return (parsed.error?.issues ?? []).map(({ path, message }) => ({
		field: String(path[0] ?? ''),
		text: `${placeOf(path, steps)} ${message}`,
	}));
}

function placeOf(path: readonly PropertyKey[], steps: readonly Record<string, unknown>[]): string {
	const [list, index, ...field] = path;
	if (list !== 'steps' || typeof index !== 'number') return path.map(String).join(' → ');
	const name = asText(steps[index]?.name) || String(index + 1);
	return [`step '${name}'`, ...field.map(String)].join(', ');
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
