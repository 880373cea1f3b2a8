import { CONTACT_ROLES, type ContactRole } from '../accounts/account';
import { readNumber, UNREADABLE } from '../accounts/cell';
import { isZone } from '../calendar/zone';
import type { Words } from '../escalation/routing/words';
import { STAGES, type Stage } from './item';
import { readLanguage } from './languages';

export const BANDS = ['green', 'yellow', 'red', 'unknown'] as const;
export type Band = (typeof BANDS)[number];

/**
 * What is known of an account and of the one contact who is to read: all that content is chosen by. Texts are as the
 * customer's record has them; the payload decides what of it leaves.
 */
export type Profile = {
	readonly stage?: Stage;
	readonly plan?: string;
	readonly role?: ContactRole;
	/** BCP 47, as `readLanguage` writes it. */
	readonly language?: string;
	/** Without it nobody knows which features are in use, which is not the same as none. */
	readonly usageKnown: boolean;
	/** In use, those used badly included. */
	readonly featuresUsed: readonly string[];
	readonly featuresStruggling: readonly string[];
	readonly band: Band;
	readonly goals: readonly string[];
	readonly notes: readonly string[];
	readonly accountName?: string;
	/** IANA zone in which days are counted for this contact. */
	readonly zone: string;
};

type Facts = Readonly<Record<string, unknown>>;

/** Fell to half or less, from at least so many uses: fewer tell nothing. */
const LEAST_PREVIOUS = 4;
/** A third or more failed, of at least so many. */
const LEAST_USES = 3;
/** Of an account; whoever has more has a fault in the data. */
const MOST_FEATURES = 1_000;

/**
 * Reads the profile of an account (design, "The canonical account") and one of its contacts. What is missing or not as
 * the account's schema says is not known; nothing throws.
 *
 * Features in use are `usage.featuresUsed`, and those of `usage.features` (name → uses, previousUses, failures) that were
 * used; where both speak of a feature the figures count. One is used badly where its uses fell to half or less of at
 * least 4, or where a third or more of at least 3 uses failed.
 * @param zone the program's, for a contact and an account without one
 */
export function readProfile(
	account: Facts,
	contact: Facts | undefined,
	{ band, zone, words }: { readonly band?: unknown; readonly zone: string; readonly words: Words },
): Profile {
	const usage = factsOf(account.usage);
	const features = new Features(words);
	for (const name of texts(usage.featuresUsed)) features.use(name);
	const figures = factsOf(usage.features);
	for (const name of Object.keys(figures).slice(0, MOST_FEATURES)) {
		features.judge(name, factsOf(figures[name]));
	}
	const language = readLanguage(text(contact?.locale)) ?? readLanguage(text(account.locale));
	const zones = [text(contact?.timezone), text(account.timezone)];
	return {
		stage: STAGES.find((stage) => stage === account.lifecycleStage),
		plan: text(account.plan),
		role: CONTACT_ROLES.find((role) => role === contact?.role),
		language: language?.tag,
		usageKnown: Array.isArray(usage.featuresUsed) || isFacts(usage.features),
		featuresUsed: features.used(),
		featuresStruggling: features.struggling(),
		band: BANDS.find((one) => one === band) ?? 'unknown',
		goals: texts(account.goals),
		notes: texts(account.notes),
		accountName: text(account.name),
		zone: zones.find((name) => name !== undefined && isZone(name)) ?? zone,
	};
}

type Use = { readonly name: string; readonly state: 'used' | 'struggling' | 'unused' };

/** Features by their words, each once however it is written. */
class Features {
	private readonly known = new Map<string, Use>();

	constructor(private readonly words: Words) {}

	use(name: string): void {
		const word = this.words.plain(name);
		if (word !== '' && this.known.size < MOST_FEATURES && !this.known.has(word)) {
			this.known.set(word, { name, state: 'used' });
		}
	}

	judge(name: string, figures: Facts): void {
		const uses = number(figures.uses);
		const previous = number(figures.previousUses);
		const failures = number(figures.failures);
		if (uses === undefined && failures === undefined) return;
		const fell = uses !== undefined && previous !== undefined;
		const struggling =
			(fell && previous >= LEAST_PREVIOUS && uses <= previous / 2) ||
			(uses !== undefined && failures !== undefined && uses >= LEAST_USES && failures >= uses / 3);
		const word = this.words.plain(name);
		if (word === '') return;
		const state = struggling ? 'struggling' : uses === 0 ? 'unused' : 'used';
		this.known.set(word, { name: this.known.get(word)?.name ?? name, state });
	}

	used(): string[] {
		return this.inState((state) => state !== 'unused');
	}

	struggling(): string[] {
		return this.inState((state) => state === 'struggling');
	}

	private inState(isIn: (state: Use['state']) => boolean): string[] {
		return [...this.known.values()].filter(({ state }) => isIn(state)).map(({ name }) => name);
	}
}

function isFacts(value: unknown): value is Facts {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOTHING: Facts = Object.freeze({});

function factsOf(value: unknown): Facts {
	return isFacts(value) ? value : NOTHING;
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];
}

function number(value: unknown): number | undefined {
	const read = readNumber(value);
	return read === UNREADABLE || read < 0 ? undefined : read;
}
