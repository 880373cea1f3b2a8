import { contactSchema, type Contact } from './account';
import { compileParser, UNREADABLE, type CellParser } from './cell';
import { isMissing } from './missing';
import { ACCOUNT_FIELDS, type AccountField } from './fields';
import { contactFieldProblem, contactProblem, wrongContactsProblem } from './problems';
import { isObject, type Cell, type RowPlace, type RowProblem } from './row';

/** What flat columns say about the first contact; without `email` it speaks of a contact known from elsewhere. */
export type FlatContact = Record<string, unknown>;

type ContactField = { field: AccountField; parse: CellParser };

const CONTACT_FIELDS: ReadonlyMap<string, ContactField> = new Map(
	ACCOUNT_FIELDS.filter(({ group }) => group === 'contact').map((field) => [
		field.name,
		{ field, parse: compileParser(field) },
	]),
);

/** Fields that keep mail from a contact: where one cannot be read, nobody writes (P12). */
const KEEPS_MAIL_AWAY: ReadonlySet<string> = new Set(['status', 'unsubscribed']);

/**
 * Reads whatever stands where an account's contacts belong. Nothing in it can reject the account (P11, P12): a contact
 * without a readable address is left out, another field that cannot be read is, and each gets a sentence in `warnings`.
 */
export function readContacts(cell: Cell, place: RowPlace, warnings: RowProblem[]): Contact[] {
	return completeContacts(readContactList(cell, place, warnings));
}

/** Reads a `contacts` list: each entry's fields as forgivingly as columns, everything else in it untouched. */
export function readContactList(
	cell: Cell,
	place: RowPlace,
	warnings: RowProblem[],
): FlatContact[] {
	if (isMissing(cell)) return [];
	if (!Array.isArray(cell)) {
		warnings.push(wrongContactsProblem(place, cell));
		return [];
	}
	const contacts: FlatContact[] = [];
	cell.forEach((entry: Cell, index) => {
		const label = `contacts[${String(index)}]`;
		if (!isObject(entry)) {
			warnings.push(contactProblem(place, label, 'is not a contact with an e-mail address'));
			return;
		}
		const contact = readEntry(entry, label, place, warnings);
		if (contact !== undefined) contacts.push(contact);
	});
	return contacts;
}

function readEntry(
	entry: object,
	label: string,
	place: RowPlace,
	warnings: RowProblem[],
): FlatContact | undefined {
	const contact: FlatContact = {};
	const unreadable: { field: AccountField; path: string; cell: Cell }[] = [];
	for (const [name, cell] of Object.entries<Cell>({ ...entry })) {
		const known = CONTACT_FIELDS.get(name);
		if (known === undefined) {
			if (name !== '__proto__') contact[name] = cell;
		} else if (!isMissing(cell)) {
			const value = known.parse(cell);
			const path = `${label}.${name}`;
			if (value === UNREADABLE) unreadable.push({ field: { ...known.field, path }, path, cell });
			else contact[name] = value;
		}
	}
	const usable = typeof contact.email === 'string';
	// of somebody who is left out anyway only the address matters
	const told = usable ? unreadable : unreadable.filter(({ field }) => field.name === 'email');
	for (const { field, path, cell } of told)
		warnings.push(contactFieldProblem(place, field, path, cell));
	if (usable)
		return unreadable.some(({ field }) => keepsMailAway(field)) ? silent(contact) : contact;
	if (told.length === 0) warnings.push(contactProblem(place, `${label}.email`, 'is missing'));
	return undefined;
}

/** Whether a field decides if its contact may be written to. */
export function keepsMailAway({ name }: AccountField): boolean {
	return KEEPS_MAIL_AWAY.has(name);
}

/** The contact as one who has unsubscribed. */
export function silent(contact: FlatContact): FlatContact {
	return { ...contact, unsubscribed: true };
}

/** The flat columns' contact is the first of the list, or one more with an address of its own. */
export function combineContacts(flat: FlatContact | undefined, list: FlatContact[]): FlatContact[] {
	if (flat === undefined) return list;
	const address = addressOf(flat);
	const same = address === '' ? 0 : list.findIndex((contact) => addressOf(contact) === address);
	const known = list[same];
	if (known === undefined) return address === '' ? list : [...list, flat];
	return list.with(same, { ...flat, ...known, ...unsubscribedIn(flat, known) });
}

/** What the schema fills in; read off it once, so that a hundred thousand contacts need not pass through it. */
const { role, status, unsubscribed } = contactSchema.parse({ email: 'nobody@example.com' });

/** Gives contacts whose fields were read already the schema's defaults. */
export function completeContacts(contacts: readonly FlatContact[]): Contact[] {
	const complete: Contact[] = [];
	for (const contact of contacts) {
		const { email } = contact;
		if (typeof email === 'string') complete.push({ role, status, unsubscribed, ...contact, email });
	}
	return complete;
}

/**
 * Adds what a later source knows about contacts: new people, and of known ones the facts that keep mail from them.
 * `flat` without an address speaks of the first contact.
 */
export function addContacts(
	known: readonly Contact[],
	added: readonly Contact[],
	flat: FlatContact | undefined,
): Contact[] {
	const byAddress = new Map(known.map((contact) => [addressOf(contact), contact]));
	const [first] = known;
	if (first !== undefined && flat !== undefined && addressOf(flat) === '') {
		const patched = contactSchema.parse({ ...flat, ...first, ...unsubscribedIn(flat, first) });
		byAddress.set(addressOf(first), reachableLess(patched, flat));
	}
	for (const contact of added) {
		const address = addressOf(contact);
		const before = byAddress.get(address);
		byAddress.set(
			address,
			before === undefined
				? contact
				: reachableLess(
						{
							...contact,
							...before,
							...unsubscribedIn(contact, before),
							role: before.role === 'user' ? contact.role : before.role,
						},
						contact,
					),
		);
	}
	return [...byAddress.values()];
}

/** Whoever bounced or left according to any source is not to be written to. */
function reachableLess(contact: Contact, other: FlatContact): Contact {
	const { status } = other;
	return contact.status === 'active' && (status === 'bounced' || status === 'left')
		? { ...contact, status }
		: contact;
}

function unsubscribedIn(...contacts: FlatContact[]): { unsubscribed?: true } {
	return contacts.some((contact) => contact.unsubscribed === true) ? { unsubscribed: true } : {};
}

function addressOf(contact: FlatContact): string {
	return typeof contact.email === 'string' ? contact.email.toLowerCase() : '';
}
