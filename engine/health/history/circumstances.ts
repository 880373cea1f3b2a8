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
/** Older figures are not about the last closed week; the presets' signals are stale by then too. */
const OLDEST_USAGE_MS = 14 * 86_400_000;
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
		const startedAt = instantOf(started, zone);
		found.startedDay = startedAt === startedAt ? localDay(startedAt, zone) : NaN;
		found.usageAsOf = asOf.of(row[10]);
		const isOld = found.usageAsOf < now - OLDEST_USAGE_MS;
		found.weekChange = before >= LEAST_EVENTS && Number.isFinite(share) && !isOld ? share : NaN;
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

/** The sponsor is gone where the contact that it is has left, and no other contact that it may be is still there. */
function hasSponsor(sponsor: unknown, contacts: unknown): boolean {
	if (isMissing(sponsor)) return false;
	const who = personOf(sponsor);
	if (who === undefined) return false;
	if (!Array.isArray(contacts)) return true;
	const same = contacts.filter((contact: unknown) => isSame(who, contact));
	return same.length === 0 || !same.every(hasLeft);
}

/** In lower case and without blanks around; '' where unknown. A plain text may be either of the two. */
type Person = { name: string; address: string };

/** Undefined where it names nobody; an object without name and address is somebody whom no contact is. */
function personOf(sponsor: unknown): Person | undefined {
	if (typeof sponsor === 'string') {
		const text = wordOf(sponsor);
		if (text === '') return undefined;
		return text.includes('@') ? { name: '', address: text } : { name: text, address: '' };
	}
	if (typeof sponsor !== 'object' || sponsor === null) return { name: '', address: '' };
	const isNamed = 'name' in sponsor || 'email' in sponsor;
	const name = 'name' in sponsor ? wordOf(sponsor.name) : '';
	const address = 'email' in sponsor ? wordOf(sponsor.email) : '';
	return isNamed && name === '' && address === '' ? undefined : { name, address };
}

/** By address where both have one, for names are not unique; else by name. */
function isSame({ name, address }: Person, contact: unknown): boolean {
	if (typeof contact !== 'object' || contact === null) return false;
	const other = 'email' in contact ? wordOf(contact.email) : '';
	if (address !== '' && other !== '') return address === other;
	return name !== '' && 'name' in contact && wordOf(contact.name) === name;
}

function hasLeft(contact: unknown): boolean {
	if (typeof contact !== 'object' || contact === null || !('status' in contact)) return false;
	return wordOf(contact.status) === 'left';
}

function wordOf(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
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
