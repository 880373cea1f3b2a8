import { createHash } from 'node:crypto';

const LENGTH = 32;

/** What stands for a touch in links and Message-IDs: made from its key, telling nothing of it. */
export function tokenOf(key: string): string {
	return createHash('sha256').update(key).digest('hex').slice(0, LENGTH);
}
