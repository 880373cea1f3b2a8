import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { accountSchema, type Account } from '../../engine/accounts/account';
import { readContacts } from '../../engine/accounts/contacts';
import type { RowProblem } from '../../engine/accounts/row';
import { sentencesOf } from '../platform/problems';

/** An account with the item it came on. */
export type AccountItem = { index: number; json: IDataObject; account: Account };
export type RejectedItem = { index: number; problems: string[] };

/**
 * Items that are accounts, and those that are not with a sentence each: one bad item never stops a sweep, and a bad
 * contact never keeps its account out (P11, P12), which `warnings` tell.
 */
export function readAccounts(items: INodeExecutionData[]): {
	accounts: AccountItem[];
	rejected: RejectedItem[];
	warnings: RowProblem[];
} {
	const accounts: AccountItem[] = [];
	const rejected: RejectedItem[] = [];
	const warnings: RowProblem[] = [];
	for (const [index, { json }] of items.entries()) {
		const parsed = parse(json, index, warnings);
		if (parsed.success) accounts.push({ index, json, account: parsed.data });
		else rejected.push({ index, problems: sentencesOf(parsed.error) });
	}
	return { accounts, rejected, warnings };
}

/** Account Profile has read contacts already, so they are looked at one by one only where something is wrong with them. */
function parse(
	json: IDataObject,
	row: number,
	warnings: RowProblem[],
): ReturnType<typeof accountSchema.safeParse> {
	const parsed = accountSchema.safeParse(json);
	if (parsed.success || !parsed.error.issues.some(({ path: [field] }) => field === 'contacts'))
		return parsed;
	const told: RowProblem[] = [];
	const contacts = readContacts(json.contacts, { source: 0, row }, told);
	const mended = accountSchema.safeParse({ ...json, contacts });
	if (mended.success) warnings.push(...told);
	return mended;
}
