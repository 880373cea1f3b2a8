import type { Account } from '../accounts/account';

/** Who an account is after all merges (P32): those the ledger knows, and those the accounts themselves tell of. */
export function survivorsOf(
	known: ReadonlyMap<string, string>,
	accounts: readonly Account[],
): (id: string) => string {
	const survivors = new Map(known);
	for (const account of accounts) {
		for (const alias of account.aliases ?? []) {
			if (alias === account.accountId) continue;
			// the newest word counts: when records were merged the other way round before, neither may vanish
			if (survivors.get(account.accountId) === alias) survivors.delete(account.accountId);
			survivors.set(alias, account.accountId);
		}
	}
	return (id) => {
		let survivor = id;
		// a chain of merges is short; a circle would be a mistake of the source and must not hang us
		for (let hop = 0; hop < 10; hop++) {
			const next = survivors.get(survivor);
			if (next === undefined || next === id) break;
			survivor = next;
		}
		return survivor;
	};
}
