import { createHash } from 'node:crypto';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { healthModelSchema, type HealthModel } from '../../engine/health/model';
import { HEALTH_PRESETS } from '../../engine/health/presets';
import { sentencesOf } from '../platform/problems';
import { signalOf } from './signalRows';

/**
 * The node's model, read and checked once per execution.
 * @throws NodeOperationError naming the signal and the field that is wrong
 */
export function readModel(context: IExecuteFunctions): HealthModel {
	const source = context.getNodeParameter('model', 0);
	if (source === 'own') {
		const rows = rowsOf(context.getNodeParameter('signals', 0, {}));
		return withOptions(context, { id: 'own', signals: rows.map(signalOf) }, rows);
	}
	if (source === 'json') return withOptions(context, parseJson(context), []);
	const preset = source === 'fewData' ? HEALTH_PRESETS.fewData : HEALTH_PRESETS.b2bSaas;
	return withOptions(context, preset, []);
}

/** Thresholds of the node's options win over the model's; a model that is not as it was written gets a version of its own. */
function withOptions(
	context: IExecuteFunctions,
	model: object,
	rows: readonly IDataObject[],
): HealthModel {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const { greenFrom, yellowFrom, coverageFloor }: IDataObject = isObject(options) ? options : {};
	const bands = 'bands' in model && isObject(model.bands) ? { ...model.bands } : {};
	const changed: IDataObject = {};
	if (greenFrom !== undefined) bands.green = greenFrom;
	if (yellowFrom !== undefined) bands.yellow = yellowFrom;
	if (Object.keys(bands).length > 0) changed.bands = bands;
	if (coverageFloor !== undefined) changed.coverageFloor = Number(coverageFloor) / 100;
	const isChanged = [greenFrom, yellowFrom, coverageFloor].some((value) => value !== undefined);
	const definition = { ...model, ...changed };
	const parsed = healthModelSchema.safeParse(
		isChanged || rows.length > 0 ? { ...definition, version: versionOf(definition) } : definition,
	);
	if (parsed.success) return parsed.data;
	const [first, ...more] = sentencesOf(parsed.error, (path) => nameOf(path, rows));
	throw new NodeOperationError(
		context.getNode(),
		`The health model cannot be used: ${first ?? 'a field is wrong'}`,
		{ description: more.length > 0 ? more.join('\n') : 'Correct the field and run again.' },
	);
}

/** The same signals, weights and thresholds are the same version, whoever typed them. */
function versionOf(definition: object): string {
	return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 12);
}

function parseJson(context: IExecuteFunctions): object {
	const given: unknown = context.getNodeParameter('modelJson', 0, '');
	let model: unknown = given;
	if (typeof given === 'string') {
		try {
			model = JSON.parse(given);
		} catch (error) {
			throw new NodeOperationError(context.getNode(), "'Model' is not valid JSON", {
				description: error instanceof Error ? error.message : 'Check commas, quotes and braces.',
			});
		}
	}
	if (isObject(model)) return model;
	throw new NodeOperationError(context.getNode(), "'Model' is not a JSON object", {
		description:
			'Write it as { "id": "my-model", "signals": [ … ] }; the docs page has an example.',
	});
}

/** `Signal 2 'NPS', weight` instead of `signals → 2 → weight`. */
function nameOf(path: PropertyKey[], rows: readonly IDataObject[]): string {
	const [list, index, ...field] = path;
	if (list !== 'signals' || typeof index !== 'number') return path.map(String).join(' → ');
	const label = rows[index]?.label;
	const called = typeof label === 'string' && label !== '' ? ` '${label}'` : '';
	const [first, second, step] = field;
	const inside =
		second === 'steps' && typeof step === 'number' ? [first, `step ${step + 1}`] : field;
	return [`Signal ${index + 1}${called}`, ...inside.map(String)].join(', ');
}

function rowsOf(collection: unknown): IDataObject[] {
	if (!isObject(collection)) return [];
	const rows: unknown = collection.signal;
	return Array.isArray(rows) ? rows.filter((row): row is IDataObject => isObject(row)) : [];
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
