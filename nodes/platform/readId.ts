import { isId } from '../../engine/accounts/account';
import { textOf } from './rows';

/** An id as every node reads it, so that all of them mean the same account; undefined for what can be none. */
export function readId(value: unknown): string | undefined {
	const id = textOf(value);
	return isId(id) ? id : undefined;
}
