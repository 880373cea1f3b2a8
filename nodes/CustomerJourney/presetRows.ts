import type { FilterValue, INodeParameters, INodeProperties } from 'n8n-workflow';
import { JOURNEY_PRESETS } from '../../engine/journeys/presets/presets';
import type {
	Preset,
	PresetRule,
	PresetRules,
	PresetStep,
} from '../../engine/journeys/presets/preset';

/** The preset without steps and conditions, for a journey of one's own. */
export const OWN = 'own';

/** A preset's step as a row of the node's list. */
export function rowOf(step: PresetStep): INodeParameters {
	const { id, name, output, channel, when, onlyWhile = 'always', conditions, ...rest } = step;
	const { variants, ...more } = rest;
	const { type, ...timing } = timingOf(when);
	return {
		name,
		id,
		output,
		channel,
		when: type,
		...timing,
		onlyWhile,
		...(conditions === undefined ? {} : { conditions: filterOf(conditions, id) }),
		more: variants === undefined ? more : { ...more, variants: { variant: variants } },
	};
}

/** The fields of a timing as they are called in the list. */
function timingOf(when: PresetStep['when']): { type: string } & INodeParameters {
	switch (when.type) {
		case 'daysAfterStep': {
			const { step, ...rest } = when;
			return { ...rest, afterStep: step };
		}
		case 'daysBeforeDate':
		case 'daysAfterDate': {
			const { field, ...rest } = when;
			return { ...rest, dateField: field };
		}
		default:
			return { ...when };
	}
}

const OPERATORS: Record<PresetRule['is'], FilterValue['conditions'][number]['operator']> = {
	equals: { type: 'string', operation: 'equals' },
	notEquals: { type: 'string', operation: 'notEquals' },
	empty: { type: 'string', operation: 'empty', singleValue: true },
	notEmpty: { type: 'string', operation: 'notEmpty', singleValue: true },
	atLeast: { type: 'number', operation: 'gte' },
	atMost: { type: 'number', operation: 'lte' },
	less: { type: 'number', operation: 'lt' },
	more: { type: 'number', operation: 'gt' },
	true: { type: 'boolean', operation: 'true', singleValue: true },
	false: { type: 'boolean', operation: 'false', singleValue: true },
	lacks: { type: 'array', operation: 'notContains', rightType: 'any' },
};

/** Conditions as n8n's filter keeps them. */
export function filterOf({ match, rules }: PresetRules, name: string): FilterValue {
	return {
		options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator: match === 'all' ? 'and' : 'or',
		conditions: rules.map(({ field, is, value = '' }, index) => ({
			id: `${name}-${String(index + 1)}`,
			leftValue: `={{ $json.${field} }}`,
			rightValue: value,
			operator: OPERATORS[is],
		})),
	};
}

/**
 * A parameter whose default depends on the preset: one property per default, all of one name, which is how n8n does it.
 * `defaultOf` gets undefined for a journey of one's own.
 */
export function perPreset(
	property: INodeProperties,
	defaultOf: (preset: Preset | undefined) => INodeProperties['default'],
): INodeProperties[] {
	const groups = new Map<string, { presets: string[]; value: INodeProperties['default'] }>();
	// the preset of a node that was made before there were others comes first
	const inOrder = [...JOURNEY_PRESETS].sort(
		(a, b) => Number(b.id === 'onboarding') - Number(a.id === 'onboarding'),
	);
	for (const preset of [...inOrder, undefined]) {
		const value = defaultOf(preset);
		const group = JSON.stringify(value);
		const { presets } = groups.get(group) ?? { presets: [] };
		groups.set(group, { presets: [...presets, preset?.id ?? OWN], value });
	}
	const { displayOptions } = property;
	return [...groups.values()].map(({ presets, value }) => ({
		...property,
		default: value,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, preset: presets } },
	}));
}
