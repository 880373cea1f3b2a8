import { isMissing } from '../../accounts/missing';
import { fold } from '../curveSchema';

/** The sponsor is gone where the contact that it is has left, and no other contact that it may be is still there. */
export function hasSponsor(sponsor: unknown, contacts: unknown): boolean {
	if (Array.isArray(sponsor)) return sponsor.some((one) => hasSponsor(one, contacts));
	const who = personOf(sponsor);
	if (who === undefined) return false;
	if (!Array.isArray(contacts)) return true;
	const same = contacts.filter((contact: unknown) => isSame(who, contact));
	return same.length === 0 || !same.every(hasLeft);
}

/** What is written where there is nobody. */
const NOBODY = new Set(['no', 'none', 'nobody', 'false', '0', '-', 'unknown', 'tbd']);

/** In lower case and without blanks around; '' where unknown. A plain text may be either of the two. */
type Person = { name: string; address: string };

/** Undefined where it names nobody; a yes, or an object without name and address, is somebody whom no contact is. */
function personOf(sponsor: unknown): Person | undefined {
	if (isMissing(sponsor) || sponsor === false || sponsor === 0) return undefined;
	if (typeof sponsor === 'string') {
		const text = nameOf(sponsor);
		if (text === '') return undefined;
		return text.includes('@') ? { name: '', address: text } : { name: text, address: '' };
	}
	if (typeof sponsor !== 'object' || sponsor === null) return { name: '', address: '' };
	const isNamed = 'name' in sponsor || 'email' in sponsor;
	const name = 'name' in sponsor ? nameOf(sponsor.name) : '';
	const address = 'email' in sponsor ? nameOf(sponsor.email) : '';
	const isNobody = isNamed
		? name === '' && address === ''
		: Object.values(sponsor).every((value) => isMissing(value));
	return isNobody ? undefined : { name, address };
}

function nameOf(value: unknown): string {
	const word = wordOf(value);
	return NOBODY.has(word) || isMissing(value) ? '' : word;
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
	return typeof value === 'string' ? fold(value) : '';
}
