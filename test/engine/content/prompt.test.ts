import { CONTACT_ROLES } from '../../../engine/accounts/account';
import { schemaFor } from '../../../engine/content/answerSchema';
import { sampleCatalogue } from '../../../engine/content/evaluation/labels';
import { CONTENT_KINDS, STAGES, type ContentItem } from '../../../engine/content/item';
import { readLanguage, writtenTag } from '../../../engine/content/languages';
import { catalogueText, eligibleOnly, layoutFor } from '../../../engine/content/layout';
import { readProfile, type Profile } from '../../../engine/content/profile';
import { accountPayload, topicPayload, type Payload } from '../../../engine/content/payload';
import {
	promptSettingsSchema,
	systemText,
	type PromptSettings,
} from '../../../engine/content/prompt';
import { signatureOf } from '../../../engine/content/signature';
import { compileSubjects } from '../../../engine/content/topics';
import { compileSelector } from '../../../engine/content/selector';
import { selectorSettingsSchema } from '../../../engine/content/settings';
import { vocabularyOf } from '../../../engine/content/vocabulary';
import { Words } from '../../../engine/escalation/routing/words';
import { freeze } from '../../harness/freeze';
import { itemOf } from './choices';
import { CANARIES, INJECTIONS } from './injections';

const CATALOGUE = freeze(sampleCatalogue());
const VOCABULARY = vocabularyOf(CATALOGUE);
const CANDIDATES = CATALOGUE.slice(0, 8);
const DEFAULTS = promptSettingsSchema.parse({});
const ALL = promptSettingsSchema.parse({
	alsoSend: { accountName: true, goals: true, notes: true },
});

/** What may stand in a profile, as a whole. */
const WHOLE = new Set<string>([
	...STAGES,
	...CONTACT_ROLES,
	...CATALOGUE.flatMap(({ features, prerequisites }) => [...features, ...prerequisites]),
]);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** All that may stand in a payload: names of fields, our lists, and what the catalogue says. */
const ALLOWED = new Set(
	[
		'profile answerIn howMany candidates stage role',
		'featuresInUse featuresNotInUse featuresNotGoingWell',
		'id kind title summary features outcome buildsOn stages roles languages',
		[...STAGES, ...CONTACT_ROLES, ...CONTENT_KINDS].join(' '),
		JSON.stringify(CATALOGUE),
	].flatMap(wordsOf),
);

const profileOf = (account: Record<string, unknown>, contact?: Record<string, unknown>): Profile =>
	readProfile(account, contact, { band: 'green', zone: 'UTC', words: new Words() });
const payload = (profile: Profile, settings: PromptSettings = DEFAULTS): Payload =>
	accountPayload(profile, CANDIDATES, settings, VOCABULARY);

const SELECTOR_SETTINGS = selectorSettingsSchema.parse({});
const SELECTOR = compileSelector(CATALOGUE, SELECTOR_SETTINGS);
const SUBJECT_OF = compileSubjects(CATALOGUE, SELECTOR_SETTINGS, new Words());
/** What is asked about all who need the same; undefined where there is nothing for this account. */
function byTopic(profile: Profile): Payload | undefined {
	const { ranked } = SELECTOR.select(profile, [], Date.UTC(2026, 2, 2));
	return ranked.length === 0
		? undefined
		: topicPayload(SUBJECT_OF(profile, ranked), profile, DEFAULTS);
}

/** A customer in whose every field the text stands, alone or beside what belongs there. */
function customersWith(text: string): [Record<string, unknown>, Record<string, unknown>][] {
	const account = {
		accountId: text,
		name: text,
		plan: text,
		segment: text,
		useCase: text,
		aliases: [text],
		lifecycleStage: text,
		csm: text,
		executiveSponsor: text,
		timezone: text,
		locale: text,
		goals: [text, 'Less manual work'],
		notes: [text],
		usage: { featuresUsed: [text, 'Boards'], features: { [text]: { uses: 9, failures: 9 } } },
		setup: { completed: [{ step: text }] },
	};
	const contact = {
		email: text,
		name: text,
		role: text,
		status: text,
		timezone: text,
		locale: text,
	};
	const plain = { lifecycleStage: 'adopting', plan: 'Team', usage: { featuresUsed: ['Boards'] } };
	const one = (name: string): [Record<string, unknown>, Record<string, unknown>] => [
		{ ...plain, [name]: Reflect.get(account, name) as unknown },
		{ role: 'admin', locale: 'de-AT' },
	];
	const ofContact = Object.entries(contact).map(
		([name, value]): [Record<string, unknown>, Record<string, unknown>] => [
			plain,
			{ role: 'admin', [name]: value },
		],
	);
	return [[account, contact], ...Object.keys(account).map(one), ...ofContact];
}

describe('what leaves by default', () => {
	it('there are two hundred ways to try, all different', () => {
		expect(new Set(INJECTIONS).size).toBe(200);
	});

	it('holds nothing that a customer wrote, in any field', () => {
		const strangers = new Set<string>();
		let texts = 0;
		for (const text of [...INJECTIONS, ...Object.values(CANARIES)]) {
			for (const sent of customersWith(text).flatMap(([account, contact]) => {
				const profile = profileOf(account, contact);
				return [payload(profile), byTopic(profile) ?? []].flat();
			})) {
				texts++;
				for (const word of wordsOf(JSON.stringify({ ...sent, howMany: '' }))) {
					if (!ALLOWED.has(word) && readLanguage(word) === undefined) strangers.add(word);
				}
				const { profile } = sent;
				// words of the catalogue alone could still make a sentence: only whole ones of it may stand there
				for (const word of Object.values(profile).flat()) if (!WHOLE.has(word)) strangers.add(word);
				if (/canar/i.test(JSON.stringify(sent))) strangers.add('canary');
			}
		}
		expect([...strangers]).toEqual([]);
		expect(texts).toBeGreaterThan(4_000);
	});

	it('says what bears on the choice in the words of the catalogue', () => {
		const account = {
			lifecycleStage: 'adopting',
			plan: 'business',
			usage: {
				featuresUsed: ['boards', 'GOALS', 'Our Own'],
				features: { import: { uses: 9, failures: 5 } },
			},
			goals: ['Grow'],
			name: 'Acme',
		};
		const sent = payload(profileOf(account, { role: 'champion', locale: 'de_AT', name: 'Ana' }));
		expect(sent.profile).toEqual({
			stage: 'adopting',
			role: 'champion',
			// goals are in use too, and no candidate teaches or builds on them
			featuresInUse: ['Boards', 'Import'],
			featuresNotGoingWell: ['Import'],
		});
		expect(sent.answerIn).toBe('de');
		expect(sent.howMany).toBe(1);
	});

	it('names neither links nor owners of content, and what is not known is absent', () => {
		const owned = CATALOGUE.map((item) => ({ ...item, owner: CANARIES.email }));
		const sent = accountPayload(profileOf({}), owned, DEFAULTS, VOCABULARY);
		expect(JSON.stringify([sent, catalogueText(owned)])).not.toMatch(/canary|https/);
		expect(sent.profile).toEqual({});
		expect(sent.answerIn).toBe('en');
	});
});

it('free text leaves where it is switched on, without addresses, numbers, links and keys', () => {
	for (const text of INJECTIONS) {
		const account = { name: text, goals: [text], notes: [text] };
		const sent = JSON.stringify(payload(profileOf(account), ALL));
		expect(sent).not.toMatch(/canary|555|mailbox|9f8e7d/);
	}
	const { profile } = payload(
		profileOf({ name: 'Acme', goals: ['Grow'], notes: ['Likes tea'] }),
		ALL,
	);
	expect(profile).toMatchObject({ accountName: 'Acme', goals: ['Grow'], notes: ['Likes tea'] });
});

describe('what is asked about all who need the same next', () => {
	const about = (id: string, feature: string, more: Partial<ContentItem> = {}): ContentItem =>
		itemOf({ id, features: [feature], ...more });
	const items = [
		about('import-a', 'Import', { stages: ['onboarding'] }),
		about('import-b', 'Import', { roles: ['admin'], languages: ['de'] }),
		about('import-c', 'import', { languages: ['en'] }),
		about('import-d', 'Import', { languages: ['fr'] }),
		about('import-e', 'Import', { plans: ['Enterprise'] }),
		about('forms-a', 'Forms'),
		about('search-a', 'Search'),
	];
	const ask = (
		account: object,
		locale: string | undefined = 'de-AT',
		role = 'user',
		settings: object = {},
	): Payload => {
		const rules = selectorSettingsSchema.parse(settings);
		const profile = profileOf({ lifecycleStage: 'adopting', ...account }, { role, locale });
		const { ranked } = compileSelector(items, rules).select(profile, [], Date.UTC(2026, 2, 2));
		const subject = compileSubjects(items, rules, new Words())(profile, ranked);
		return topicPayload(subject, profile, DEFAULTS);
	};
	const failing = { usage: { features: { import: { uses: 9, failures: 5 } } } };

	it('is that feature alone, and all that there is about it to read, whomever it is for', () => {
		const asked = ask(failing);
		expect(asked.profile).toEqual({ featuresNotGoingWell: ['Import'] });
		expect(asked.candidates.map(({ id }) => id)).toEqual([
			'import-a',
			'import-b',
			'import-c',
			'import-e',
		]);
		expect(asked).toMatchObject({ answerIn: 'de', howMany: 4 });
		expect(asked.candidates[0]).toMatchObject({ stages: ['onboarding'] });
		expect(asked.candidates[1]).toMatchObject({ roles: ['admin'] });
	});
	it('is the same for others who need it and read that language, whatever else is known of them', () => {
		const other = {
			...failing,
			name: 'Oak',
			plan: 'Enterprise',
			lifecycleStage: 'onboarding',
			goals: ['Grow'],
		};
		expect(ask(other, 'de-CH', 'admin')).toEqual(ask(failing));
		expect(ask(failing, 'en').answerIn).toBe('en');
	});
	it('is another where the feature is not in use, and where nobody knows', () => {
		const used = { usage: { featuresUsed: ['Forms', 'Search'] } };
		expect(ask(used).profile).toEqual({ featuresNotInUse: ['Import'] });
		expect(ask({}).profile).toEqual({});
	});
	it('takes in the next topics until half of the choices are there', () => {
		const asked = ask({ usage: { featuresUsed: ['Import'] } });
		expect(asked.profile).toEqual({ featuresNotInUse: ['Forms', 'Search'] });
		expect(asked.candidates.map(({ id }) => id)).toEqual(['forms-a', 'search-a']);
		const few = ask({ usage: { featuresUsed: ['Import'] } }, 'de', 'user', { choices: 2 });
		expect(few.profile).toEqual({ featuresNotInUse: ['Forms'] });
	});
	it('of more than the choices keeps what is for this stage, plan, role and language', () => {
		const two = { choices: 2 };
		const first = ask(failing, 'de', 'admin', two);
		expect(first.candidates.map(({ id }) => id)).toEqual(['import-b', 'import-c']);
		const starting = ask({ ...failing, lifecycleStage: 'onboarding' }, 'fr', 'user', two);
		expect(starting.candidates.map(({ id }) => id)).toEqual(['import-a', 'import-d']);
	});
	it('of more than the choices holds what this account may get, where it has had the best', () => {
		const rules = selectorSettingsSchema.parse({ choices: 2 });
		const profile = profileOf(
			{ lifecycleStage: 'adopting', ...failing },
			{ role: 'admin', locale: 'de' },
		);
		const at = Date.UTC(2026, 2, 2);
		const seen = ['import-b', 'import-c'].map((contentId) => {
			return { contentId, kind: 'tutorial' as const, at: at - 100 * 86_400_000 };
		});
		const more = [...items, about('import-z', 'Import')];
		const { ranked } = compileSelector(more, rules).select(profile, seen, at);
		const { items: asked } = compileSubjects(more, rules, new Words())(profile, ranked);
		expect(asked.map(({ id }) => id)).toContain('import-z');
	});
	it('asks for eight at the most, however many there are', () => {
		const many = Array.from({ length: 20 }, (_none, place) =>
			about(`import-${String(place + 10)}`, 'Import'),
		);
		const rules = selectorSettingsSchema.parse({ choices: 20 });
		const profile = profileOf({ lifecycleStage: 'adopting', ...failing }, { role: 'user' });
		const { ranked } = compileSelector(many, rules).select(profile, [], Date.UTC(2026, 2, 2));
		const asked = topicPayload(
			compileSubjects(many, rules, new Words())(profile, ranked),
			profile,
			DEFAULTS,
		);
		expect([asked.candidates.length, asked.howMany]).toEqual([20, 8]);
	});
	it('is written in the fallback language for whoever names none', () => {
		const rules = selectorSettingsSchema.parse({});
		const profile = profileOf({ lifecycleStage: 'adopting', ...failing }, { role: 'user' });
		const { ranked } = compileSelector(items, rules).select(profile, [], Date.UTC(2026, 2, 2));
		const subject = compileSubjects(items, rules, new Words())(profile, ranked);
		const asked = topicPayload(subject, profile, { fallbackLanguage: 'nl' });
		expect(asked.answerIn).toBe('nl');
	});
	it('holds no free text, even where it is switched on: that is asked about one account', () => {
		expect(JSON.stringify(ask({ ...failing, goals: ['Grow'], notes: ['n'] }))).not.toContain(
			'Grow',
		);
	});
});

it.each([
	['de-AT', 'de'],
	['en-GB', 'en'],
	['zh-TW', 'zh-Hant'],
	['zh-CN', 'zh'],
	['zh-Hant', 'zh-Hant'],
	['pt-BR', 'pt-BR'],
	['pt-PT', 'pt-PT'],
	['sr-Latn', 'sr-Latn'],
	['sr-RS', 'sr'],
	['uz-Cyrl', 'uz-Cyrl'],
])('texts for readers of %s are written in %s', (tag, written) => {
	expect(writtenTag(tag)).toBe(written);
});

describe('the schema of an answer', () => {
	it('is a list of closed objects within the ids, in one order', () => {
		const schema = schemaFor(['b', 'a', 'b']);
		expect(schema.additionalProperties).toBe(false);
		expect([...schema.required].sort()).toEqual(Object.keys(schema.properties).sort());
		const { items } = schema.properties.picks;
		expect(items.properties.id.enum).toEqual(['a', 'b']);
		expect(items.additionalProperties).toBe(false);
		expect([...items.required].sort()).toEqual(Object.keys(items.properties).sort());
		expect(JSON.stringify(schema)).toBe(JSON.stringify(schemaFor(['a', 'b'])));
	});
	it('asks for no limits that structured output does not know', () => {
		expect(JSON.stringify(schemaFor(['a']))).not.toMatch(
			/m(?:ax|in)(?:Length|imum|Items)|pattern|format/,
		);
	});
});

describe('the signature of a question', () => {
	const base = {
		lifecycleStage: 'adopting',
		plan: 'Team',
		usage: { featuresUsed: ['Boards', 'Import'] },
	};
	const system = systemText(DEFAULTS);
	const sign = (account: object, settings = DEFAULTS): string =>
		signatureOf(
			'model',
			systemText(settings),
			payload(profileOf({ ...base, ...account }), settings),
		);

	it('is the same for accounts that differ in nothing that leaves', () => {
		const other = {
			accountId: 'x',
			name: 'Other',
			goals: ['Grow'],
			notes: ['n'],
			plan: 'TEAM',
			csm: 'a@b.example',
		};
		expect(sign(other)).toBe(sign({}));
		expect(sign({ usage: { featuresUsed: ['import', 'SSO', 'boards'] } })).toBe(sign({}));
	});
	it('does not depend on the order of the candidates', () => {
		const profile = profileOf(base);
		const turned = accountPayload(profile, CANDIDATES.toReversed(), DEFAULTS, VOCABULARY);
		expect(signatureOf('m', system, turned)).toBe(signatureOf('m', system, payload(profile)));
	});
	it.each([
		['another stage', { lifecycleStage: 'onboarding' }],
		['another feature', { usage: { featuresUsed: ['Boards'] } }],
		['a feature that fails', { usage: { features: { boards: { uses: 3, failures: 3 } } } }],
		['nothing known of usage', { usage: {} }],
		['another language', { locale: 'fr' }],
	])('is another for %s', (_what, account) => {
		expect(sign(account)).not.toBe(sign({}));
	});
	it('is another for another model, other instructions, other content', () => {
		const profile = profileOf(base);
		const own = promptSettingsSchema.parse({ variantInstructions: 'Be brief.' });
		const changed = CANDIDATES.map((item) => ({ ...item, title: 'New title' }));
		const all = [
			sign({}),
			signatureOf('other', system, payload(profile)),
			sign({}, own),
			signatureOf('model', system, accountPayload(profile, changed, DEFAULTS, VOCABULARY)),
		];
		expect(new Set(all).size).toBe(4);
	});
});

describe('the cheaper layout', () => {
	const prices = { input: 1, cacheWrite: 1.25, cacheRead: 0.1, cacheMinimum: 4_096, hitRate: 1 };
	const system = systemText(DEFAULTS);
	const one = payload(profileOf({}));
	const many = Array.from({ length: 200 }, () => one);

	it('is the candidates’ for a single call, and where the prefix is too short to be cached', () => {
		expect(layoutFor(system, [one], CATALOGUE, prices).name).toBe('candidates');
		const short = { ...prices, cacheMinimum: 1_000_000 };
		expect(layoutFor(system, many, CATALOGUE, short).name).toBe('candidates');
		expect(layoutFor(system, [], CATALOGUE, prices).name).toBe('candidates');
	});
	it('is the catalogue’s where many calls read one prefix, and never the dearer one', () => {
		expect(layoutFor(system, many, CATALOGUE, { ...prices, cacheMinimum: 1_000 }).name).toBe(
			'catalogue',
		);
		for (const cacheMinimum of [0, 2_000, 4_096]) {
			for (const hitRate of [0, 0.5, 1]) {
				for (const calls of [0, 1, 3, 50]) {
					const { name, cost } = layoutFor(system, many.slice(0, calls), CATALOGUE, {
						...prices,
						cacheMinimum,
						hitRate,
					});
					expect(cost[name]).toBe(Math.min(cost.candidates, cost.catalogue));
				}
			}
		}
	});
	it('asks the same: the eligible ids are those of the candidates, and all stand in the block', () => {
		const { eligible } = eligibleOnly(one);
		expect(eligible).toEqual(one.candidates.map(({ id }) => id));
		for (const id of eligible) expect(catalogueText(CATALOGUE)).toContain(`"id":"${id}"`);
	});
});

it('the instructions name each field that is sent', () => {
	const text = systemText(ALL);
	for (const field of [
		'profile',
		'candidates',
		'answerIn',
		'howMany',
		'picks',
		'stages',
		'roles',
		'featuresInUse',
		'featuresNotInUse',
		'featuresNotGoingWell',
		'outcome',
		'buildsOn',
		'reason',
		'subject',
		'opening',
	])
		expect(text).toContain(`"${field}"`);
	const own = promptSettingsSchema.parse({
		instructions: 'Say Planwell.',
		variantInstructions: 'Be brief.',
	});
	expect(systemText(own)).toMatch(/Say Planwell\.\n\nBe brief\.$/);
});
