import { askForRows, type Row, type Work } from './database';
import { storable } from './rows';

/**
 * Where people's addresses stand in texts that senders wrote: in an event's data at any depth, in reasons. The database
 * looks roughly, and what it finds is judged here, because SQLite knows capitals of no script but ours.
 */

/** In place of an address that was erased. */
const ERASED = '(erased)';

const WHOLE_ADDRESS = /^[^\s@]+@[^\s@]*[^\s@.]$/;
/** Of what stands before an address: a letter of it that is written as in links, so that the address begins here. */
const ENCODED = /%[0-9a-f]{2}$/;
/** What makes it the end of a longer address: mary.ada@… */
const LONGER_BEFORE = /[\p{L}\p{N}][._+-]*$/u;
/** What makes it the beginning of a longer one: …example.org. A full stop at the end of a sentence does not. */
const LONGER_AFTER = /^(?:\.|-+)?[\p{L}\p{N}]/u;
const FURTHEST = 64;

/** Addresses as people and machines write them, perhaps with more around them than belongs to them; never a long search. */
const ADDRESSES =
	/[^\s<>()[\]"'`,;:\\|{}=/?&@]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,253}[\p{L}\p{N}])?/gu;

/** Finds people's addresses in texts, in any case, written out or as in links. */
export class Mentions {
	/** In lower case. */
	private readonly spellings: readonly string[];
	/** For the database: of each spelling the longest part that reads the same in any database, and in JSON. */
	private readonly needles: readonly string[];

	/** What is no address is mentioned nowhere. */
	constructor(addresses: readonly string[]) {
		const whole = addresses
			.map((address) => storable(address.trim()).toLowerCase())
			.filter((address) => WHOLE_ADDRESS.test(address));
		this.spellings = [
			...new Set(whole.flatMap((address) => [address, encodeURIComponent(address).toLowerCase()])),
		];
		this.needles = [...new Set(this.spellings.map(longestPlainPart))];
	}

	/** Rows of a table in one of whose texts, the SQL expression `within`, an address may stand. */
	*among(table: string, columns: string, within: string): Work<Row[]> {
		return yield* askForRows(
			{ text: 'text' },
			this.needles.map((needle) => ({ text: `%${needle.replaceAll(/[!%_]/g, '!$&')}%` })),
			(rows) =>
				`SELECT ${columns} FROM ${rows} AS r CROSS JOIN ${table} WHERE lower(${within}) LIKE r.text ESCAPE '!'`,
		);
	}

	in(value: unknown): boolean {
		return textsOf(value).some((text) => this.without(text) !== text);
	}

	/** The same text with `(erased)` for each. */
	without(text: string): string {
		let left = text;
		for (const spelling of this.spellings) {
			if (left.length < spelling.length) continue;
			left = replaced(left, spelling);
		}
		return left;
	}

	/** The same value with `(erased)` for each in every text of it. */
	withoutIn(value: unknown): unknown {
		if (typeof value === 'string') return this.without(value);
		if (Array.isArray(value)) return value.map((part) => this.withoutIn(part));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, part]) => [this.without(name), this.withoutIn(part)]),
		);
	}
}

function replaced(text: string, spelling: string): string {
	const lower = text.toLowerCase();
	// a few capitals become two letters; then the text is told in lower case
	const source = lower.length === text.length ? text : lower;
	let result = '';
	let from = 0;
	for (let at = lower.indexOf(spelling); at >= 0; at = lower.indexOf(spelling, at + 1)) {
		const end = at + spelling.length;
		if (at < from || !isWhole(lower, at, end)) continue;
		result += source.slice(from, at) + ERASED;
		from = end;
	}
	return from === 0 ? text : result + source.slice(from);
}

function isWhole(text: string, at: number, end: number): boolean {
	const before = text.slice(Math.max(0, at - FURTHEST), at);
	return (
		(ENCODED.test(before) || !LONGER_BEFORE.test(before)) &&
		!LONGER_AFTER.test(text.slice(end, end + FURTHEST))
	);
}

function longestPlainPart(text: string): string {
	const parts = text.split(/[^\x20-\x7e]|["\\]/);
	return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** Everything in a value that may be an address, in lower case, each once. */
export function addressesIn(value: unknown): Set<string> {
	const found = new Set<string>();
	for (const text of textsOf(value)) {
		for (const [address] of text.replaceAll(/%40/g, '@').matchAll(ADDRESSES))
			found.add(address.toLowerCase());
	}
	return found;
}

/** Every text in a value, names of fields included. */
function textsOf(value: unknown): string[] {
	const texts: string[] = [];
	const open: unknown[] = [value];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (typeof next === 'string') texts.push(next);
		else if (Array.isArray(next)) for (const part of next) open.push(part ?? null);
		else if (typeof next === 'object' && next !== null) {
			for (const [name, part] of Object.entries(next)) {
				texts.push(name);
				open.push(part ?? null);
			}
		}
	}
	return texts;
}
