import { CONTACT_ROLES } from '../../../engine/accounts/account';
import type { Seen } from '../../../engine/content/choice';
import {
	CONTENT_KINDS,
	contentItemSchema,
	STAGES,
	type ContentItem,
} from '../../../engine/content/item';
import { BANDS, type Profile } from '../../../engine/content/profile';
import { pick } from '../../harness/dice';

export const NOW = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;

const FEATURES = ['Boards', 'Data Hub', 'Forms', 'API', 'Time Sheets', 'Goals'] as const;
/** As a customer's system writes them. */
const SPELLED = ['boards', 'data-hub', 'FORMS', 'api', 'time_sheets', 'Goals', 'Sprints'] as const;
const PLANS = ['Team', 'Business Plus', 'Enterprise'] as const;
const LANGUAGES = ['de', 'de-AT', 'de-DE', 'en', 'en-US', 'fr', 'zh-TW', 'zh-CN'] as const;
const OUTCOMES = ['Less manual work', 'Bill every hour', 'Fewer status meetings'] as const;
const ZONES = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles', 'Europe/Berlin'] as const;
const GOALS = [
	'less work by hand',
	'bill each hour we work',
	'grow',
	'no more status meetings',
] as const;

type Roll = () => number;

const some = <T>(roll: Roll, list: readonly T[], share: number): T[] =>
	list.filter(() => roll() < share);

export function randomCatalogue(roll: Roll, size: number): ContentItem[] {
	const items = Array.from({ length: size }, (_, index) =>
		contentItemSchema.parse({
			id: `item-${String(Math.floor(roll() * 1_000))}-${String(index)}`,
			title: `Title ${String(index)}`,
			url: 'https://help.example.com/a',
			kind: pick(roll, CONTENT_KINDS),
			features: some(roll, FEATURES, roll() < 0.3 ? 0 : 0.25),
			stages: roll() < 0.6 ? [] : some(roll, STAGES, 0.5),
			plans: roll() < 0.7 ? [] : some(roll, PLANS, 0.5),
			roles: roll() < 0.7 ? [] : some(roll, CONTACT_ROLES, 0.6),
			languages: roll() < 0.3 ? [] : some(roll, LANGUAGES, 0.3),
			outcome: roll() < 0.5 ? undefined : pick(roll, OUTCOMES),
			reviewedAt:
				roll() < 0.3
					? undefined
					: pick(roll, ['2026-02-20', '2025-12-02', '2025-12-01', '2025-01-01']),
		}),
	);
	const targets = [...items.map(({ id }) => id), ...FEATURES, 'retired-item'];
	return items.map((item) =>
		roll() < 0.75 ? item : { ...item, prerequisites: some(roll, targets, 1.5 / targets.length) },
	);
}

export function randomProfile(roll: Roll): Profile {
	const used = some(roll, SPELLED, 0.4);
	const maybe = <T>(value: T): T | undefined => (roll() < 0.1 ? undefined : value);
	return {
		stage: maybe(STAGES[Math.floor(roll() * STAGES.length)]),
		plan: maybe(pick(roll, ['team', 'business_plus', 'Enterprise', 'Free'])),
		role: maybe(pick(roll, CONTACT_ROLES)),
		language: maybe(pick(roll, [...LANGUAGES, 'ja'])),
		usageKnown: roll() < 0.9,
		featuresUsed: used,
		featuresStruggling: some(roll, used, 0.2),
		band: pick(roll, BANDS),
		goals: some(roll, GOALS, 0.3),
		notes: [],
		zone: pick(roll, ZONES),
	};
}

export function randomHistory(roll: Roll, items: readonly ContentItem[]): Seen[] {
	return Array.from({ length: Math.floor(roll() * 8) }, (): Seen => {
		const item = items[Math.floor(roll() * items.length)];
		const at = NOW - Math.floor(roll() * 260 * DAY);
		if (item === undefined || roll() < 0.1)
			return { contentId: 'retired-item', kind: pick(roll, CONTENT_KINDS), at };
		return { contentId: item.id, kind: item.kind, at };
	});
}
