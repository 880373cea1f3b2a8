import { createHash } from 'node:crypto';

const LENGTH = 32;

/**
 * The Message-ID of a touch, from its key: the same on every retry, so that mail systems can see a second copy for
 * what it is, and replies and bounces find their touch again.
 */
export function messageIdOf(key: string, from: string): string {
	const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
	return `<${createHash('sha256').update(key).digest('hex').slice(0, LENGTH)}@${domain}>`;
}
