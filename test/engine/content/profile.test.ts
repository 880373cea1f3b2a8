import { readProfile, type Profile } from '../../../engine/content/profile';
import { Words } from '../../../engine/escalation/routing/words';
import { freeze } from '../../harness/freeze';

type Facts = Record<string, unknown>;

const read = (account: Facts, contact?: Facts, band?: unknown): Profile =>
	readProfile(freeze(account), freeze(contact), {
		band,
		zone: 'Europe/Berlin',
		words: new Words(),
	});

describe('a feature that is used badly', () => {
	const table: [what: string, figures: Facts, used: boolean, struggling: boolean][] = [
		['fell to half of four', { uses: 2, previousUses: 4 }, true, true],
		['fell to half of three, which tells nothing', { uses: 1, previousUses: 3 }, true, false],
		['fell to more than half', { uses: 6, previousUses: 11 }, true, false],
		['fell to nothing', { uses: 0, previousUses: 9 }, true, true],
		['a third of three failed', { uses: 3, failures: 1 }, true, true],
		['less than a third failed', { uses: 10, failures: 3 }, true, false],
		['both of two failed, which tells nothing', { uses: 2, failures: 2 }, true, false],
		['never used', { uses: 0 }, false, false],
		['used, and nothing else known', { uses: 5 }, true, false],
		['figures as text', { uses: '2', previousUses: '8' }, true, true],
		['no figures that can be read', { uses: 'often' }, false, false],
		['a figure below 0', { uses: -1 }, false, false],
	];
	it.each(table)('%s', (_what, figures, used, struggling) => {
		const profile = read({ usage: { features: { Boards: figures } } });
		expect(profile.featuresUsed.includes('Boards')).toBe(used);
		expect(profile.featuresStruggling.includes('Boards')).toBe(struggling);
	});
});

it('figures count before the list, whichever way the feature is written', () => {
	const usage = { featuresUsed: ['Data Hub', 'Forms'], features: { 'data-hub': { uses: 0 } } };
	expect(read({ usage }).featuresUsed).toEqual(['Forms']);
});

it('nothing known of usage is not the same as nothing in use', () => {
	expect(read({}).usageKnown).toBe(false);
	expect(read({ usage: { activeUsers: 3 } }).usageKnown).toBe(false);
	expect(read({ usage: { featuresUsed: [] } }).usageKnown).toBe(true);
	expect(read({ usage: { features: {} } }).usageKnown).toBe(true);
});

describe('language', () => {
	const table: [contact: unknown, account: unknown, expected: string | undefined][] = [
		['de_AT', 'en', 'de-AT'],
		['', 'fr', 'fr'],
		['german please', 'fr', 'fr'],
		['pt-BR', undefined, 'pt-BR'],
		['de_DE.UTF-8', undefined, 'de-DE'],
		['zh-hant-tw', undefined, 'zh-Hant-TW'],
		['EN', undefined, 'en'],
		['Tom', undefined, undefined],
		['de-x-tom', undefined, undefined],
		['de-Evil', undefined, undefined],
		['de-QQ', undefined, undefined],
		[17, undefined, undefined],
	];
	it.each(table)('of a contact %j and an account %j is %j', (contact, account, expected) => {
		expect(read({ locale: account }, { locale: contact }).language).toBe(expected);
	});
});

it('the contact’s zone counts before the account’s, and that before the program’s', () => {
	const account = { timezone: 'America/New_York' };
	expect(read(account, { timezone: 'Asia/Tokyo' }).zone).toBe('Asia/Tokyo');
	expect(read(account, { timezone: 'Mars/Base' }).zone).toBe('America/New_York');
	expect(read({}).zone).toBe('Europe/Berlin');
});

it('what is none of the known words is not known', () => {
	const profile = read(
		{ lifecycleStage: 'mature', plan: ' ', goals: 'x' },
		{ role: 'boss' },
		'purple',
	);
	expect(profile).toMatchObject({ band: 'unknown', goals: [] });
	expect([profile.stage, profile.plan, profile.role]).toEqual([undefined, undefined, undefined]);
});

it('nothing throws, whatever stands where', () => {
	for (const value of [null, 1, 'x', [], [[null]], { a: { b: null } }, new Date(0)]) {
		for (const field of ['usage', 'goals', 'notes', 'plan', 'locale', 'timezone', 'name']) {
			expect(() => read({ [field]: value }, { [field]: value })).not.toThrow();
		}
		expect(() => read({ usage: { featuresUsed: value, features: value } })).not.toThrow();
	}
});
