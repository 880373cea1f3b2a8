import { DateTime } from 'luxon';
import type { Seen } from '../../../engine/content/choice';
import type { ContentItem } from '../../../engine/content/item';
import type { Profile } from '../../../engine/content/profile';
import type { SelectorSettings } from '../../../engine/content/settings';

/** The rules as the page about them says them, item by item and slowly; shares no code with the selector. */
export type Verdict = { readonly id: string; readonly why?: string; readonly points: number };

/** Who can read what, of the languages that the tests use. */
const READS: Readonly<Record<string, readonly string[]>> = {
	de: ['de', 'de-AT', 'de-DE'],
	'de-AT': ['de', 'de-AT', 'de-DE'],
	'de-DE': ['de', 'de-AT', 'de-DE'],
	en: ['en', 'en-US'],
	'en-US': ['en', 'en-US'],
	fr: ['fr'],
	'zh-TW': ['zh-TW'],
	'zh-CN': ['zh-CN'],
	ja: [],
};

const same = (a: string, b: string): boolean => spelled(a) === spelled(b);
const spelled = (word: string): string => word.toLowerCase().replace(/[\s_-]/g, '');
const among = (word: string | undefined, words: readonly string[]): boolean =>
	word !== undefined && words.some((one) => same(one, word));

export function judgeAll(
	items: readonly ContentItem[],
	settings: SelectorSettings,
	profile: Profile,
	seen: readonly Seen[],
	now: number,
): Verdict[] {
	const dayOf = (at: number): number =>
		Math.round(
			DateTime.fromMillis(at, { zone: profile.zone })
				.startOf('day')
				.setZone('utc', { keepLocalTime: true })
				.toMillis() / 86_400_000,
		);
	const today = dayOf(now);
	const { points: worth } = settings;
	return items.map((item): Verdict => {
		const no = (why: string): Verdict => ({ id: item.id, why, points: 0 });
		let points = 0;

		const { stage, role, language } = profile;
		if (item.stages.length === 0 && stage === 'churned') return no('stage');
		if (item.stages.length > 0) {
			if (stage === undefined || !item.stages.includes(stage)) return no('stage');
			points += worth.stageNamed;
		}
		if (item.plans.length > 0) {
			if (!among(profile.plan, item.plans)) return no('plan');
			points += worth.planNamed;
		}
		if (item.roles.length > 0) {
			if (role === undefined || !item.roles.includes(role)) return no('role');
			points += worth.roleNamed;
		}
		if (item.languages.length === 0) points += worth.languageAny;
		else if (language !== undefined && item.languages.includes(language))
			points += worth.languageExact;
		else if (language !== undefined && item.languages.some((one) => READS[language]?.includes(one)))
			points += worth.languageBase;
		else {
			const place = settings.fallbackLanguages.findIndex((fallback) =>
				item.languages.some((one) => READS[fallback]?.includes(one)),
			);
			if (place < 0) return no('language');
			points += Math.max(0, worth.languageFallback - place);
		}

		const ago = (one: Seen): number => today - dayOf(one.at);
		const own = seen.filter(({ contentId }) => contentId === item.id);
		if (own.some((one) => settings.windowDays === 0 || ago(one) < settings.windowDays))
			return no('seen');

		if (item.features.length > 0 && profile.usageKnown) {
			const struggles = item.features.some((one) => among(one, profile.featuresStruggling));
			const unused = item.features.some(
				(one) => !among(one, [...profile.featuresUsed, ...profile.featuresStruggling]),
			);
			if (!struggles && !unused) return no('feature');
			points += struggles ? worth.featureStruggling : worth.featureUnused;
		}

		const met = item.prerequisites.every(
			(one) =>
				seen.some(({ contentId }) => contentId === one) ||
				among(one, [...profile.featuresUsed, ...profile.featuresStruggling]),
		);
		if (!met) return no('prerequisite');
		if (item.prerequisites.length > 0) points += worth.nextStep;

		const lately = seen.filter(
			(one) => one.kind === item.kind && ago(one) < settings.kindDays,
		).length;
		if (settings.mostPerKind > 0 && lately >= settings.mostPerKind) return no('kindFatigue');
		points += lately * worth.sameKindLately;

		const wordsOf = (text: string): string[] =>
			[...new Set(text.toLowerCase().split(/[^a-z]+/))].filter((word) => word.length >= 4);
		const outcome = wordsOf(item.outcome ?? '');
		const isGoal = profile.goals.some((goal) => {
			const shared = outcome.filter((word) => wordsOf(goal).includes(word)).length;
			return shared > 0 && shared >= outcome.length / 2;
		});
		if (isGoal) points += worth.goal;

		const reviewed = item.reviewedAt;
		if (reviewed !== undefined && today - Date.parse(reviewed) / 86_400_000 <= settings.recentDays)
			points += worth.recentlyReviewed;
		return { id: item.id, points };
	});
}
