import type { Account } from '../accounts/account';
import { parseLocal } from '../calendar/localTime';

/** A date of the account by its path, in ms since 1970; undefined where there is none, or none that can be read (P01). */
export function dateOf(account: Account, path: string, zone: string): number | undefined {
	let value: unknown = account;
	for (const part of path.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
			return undefined;
		value = Reflect.get(value, part) as unknown;
	}
	return typeof value === 'string' ? parseLocal(value, zone) : undefined;
}
