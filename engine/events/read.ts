import { z } from 'zod/v4';
import { isId, LONGEST_ADDRESS } from '../accounts/account';
import { parseLocal } from '../calendar/localTime';

/** Reading what senders send: a field that is not what it should be is no field, and never an error. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object has at a path of its own fields; undefined for anything else. */
export function at(value: unknown, ...path: string[]): unknown {
	let found = value;
	for (const name of path) {
		if (!isFields(found) || !Object.hasOwn(found, name)) return undefined;
		found = found[name];
	}
	return found ?? undefined;
}

/** What is in a list; nothing where it is none. */
export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A text or a whole number as text; undefined for what can be no id. */
export function idOf(value: unknown): string | undefined {
	const text = textOf(value);
	return text !== undefined && isId(text) ? text : undefined;
}

export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** The first that is an id. */
export function firstId(...values: unknown[]): string | undefined {
	for (const value of values) {
		const id = idOf(value);
		if (id !== undefined) return id;
	}
	return undefined;
}

const address = z.email().max(LONGEST_ADDRESS);

/** The first that is an e-mail address, in lower case. */
export function firstAddress(...values: unknown[]): string | undefined {
	for (const value of values) {
		if (typeof value !== 'string') continue;
		const parsed = address.safeParse(value.trim().toLowerCase());
		if (parsed.success) return parsed.data;
	}
	return undefined;
}

/** Seconds since 1970 reach this number in the year 5138, milliseconds reached it in 1973. */
const MILLIS_FROM = 100_000_000_000;
/** The last moment a Date can be. */
const LATEST = 8.64e15;

/** ISO text, or a number since 1970: milliseconds as HubSpot sends them, seconds as Stripe does. ms since 1970. */
export function timeOf(value: unknown): number | undefined {
	if (typeof value === 'string' && !/^\d{10,}$/.test(value)) return parseLocal(value, 'UTC');
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined;
	const ms = Math.round(number < MILLIS_FROM ? number * 1000 : number);
	return ms <= LATEST ? ms : undefined;
}

/** ISO date-time of a time in any of those spellings. */
export function isoOf(value: unknown): string | undefined {
	const ms = timeOf(value);
	return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Letters only, in lower case: case, separators and digits are nobody's business. */
export function lettersOf(text: string): string {
	return text.toLowerCase().replace(/[^a-z]/g, '');
}

/** The fields that are there. */
export function present(fields: Fields): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The same value with the names of fields in order, so that it reads the same however its sender ordered it. */
export function inOrder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inOrder);
	if (!isFields(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
			.map(([name, one]) => [name, inOrder(one)]),
	);
}
