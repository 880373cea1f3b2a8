import { within } from './matchRule';

/** Whether anybody at the account can be written to (P12). */
export function hasReachableContact(contacts: unknown): boolean {
	return Array.isArray(contacts) && contacts.some(isReachable);
}

/** Whoever has an address, is there, did not bounce and did not unsubscribe. */
export function isReachable(contact: unknown): boolean {
	const email = within(contact, 'email');
	const status = within(contact, 'status');
	return (
		typeof email === 'string' &&
		email !== '' &&
		(status === undefined || status === 'active') &&
		within(contact, 'unsubscribed') !== true
	);
}
