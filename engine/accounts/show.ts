const LONGEST = 24;
const LONGEST_NAME = 40;
/** One less than the shortest phone number with its area. */
const MOST_DIGITS = 9;
/** Below it too many names are one letter away from a choice. */
const SHORTEST_TYPO = 5;

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/;
const GROUPED_NUMBER = /^-?[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d+)?$/;
const LIKE_A_DATE = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:\D.*)?$/;
/** `late`, `Europe/Berln`, `A-1002`: one word. */
const WORD = /^[\p{L}\d_\-/:.+]+$/u;
/** Digits as in phone numbers, dates and ids of persons: grouped by something, or after a plus. */
const GROUPED_DIGITS = /^(?:\+\d|\d+[-/:.+]\d)/;
/** `login`, `invoice.paid`, `userLoggedIn`: as machines write, and not as names are written. */
const IDENTIFIER = /^[a-z][A-Za-z]*(?:[_.:/-][A-Za-z]+)*$/;

const ZONES = Intl.supportedValuesOf('timeZone');
const CITIES = new Set(ZONES.map((zone) => simplify(zone.slice(zone.lastIndexOf('/') + 1))));
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/**
 * What kind of value was found, and how long it is. Messages travel further than data, and a wrong mapping can put a
 * person's data into any field, so nothing of a value is repeated here; the functions below repeat what cannot be
 * personal in the field they are for.
 */
export function show(value: unknown): string {
	if (typeof value === 'string') {
		const text = value.trim();
		const { length } = text;
		if (length === 0) return 'an empty text';
		const like = LIKE_A_DATE.test(text) ? ', like a date' : '';
		return `a text of ${counted(length, 'character')}${like}`;
	}
	if (Array.isArray(value)) return `a list of ${String(value.length)}`;
	if (value === null || value === undefined) return 'nothing';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'boolean') return String(value);
	if (typeof value !== 'number') return typeof value;
	const digits = String(Math.abs(value));
	if (/^\d+$/.test(digits)) return `a number of ${counted(digits.length, 'digit')}`;
	return Number.isFinite(value) ? 'a number with decimals' : String(value);
}

/** A value found where a number belongs: repeated if it is a short plain number. */
export function showNumber(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number') return show(value);
	const text = String(value).trim();
	const plain = PLAIN_NUMBER.test(text) || GROUPED_NUMBER.test(text);
	if (!plain || text.replace(/\D/g, '').length > MOST_DIGITS) return show(value);
	return typeof value === 'string' ? `"${text}"` : text;
}

/** A value found where one of `choices` belongs: repeated if it is one of them misspelled. */
export function showChoice(value: unknown, choices: readonly string[]): string {
	if (typeof value !== 'string') return show(value);
	const word = simplify(value);
	return choices.some((choice) => isTypo(word, simplify(choice))) ? quoted(value) : show(value);
}

/** A value found where a time zone belongs: repeated if it is the city of one, or one misspelled. */
export function showZone(value: unknown): string {
	if (typeof value !== 'string') return show(value);
	const word = simplify(value);
	const near =
		CITIES.has(word) || (word.includes('/') && ZONES.some((zone) => isTypo(word, simplify(zone))));
	return near ? quoted(value) : show(value);
}

/** A value found where a currency belongs: repeated if it is the code of one. */
export function showCurrency(value: unknown): string {
	return typeof value === 'string' && CURRENCIES.has(value.trim().toUpperCase())
		? quoted(value)
		: show(value);
}

/** The type of an event: its sender has to find it again, so it is repeated where it is written like one. */
export function showType(type: string): string {
	return type.length <= LONGEST_NAME && IDENTIFIER.test(type) ? quoted(type) : show(type);
}

/**
 * An id as it may stand in a message: one short word, so never an address, a person's full name, a phone number or a
 * date. Ids mix letters and digits by nature.
 */
export function showId(id: string): string {
	return id.length <= LONGEST && WORD.test(id) && !GROUPED_DIGITS.test(id)
		? quoted(id)
		: `(${show(id)})`;
}

/** The name of a column or field: its owner has to find it again, so it is repeated but for addresses. */
export function showName(name: string): string {
	const text = name.replace(/\S+@\S+/g, '…@…');
	return quoted(text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);
}

function quoted(text: string): string {
	return `"${text.trim()}"`;
}

function counted(count: number, one: string): string {
	return `${String(count)} ${count === 1 ? one : `${one}s`}`;
}

function simplify(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, '');
}

/** Whether one became the other by a slip or, in long words, two. */
function isTypo(found: string, meant: string): boolean {
	if (found.length < SHORTEST_TYPO) return false;
	const most = found.length < 8 ? 1 : 2;
	// the first letter is seldom mistaken, and looking at it spares nearly all the work
	if (!meant.startsWith(found.charAt(0)) || Math.abs(found.length - meant.length) > most)
		return false;
	return distance(found, meant) <= most;
}

/** How many letters have to be added, taken away or replaced to make one word of the other. */
function distance(a: string, b: string): number {
	let before = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const change = a[row - 1] === b[column - 1] ? 0 : 1;
			current.push(
				Math.min(
					(before[column] ?? 0) + 1,
					(current[column - 1] ?? 0) + 1,
					(before[column - 1] ?? 0) + change,
				),
			);
		}
		before = current;
	}
	return before[b.length] ?? 0;
}
