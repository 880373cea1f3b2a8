import type { Letter, Section } from './letter';
import { cut } from './plainText';

/** Slack refuses what is longer. */
const LONGEST_HEADER = 150;
const LONGEST_TEXT = 3_000;
const LONGEST_BUTTON_URL = 3_000;

type PlainText = { type: 'plain_text'; text: string; emoji: false };
/** `verbatim`: Slack makes no link, channel or mention of what only looks like one. */
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };
type Button = {
	type: 'button';
	action_id: string;
	text: PlainText;
	url: string;
	style?: 'primary';
};
export type SlackBlock =
	| { type: 'header'; text: PlainText }
	| { type: 'section'; text: Mrkdwn }
	| { type: 'actions'; elements: Button[] };

/** In Slack's Block Kit, for a message's `blocks`. */
export function toSlackBlocks(letter: Letter): SlackBlock[] {
	const buttons = letter.actions.flatMap(({ id, label, url }, place) =>
		button(id, label, url, place === 0 ? 'primary' : undefined),
	);
	const links = letter.links.map(({ title, url }) => `<${escapeSlack(url)}|${escapeSlack(title)}>`);
	return [
		{ type: 'header', text: plain(cut(letter.title, LONGEST_HEADER)) },
		...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
		...letter.sections.map(toBlock),
		...(links.length === 0 ? [] : [section('Links', links)]),
	];
}

/** The three characters that begin something in Slack's text. */
export function escapeSlack(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toBlock({ heading, lines }: Section): SlackBlock {
	return section(heading, lines.map(escapeSlack));
}

/** As many whole lines as fit: a cut line could end within a link or within an escaped character. */
function section(heading: string, lines: readonly string[]): SlackBlock {
	const more = (count: number): string => `• and ${count} more`;
	let text = `*${heading}*`;
	for (const [index, line] of lines.entries()) {
		const left = lines.length - index;
		const next = `${text}\n• ${line}`;
		const room = left === 1 ? LONGEST_TEXT : LONGEST_TEXT - more(left).length - 1;
		if (next.length > room) {
			text += `\n${more(left)}`;
			break;
		}
		text = next;
	}
	return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function button(id: string, label: string, url: string | null, style?: 'primary'): [] | [Button] {
	if (url === null || url.length > LONGEST_BUTTON_URL) return [];
	const made: Button = { type: 'button', action_id: id, text: plain(label), url };
	return [style === undefined ? made : { ...made, style }];
}

function plain(text: string): PlainText {
	return { type: 'plain_text', text, emoji: false };
}
