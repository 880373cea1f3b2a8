import { BUTTON } from './pages';

/**
 * Whether a request asks to unsubscribe: what our page's button posts, or a mail program's one click (RFC 8058). Both
 * say so in the body, which opening a link never has: a scanner that follows it changes nothing.
 */
export function asksToUnsubscribe(body: unknown): boolean {
	if (typeof body !== 'object' || body === null) return false;
	return (
		said(body, 'List-Unsubscribe')?.toLowerCase() === 'one-click' ||
		said(body, BUTTON.name) === BUTTON.value
	);
}

function said(body: object, name: string): string | undefined {
	const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
	return typeof value === 'string' ? value.trim() : undefined;
}
