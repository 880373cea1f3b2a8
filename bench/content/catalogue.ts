import { DAY_MS } from '../../engine/calendar/zone';
import type { ContentItem, ContentKind, Stage } from '../../engine/content/item';
import { dice, pick } from '../../test/harness/dice';
import { FEATURES, PLANS, type Feature } from './product';

export const ITEMS = 500;

/** English ones that teach no feature: stories, advice for a role or a stage. */
const GENERAL = 40;
/** The second sweep, two weeks later, finds them reviewed still. */
const REVIEWED_DAYS = 160;
/** How many of the items there are in each language: what is made is made in English, and the most used is translated. */
const LANGUAGES = { en: 240, de: 100, fr: 70, es: 50, pt: 20, ja: 10, nl: 10 } as const;

const STAGES: Record<string, Stage[]> = {
	first: ['onboarding'],
	early: ['onboarding', 'adopting'],
	grown: ['adopting', 'established'],
	late: ['established', 'renewing'],
};

type Form = {
	name: string;
	kind: ContentKind;
	title: (feature: string) => string;
	summary: (feature: string) => string;
	stages: Stage[];
	roles: ContentItem['roles'];
};

/** What a team that writes for customers makes about a feature, in the order in which it comes to it. */
const FORMS: readonly [Form, ...Form[]] = [
	{
		name: 'start',
		kind: 'article',
		title: (feature) => `Get started with ${feature}`,
		summary: (feature) =>
			`What ${feature} is for, who sets it up, and the first three steps with an example.`,
		stages: [],
		roles: [],
	},
	{
		name: 'tour',
		kind: 'video',
		title: (feature) => `${feature} at a glance`,
		summary: (feature) => `A short tour of ${feature}, from an empty page to a first result.`,
		stages: STAGES.early ?? [],
		roles: [],
	},
	{
		name: 'setup',
		kind: 'tutorial',
		title: (feature) => `Set up ${feature} for your team`,
		summary: (feature) =>
			`Rights, defaults and naming, so that ${feature} stays tidy as more join.`,
		stages: [],
		roles: ['admin', 'champion'],
	},
	{
		name: 'practice',
		kind: 'article',
		title: (feature) => `How good teams work with ${feature}`,
		summary: (feature) => `Habits of teams that use ${feature} every day, and what they avoid.`,
		stages: STAGES.grown ?? [],
		roles: [],
	},
	{
		name: 'live',
		kind: 'webinar',
		title: (feature) => `${feature} live: questions and answers`,
		summary: (feature) => `An hour with our specialists on ${feature}; bring your own case.`,
		stages: STAGES.grown ?? [],
		roles: ['champion', 'admin'],
	},
	{
		name: 'peers',
		kind: 'community',
		title: (feature) => `What others do with ${feature}`,
		summary: (feature) => `A thread in which customers show their set-up of ${feature}.`,
		stages: STAGES.late ?? [],
		roles: [],
	},
	{
		name: 'new',
		kind: 'releaseNote',
		title: (feature) => `New in ${feature}`,
		summary: (feature) => `What changed in ${feature} this quarter, and what it saves you.`,
		stages: [],
		roles: [],
	},
];

/**
 * A catalogue of 500: the more a feature is used, the more there is about it. About half of the
 * items name stages, a quarter roles, those about features of larger plans these plans; two in seven build on a feature.
 * @param now ms since 1970: all were reviewed within the half year before it
 */
export function catalogue(now: number): ContentItem[] {
	const roll = dice(500);
	const english: ContentItem[] = [];
	let general = 0;
	for (const form of FORMS)
		for (const feature of FEATURES) {
			// every sixth is about no feature, so that translations have their share of them
			if (english.length % 6 === 5 && general < GENERAL)
				english.push(generalItem(general++, roll, now));
			if (english.length < LANGUAGES.en) english.push(itemOf(form, feature, roll, now));
		}
	return Object.entries(LANGUAGES).flatMap(([language, count]) =>
		english.slice(0, count).map((item) =>
			language === 'en'
				? item
				: {
						...item,
						id: `${item.id}-${language}`,
						title: `${item.title} (${language})`,
						url: item.url.replace('/en/', `/${language}/`),
						languages: [language],
					},
		),
	);
}

function itemOf(form: Form, feature: Feature, roll: () => number, now: number): ContentItem {
	const { name, plan, buildsOn, outcome } = feature;
	const id = `${name.toLowerCase().replaceAll(/\W+/g, '-')}-${form.name}`;
	return {
		id,
		title: form.title(name),
		url: `https://help.vendor.example/en/${id}`,
		kind: form.kind,
		summary: form.summary(name),
		features: [name],
		stages: form.stages,
		plans: plan === 0 ? [] : PLANS.slice(plan),
		roles: form.roles,
		languages: ['en'],
		...(roll() < 0.7 ? { outcome } : {}),
		prerequisites: buildsOn === undefined || roll() < 0.2 ? [] : [buildsOn],
		reviewedAt: reviewedAt(roll, now),
		productVersion: pick(roll, ['5.1', '5.2']),
		owner: 'docs@vendor.example',
	};
}

const ADVICE: readonly (readonly [
	title: string,
	kind: ContentKind,
	stages: Stage[],
	role: ContentItem['roles'],
])[] = [
	['A customer tells how they began', 'article', STAGES.early ?? [], []],
	['Show your manager what it is worth', 'tutorial', STAGES.late ?? [], ['champion']],
	['What leaders ask before a renewal', 'article', ['renewing'], ['decisionMaker']],
	['Meet other administrators', 'community', [], ['admin']],
	['Planning a quarter together', 'webinar', STAGES.grown ?? [], []],
	['A calm week: five habits', 'video', [], ['user']],
	['Bring a new colleague on board', 'tutorial', [], ['admin', 'champion']],
	['The year in review', 'releaseNote', STAGES.late ?? [], []],
];

function generalItem(place: number, roll: () => number, now: number): ContentItem {
	const [title = '', kind = 'article', stages = [], roles = []] =
		ADVICE[place % ADVICE.length] ?? [];
	const part = 1 + Math.floor(place / ADVICE.length);
	const id = `advice-${String(place)}`;
	return {
		id,
		title: `${title}, part ${String(part)}`,
		url: `https://help.vendor.example/en/${id}`,
		kind,
		summary: `${title}: what worked for others, in their own words, and what you can try this week.`,
		features: [],
		stages: [...stages],
		plans: [],
		roles: [...roles],
		languages: ['en'],
		outcome: 'Everybody knows what to do next',
		prerequisites: [],
		reviewedAt: reviewedAt(roll, now),
		owner: 'docs@vendor.example',
	};
}

/** All within the half year in which content counts as reviewed. */
function reviewedAt(roll: () => number, now: number): string {
	return new Date(now - Math.floor(roll() * REVIEWED_DAYS) * DAY_MS).toISOString().slice(0, 10);
}
