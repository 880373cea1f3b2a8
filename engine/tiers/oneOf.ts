/** Whether a value is one of the words, whatever the case and punctuation: `Mid-Market` is `midmarket`. */
export function oneOf(words: readonly string[]): (value: unknown) => boolean {
	const known = new Set(words.map(plain));
	// plans and segments repeat; remembering them spares the comparison of letters
	const seen = new Map<string, boolean>();
	return (value) => {
		if (typeof value !== 'string') return false;
		const before = seen.get(value);
		if (before !== undefined) return before;
		const found = known.has(plain(value));
		if (seen.size < 1000) seen.set(value, found);
		return found;
	};
}

/** Letters and digits only, in lower case. */
export function plain(word: string): string {
	return word.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}
