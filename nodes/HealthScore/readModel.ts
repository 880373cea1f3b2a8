import { createHash } from 'node:crypto';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { parseModel, type HealthModel } from '../../engine/health/model';
import { HEALTH_PRESETS } from '../../engine/health/presets';
import { parseJson, sentencesOf } from '../platform/problems';
import { pathFrom, readPath } from './readPath';
import { capOf, signalOf } from './signalRows';
import { isObject, rowsOf, textOf } from '../platform/rows';

/**
 * The node's model, read and checked once per execution.
 * @throws NodeOperationError naming the signal and the field that is wrong
 */
export function readModel(context: IExecuteFunctions): HealthModel {
	const source = context.getNodeParameter('model', 0);
	if (source === 'own') {
		const rows = signalRows(context);
		const caps = rowsOf(context.getNodeParameter('caps', 0, {}), 'cap');
		const model = {
			id: nameOfOwn(context),
			signals: rows.map(signalOf),
			caps: caps.map((cap) => capOf(cap, rows)),
		};
		return withOptions(context, model, rows);
	}
	if (source === 'json') return withOptions(context, jsonModel(context), []);
	return withOptions(context, presetOf(source), []);
}

/** The list of signals, with the paths of fields that were dragged in as expressions. */
function signalRows(context: IExecuteFunctions): IDataObject[] {
	const typed: unknown = context.getNodeParameter('signals', 0, {}, { rawExpressions: true });
	const raws = rowsOf(typed, 'signal');
	return rowsOf(context.getNodeParameter('signals', 0, {}), 'signal').map((row, index) => {
		const raw = raws[index] ?? {};
		const field = pathFrom(raw.field, row.field);
		if (!isObject(row.more) || !isObject(raw.more)) return { ...row, field };
		const { of, asOf } = raw.more;
		const more = { of: pathFrom(of, row.more.of), asOf: pathFrom(asOf, row.more.asOf) };
		return { ...row, field, more: { ...row.more, ...more } };
	});
}

/** Nodes whose models have the same name share what is remembered. */
function nameOfOwn(context: IExecuteFunctions): string {
	const name = textOf(context.getNodeParameter('options.modelName', 0, ''));
	return name === '' ? 'own' : name;
}

function presetOf(source: unknown): HealthModel {
	if (source === 'fewData') return HEALTH_PRESETS.fewData;
	return source === 'productLed' ? HEALTH_PRESETS.productLed : HEALTH_PRESETS.b2bSaas;
}

/** Thresholds of the node's options win over the model's; a model that is not as it was written gets a version of its own. */
function withOptions(
	context: IExecuteFunctions,
	model: object,
	rows: readonly IDataObject[],
): HealthModel {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const set: IDataObject = isObject(options) ? options : {};
	const { greenFrom, yellowFrom, coverageFloor } = set;
	const bands = 'bands' in model && isObject(model.bands) ? { ...model.bands } : {};
	const changed: IDataObject = {};
	if (greenFrom !== undefined) bands.green = greenFrom;
	if (yellowFrom !== undefined) bands.yellow = yellowFrom;
	if (greenFrom !== undefined || yellowFrom !== undefined) changed.bands = bands;
	if (coverageFloor !== undefined) changed.coverageFloor = Number(coverageFloor) / 100;
	const { bandMargin: margin, bandScores: scores, bandSettled: settled } = set;
	const hysteresis = Object.entries({ margin, scores, settled }).filter(
		([, figure]) => figure !== undefined,
	);
	if (hysteresis.length > 0) {
		const own = 'hysteresis' in model && isObject(model.hysteresis) ? model.hysteresis : {};
		changed.hysteresis = { ...own, ...Object.fromEntries(hysteresis) };
	}
	const judgement = readPath(context, 'options.judgementField');
	if (judgement !== '') changed.judgement = { field: judgement };
	const isChanged = Object.keys(changed).length > 0;
	const definition = { ...model, ...changed };
	const parsed = parseModel(
		isChanged || rows.length > 0 ? { ...definition, version: versionOf(definition) } : definition,
	);
	if (parsed.success) return parsed.data;
	const [first, ...more] = sentencesOf(parsed.error, (path) =>
		nameOf(path, 'signals' in model ? model.signals : undefined),
	);
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

function jsonModel(context: IExecuteFunctions): object {
	const model = parseJson(context.getNode(), 'Model', context.getNodeParameter('modelJson', 0, ''));
	if (isObject(model)) return model;
	throw new NodeOperationError(context.getNode(), "'Model' is not a JSON object", {
		description:
			'Write it as { "id": "my-model", "signals": [ … ] }; the docs page has an example.',
	});
}

/** `Signal 2 'NPS', weight` instead of `signals → 2 → weight`. @param signals as they were given */
function nameOf(path: PropertyKey[], signals: unknown): string {
	const [list, index, ...field] = path;
	if (typeof index !== 'number') return path.map(String).join(' → ');
	const inside: string[] = [];
	for (const [place, part] of field.entries()) {
		const next = field[place + 1];
		const one = part === 'steps' ? 'step' : part === 'values' ? 'word' : undefined;
		if (one === undefined || typeof next !== 'number') inside.push(String(part));
		else {
			inside.push(`${one} ${next + 1}`);
			break;
		}
	}
	if (list === 'caps') return [`Cap ${index + 1}`, ...inside].join(', ');
	if (list !== 'signals') return path.map(String).join(' → ');
	const signal: unknown = Array.isArray(signals) ? signals[index] : undefined;
	const label = isObject(signal) ? textOf(signal.label) : '';
	return [`Signal ${index + 1}${label === '' ? '' : ` '${label}'`}`, ...inside].join(', ');
}
