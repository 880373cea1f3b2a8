import { parseLocal } from '../../calendar/localTime';
import { isMissing } from '../missing';
import type { Cell } from '../row';

/** How vendors write things down, read without believing any of it. */

export type Part = Readonly<Record<string, Cell>>;

const NOTHING: Part = Object.freeze({});

/** The named parts of a value that has some, else none. */
export function partsOf(value: unknown): Part {
	return isParts(value) ? value : NOTHING;
}

export function isParts(value: unknown): value is Part {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A text, or a number as one; undefined for anything else and for what is empty. */
export function textOf(value: unknown): string | undefined {
	if (isMissing(value)) return undefined;
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** In seconds this is the year 5138, in milliseconds 1973. */
const SECONDS_END = 1e11;
const DIGITS = /^\d+(?:\.\d+)?$/;

/**
 * A moment in ms since 1970: Stripe, Intercom and Mixpanel write seconds, others milliseconds or texts. A text without a
 * zone is UTC, as Amplitude writes it. Undefined for what is none.
 */
export function momentOf(value: unknown): number | undefined {
	const text = textOf(value);
	if (text === undefined) return undefined;
	if (!DIGITS.test(text)) return parseLocal(shortened(text), 'utc');
	const number = Number(text);
	return number < SECONDS_END ? number * 1000 : number;
}

/** Amplitude writes millionths of a second, of which nothing is lost here. */
function shortened(text: string): string {
	return text.replace(/(\.\d{3})\d+/, '$1');
}

export function isoOf(value: unknown): string | undefined {
	const at = momentOf(value);
	return at === undefined || Math.abs(at) > 8.64e15 ? undefined : new Date(at).toISOString();
}
