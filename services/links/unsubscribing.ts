import { fieldOf } from './formBody';
import { BUTTON } from './pages';

/**
 * Whether a request asks to unsubscribe: what our page's button posts, or a mail program's one click (RFC 8058). Both
 * say so in the body, which opening a link never has: a scanner that follows it changes nothing.
 */
export function asksToUnsubscribe(body: unknown): boolean {
	return (
		fieldOf(body, 'List-Unsubscribe')?.toLowerCase() === 'one-click' ||
		fieldOf(body, BUTTON.name) === BUTTON.value
	);
}
