import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { DAY_MS } from '../../engine/calendar/zone';
import type { Choice, Seen } from '../../engine/content/choice';
import type { ContentItem } from '../../engine/content/item';
import { readProfile, type Profile } from '../../engine/content/profile';
import { compileSelector } from '../../engine/content/selector';
import type { SelectorSettings } from '../../engine/content/settings';
import { Words } from '../../engine/escalation/routing/words';
import { dice } from '../../test/harness/dice';
import { FEATURES, PLANS } from './product';

/** A Monday, 10:00 in Berlin. */
export const NOW = Date.parse('2026-03-02T09:00:00Z');
/** A tip every two weeks. */
export const BETWEEN = 14 * DAY_MS;
/** Sweeps before the one that is measured. */
const SWEEPS = 10;

export type Customer = {
	readonly accountId: string;
	readonly plan: string;
	readonly role: string;
	readonly locale: string | undefined;
	readonly band: string;
	/** ms since 1970 */
	readonly startedAt: number;
	readonly hasLeft: boolean;
	/** 5 in 100 have no product data. */
	readonly usageKnown: boolean;
	/** How readily this one takes up something new; 1 is the usual. */
	readonly drive: number;
	readonly used: Set<string>;
	readonly struggling: Set<string>;
	readonly seen: Seen[];
};

/** A value and how many in a hundred have it. */
type Shares = Readonly<Record<string, number>>;

const PLAN_SHARES: Shares = { Starter: 50, Team: 30, Business: 15, Enterprise: 5 };
/** Whom the education journey writes to: the admin where there is one. */
const ROLE_SHARES: Shares = { admin: 50, champion: 15, user: 30, decisionMaker: 5 };
const LOCALE_SHARES: Shares = {
	'en-US': 38,
	'en-GB': 12,
	'en-AU': 4,
	'de-DE': 12,
	'de-AT': 2,
	'de-CH': 2,
	'fr-FR': 8,
	'fr-CA': 2,
	'es-ES': 4,
	'es-MX': 4,
	'pt-BR': 4,
	'ja-JP': 3,
	'nl-NL': 3,
	'': 2,
};
const BAND_SHARES: Shares = { green: 55, yellow: 25, red: 12, unknown: 8 };
/** Of the features in use, the share that does not go well. */
const STRUGGLES: Readonly<Record<string, number>> = { green: 0.02, yellow: 0.06, red: 0.15 };
const MEAN_AGE_DAYS = 540;
const HAS_LEFT = 0.02;
const NO_USAGE = 0.05;
/** Of those that are due, the share that gets its tip: others are paused, away, or had enough mail. */
const REACHED = 0.75;
/** Of those that were sent something about a feature, the share that takes it up, or gets along with it, by the next. */
const TAKES_UP = 0.3;
/** Of the features that are usual at an age and not in use, the share taken up without us in two weeks. */
const TAKES_UP_ALONE = 0.02;

/**
 * Customers of a program that has sent a tip every two weeks for twenty. Plans, roles, languages and health as above; the
 * age falls off exponentially (18 months on average), and the stage follows from it. Features in use depend on plan, age
 * and how driven an account is, and each on its own on how usual it is: a few are used by nearly all, and there is a long
 * tail. Histories are those of the program: every two weeks one of the eight best, the same for the same eight, and
 * some take up what they were sent about. The same seed gives the same customers.
 */
export function customers(
	count: number,
	items: readonly ContentItem[],
	settings: SelectorSettings,
	seed = 6,
): Customer[] {
	const roll = dice(seed);
	const all = Array.from({ length: count }, (_none, place) => newCustomer(place, roll));
	const selector = compileSelector(items, settings);
	const words = new Words();
	for (let sweep = SWEEPS; sweep > 0; sweep--) {
		const at = NOW - sweep * BETWEEN;
		for (const one of all) {
			if (one.startedAt > at) continue;
			const isReached = roll() < REACHED;
			const { ranked } = selector.select(profileOf(one, at, words), one.seen, at);
			const sent = isReached ? answerTo(ranked, sweep) : undefined;
			if (sent !== undefined) one.seen.push({ contentId: sent.id, kind: sent.kind, at });
			live(one, sent, at, roll);
		}
	}
	return all;
}

/** What becomes of a customer in the two weeks after a tip, if there was one. */
export function live(
	one: Customer,
	sent: ContentItem | undefined,
	at: number,
	roll: () => number,
): void {
	const [taught] = sent?.features ?? [];
	const takesUp = roll() < TAKES_UP;
	if (taught !== undefined && takesUp) {
		one.used.add(taught);
		one.struggling.delete(taught);
	}
	for (const feature of FEATURES) {
		if (one.used.has(feature.name)) continue;
		if (roll() < TAKES_UP_ALONE * chanceOf(feature, one, at)) one.used.add(feature.name);
	}
}

/** The canonical account, as a CRM and a product database give it. */
export function accountOf(one: Customer, at: number): IDataObject {
	const { accountId, plan, role, locale, band, usageKnown } = one;
	const number = Number(accountId.slice(4));
	const stage = stageOf(one, at);
	const figures = Object.fromEntries(
		[...one.struggling].map((name) => [name, { uses: 3, previousUses: 12 }]),
	);
	return {
		accountId,
		name: `Company ${String(number)}`,
		arr: 1_000 + ((number * 37) % 90_000),
		currency: 'USD',
		plan,
		lifecycleStage: stage,
		startedAt: new Date(one.startedAt).toISOString(),
		contacts: [
			{
				email: `ann@company-${String(number)}.example`,
				name: 'Ann',
				role,
				...(locale === undefined ? {} : { locale }),
			},
		],
		usage: usageKnown
			? { activeUsers: 5 + (number % 40), featuresUsed: [...one.used], features: figures }
			: {},
		health: { band },
	};
}

export function profileOf(one: Customer, at: number, words: Words): Profile {
	const { band, role, locale } = one;
	return readProfile(accountOf(one, at), { role, locale }, { band, zone: 'UTC', words });
}

function newCustomer(place: number, roll: () => number): Customer {
	const startedAt = NOW + Math.log(1 - roll()) * MEAN_AGE_DAYS * DAY_MS;
	const band = drawn(BAND_SHARES, roll);
	const one: Customer = {
		accountId: `acc-${String(place)}`,
		plan: drawn(PLAN_SHARES, roll),
		role: drawn(ROLE_SHARES, roll),
		locale: drawn(LOCALE_SHARES, roll) || undefined,
		band,
		startedAt,
		hasLeft: roll() < HAS_LEFT,
		usageKnown: roll() >= NO_USAGE,
		drive: Math.exp((roll() + roll() + roll() - 1.5) * 1.2),
		used: new Set(),
		struggling: new Set(),
		seen: [],
	};
	const joined = Math.max(startedAt, NOW - SWEEPS * BETWEEN);
	for (const feature of FEATURES) {
		if (roll() >= chanceOf(feature, one, joined)) continue;
		one.used.add(feature.name);
		if (roll() < (STRUGGLES[band] ?? 0.05)) one.struggling.add(feature.name);
	}
	return one;
}

const YEAR_DAYS = 365;

/** That an account uses a feature: nothing on its first day, the usual share after a year, more after that. */
function chanceOf(
	{ plan, share }: (typeof FEATURES)[number],
	one: Pick<Customer, 'plan' | 'startedAt' | 'drive'>,
	at: number,
): number {
	if (PLANS.indexOf(one.plan) < plan) return 0;
	const years = Math.max(0, at - one.startedAt) / DAY_MS / YEAR_DAYS;
	// what all use is learned in weeks, the long tail in years
	const effort = one.drive * Math.sqrt(years);
	return 1 - Math.pow(1 - share, effort);
}

const ONBOARDING_DAYS = 60;
const ADOPTING_DAYS = 240;
const RENEWING_DAYS = 60;

function stageOf({ startedAt, hasLeft }: Customer, at: number): string {
	if (hasLeft) return 'churned';
	const age = (at - startedAt) / DAY_MS;
	if (age < ONBOARDING_DAYS) return 'onboarding';
	if (age % YEAR_DAYS > YEAR_DAYS - RENEWING_DAYS) return 'renewing';
	return age < ADOPTING_DAYS ? 'adopting' : 'established';
}

/** Any of the best, the same for all who have the same. */
function answerTo(ranked: readonly Choice[], sweep: number): ContentItem | undefined {
	const ids = ranked.map(({ item }) => item.id).toSorted();
	const hash = createHash('sha256')
		.update(`${String(sweep)}/${ids.join('/')}`)
		.digest();
	return ranked[hash.readUInt32BE(0) % Math.max(1, ranked.length)]?.item;
}

function drawn(shares: Shares, roll: () => number): string {
	let left = roll() * Object.values(shares).reduce((sum, share) => sum + share, 0);
	for (const [value, share] of Object.entries(shares)) {
		left -= share;
		if (left < 0) return value;
	}
	return Object.keys(shares)[0] ?? '';
}
