import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { BuildSettings } from '../../engine/accounts/buildAccounts';
import { ACCOUNT_FIELDS } from '../../engine/accounts/fields';
import { ACCOUNT_PRESETS, accountPreset } from '../../engine/accounts/presets';
import { compileFieldPath, pathOfExpression } from '../platform/fieldPath';
import { readNow } from '../platform/now';
import { parseConfiguration } from '../platform/problems';

/** A joined source that is read as the first one is. */
export const AS_SOURCE_1 = 'asSource1';

const presetIds = ACCOUNT_PRESETS.map(({ id }) => id);
const fieldNames = ACCOUNT_FIELDS.map(({ path }) => path);

const settingsSchema = z.object({
	Preset: z.enum(presetIds),
	'Presets of Sources': z.array(z.enum([AS_SOURCE_1, ...presetIds])),
	'Number of Sources': z.number().int().min(1).max(5),
	'Own Mapping': z.array(z.object({ target: z.enum(fieldNames), source: z.string() })),
	Options: z.object({
		columnsAtMost: z.number().int().min(1).default(150),
		otherColumns: z.enum(['keep', 'leaveOut']).default('keep'),
		coreFeatures: z.string().default(''),
		customersAre: z.string().default(''),
	}),
});

export type ProfileSettings = BuildSettings & { numberOfSources: number };

/**
 * Reads the node's configuration once per execution. Field names come raw, so that a field dragged in as an expression
 * is a path and not the first item's value.
 * @throws NodeOperationError naming the setting that cannot be used
 */
export function readSettings(context: IExecuteFunctions): ProfileSettings {
	const mapping: unknown = context.getNodeParameter('mapping', 0, {}, { rawExpressions: true });
	const numberOfSources = Number(context.getNodeParameter('numberOfSources', 0, 1));
	const joined = Array.from({ length: Math.min(Math.max(numberOfSources, 1), 5) - 1 }, (_, index) =>
		String(index + 2),
	);
	const settings = parseConfiguration(context.getNode(), 'A setting is not valid', settingsSchema, {
		Preset: context.getNodeParameter('preset', 0),
		'Presets of Sources': joined.map((source) =>
			context.getNodeParameter(`presetOfSource${source}`, 0, AS_SOURCE_1),
		),
		'Number of Sources': numberOfSources,
		'Own Mapping': rowsOf(mapping),
		Options: context.getNodeParameter('options', 0, {}),
	});
	const { columnsAtMost, coreFeatures, customersAre, otherColumns } = settings.Options;
	const featureField = rawPath(context, 'options.featureField', 'Feature Field', '');
	return {
		preset: accountPreset(settings.Preset),
		presets: settings['Presets of Sources'].map((id) =>
			id === AS_SOURCE_1 ? undefined : accountPreset(id),
		),
		mapping: settings['Own Mapping'].map(({ target, source }) => ({
			target,
			source: pathOf(context, `Own Mapping, ${target}`, source),
		})),
		otherColumns,
		columnsAtMost,
		customersAre,
		compilePath: compileFieldPath,
		numberOfSources,
		keys: joined.map((source) =>
			rawPath(context, `keyOfSource${source}`, `Key of Source ${source}`, 'accountId'),
		),
		matches: joined.map((source) =>
			rawPath(context, `matchOfSource${source}`, `Account Field for Source ${source}`, 'accountId'),
		),
		summary: {
			now: readNow(context),
			zone: context.getTimezone(),
			...(featureField === '' ? {} : { featureOf: compileFieldPath(featureField) }),
			coreFeatures: coreFeatures
				.split(';')
				.map((name) => name.trim())
				.filter((name) => name !== ''),
		},
	};
}

/** A field named in a parameter; an empty one means `otherwise`. */
function rawPath(
	context: IExecuteFunctions,
	parameter: string,
	name: string,
	otherwise: string,
): string {
	const text: unknown = context.getNodeParameter(parameter, 0, otherwise, { rawExpressions: true });
	return typeof text === 'string' && text.trim() !== '' ? pathOf(context, name, text) : otherwise;
}

function rowsOf(mapping: unknown): unknown {
	const rows =
		typeof mapping === 'object' && mapping !== null && 'field' in mapping ? mapping.field : [];
	return rows ?? [];
}

function pathOf(context: IExecuteFunctions, setting: string, text: string): string {
	const path = text.startsWith('=') ? pathOfExpression(text) : text.trim();
	try {
		if (path !== undefined && path !== '') {
			compileFieldPath(path);
			return path;
		}
	} catch {
		// falls through to the one sentence for everything that is no field
	}
	const found = text === '' ? 'is empty' : 'is not the name of a field';
	throw new NodeOperationError(context.getNode(), `'${setting}' ${found}`, {
		description:
			'Enter the field as it stands in the input, such as arr or properties.arr, or drag it in. Expressions are not evaluated here.',
	});
}
