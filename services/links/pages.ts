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

const STYLE =
	'body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#134e4a;background:#f0fdfa}main{max-width:26rem;margin:18vh auto 0;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 1px 8px #134e4a22}h1{margin:0 0 .5rem;font-size:1.4rem}p{margin:0 0 1.25rem}button{font:inherit;font-weight:600;color:#fff;background:#0f766e;border:0;border-radius:8px;padding:.7rem 1.4rem;cursor:pointer}button:focus-visible{outline:3px solid #f97362}';

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
	const from = company === '' ? '' : ` from ${escape(company)}`;
	const button = `<form method="post"><button name="${BUTTON.name}" value="${BUTTON.value}">Unsubscribe</button></form>`;
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text.replace('%FROM%', () => from)}</p>${ASKS.has(page) ? button : ''}</main></body></html>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
