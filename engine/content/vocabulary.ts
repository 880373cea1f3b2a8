import { Words } from '../escalation/routing/words';
import type { ContentItem } from './item';

/** The catalogue's own words for plans and features: what a customer's record says leaves only in these. */
export interface Vocabulary {
	/** As the catalogue writes it; undefined for a word that it has not. */
	plan(word: string | undefined): string | undefined;
	/** As the catalogue writes them, each once, in order; others are left out. */
	features(words: readonly string[]): string[];
}

/** Compiles the words of a catalogue, once per execution. Of several spellings the first counts. */
export function vocabularyOf(items: readonly ContentItem[]): Vocabulary {
	const words = new Words();
	const spellings = (all: readonly string[]): Map<string, string> => {
		const known = new Map<string, string>();
		for (const word of all) {
			const plain = words.plain(word);
			if (!known.has(plain)) known.set(plain, word);
		}
		return known;
	};
	const plans = spellings(items.flatMap((item) => item.plans));
	const ids = new Set(items.map(({ id }) => id));
	const features = spellings(
		items.flatMap((item) => [
			...item.features,
			// a prerequisite that is no item is a feature
			...item.prerequisites.filter((one) => !ids.has(one)),
		]),
	);
	return {
		plan: (word) => (word === undefined ? undefined : plans.get(words.plain(word))),
		features(names) {
			const known = names.flatMap((name) => features.get(words.plain(name)) ?? []);
			return [...new Set(known)].toSorted();
		},
	};
}
