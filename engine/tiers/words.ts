import { isMissing } from '../accounts/missing';

/** What stands in a field: a word that is known, nothing at all, or something nobody can read. */
export type Reading<T> = T | 'missing' | 'unreadable';

const YES = ['yes', 'true', 'y', '1'];
const NO = ['no', 'false', 'n', '0'];
const MOST_REMEMBERED = 1000;

/**
 * Compiles the reading of a field that says yes or no, whatever the case and blanks; `yes` and `no` are the words of this
 * field besides the usual ones, written without blanks.
 */
export function compileYesNo(
	yes: readonly string[] = [],
	no: readonly string[] = [],
): (value: unknown) => Reading<boolean> {
	const word = compileWord([
		...[...YES, ...yes].map((known): [string, boolean] => [known, true]),
		...[...NO, ...no].map((known): [string, boolean] => [known, false]),
	]);
	return (value) => (typeof value === 'boolean' ? value : word(value));
}

/** Compiles the reading of a field that holds one of some words, whatever the case and blanks. */
export function compileWord<T>(
	known: Iterable<readonly [string, T]>,
): (value: unknown) => Reading<T> {
	const words = new Map(known);
	// the same few words stand in all accounts; remembering them spares the comparison of letters
	const seen = new Map<string, Reading<T>>(words);
	return (value) => {
		if (value === undefined || value === null) return 'missing';
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string') return 'unreadable';
		const before = seen.get(text);
		if (before !== undefined) return before;
		const found = isMissing(text) ? 'missing' : (words.get(plain(text)) ?? 'unreadable');
		if (seen.size < MOST_REMEMBERED) seen.set(text, found);
		return found;
	};
}

/** Only what joins letters goes: `-1` is not `1`. */
function plain(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/(?<=\p{Letter})[\s_-]+(?=\p{Letter})/gu, '');
}
