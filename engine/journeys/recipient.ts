import type { Account, Contact, ContactRole } from '../accounts/account';
import type { JourneyType } from './priority';

export type Recipient =
	| { found: true; contact: Contact }
	/** Somebody could be reached, but everybody who can has finished set-up. */
	| { found: false; why: 'allFinished' }
	| { found: false; why: 'noneReachable' };

/** Whom a journey writes to, best first (P11). */
export function usualRoles(type: JourneyType): readonly ContactRole[] {
	return type === 'renewal'
		? ['decisionMaker', 'admin', 'champion', 'user']
		: ['admin', 'decisionMaker', 'champion', 'user'];
}

/**
 * The one person a message goes to (P11): the first reachable contact in the order of the roles, contacts of one role
 * in their own order. Unsubscribed, bounced and departed people are never chosen (P12), nor those in `finished` where
 * the message is about getting started (R32).
 */
export function chooseRecipient(
	account: Account,
	roles: readonly ContactRole[],
	suppressed: ReadonlySet<string>,
	finished: ReadonlySet<string>,
): Recipient {
	const reachable = reachableOf(account, suppressed);
	if (reachable.length === 0) return { found: false, why: 'noneReachable' };
	const open = reachable.filter((contact) => !finished.has(contact.email.toLowerCase()));
	for (const role of roles) {
		const contact = open.find((candidate) => candidate.role === role);
		if (contact !== undefined) return { found: true, contact };
	}
	return { found: false, why: open.length === 0 ? 'allFinished' : 'noneReachable' };
}

/** The one person a message is for; nobody else gets it where they may not be written to (P12). */
export function findPerson(
	account: Account,
	address: string,
	suppressed: ReadonlySet<string>,
): Recipient {
	const contact = reachableOf(account, suppressed).find(
		({ email }) => email.toLowerCase() === address,
	);
	return contact === undefined ? { found: false, why: 'noneReachable' } : { found: true, contact };
}

function reachableOf(account: Account, suppressed: ReadonlySet<string>): Contact[] {
	return (account.contacts ?? []).filter(
		({ status, unsubscribed, email }) =>
			status === 'active' && !unsubscribed && !suppressed.has(email.toLowerCase()),
	);
}
