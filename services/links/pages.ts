import { escapeHtml, pageWith } from './layout';

/** What somebody sees who follows an unsubscribe link. */
export type Page = 'confirm' | 'done' | 'test' | 'invalid' | 'unknown' | 'notYet' | 'later';

const TEXTS: Record<Page, { title: string; text: string }> = {
	confirm: {
		title: 'Unsubscribe',
		text: 'Do you want no more automated e-mails%FROM% at this address?',
	},
	done: {
		title: 'You are unsubscribed',
		text: 'You get no more automated e-mails%FROM% at this address.',
	},
	test: {
		title: 'The link works',
		text: 'It comes from a test mail, so nothing was changed.',
	},
	invalid: {
		title: 'This link does not work',
		text: 'It is not complete or was changed on its way. Please open it from the mail again, or answer the mail with the word “unsubscribe”.',
	},
	unknown: {
		title: 'We no longer know this mail',
		text: 'The mail is too old for its link to work. Please answer it with the word “unsubscribe”.',
	},
	notYet: {
		title: 'You are not unsubscribed yet',
		text: 'Something on our side does not work just now, so we could not save it. Please press the button again in a minute.',
	},
	later: {
		title: 'Please try again in a minute',
		text: 'Something on our side does not work just now. Nothing was changed; please open the link again.',
	},
};

/** Pages with a button. */
const ASKS: ReadonlySet<Page> = new Set(['confirm', 'notYet']);

/** What the button sends; mail programs send `List-Unsubscribe=One-Click` (RFC 8058). */
export const BUTTON = { name: 'unsubscribe', value: 'yes' };

/**
 * A page without scripts, pictures or anything personal. `company` is named where it is given. The button of `confirm`
 * and `notYet` posts to the address the page was opened at.
 */
export function pageOf(page: Page, company = ''): string {
	const { title, text } = TEXTS[page];
	const from = company === '' ? '' : ` from ${escapeHtml(company)}`;
	const button = `<form method="post"><button name="${BUTTON.name}" value="${BUTTON.value}">Unsubscribe</button></form>`;
	return pageWith(
		title,
		`<p>${text.replace('%FROM%', () => from)}</p>${ASKS.has(page) ? button : ''}`,
	);
}
