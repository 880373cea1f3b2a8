import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parseLocal } from '../../engine/calendar/localTime';

/** Stands in the Options collection of every node that looks at time. */
export const nowOption: INodeProperties = {
	displayName: 'Now',
	name: 'now',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-03-01T09:00:00Z',
	description:
		'The time this node takes as the present, for tests and simulations. Leave empty for the clock.',
};

/**
 * The node's present in milliseconds since 1970, read once per execution from `options.now`.
 * @throws NodeOperationError when the option holds something that is not a time
 */
export function readNow(context: IExecuteFunctions): number {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const value: unknown =
		typeof options === 'object' && options !== null && 'now' in options ? options.now : undefined;
	if (value === undefined || value === null || value === '') return Date.now();
	const now = toMillis(value, context.getTimezone());
	if (now === undefined) {
		throw new NodeOperationError(context.getNode(), "The 'Now' option is not a time", {
			description:
				'Use an ISO date-time such as 2026-03-01T09:00:00Z, or leave it empty for the clock.',
		});
	}
	return now;
}

/** The last moment a Date can be. */
const LATEST = 8.64e15;

/** A text without an offset is a local time of the workflow's zone. */
function toMillis(value: unknown, zone: string): number | undefined {
	if (typeof value === 'number') return Math.abs(value) <= LATEST ? value : undefined;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
	if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : undefined;
	return typeof value === 'string' ? parseLocal(value, zone) : undefined;
}
