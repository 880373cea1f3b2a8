import { DateTime } from 'luxon';
import { parseLocal } from '../calendar/localTime';

/** Milliseconds since 1970 as CRMs write them: thirteen digits, which no ISO date has. */
const EPOCH_MILLISECONDS = /^\d{13}$/;

/**
 * A date as databases, CRMs and n8n's own nodes hand it on, in ms since 1970; undefined when it is none. A text without
 * a time is the start of that local date in `zone` (P01).
 */
export function readDate(value: unknown, zone: string): number | undefined {
	if (typeof value === 'string' || typeof value === 'number') {
		const text = String(value).trim();
		if (EPOCH_MILLISECONDS.test(text)) return Number(text);
		return typeof value === 'string' ? parseLocal(text, zone) : undefined;
	}
	const at =
		value instanceof Date ? value.getTime() : DateTime.isDateTime(value) ? value.toMillis() : NaN;
	return Number.isNaN(at) ? undefined : at;
}
