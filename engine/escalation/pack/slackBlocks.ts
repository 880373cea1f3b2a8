import type { Letter, Section } from './letter';
import { cut } from './plainText';

/** Slack refuses what is longer. */
const LONGEST_HEADER = 150;
const LONGEST_TEXT = 3_000;
const LONGEST_BUTTON_URL = 3_000;
/** Of one section; a message has 50 at the most. */
const MOST_TEXTS = 6;

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
	const links = letter.links.map(({ title, url }) => link(title, url));
	return [
		{ type: 'header', text: plain(cut(letter.title, LONGEST_HEADER)) },
		...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
		...letter.sections.flatMap(toBlocks),
		...(links.length === 0 ? [] : section('Links', links)),
	];
}

/** The three characters that begin something in Slack's text. */
export function escapeSlack(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toBlocks({ heading, lines }: Section): SlackBlock[] {
	return section(
		heading,
		lines.map(({ text, action }) => {
			const line = escapeSlack(text);
			return action === undefined ? line : `${line} ${link(action.label, action.url)}`;
		}),
	);
}

function link(title: string, url: string): string {
	return `<${escapeSlack(url)}|${escapeSlack(title)}>`;
}

/** Whole lines, as many as fit: a cut line could end within a link or within an escaped character. */
function section(heading: string, lines: readonly string[]): SlackBlock[] {
	const more = (count: number): string => `\n• and ${count} more`;
	const texts: string[] = [];
	let text = `*${heading}*`;
	for (const [index, line] of lines.entries()) {
		const left = lines.length - index;
		const isLast = texts.length === MOST_TEXTS - 1;
		const room = LONGEST_TEXT - (isLast && left > 1 ? more(left).length : 0);
		const next = `${text}\n• ${line}`;
		if (next.length <= room) text = next;
		else if (isLast) {
			text += more(left);
			break;
		} else {
			texts.push(text);
			text = `• ${line}`;
		}
	}
	return [...texts, text].map((each) => ({
		type: 'section',
		text: { type: 'mrkdwn', text: each, verbatim: true },
	}));
}

function button(id: string, label: string, url: string | null, style?: 'primary'): [] | [Button] {
	if (url === null || url.length > LONGEST_BUTTON_URL) return [];
	const made: Button = { type: 'button', action_id: id, text: plain(label), url };
	return [style === undefined ? made : { ...made, style }];
}

function plain(text: string): PlainText {
	return { type: 'plain_text', text, emoji: false };
}
