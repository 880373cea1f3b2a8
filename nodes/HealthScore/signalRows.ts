import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Policy, Signal } from '../../engine/health/model';
import { curveFrom, curveRow } from './curveRows';
import { isObject, textOf } from '../platform/rows';

export const DEFAULT_MAX_AGE_DAYS = 14;
export const DEFAULT_LAST_KNOWN_DAYS = 7;

/** A signal of the engine as a row of the node's list. */
export function rowOf(signal: Signal): INodeParameters {
	const { id, label, group, field, weight, curve, of, range, asOf, unit } = signal;
	// only what is not as it would be anyway: a row in the editor shows every setting that is there
	const more: INodeParameters = id === idFrom(label) ? {} : { id };
	if (group !== DEFAULT_GROUP) more.group = group;
	if (of !== undefined) more.of = of.field;
	if (of !== undefined && of.atLeast !== 1) more.ofAtLeast = of.atLeast;
	if (range?.min !== undefined) more.min = range.min;
	if (range?.max !== undefined) more.max = range.max;
	if (asOf !== undefined) more.asOf = asOf.field;
	if (asOf !== undefined && asOf.maxAgeDays !== DEFAULT_MAX_AGE_DAYS) {
		more.maxAgeDays = asOf.maxAgeDays;
	}
	if (signal.stale !== 'leaveOut') more.stale = nameOf(signal.stale);
	if (signal.invalid !== 'leaveOut') more.invalid = nameOf(signal.invalid);
	const days = [signal.missing, signal.stale, signal.invalid].map((policy) =>
		typeof policy === 'object' ? policy.lastKnown : 0,
	);
	if (Math.max(...days) > 0) more.lastKnownDays = Math.max(...days);
	if (typeof unit === 'object') {
		more.unit = [unit.one, unit.many, unit.less ?? []].flat().join(UNIT_SEPARATOR);
	} else if (unit !== undefined) more.unit = unit;
	const missing = nameOf(signal.missing);
	return { label, weight, field, ...curveRow(curve), missing, more };
}

/** A row of the node's list as the engine's signal, still to be checked; fields its curve does not use stay behind. */
export function signalOf(row: IDataObject): object {
	const more = isObject(row.more) ? row.more : {};
	const label = textOf(row.label);
	const field = textOf(row.field);
	const days = more.lastKnownDays ?? DEFAULT_LAST_KNOWN_DAYS;
	const policy = (name: unknown): unknown => (name === 'lastKnown' ? { lastKnown: days } : name);
	return {
		id: idOf(row),
		label: label || field,
		group: textOf(more.group) || undefined,
		field,
		weight: row.weight,
		unit: unitFrom(textOf(more.unit)),
		curve: curveFrom(row),
		missing: policy(row.missing),
		stale: policy(more.stale),
		invalid: policy(more.invalid),
		of: textOf(more.of) === '' ? undefined : { field: textOf(more.of), atLeast: more.ofAtLeast },
		range:
			more.min === undefined && more.max === undefined
				? undefined
				: { min: more.min, max: more.max },
		asOf:
			textOf(more.asOf) === ''
				? undefined
				: { field: textOf(more.asOf), maxAgeDays: more.maxAgeDays ?? DEFAULT_MAX_AGE_DAYS },
	};
}

/** A row of the list of caps, still to be checked; the signal may be named by its label. */
export function capOf(row: IDataObject, signals: readonly IDataObject[]): object {
	const name = textOf(row.signal);
	const named = signals.find((signal) => idOf(signal) === name || textOf(signal.label) === name);
	const signal = named === undefined ? name : idOf(named);
	const { value, atMost } = row;
	switch (row.when) {
		case 'is':
			return { signal, is: textOf(value), atMost };
		case 'atMost':
			return { signal, to: numberFrom(value), atMost };
		default:
			return { signal, from: numberFrom(value), atMost };
	}
}

/** What a row's signal is called in contributions and reasons. */
function idOf(row: IDataObject): string {
	const more = isObject(row.more) ? row.more : {};
	return textOf(more.id) || idFrom(textOf(row.label)) || idFrom(textOf(row.field));
}

function nameOf(policy: Policy): string {
	return typeof policy === 'object' ? 'lastKnown' : policy;
}

const UNIT_SEPARATOR = ' | ';
const DEFAULT_GROUP = 'other';

/** `open ticket | open tickets | resolved`, or just the plural. */
function unitFrom(text: string): object | string | undefined {
	if (text === '') return undefined;
	const [one = '', many, less] = text.split('|').map((part) => part.trim());
	return many === undefined ? one : { one, many, less: less === '' ? undefined : less };
}

/** A number that somebody typed; what is none goes on as it is, for the model's check to refuse. */
function numberFrom(value: unknown): unknown {
	const text = textOf(value);
	return text === '' || Number.isNaN(Number(text)) ? value : Number(text);
}

/** `Open P1 tickets` as `openP1Tickets`. */
function idFrom(text: string): string {
	const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
	const joined = words
		.map((word, index) => {
			if (index > 0) return word.charAt(0).toUpperCase() + word.slice(1);
			return word === word.toUpperCase()
				? word.toLowerCase()
				: word.charAt(0).toLowerCase() + word.slice(1);
		})
		.join('');
	return joined.replace(/^\d+/, '');
}
