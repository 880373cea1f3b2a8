const MOST_REMEMBERED = 10_000;

/** Compares words as people write them: `Mid-Market` is `mid market`, `DACH ` is `dach`. */
export class Words {
	// regions and tiers repeat; remembering them spares the comparison of letters
	private readonly seen = new Map<string, string>();

	/** The word without case, blanks and punctuation; what consists of nothing else is kept as it is. */
	plain(word: string): string {
		const before = this.seen.get(word);
		if (before !== undefined) return before;
		const whole = word.normalize('NFKC').trim().toLowerCase();
		// marks are letters' parts: without them different words of some scripts look alike
		const letters = whole.replace(/[^\p{Letter}\p{Mark}\p{Number}]/gu, '');
		const made = letters === '' ? whole : letters;
		if (this.seen.size < MOST_REMEMBERED) this.seen.set(word, made);
		return made;
	}

	/** Whether a word is one of these; a fact that is not known is none of them. */
	oneOf(words: readonly string[]): (word: string | undefined) => boolean {
		const known = new Set(words.map((word) => this.plain(word)));
		return (word) => word !== undefined && word !== '' && known.has(this.plain(word));
	}
}
