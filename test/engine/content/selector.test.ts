import { sayCounts, type Seen, type Selection } from '../../../engine/content/choice';
import type { ContentItem } from '../../../engine/content/item';
import type { Profile } from '../../../engine/content/profile';
import { compileSelector } from '../../../engine/content/selector';
import { selectorSettingsSchema } from '../../../engine/content/settings';
import { itemOf } from './choices';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-02T09:00:00Z');
const PROFILE: Profile = {
	stage: 'adopting',
	plan: 'Team',
	role: 'user',
	language: 'de-AT',
	usageKnown: true,
	featuresUsed: [],
	featuresStruggling: [],
	band: 'green',
	goals: [],
	notes: [],
	zone: 'Europe/Vienna',
};

type Given = { profile?: Partial<Profile>; seen?: Seen[]; settings?: object; now?: number };

const select = (items: readonly ContentItem[], given: Given = {}): Selection =>
	compileSelector(items, selectorSettingsSchema.parse(given.settings ?? {})).select(
		{ ...PROFILE, ...given.profile },
		given.seen ?? [],
		given.now ?? NOW,
	);
const sent = (contentId: string, at: number, kind: Seen['kind'] = 'tutorial'): Seen => ({
	contentId,
	kind,
	at,
});

describe('whether an item may be sent, and why not', () => {
	const table: [
		what: string,
		cells: Partial<ContentItem>,
		given: Given,
		why: string | undefined,
	][] = [
		['for everybody', {}, {}, undefined],
		['the stage', { stages: ['adopting', 'renewing'] }, {}, undefined],
		['another stage', { stages: ['onboarding'] }, {}, 'stage'],
		['a stage nobody knows', { stages: ['adopting'] }, { profile: { stage: undefined } }, 'stage'],
		['somebody who has left', {}, { profile: { stage: 'churned' } }, 'stage'],
		['the plan in other letters', { plans: ['TEAM '] }, {}, undefined],
		['another plan', { plans: ['Enterprise'] }, {}, 'plan'],
		['a plan nobody knows', { plans: ['Team'] }, { profile: { plan: undefined } }, 'plan'],
		['another role', { roles: ['admin'] }, {}, 'role'],
		['a language the contact reads', { languages: ['de'] }, {}, undefined],
		['the language of another region', { languages: ['de-CH'] }, {}, undefined],
		['the fallback language', { languages: ['en-GB'] }, {}, undefined],
		['another language', { languages: ['fr'] }, {}, 'language'],
		[
			'traditional for a reader of simplified Chinese',
			{ languages: ['zh-Hant'] },
			{ profile: { language: 'zh-CN' } },
			'language',
		],
		['a feature in use', {}, { profile: { featuresUsed: ['automations'] } }, 'feature'],
		[
			'a feature that goes badly',
			{},
			{ profile: { featuresUsed: ['automations'], featuresStruggling: ['automations'] } },
			undefined,
		],
		[
			'one of two features in use',
			{ features: ['Automations', 'Forms'] },
			{ profile: { featuresUsed: ['Forms'] } },
			undefined,
		],
		[
			'nothing known of features',
			{},
			{ profile: { usageKnown: false, featuresUsed: [] } },
			undefined,
		],
		[
			'a prerequisite in use',
			{ prerequisites: ['Boards'] },
			{ profile: { featuresUsed: ['boards'] } },
			undefined,
		],
		['a prerequisite not in use', { prerequisites: ['Boards'] }, {}, 'prerequisite'],
		[
			'a prerequisite sent long ago',
			{ prerequisites: ['old'] },
			{ seen: [sent('old', NOW - 900 * DAY)] },
			undefined,
		],
		[
			'one of two prerequisites',
			{ prerequisites: ['old', 'Boards'] },
			{ seen: [sent('old', NOW - 900 * DAY)] },
			'prerequisite',
		],
		[
			'sent on the last day of the window',
			{},
			{ seen: [sent('automations', NOW - 179 * DAY)] },
			'seen',
		],
		['sent before the window', {}, { seen: [sent('automations', NOW - 180 * DAY)] }, undefined],
		[
			'sent before, for ever',
			{},
			{ seen: [sent('automations', NOW - 900 * DAY)], settings: { windowDays: 0 } },
			'seen',
		],
		[
			'sent a moment ago, on the day before here',
			{},
			{
				seen: [sent('automations', Date.parse('2026-03-01T22:59:00Z'))],
				now: Date.parse('2026-03-01T23:01:00Z'),
				settings: { windowDays: 1 },
			},
			undefined,
		],
		[
			'two of its kind lately',
			{},
			{ seen: [sent('a', NOW - 59 * DAY), sent('b', NOW)] },
			'kindFatigue',
		],
		[
			'two of its kind, one long ago',
			{},
			{ seen: [sent('a', NOW - 60 * DAY), sent('b', NOW)] },
			undefined,
		],
		[
			'two of another kind',
			{},
			{ seen: [sent('a', NOW, 'video'), sent('b', NOW, 'video')] },
			undefined,
		],
		[
			'many of its kind, which tires nobody',
			{},
			{ seen: ['a', 'b', 'c'].map((id) => sent(id, NOW)), settings: { mostPerKind: 0 } },
			undefined,
		],
	];
	it.each(table)('%s', (_what, cells, given, why) => {
		const selection = select([itemOf(cells)], given);
		expect(selection.eligible).toBe(why === undefined ? 1 : 0);
		expect(sayCounts(selection).map(({ code }) => code)).toEqual(
			why === undefined ? [] : [`notEligible.${why}`],
		);
	});
});

describe('what stands first', () => {
	const best = (items: readonly ContentItem[], given?: Given): string | undefined =>
		select(items, given).ranked[0]?.item.id;
	const struggling = { featuresUsed: ['Forms'], featuresStruggling: ['Forms'] };
	const forms = itemOf({ id: 'forms', features: ['Forms'], outcome: undefined });

	it('help with what goes badly, also before what is new, for the stage and a goal', () => {
		const other = itemOf({ id: 'a', stages: ['adopting'], plans: ['Team'] });
		expect(best([other, forms], { profile: { ...struggling, goals: ['Less manual work'] } })).toBe(
			'forms',
		);
	});
	it('what is in the language, then in its base, then in none, then in a fallback', () => {
		const languages = [['en'], [], ['de'], ['de-AT']];
		const items = languages.map((list, place) => itemOf({ id: String(place), languages: list }));
		expect(select(items).ranked.map(({ item }) => item.id)).toEqual(['3', '2', '1', '0']);
	});
	it('of equals the kind that was sent less, then the smaller id', () => {
		const points = { sameKindLately: 0 };
		const items = [
			itemOf({ id: 'a' }),
			itemOf({ id: 'b', kind: 'video' }),
			itemOf({ id: 'c', kind: 'video' }),
		];
		const ids = select(items, { seen: [sent('x', NOW)], settings: { points } }).ranked.map(
			({ item }) => item.id,
		);
		expect(ids).toEqual(['b', 'c', 'a']);
	});
	it('a goal in the customer’s own words', () => {
		const items = [itemOf({ id: 'a', outcome: 'Bill every hour' }), itemOf({ id: 'b' })];
		expect(best(items, { profile: { goals: ['We want less manual typing'] } })).toBe('b');
	});
	it('says what it is for in points that add up', () => {
		const [choice] = select(
			[itemOf({ stages: ['adopting'], prerequisites: ['Boards'], reviewedAt: '2026-02-01' })],
			{
				profile: { featuresUsed: ['Boards'], goals: ['less manual work'] },
				seen: [sent('x', NOW)],
			},
		).ranked;
		expect(choice?.parts.map(({ code, points }) => [code, points])).toEqual([
			['featureUnused', 40],
			['goal', 25],
			['stageNamed', 15],
			['languageFallback', 3],
			['nextStep', 10],
			['recentlyReviewed', 5],
			['sameKindLately', -10],
		]);
		expect(choice?.points).toBe(88);
	});
});

it('nothing to choose from is nothing, with the reason for each', () => {
	expect(select([])).toEqual({
		ranked: [],
		among: [],
		eligible: 0,
		counts: {
			stage: 0,
			plan: 0,
			role: 0,
			language: 0,
			seen: 0,
			feature: 0,
			prerequisite: 0,
			kindFatigue: 0,
		},
	});
});
