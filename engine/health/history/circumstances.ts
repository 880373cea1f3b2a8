import { isMissing } from '../../accounts/missing';
import { isInOnboarding, isNew, isPastOnboarding } from '../../accounts/onboarding';
import { DAY_MS } from '../../calendar/zone';
import { readNumber, readYesNo } from '../cells';
import { fold } from '../curveSchema';
import { compileFields, type Facts, type ReaderOf } from '../fields';
import { readLocal } from '../instant';
import { localDay } from './localDay';
import { hasSponsor } from './sponsor';

/** P28: fewer than 60 days left. */
const SPONSOR_DAYS = 60;
/** P25: terms of 180 days or more; an unknown one is taken for that, as Customer Journey's renewal does. */
const LEAST_TERM_MONTHS = 6;
/** Older figures are not about the last closed week; the presets' signals are stale by then too. */
const OLDEST_USAGE_MS = 14 * DAY_MS;
/** P03: below it a week says too little. */
const LEAST_EVENTS = 50;

/** What else about an account decides whether something is raised. One object serves all accounts in turn. */
export type Circumstances = {
	inOnboarding: boolean;
	/** Local day of a renewal less than 60 days ahead that nobody sponsors (P28); NaN otherwise. */
	unsponsoredRenewal: number;
	/** The last closed week's events as a share of those of the week before, NaN where the latter are too few (P03). */
	weekChange: number;
	/** Local day on which it became a customer; NaN where nobody says. */
	startedDay: number;
	/** When the usage figures were made, in ms since 1970; NaN where the source does not say, or says what cannot be. */
	usageAsOf: number;
};

export type ReadCircumstances = {
	of: (account: Facts) => Circumstances;
	/** In how many accounts so far a field held what cannot be read, or not be: it is taken for unknown. */
	readonly unreadable: ReadonlyMap<string, number>;
};

const PATHS = [
	'lifecycleStage',
	'executiveSponsor',
	'contacts',
	'setup.firstValueAt',
	'createdAt',
	'startedAt',
	'renewalDate',
	'termMonths',
	'usage.events',
	'usage.previousEvents',
	'usage.asOf',
] as const;
type Path = (typeof PATHS)[number];

/**
 * Reads the canonical fields of an account that are no signals.
 * @param now ms since 1970; @param zone IANA zone of the program
 */
export function compileCircumstances(
	readerOf: ReaderOf,
	now: number,
	zone: string,
): ReadCircumstances {
	const read = compileFields(PATHS, readerOf);
	const row: unknown[] = [];
	const today = localDay(now, zone);
	const asOf = new LastInstant(zone);
	const unreadable = new Map<string, number>();
	const found: Circumstances = {
		inOnboarding: false,
		unsponsoredRenewal: NaN,
		weekChange: NaN,
		startedDay: NaN,
		usageAsOf: NaN,
	};
	const tell = (path: Path): void => void unreadable.set(path, (unreadable.get(path) ?? 0) + 1);
	const timeOf = (value: unknown, path: Path): number => {
		const at = readLocal(value, zone);
		if (at !== at && !isMissing(value)) tell(path);
		return at;
	};
	const figureOf = (value: unknown, path: Path): number => {
		const figure = readNumber(value);
		if (figure >= 0 && figure < Infinity) return figure;
		if (figure === figure) tell(path);
		return NaN;
	};
	/** A day to come is a plan; a yes says that it was. */
	const isReached = (value: unknown): boolean => {
		const at = readLocal(value, zone);
		if (at === at) return at <= now + DAY_MS;
		const answer = readYesNo(value);
		if (answer === Infinity) tell('setup.firstValueAt');
		return answer === 1;
	};
	/** P18: until first value, but 30 days at most, the score raises nothing. */
	const isSpared = (word: unknown, startedAt: number): boolean => {
		const stage = typeof word === 'string' ? fold(word) : '';
		// most are: their dates need not be read
		if (isPastOnboarding(stage)) return false;
		const createdAt = timeOf(row[4], 'createdAt');
		// P14: when the record came into being, or the contract began if that was later
		const begin = startedAt > createdAt || createdAt !== createdAt ? startedAt : createdAt;
		const beganAt = begin === begin ? begin : undefined;
		const about = { stage, hasFirstValue: isReached(row[3]), beganAt };
		return isInOnboarding(about, zone, now) && (beganAt === undefined || isNew(beganAt, zone, now));
	};
	return {
		unreadable,
		of(account) {
			read(account, row);
			const [stage, sponsor, contacts] = row;
			const startedAt = timeOf(row[5], 'startedAt');
			found.inOnboarding = isSpared(stage, startedAt);
			found.startedDay = startedAt === startedAt ? localDay(startedAt, zone) : NaN;
			found.unsponsoredRenewal = NaN;
			const renewalAt = timeOf(row[6], 'renewalDate');
			const term = figureOf(row[7], 'termMonths');
			if (renewalAt === renewalAt) {
				const day = localDay(renewalAt, zone);
				const isNear = day >= today && day - today < SPONSOR_DAYS;
				if (isNear && !(term < LEAST_TERM_MONTHS) && !hasSponsor(sponsor, contacts))
					found.unsponsoredRenewal = day;
			}
			const events = figureOf(row[8], 'usage.events');
			const before = figureOf(row[9], 'usage.previousEvents');
			const usageAt = asOf.of(row[10]);
			const isDated = usageAt <= now + DAY_MS;
			if (!isDated && !isMissing(row[10])) tell('usage.asOf');
			found.usageAsOf = isDated ? usageAt : NaN;
			// figures that do not say how old they are are taken at their word
			const isNew = isDated ? usageAt >= now - OLDEST_USAGE_MS : isMissing(row[10]);
			found.weekChange = before >= LEAST_EVENTS && isNew ? events / before : NaN;
			return found;
		},
	};
}

/** A whole page of accounts usually comes from one export with one date. */
class LastInstant {
	private text: unknown;
	private at = NaN;

	constructor(private readonly zone: string) {}

	of(value: unknown): number {
		if (value !== this.text) {
			this.text = value;
			this.at = readLocal(value, this.zone);
		}
		return this.at;
	}
}
