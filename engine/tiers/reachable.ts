import { isMissing } from '../accounts/missing';
import { NOBODY_REACHABLE, sayNobodyReadable, type GateReason } from './gateReasons';
import { within } from './facts';
import { compileWord, compileYesNo } from './words';

const readUnsubscribed = compileYesNo(
	['unsubscribed', 'optedout', 'optout'],
	['subscribed', 'optedin', 'optin'],
);
const readStatus = compileWord([
	['active', true],
	['left', false],
	['bounced', false],
]);

/** Whoever has an address, is there, did not bounce and did not unsubscribe, as far as that can be read. */
export function isReachable(contact: unknown): boolean {
	return hasAddress(contact) && isThere(contact) && isSubscribed(contact);
}

/** Why nobody at the account can be written to (P12); undefined where somebody can. */
export function lackOfReachable(contacts: unknown): GateReason | undefined {
	if (!Array.isArray(contacts)) return NOBODY_REACHABLE;
	if (contacts.some(isReachable)) return undefined;
	for (const contact of contacts) {
		if (!hasAddress(contact)) continue;
		for (const [field, read] of READERS) {
			const value = within(contact, field);
			if (read(value) === 'unreadable') return sayNobodyReadable(field, value);
		}
	}
	return NOBODY_REACHABLE;
}

const READERS = [
	['status', readStatus],
	['unsubscribed', readUnsubscribed],
] as const;

function hasAddress(contact: unknown): boolean {
	const email = within(contact, 'email');
	return typeof email === 'string' && !isMissing(email);
}

function isThere(contact: unknown): boolean {
	const status = readStatus(within(contact, 'status'));
	return status === true || status === 'missing';
}

function isSubscribed(contact: unknown): boolean {
	const unsubscribed = readUnsubscribed(within(contact, 'unsubscribed'));
	return unsubscribed === false || unsubscribed === 'missing';
}
