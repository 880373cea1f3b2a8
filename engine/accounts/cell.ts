import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import { isId, LONGEST_ADDRESS } from './account';
import type { AccountField } from './fields';
import { readLimits } from './limits';
import { isMissing } from './missing';
import type { Cell } from './row';

/** What a cell holds that cannot be read as its field. Never leaves this folder as a value. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

/** Turns a cell that is not missing into the field's value. */
export type CellParser = (cell: unknown) => Cell | typeof UNREADABLE;

/** Compiles the reading of one field: text is taken for what it says, then the account's schema has the last word. */
export function compileParser(field: AccountField): CellParser {
	const convert = converterOf(field);
	const accepts = checkOf(field);
	return (cell) => {
		const value = convert(cell);
		return value !== UNREADABLE && accepts(value) ? value : UNREADABLE;
	};
}

/** The common forms of a date that exists in every month; any other text is left to the schema. */
const PLAIN_TIME =
	/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

function checkOf({ kind, schema }: AccountField): (value: Cell) => boolean {
	const bySchema = remembering((value) => schema.safeParse(value).success);
	if (kind === 'time') {
		return (value) => (typeof value === 'string' && PLAIN_TIME.test(value)) || bySchema(value);
	}
	// addresses hardly repeat, and the schema asks no more than this of one
	if (kind === 'email') {
		return (value) =>
			typeof value === 'string' && value.length <= LONGEST_ADDRESS && z.regexes.email.test(value);
	}
	if (kind === 'id') return (value) => typeof value === 'string' && isId(value);
	if (kind === 'text') return (value) => value !== '';
	return bySchema;
}

/**
 * Zones, words and figures repeat over thousands of rows while checking one costs microseconds, so what is known of
 * a value is kept, up to a limit.
 */
function remembering(check: (value: Cell) => boolean): (value: Cell) => boolean {
	const known = new Map<Cell, boolean>();
	return (value) => {
		if (typeof value === 'object') return check(value);
		let accepted = known.get(value);
		if (accepted === undefined) {
			accepted = check(value);
			if (known.size < 2_000) known.set(value, accepted);
		}
		return accepted;
	};
}

function converterOf({ kind, choices, schema }: AccountField): CellParser {
	switch (kind) {
		case 'id':
			return readId;
		case 'number':
			return readNumber;
		case 'yesNo':
			return readYesNo;
		case 'time':
			return readTime;
		case 'choice':
			return choiceReader(choices, schema.safeParse(true).success);
		case 'currency':
			return (cell) => (typeof cell === 'string' ? cell.trim().toUpperCase() : UNREADABLE);
		case 'email':
		case 'timeZone':
			return (cell) => (typeof cell === 'string' ? cell.trim() : UNREADABLE);
		case 'list':
			return (cell) => readList(cell, (text) => text.split(';'));
		case 'notes':
			return (cell) => readList(cell, (text) => [text]);
		case 'steps':
			return readSteps;
		case 'limits':
			return (cell) => readLimits(cell, figureOf) ?? UNREADABLE;
		case 'text':
			return readText;
	}
}

function readText(cell: unknown): string | typeof UNREADABLE {
	if (typeof cell === 'string') return cell.trim();
	return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : UNREADABLE;
}

export function readId(cell: unknown): string | typeof UNREADABLE {
	if (typeof cell === 'string') return cell.trim();
	return typeof cell === 'number' && Number.isSafeInteger(cell) ? String(cell) : UNREADABLE;
}

const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** `12,000.50` and `1,234,567` can only be read one way; `12,000` is twelve in half of Europe. */
const GROUPED_NUMBER = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
const AMBIGUOUS_NUMBER = /^[+-]?\d{1,3},\d{3}$/;

/** A text that is a number to one reader and another number to the next. */
export function isAmbiguousNumber(cell: unknown): boolean {
	return typeof cell === 'string' && AMBIGUOUS_NUMBER.test(cell.trim());
}

export function readNumber(cell: unknown): number | typeof UNREADABLE {
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : UNREADABLE;
	if (typeof cell !== 'string') return UNREADABLE;
	const text = cell.trim();
	if (PLAIN_NUMBER.test(text)) return finite(Number(text));
	return GROUPED_NUMBER.test(text) ? finite(Number(text.replaceAll(',', ''))) : UNREADABLE;
}

function finite(value: number): number | typeof UNREADABLE {
	return Number.isFinite(value) ? value : UNREADABLE;
}

function figureOf(cell: unknown): number | undefined {
	const figure = readNumber(cell);
	return figure === UNREADABLE ? undefined : figure;
}

const YES_NO = new Map<unknown, boolean>([
	['yes', true],
	['true', true],
	['1', true],
	['no', false],
	['false', false],
	['0', false],
]);

function readYesNo(cell: unknown): boolean | typeof UNREADABLE {
	if (typeof cell === 'boolean') return cell;
	const word = typeof cell === 'number' || typeof cell === 'string' ? String(cell) : '';
	return YES_NO.get(word.trim().toLowerCase()) ?? UNREADABLE;
}

/** Milliseconds since 1970 as CRMs write them: thirteen digits, which no ISO date has. */
const EPOCH_MILLISECONDS = /^\d{13}$/;

/** As Salesforce writes it: `+0000`, which not everybody takes for a zone. */
const BARE_OFFSET = /(?<=T.*)([+-]\d\d)(\d\d)$/;

function readTime(cell: unknown): string | typeof UNREADABLE {
	if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? UNREADABLE : cell.toISOString();
	if (DateTime.isDateTime(cell)) return cell.toISO() ?? UNREADABLE;
	if (typeof cell !== 'string' && typeof cell !== 'number') return UNREADABLE;
	const text = String(cell).trim();
	if (EPOCH_MILLISECONDS.test(text)) return new Date(Number(text)).toISOString();
	return typeof cell === 'string' ? text.replace(BARE_OFFSET, '$1:$2') : UNREADABLE;
}

function choiceReader(choices: readonly string[], takesYesNo: boolean): CellParser {
	const simplify = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '');
	const words = new Map(choices.map((choice) => [simplify(choice), choice]));
	return (cell) => {
		const word = typeof cell === 'string' ? words.get(simplify(cell)) : undefined;
		return word ?? (takesYesNo ? readYesNo(cell) : UNREADABLE);
	};
}

function readList(cell: unknown, split: (text: string) => string[]): string[] | typeof UNREADABLE {
	const parts: unknown[] = Array.isArray(cell)
		? cell
		: typeof cell === 'string'
			? split(cell)
			: [cell];
	const texts: string[] = [];
	for (const part of parts) {
		if (isMissing(part)) continue;
		const text = readText(part);
		if (text === UNREADABLE) return UNREADABLE;
		texts.push(text);
	}
	return texts;
}

/** Steps as `connect-data; invite-team`, as a list of ids, or as the canonical objects with dates. */
function readSteps(cell: unknown): object | typeof UNREADABLE {
	if (typeof cell !== 'string' && !Array.isArray(cell)) return UNREADABLE;
	const parts: unknown[] = Array.isArray(cell) ? cell : [];
	if (parts.length > 0 && parts.every((part) => typeof part === 'object')) return [...parts];
	const ids = readList(cell, (text) => text.split(';'));
	return ids === UNREADABLE ? UNREADABLE : ids.map((step) => ({ step }));
}
