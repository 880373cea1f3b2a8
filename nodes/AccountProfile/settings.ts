import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { BuildSettings } from '../../engine/accounts/buildAccounts';
import { ACCOUNT_FIELDS } from '../../engine/accounts/fields';
import { ACCOUNT_PRESETS, accountPreset } from '../../engine/accounts/presets';
import { compileFieldPath, pathOfExpression } from '../platform/fieldPath';
import { parseConfiguration } from '../platform/problems';

const fieldNames = ACCOUNT_FIELDS.map(({ path }) => path);

const settingsSchema = z.object({
	Preset: z.enum(ACCOUNT_PRESETS.map(({ id }) => id)),
	'Number of Sources': z.number().int().min(1).max(5),
	'Own Mapping': z.array(z.object({ target: z.enum(fieldNames), source: z.string() })),
	Options: z.object({
		columnsAtMost: z.number().int().min(1).default(150),
		otherColumns: z.enum(['keep', 'leaveOut']).default('keep'),
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
	const settings = parseConfiguration(context.getNode(), 'A setting is not valid', settingsSchema, {
		Preset: context.getNodeParameter('preset', 0),
		'Number of Sources': Number(context.getNodeParameter('numberOfSources', 0, 1)),
		'Own Mapping': rowsOf(mapping),
		Options: context.getNodeParameter('options', 0, {}),
	});
	const numberOfSources = settings['Number of Sources'];
	const keys: string[] = [];
	for (let source = 2; source <= numberOfSources; source++) {
		const name = `Key of Source ${String(source)}`;
		const key: unknown = context.getNodeParameter(`keyOfSource${String(source)}`, 0, 'accountId', {
			rawExpressions: true,
		});
		keys.push(
			pathOf(context, name, typeof key === 'string' && key.trim() !== '' ? key : 'accountId'),
		);
	}
	return {
		preset: accountPreset(settings.Preset),
		mapping: settings['Own Mapping'].map(({ target, source }) => ({
			target,
			source: pathOf(context, `Own Mapping, ${target}`, source),
		})),
		otherColumns: settings.Options.otherColumns,
		columnsAtMost: settings.Options.columnsAtMost,
		compilePath: compileFieldPath,
		numberOfSources,
		keys,
	};
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
