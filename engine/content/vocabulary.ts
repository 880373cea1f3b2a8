import { Words } from '../escalation/routing/words';
import type { ContentItem } from './item';

/** The catalogue's own words for features: what a customer's record says leaves only in these. */
export interface Vocabulary {
	/** As the catalogue writes them, each once, in order; others are left out. */
	features(words: readonly string[]): string[];
}

/** Compiles the words of a catalogue, once per execution. Of several spellings the first in order counts. */
export function vocabularyOf(items: readonly ContentItem[]): Vocabulary {
	const words = new Words();
	const ids = new Set(items.map(({ id }) => id));
	const features = new Map<string, string>();
	const named = items.flatMap((item) => [
		...item.features,
		// a prerequisite that is no item is a feature
		...item.prerequisites.filter((one) => !ids.has(one)),
	]);
	// whichever row comes first: a catalogue that is sorted anew asks nothing anew
	for (const word of named.toSorted()) {
		const plain = words.plain(word);
		if (!features.has(plain)) features.set(plain, word);
	}
	return {
		features(names) {
			const known = names.flatMap((name) => features.get(words.plain(name)) ?? []);
			return [...new Set(known)].toSorted();
		},
	};
}
