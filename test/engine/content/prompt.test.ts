import { CONTACT_ROLES } from '../../../engine/accounts/account';
import { schemaFor } from '../../../engine/content/answerSchema';
import { sampleCatalogue } from '../../../engine/content/evaluation/labels';
import { CONTENT_KINDS, STAGES } from '../../../engine/content/item';
import { readLanguage } from '../../../engine/content/languages';
import { catalogueText, eligibleOnly, layoutFor } from '../../../engine/content/layout';
import { BANDS, readProfile, type Profile } from '../../../engine/content/profile';
import {
	payloadOf,
	promptSettingsSchema,
	systemText,
	type Payload,
	type PromptSettings,
} from '../../../engine/content/prompt';
import { signatureOf } from '../../../engine/content/signature';
import { vocabularyOf } from '../../../engine/content/vocabulary';
import { Words } from '../../../engine/escalation/routing/words';
import { freeze } from '../../harness/freeze';
import { CANARIES, INJECTIONS } from './injections';

const CATALOGUE = freeze(sampleCatalogue());
const VOCABULARY = vocabularyOf(CATALOGUE);
const CANDIDATES = CATALOGUE.slice(0, 8);
const DEFAULTS = promptSettingsSchema.parse({});
/** Everything but free text. */
const IN_FULL = promptSettingsSchema.parse({ detail: 'all' });
const ALL = promptSettingsSchema.parse({
	detail: 'all',
	alsoSend: { accountName: true, goals: true, notes: true },
});

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** All that may stand in a payload: names of fields, our lists, and what the catalogue says. */
const ALLOWED = new Set(
	[
		'profile answerIn candidates stage plan role language health featuresInUse featuresNotGoingWell',
		'id kind title summary features outcome buildsOn languages',
		[...STAGES, ...CONTACT_ROLES, ...BANDS, ...CONTENT_KINDS].join(' '),
		JSON.stringify(CATALOGUE),
	].flatMap(wordsOf),
);

const profileOf = (account: Record<string, unknown>, contact?: Record<string, unknown>): Profile =>
	readProfile(account, contact, { band: 'green', zone: 'UTC', words: new Words() });
const payload = (profile: Profile, settings: PromptSettings = DEFAULTS): Payload =>
	payloadOf(profile, CANDIDATES, settings, VOCABULARY);

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
			for (const [account, contact, settings] of customersWith(text).flatMap(([one, other]) => [
				[one, other, DEFAULTS] as const,
				[one, other, IN_FULL] as const,
			])) {
				const sent = payload(profileOf(account, contact), settings);
				texts++;
				for (const word of wordsOf(JSON.stringify(sent))) {
					if (!ALLOWED.has(word) && readLanguage(word) === undefined) strangers.add(word);
				}
				const { profile } = sent;
				// words of the catalogue alone could still make a sentence: only whole ones of it may stand there
				const said = [
					profile.plan ?? 'Team',
					...(profile.featuresInUse ?? []),
					...(profile.featuresNotGoingWell ?? []),
				];
				if (said.some((word) => word !== 'Team' && word !== 'Boards')) strangers.add(said.join());
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
			language: 'de-AT',
			// goals are in use too, and no candidate teaches or builds on them
			featuresInUse: ['Boards', 'Import'],
			featuresNotGoingWell: ['Import'],
		});
		expect(sent.answerIn).toBe('de-AT');
		expect(payload(profileOf(account), IN_FULL).profile).toEqual({
			stage: 'adopting',
			plan: 'Business',
			health: 'green',
			featuresInUse: ['Boards', 'Goals', 'Import'],
			featuresNotGoingWell: ['Import'],
		});
	});

	it('names neither links nor owners of content, and what is not known is absent', () => {
		const owned = CATALOGUE.map((item) => ({ ...item, owner: CANARIES.email }));
		const sent = payloadOf(profileOf({}), owned, DEFAULTS, VOCABULARY);
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

describe('the schema of an answer', () => {
	it('is a closed object within the ids, in one order', () => {
		const schema = schemaFor(['b', 'a', 'b']);
		expect(schema.properties.id.enum).toEqual(['a', 'b']);
		expect(schema.additionalProperties).toBe(false);
		expect([...schema.required].sort()).toEqual(Object.keys(schema.properties).sort());
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
	it('is another for another plan where the plan leaves', () => {
		expect(sign({ plan: 'Enterprise' })).toBe(sign({}));
		expect(sign({ plan: 'Enterprise' }, IN_FULL)).not.toBe(sign({}, IN_FULL));
	});
	it('does not depend on the order of the candidates', () => {
		const profile = profileOf(base);
		const turned = payloadOf(profile, CANDIDATES.toReversed(), DEFAULTS, VOCABULARY);
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
			signatureOf('model', system, payloadOf(profile, changed, DEFAULTS, VOCABULARY)),
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
		'featuresInUse',
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
