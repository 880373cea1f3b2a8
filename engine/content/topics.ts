import type { Words } from '../escalation/routing/words';
import { compileAudiences, languagesOf } from './audience';
import type { Choice } from './choice';
import type { ContentItem } from './item';
import { nearnessOf, readLanguage } from './languages';
import type { Profile } from './profile';
import type { SelectorSettings } from './settings';
import { vocabularyOf } from './vocabulary';

/** What an account needs: that for which an item stands among its best. Without a feature it is general advice. */
export type Topic = {
	/** In the catalogue's words. */
	readonly feature?: string;
	readonly standing: 'notGoingWell' | 'notInUse' | 'unknown';
};

function topicOf({ item, parts }: Choice): Topic {
	for (const { code, feature } of parts) {
		if (typeof feature !== 'string') continue;
		if (code === 'featureStruggling') return { feature, standing: 'notGoingWell' };
		if (code === 'featureUnused') return { feature, standing: 'notInUse' };
	}
	const [feature] = item.features;
	return feature === undefined ? { standing: 'unknown' } : { feature, standing: 'unknown' };
}

/** What is asked about together, and the candidates by id. */
export type Subject = { readonly topics: readonly Topic[]; readonly items: readonly ContentItem[] };

/**
 * Compiles what is asked about an account: the topic that it needs next, and all that there is about it in what the
 * reader can read, whomever it is for, so that many accounts are asked about together. Where that leaves too little to
 * choose from, the next topics as well, until half of `choices` are there. Of more than `choices` the best for the
 * account's stage, plan, role and language.
 */
export function compileSubjects(
	catalogue: readonly ContentItem[],
	settings: SelectorSettings,
	words: Words,
): (profile: Profile, ranked: readonly Choice[]) => Subject {
	const items = catalogue.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const placesOf = placesByFeature(items, words);
	const vocabulary = vocabularyOf(items);
	const audienceOf = compileAudiences(items, settings, words);
	const isReadable = compileReadable(items, settings);
	const { choices } = settings;
	return (profile, ranked) => {
		const topics = new Map<string, Topic>();
		const places = new Set<number>();
		for (const choice of ranked) {
			const { feature: named, standing } = topicOf(choice);
			// rows may spell it in different ways
			const [feature] = named === undefined ? [] : vocabulary.features([named]);
			const topic = feature === undefined ? { standing } : { feature, standing };
			const key = `${standing}/${feature ?? ''}`;
			if (topics.has(key)) continue;
			topics.set(key, topic);
			for (const place of placesOf.get(feature === undefined ? '' : words.plain(feature)) ?? [])
				if (isReadable(place, profile.language)) places.add(place);
			if (places.size >= choices / 2) break;
		}
		const chosen =
			places.size <= choices
				? [...places]
				: byPoints([...places], audienceOf(profile)).slice(0, choices);
		return {
			topics: [...topics.values()],
			items: chosen.toSorted((a, b) => a - b).flatMap((place) => items[place] ?? []),
		};
	};
}

/** Where what teaches each feature stands; under '' what teaches none. */
function placesByFeature(items: readonly ContentItem[], words: Words): Map<string, number[]> {
	const known = new Map<string, number[]>();
	items.forEach(({ features }, place) => {
		const names = features.length === 0 ? [''] : features.map((name) => words.plain(name));
		for (const name of new Set(names)) {
			const places = known.get(name);
			if (places === undefined) known.set(name, [place]);
			else places.push(place);
		}
	});
	return known;
}

function compileReadable(
	items: readonly ContentItem[],
	{ fallbackLanguages }: SelectorSettings,
): (place: number, language: string | undefined) => boolean {
	const fallbacks = languagesOf(fallbackLanguages);
	const languages = items.map((item) => languagesOf(item.languages));
	const known = new Map<string, Uint8Array>();
	return (place, language = '') => {
		let readable = known.get(language);
		if (readable === undefined) {
			const reader = readLanguage(language);
			readable = Uint8Array.from(languages, (its) =>
				nearnessOf(its, reader, fallbacks).is === 'none' ? 0 : 1,
			);
			known.set(language, readable);
		}
		return readable[place] === 1;
	};
}

/** Best first; what is for others comes last. */
function byPoints(
	places: readonly number[],
	audience: { readonly items: Int32Array; readonly points: Int32Array },
): number[] {
	const pointsOf = (place: number): number => {
		const index = audience.items.indexOf(place);
		return index < 0 ? -Infinity : (audience.points[index] ?? 0);
	};
	const known = new Map(places.map((place) => [place, pointsOf(place)]));
	return places.toSorted((a, b) => {
		const [one = 0, other = 0] = [known.get(a), known.get(b)];
		return one === other ? a - b : other - one;
	});
}
