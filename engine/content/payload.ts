import { clean } from './clean';
import type { ContentItem } from './item';
import { writtenTag } from './languages';
import type { Profile } from './profile';
import type { PromptSettings } from './prompt';
import type { Subject, Topic } from './topics';
import type { Vocabulary } from './vocabulary';

/** So many at the most are to be chosen and written about, however many candidates there are. */
const MOST_PICKS = 8;
const LONGEST_NAME = 100;
const MOST_GOALS = 10;
const LONGEST_GOAL = 200;
const MOST_NOTES = 5;
const LONGEST_NOTE = 300;

/** What leaves of a customer, or of all who share a question. */
export type SentProfile = {
	readonly stage?: string;
	readonly role?: string;
	/** Absent where nobody knows what is in use. */
	readonly featuresInUse?: readonly string[];
	readonly featuresNotInUse?: readonly string[];
	readonly featuresNotGoingWell?: readonly string[];
	readonly accountName?: string;
	readonly goals?: readonly string[];
	readonly notes?: readonly string[];
};

/** What leaves of an item: neither its link nor its owner, nor the plans it is for. */
export type Card = {
	readonly id: string;
	readonly kind: string;
	readonly title: string;
	readonly summary?: string;
	readonly features?: readonly string[];
	readonly outcome?: string;
	readonly buildsOn?: readonly string[];
	readonly stages?: readonly string[];
	readonly roles?: readonly string[];
	readonly languages?: readonly string[];
};

export type Payload = {
	readonly profile: SentProfile;
	readonly answerIn: string;
	readonly howMany: number;
	/** By id. */
	readonly candidates: readonly Card[];
};

/**
 * What is asked about all who need the same next, and nothing of any one of them: features are words of the catalogue,
 * the language is one that exists.
 */
export function topicPayload(
	{ topics, items }: Subject,
	{ language }: Profile,
	{ fallbackLanguage }: Pick<PromptSettings, 'fallbackLanguage'>,
): Payload {
	const those = (standing: Topic['standing']): string[] | undefined =>
		someOf(
			topics
				.flatMap((topic) => (topic.standing === standing ? (topic.feature ?? []) : []))
				.toSorted(),
		);
	const known = {
		featuresNotInUse: those('notInUse'),
		featuresNotGoingWell: those('notGoingWell'),
	};
	return payloadOf(
		known,
		writtenTag(language) ?? fallbackLanguage,
		Math.min(items.length, MOST_PICKS),
		items,
	);
}

/**
 * What is asked about one account: by default nothing free-form of it. Stage and role are of our lists, and features are
 * words of the catalogue that the candidates teach or build on.
 */
export function accountPayload(
	profile: Profile,
	candidates: readonly ContentItem[],
	settings: Pick<PromptSettings, 'alsoSend' | 'fallbackLanguage'>,
	vocabulary: Vocabulary,
): Payload {
	const { stage, role, usageKnown } = profile;
	const bearing = new Set(
		vocabulary.features(
			candidates.flatMap(({ features, prerequisites }) => [...features, ...prerequisites]),
		),
	);
	const namesOf = (names: readonly string[]): string[] =>
		vocabulary.features(names).filter((name) => bearing.has(name));
	const known = {
		stage,
		role,
		featuresInUse: usageKnown ? namesOf(profile.featuresUsed) : undefined,
		featuresNotGoingWell: someOf(namesOf(profile.featuresStruggling)),
		...freeText(profile, settings),
	};
	const answerIn = writtenTag(profile.language) ?? settings.fallbackLanguage;
	return payloadOf(known, answerIn, 1, candidates);
}

function payloadOf(
	known: SentProfile,
	answerIn: string,
	howMany: number,
	candidates: readonly ContentItem[],
): Payload {
	return {
		profile: present(known),
		answerIn,
		howMany,
		candidates: candidates.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(cardOf),
	};
}

export function cardOf(item: ContentItem): Card {
	const { id, kind, title, summary, outcome } = item;
	return present({
		id,
		kind,
		title,
		summary,
		features: someOf(item.features),
		outcome,
		buildsOn: someOf(item.prerequisites),
		stages: someOf(item.stages),
		roles: someOf(item.roles),
		languages: someOf(item.languages),
	});
}

function freeText(
	{ accountName, goals, notes }: Profile,
	{ alsoSend }: Pick<PromptSettings, 'alsoSend'>,
): Pick<SentProfile, 'accountName' | 'goals' | 'notes'> {
	const name =
		alsoSend.accountName && accountName !== undefined ? clean(accountName, LONGEST_NAME) : '';
	return {
		accountName: name === '' ? undefined : name,
		goals: alsoSend.goals ? cleanAll(goals.slice(0, MOST_GOALS), LONGEST_GOAL) : undefined,
		// the last ones are the newest
		notes: alsoSend.notes ? cleanAll(notes.slice(-MOST_NOTES), LONGEST_NOTE) : undefined,
	};
}

function cleanAll(texts: readonly string[], most: number): string[] | undefined {
	return someOf(texts.map((text) => clean(text, most)).filter((text) => text !== ''));
}

function someOf(list: readonly string[]): string[] | undefined {
	return list.length === 0 ? undefined : [...list];
}

/** Without what is undefined, so that it is the same data before and after JSON. */
function present<Shape extends object>(value: Shape): Shape {
	const copy = { ...value };
	for (const [name, part] of Object.entries(value)) {
		if (part === undefined) Reflect.deleteProperty(copy, name);
	}
	return copy;
}
