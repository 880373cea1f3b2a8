/**
 * The Message-ID of a touch, from the token that stands for its key: the same on every retry, so that mail systems can
 * see a second copy for what it is, and replies and bounces find their touch again.
 */
export function messageIdOf(token: string, from: string): string {
	const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
	return `<${token}@${domain}>`;
}
