import type { ContextPack } from './contextPack';
import { sectionsOf, type Section } from './packSections';
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

/** A context pack in Slack's Block Kit, for a message's `blocks`. */
export function toSlackBlocks(pack: ContextPack): SlackBlock[] {
	const { acknowledge, resolve } = pack.actions;
	const buttons = [
		...button('acknowledge', 'Acknowledge', acknowledge, 'primary'),
		...button('resolve', 'Resolve', resolve),
	];
	const links = pack.links.map(({ title, url }) => `<${escapeSlack(url)}|${escapeSlack(title)}>`);
	return [
		{ type: 'header', text: plain(cut(pack.title, LONGEST_HEADER)) },
		...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
		...sectionsOf(pack).map(toBlock),
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
