import type { Letter, Line } from './letter';

/** Whatever begins something in CommonMark or in GitHub's Markdown, wherever it stands. */
const MARKS = /[\\`*_{}[\]<>()#|~!&$@^]/g;
/** At the start of a line: lists, rules, headings that are underlined. */
const STARTS = /^([-+=:])/;
const NUMBERED = /^(\d+)([.)])/;
/** What is made a link without any mark. */
const BARE_SCHEME = /:(?=\/)|(?<=\b(?:https?|ftp|mailto|xmpp|tel|data|javascript)):/gi;
const BARE_HOST = /(?<=\bwww)\./gi;

/** As Markdown; of what others wrote nothing is a mark-up, a link or HTML. */
export function toMarkdown(letter: Letter): string {
	const blocks = [
		`# ${escapeMarkdown(letter.title)}`,
		...letter.sections.map(
			({ heading, lines }) =>
				`## ${heading}\n\n${lines.map((line) => `- ${rowOf(line)}`).join('\n')}`,
		),
	];
	const links = [
		...letter.actions.map(({ label, url }) => `- ${link(label, url)}`),
		...letter.links.map(({ title, url }) => `- ${link(title, url)}`),
	];
	if (links.length > 0) blocks.push(`## Links\n\n${links.join('\n')}`);
	return `${blocks.join('\n\n')}\n`;
}

function rowOf({ text, action }: Line): string {
	const line = escapeMarkdown(text);
	return action === undefined ? line : `${line} ${link(action.label, action.url)}`;
}

/** One line of plain text as Markdown that shows just that. */
export function escapeMarkdown(line: string): string {
	return line
		.replace(MARKS, '\\$&')
		.replace(BARE_SCHEME, '\\:')
		.replace(BARE_HOST, '\\.')
		.replace(STARTS, '\\$1')
		.replace(NUMBERED, '$1\\$2');
}

function link(title: string, url: string): string {
	// Markdown reads entities in addresses as well
	return `[${escapeMarkdown(title)}](${url.replace(/&(?=#?\w+;)/g, '&amp;')})`;
}
