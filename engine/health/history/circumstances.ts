import { isMissing } from '../../accounts/missing';
import { localDaysPassed, parseLocal } from '../../calendar/localTime';
import { readNumber } from '../cells';
import { compileFields, type Facts, type ReaderOf } from '../fields';
import { localDay } from './localDay';

/** P18: until first value, but no longer than this, the score raises nothing. */
const ONBOARDING_DAYS = 30;
/** P28: fewer than 60 days left. */
const SPONSOR_DAYS = 60;
/** P25: terms of 180 days or more; an unknown one is taken for that, as Customer Journey's renewal does. */
const LEAST_TERM_MONTHS = 6;
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
	/** When the usage figures were made, in ms since 1970; NaN where the source does not say. */
	usageAsOf: number;
};

const PATHS = [
	'lifecycleStage',
	'setup.firstValueAt',
	'createdAt',
	'startedAt',
	'renewalDate',
	'termMonths',
	'executiveSponsor',
	'contacts',
	'usage.events',
	'usage.previousEvents',
	'usage.asOf',
];

/**
 * Reads the canonical fields of an account that are no signals.
 * @param now ms since 1970; @param zone IANA zone of the program
 */
export function compileCircumstances(
	readerOf: ReaderOf,
	now: number,
	zone: string,
): (account: Facts) => Circumstances {
	const read = compileFields(PATHS, readerOf);
	const row: unknown[] = [];
	const today = localDay(now, zone);
	const asOf = new LastInstant(zone);
	const found: Circumstances = {
		inOnboarding: false,
		unsponsoredRenewal: NaN,
		weekChange: NaN,
		startedDay: NaN,
		usageAsOf: NaN,
	};
	return (account) => {
		read(account, row);
		const [stage, firstValue, created, started, renewal, term, sponsor, contacts] = row;
		found.inOnboarding = isInOnboarding(stage, firstValue, created, started, now, zone);
		found.unsponsoredRenewal = NaN;
		const renewalAt = instantOf(renewal, zone);
		if (renewalAt === renewalAt) {
			const day = localDay(renewalAt, zone);
			const isNear = day >= today && day - today < SPONSOR_DAYS;
			if (isNear && !(readNumber(term) < LEAST_TERM_MONTHS) && !hasSponsor(sponsor, contacts))
				found.unsponsoredRenewal = day;
		}
		const [events, before] = [readNumber(row[8]), readNumber(row[9])];
		const share = events / before;
		found.weekChange = before >= LEAST_EVENTS && Number.isFinite(share) ? share : NaN;
		const startedAt = instantOf(started, zone);
		found.startedDay = startedAt === startedAt ? localDay(startedAt, zone) : NaN;
		found.usageAsOf = asOf.of(row[10]);
		return found;
	};
}

function isInOnboarding(
	stage: unknown,
	firstValue: unknown,
	created: unknown,
	started: unknown,
	now: number,
	zone: string,
): boolean {
	const word = typeof stage === 'string' ? stage.trim().toLowerCase() : '';
	if (word !== '' && word !== 'onboarding') return false;
	if (!isMissing(firstValue)) return false;
	const createdAt = instantOf(created, zone);
	const startedAt = instantOf(started, zone);
	// P14: when the record came into being, or the contract began if that was later
	const begin = startedAt > createdAt || createdAt !== createdAt ? startedAt : createdAt;
	// of an account that names neither its stage nor its age nobody can say that it is new
	if (begin !== begin) return word === 'onboarding';
	return !localDaysPassed(begin, ONBOARDING_DAYS, zone, now);
}

/** The sponsor is gone where the contact of that name or address has left. */
function hasSponsor(sponsor: unknown, contacts: unknown): boolean {
	if (isMissing(sponsor) || (typeof sponsor === 'string' && sponsor.trim() === '')) return false;
	if (typeof sponsor !== 'string' || !Array.isArray(contacts)) return true;
	const name = sponsor.trim().toLowerCase();
	return !contacts.some((contact: unknown) => {
		if (typeof contact !== 'object' || contact === null) return false;
		if (!('status' in contact) || contact.status !== 'left') return false;
		const named = 'name' in contact ? contact.name : undefined;
		const address = 'email' in contact ? contact.email : undefined;
		return [named, address].some((one) => typeof one === 'string' && one.toLowerCase() === name);
	});
}

/** NaN for what is no time. A date without a time is a local date (P01). */
function instantOf(value: unknown, zone: string): number {
	if (typeof value === 'string') return parseLocal(value, zone) ?? NaN;
	return value instanceof Date ? value.getTime() : NaN;
}

/** A whole page of accounts usually comes from one export with one date. */
class LastInstant {
	private text: unknown;
	private at = NaN;

	constructor(private readonly zone: string) {}

	of(value: unknown): number {
		if (value !== this.text) {
			this.text = value;
			this.at = instantOf(value, this.zone);
		}
		return this.at;
	}
}
