import type { Ledger, Suppression, SuppressionSource } from '../../ledger/ledger';
import type { AccountItem } from './readAccounts';

/**
 * What a CRM says of one account holds for the address, also in a run that does not see that account (P12). It is that
 * record's word: when the record no longer says so, because a broken feed or a mistake was mended, it is taken back,
 * while another record's word, and what the person did, stand.
 */
export async function rememberUnsubscribes(
	ledger: Ledger,
	accounts: readonly AccountItem[],
	now: number,
): Promise<void> {
	const said: Suppression[] = [];
	const takenBack: SuppressionSource[] = [];
	for (const { account } of accounts) {
		const source = `account/${account.accountId}`;
		const contacts = account.contacts ?? [];
		const silent = new Set(
			contacts.filter(({ unsubscribed }) => unsubscribed).map(({ email }) => email.toLowerCase()),
		);
		for (const address of silent) said.push({ address, source, reason: 'unsubscribed' });
		for (const { email } of contacts)
			if (!silent.has(email.toLowerCase())) takenBack.push({ address: email, source });
	}
	await ledger.unsuppress(takenBack);
	await ledger.suppress(said, now);
}
