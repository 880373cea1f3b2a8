import type { Words } from '../escalation/routing/words';
import type { Part } from './choice';
import type { ContentItem } from './item';
import { nearnessOf, readLanguage, type Language, type Nearness } from './languages';
import { audienceParts } from './parts';
import type { Profile } from './profile';
import type { SelectorSettings } from './settings';

/** All that depends on stage, plan, role and language alone, and so is the same for many accounts. */
export type Audience = {
	/** Places of the items that are for it, ascending. */
	readonly items: Int32Array;
	/** Of each of `items`. */
	readonly points: Int32Array;
	readonly counts: Readonly<Record<'stage' | 'plan' | 'role' | 'language', number>>;
	/** By the place among `items`. */
	partsOf(index: number): readonly Part[];
};

const MOST_REMEMBERED = 2_000;
const NO_NEARNESS: Nearness = { is: 'none' };

/**
 * Compiles who each item is for. What an item asks for and nobody knows of the account is not met; whoever has churned
 * gets only what names that stage (P32).
 */
export function compileAudiences(
	items: readonly ContentItem[],
	{ fallbackLanguages, points }: SelectorSettings,
	words: Words,
): (profile: Profile) => Audience {
	const compiled = items.map((item) => ({
		item,
		languages: languagesOf(item.languages),
		plans: new Set(item.plans.map((plan) => words.plain(plan))),
	}));
	const fallbacks = languagesOf(fallbackLanguages);
	const plans = new Set(compiled.flatMap((one) => [...one.plans]));
	const known = new Map<string, Audience>();

	const build = (profile: Profile, plan: string, reader: Language | undefined): Audience => {
		const counts = { stage: 0, plan: 0, role: 0, language: 0 };
		const places: number[] = [];
		const nearness: Nearness[] = [];
		compiled.forEach((one, place) => {
			const near = nearnessOf(one.languages, reader, fallbacks);
			const why = whyNot(one.item, profile, one.plans.size === 0 || one.plans.has(plan), near);
			if (why !== undefined) counts[why]++;
			else {
				places.push(place);
				nearness.push(near);
			}
		});
		const parts: (readonly Part[] | undefined)[] = [];
		const partsOf = (index: number): readonly Part[] => {
			const item = items[places[index] ?? -1];
			if (item === undefined) return [];
			const near = nearness[index] ?? NO_NEARNESS;
			return (parts[index] ??= audienceParts(item, profile, near, points));
		};
		const sums = places.map((_place, index) => sum(partsOf(index)));
		return { items: Int32Array.from(places), points: Int32Array.from(sums), counts, partsOf };
	};

	return (profile) => {
		const word = profile.plan === undefined ? '' : words.plain(profile.plan);
		const plan = plans.has(word) ? word : '';
		const { stage = '', role = '', language = '' } = profile;
		const key = `${stage}/${role}/${language}/${plan}`;
		let audience = known.get(key);
		if (audience === undefined) {
			audience = build(profile, plan, readLanguage(profile.language));
			if (known.size >= MOST_REMEMBERED) known.clear();
			known.set(key, audience);
		}
		return audience;
	};
}

function whyNot(
	{ stages, roles }: ContentItem,
	{ stage, role }: Profile,
	hasPlan: boolean,
	nearness: Nearness,
): keyof Audience['counts'] | undefined {
	const isStage =
		stages.length === 0 ? stage !== 'churned' : stage !== undefined && stages.includes(stage);
	if (!isStage) return 'stage';
	if (!hasPlan) return 'plan';
	if (roles.length > 0 && (role === undefined || !roles.includes(role))) return 'role';
	return nearness.is === 'none' ? 'language' : undefined;
}

export function languagesOf(texts: readonly string[]): Language[] {
	return texts.flatMap((text) => readLanguage(text) ?? []);
}

function sum(parts: readonly Part[]): number {
	return parts.reduce((total, { points }) => total + points, 0);
}
