const LONGEST = 24;
const LONGEST_NAME = 40;
/** What cards and bank accounts have more of, while sums and dates have not. */
const MOST_DIGITS = 14;
/** As many as a date has. */
const MOST_IN_MIX = 8;

/** `12,5`, `$ 12000`, `45%`: nothing but digits and what stands between and beside them. */
const SUM = /^[\d\s.,:/+\-€$£¥%]+$/;
/** `late`, `Europe/Berln`, `12k`, `2026-02-30T09:00Z`: one word. */
const WORD = /^[\p{L}\d_\-/:.+]+$/u;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;

/**
 * A found value as it may stand in a message. Messages travel further than data, so a text is repeated only where it
 * can hardly be personal or secret: a sum, a date, a single short word. Of any other only its kind and length are said.
 */
export function show(value: unknown): string {
	return typeof value === 'string' && isHarmless(value.trim())
		? `"${value.trim()}"`
		: describe(value);
}

/**
 * An id as it may stand in a message: one short word, so never an address or a person's full name. Ids mix letters and
 * digits by nature.
 */
export function showId(id: string): string {
	return id.length <= LONGEST && WORD.test(id) ? `"${id}"` : `(${describe(id)})`;
}

/** The name of a column or field: its owner has to find it again, so it is repeated but for addresses. */
export function showName(name: string): string {
	const text = name.replace(/\S+@\S+/g, '…@…');
	return `"${text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text}"`;
}

/** What kind of value it is. Says nothing of a text but its length. */
export function describe(value: unknown): string {
	if (typeof value === 'string') {
		const { length } = value.trim();
		return length === 0 ? 'an empty text' : `a text of ${String(length)} ${plural(length)}`;
	}
	if (Array.isArray(value)) return `a list of ${String(value.length)}`;
	if (value === null || value === undefined) return 'nothing';
	if (typeof value === 'object') return 'an object';
	const plain =
		typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
	return plain ? String(value) : typeof value;
}

function plural(length: number): string {
	return length === 1 ? 'character' : 'characters';
}

function isHarmless(text: string): boolean {
	if (text.length > LONGEST) return false;
	const digits = text.replace(/\D/g, '').length;
	if (digits > MOST_DIGITS && !ISO_DATE.test(text)) return false;
	if (SUM.test(text)) return true;
	if (!WORD.test(text)) return false;
	// digits among letters are dates and units while both are few, and beyond that keys and passwords
	const letters = text.replace(/[^\p{L}]/gu, '').length;
	return digits === 0 || (letters <= 4 && (digits <= MOST_IN_MIX || ISO_DATE.test(text)));
}
