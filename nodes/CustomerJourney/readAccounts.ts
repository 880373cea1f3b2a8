import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { accountSchema, type Account } from '../../engine/accounts/account';
import { readContacts } from '../../engine/accounts/contacts';
import type { RowProblem } from '../../engine/accounts/row';
import { sentencesOf } from '../platform/problems';

/** Contacts are read one by one, and more forgivingly. */
const lenientSchema = accountSchema.extend({ contacts: z.unknown() });

/** An account with the item it came on. */
export type AccountItem = { index: number; json: IDataObject; account: Account };
export type RejectedItem = { index: number; problems: string[] };

/** Items read between two pauses: some milliseconds. */
const PER_TURN = 1000;

type ReadAccounts = {
	accounts: AccountItem[];
	rejected: RejectedItem[];
	warnings: RowProblem[];
};

/**
 * Items that are accounts, and those that are not with a sentence each: one bad item never stops a sweep, and a bad
 * contact never keeps its account out (P11, P12), which `warnings` tell.
 */
export function* readAccounts(items: INodeExecutionData[]): Generator<void, ReadAccounts, void> {
	const accounts: AccountItem[] = [];
	const rejected: RejectedItem[] = [];
	const warnings: RowProblem[] = [];
	for (const [index, { json }] of items.entries()) {
		if (index % PER_TURN === PER_TURN - 1) yield;
		const parsed = lenientSchema.safeParse(json);
		if (!parsed.success) {
			rejected.push({ index, problems: sentencesOf(parsed.error) });
			continue;
		}
		const place = { source: 0, row: index };
		// what was parsed is a copy already, and making another would cost as much as reading the contacts
		const account: Account =
			json.contacts === undefined
				? { ...parsed.data, contacts: undefined }
				: Object.assign(parsed.data, { contacts: readContacts(json.contacts, place, warnings) });
		accounts.push({ index, json, account });
	}
	return { accounts, rejected, warnings };
}
