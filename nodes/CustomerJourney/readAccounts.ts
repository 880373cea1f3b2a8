import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { accountSchema, type Account } from '../../engine/accounts/account';
import { sentencesOf } from '../platform/problems';

/** An account with the item it came on. */
export type AccountItem = { index: number; json: IDataObject; account: Account };
export type RejectedItem = { index: number; problems: string[] };

/** Items that are accounts, and those that are not with a sentence each: one bad item never stops a sweep. */
export function readAccounts(items: INodeExecutionData[]): {
	accounts: AccountItem[];
	rejected: RejectedItem[];
} {
	const accounts: AccountItem[] = [];
	const rejected: RejectedItem[] = [];
	for (const [index, { json }] of items.entries()) {
		const parsed = accountSchema.safeParse(json);
		if (parsed.success) accounts.push({ index, json, account: parsed.data });
		else rejected.push({ index, problems: sentencesOf(parsed.error) });
	}
	return { accounts, rejected };
}
