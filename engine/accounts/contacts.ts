import { contactSchema, type Contact } from './account';
import { UNREADABLE, type CellParser } from './cell';
import { isMissing } from './missing';
import type { AccountField } from './fields';
import { cellProblem, contactProblem } from './problems';
import type { Cell, RowPlace, RowProblem } from './row';

/** What flat columns say about the first contact; without `email` it speaks of a contact known from elsewhere. */
export type FlatContact = Record<string, unknown>;

export type ContactField = { field: AccountField; parse: CellParser };

/** Reads a `contacts` list: each entry's fields as forgivingly as columns, everything else in it untouched. */
export function readContactList(
	list: readonly unknown[],
	fields: ReadonlyMap<string, ContactField>,
	place: RowPlace,
	problems: RowProblem[],
): FlatContact[] {
	const contacts: FlatContact[] = [];
	list.forEach((entry, index) => {
		const label = `contacts[${String(index)}]`;
		if (typeof entry !== 'object' || entry === null) {
			problems.push(contactProblem(place, label, 'is not a contact with an e-mail address'));
			return;
		}
		const contact: FlatContact = {};
		for (const [name, cell] of Object.entries<Cell>({ ...entry })) {
			const known = fields.get(name);
			if (known === undefined) {
				if (name !== '__proto__') contact[name] = cell;
			} else if (!isMissing(cell)) {
				const value = known.parse(cell);
				const path = `${label}.${name}`;
				if (value === UNREADABLE)
					problems.push(cellProblem(place, { ...known.field, path }, path, cell));
				else contact[name] = value;
			}
		}
		contacts.push(contact);
	});
	return contacts;
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

/** Gives contacts whose fields were read already the schema's defaults; without an address nobody can be one. */
export function completeContacts(
	contacts: readonly FlatContact[],
	place: RowPlace,
	problems: RowProblem[],
): Contact[] {
	const complete: Contact[] = [];
	contacts.forEach((contact, index) => {
		const { email } = contact;
		const label = `contacts[${String(index)}]`;
		if (typeof email === 'string') complete.push({ role, status, unsubscribed, ...contact, email });
		else if (!problems.some(({ field }) => field.startsWith(label))) {
			problems.push(contactProblem(place, `${label}.email`, 'is missing'));
		}
	});
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
