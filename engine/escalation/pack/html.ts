import type { Letter, Line } from './letter';

const STYLE = {
	page: 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1f2937;max-width:640px',
	title: 'font-size:18px;margin:0 0 12px',
	heading: 'font-size:14px;margin:16px 0 4px;color:#0f766e',
	list: 'margin:0;padding-left:20px',
	button:
		'display:inline-block;margin:0 8px 8px 0;padding:8px 14px;border-radius:4px;background:#0f766e;color:#ffffff;text-decoration:none',
};

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** The body of a mail: no scripts, no pictures, nothing to load. */
export function toHtml(letter: Letter): string {
	const buttons = letter.actions.map(
		({ label, url }) => `<a href="${escapeHtml(url)}" style="${STYLE.button}">${label}</a>`,
	);
	const links = letter.links.map(
		({ title, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`,
	);
	return [
		`<div style="${STYLE.page}">`,
		`<h1 style="${STYLE.title}">${escapeHtml(letter.title)}</h1>`,
		...(buttons.length === 0 ? [] : [`<p>${buttons.join('')}</p>`]),
		...letter.sections.map(({ heading, lines }) => list(heading, lines.map(rowOf))),
		...(links.length === 0 ? [] : [list('Links', links)]),
		'</div>',
	].join('\n');
}

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function rowOf({ text, action }: Line): string {
	const link =
		action === undefined ? '' : ` <a href="${escapeHtml(action.url)}">${action.label}</a>`;
	return `${escapeHtml(text)}${link}`;
}

function list(heading: string, items: readonly string[]): string {
	const rows = items.map((item) => `<li>${item}</li>`).join('');
	return `<h2 style="${STYLE.heading}">${heading}</h2>\n<ul style="${STYLE.list}">${rows}</ul>`;
}
