import type { Words } from '../escalation/routing/words';
import { compileAudiences, languagesOf, type Audience } from './audience';
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
	const placeOf = new Map(items.map(({ id }, place) => [id, place]));
	const audienceOf = compileAudiences(items, settings, words);
	const vocabulary = vocabularyOf(items);
	const readableAbout = compileReadable(items, settings, words);
	const { choices } = settings;
	// by audience and topics: of a large catalogue each is put in order once
	const known = new WeakMap<Audience, Map<string, readonly number[]>>();
	const bestOf = (audience: Audience, key: string, places: () => number[]): readonly number[] => {
		const its = known.get(audience) ?? new Map<string, readonly number[]>();
		known.set(audience, its);
		let best = its.get(key);
		if (best === undefined) its.set(key, (best = byPoints(places(), audience)));
		return best;
	};
	return (profile, ranked) => {
		const topics = new Map<string, Topic>();
		let found = 0;
		for (const choice of ranked) {
			const { feature: named, standing } = topicOf(choice);
			// rows may spell it in different ways
			const [feature] = named === undefined ? [] : vocabulary.features([named]);
			const topic = feature === undefined ? { standing } : { feature, standing };
			const key = `${standing}/${feature ?? ''}`;
			if (topics.has(key)) continue;
			topics.set(key, topic);
			found += readableAbout(feature, profile.language).length;
			if (found >= choices / 2) break;
		}
		const all = bestOf(audienceOf(profile), [...topics.keys()].join('\n'), () => [
			...new Set(
				[...topics.values()].flatMap(({ feature }) => readableAbout(feature, profile.language)),
			),
		]);
		const first = all.slice(0, choices);
		const own = ranked.map(({ item }) => placeOf.get(item.id) ?? -1);
		// of a large topic this account may have had the best: then its own come first
		const chosen = own.some((place) => first.includes(place))
			? first
			: [...new Set([...own.filter((place) => all.includes(place)), ...first])].slice(0, choices);
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

/** Places of what teaches a feature, or none, and a reader of the language can read. */
function compileReadable(
	items: readonly ContentItem[],
	{ fallbackLanguages }: SelectorSettings,
	words: Words,
): (feature: string | undefined, language: string | undefined) => readonly number[] {
	const placesOf = placesByFeature(items, words);
	const fallbacks = languagesOf(fallbackLanguages);
	const languages = items.map((item) => languagesOf(item.languages));
	const known = new Map<string, readonly number[]>();
	return (feature, language = '') => {
		const name = feature === undefined ? '' : words.plain(feature);
		const key = `${language}/${name}`;
		let readable = known.get(key);
		if (readable === undefined) {
			const reader = readLanguage(language);
			readable = (placesOf.get(name) ?? []).filter(
				(place) => nearnessOf(languages[place] ?? [], reader, fallbacks).is !== 'none',
			);
			known.set(key, readable);
		}
		return readable;
	};
}

/** Best first; what is for others comes last. */
function byPoints(places: readonly number[], { items, points }: Audience): number[] {
	const known = new Map(Array.from(items, (place, index) => [place, points[index] ?? 0]));
	const pointsOf = (place: number): number => known.get(place) ?? -Infinity;
	return places.toSorted((a, b) => {
		const [one, other] = [pointsOf(a), pointsOf(b)];
		return one === other ? a - b : other - one;
	});
}
