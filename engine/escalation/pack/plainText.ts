/** Controls, line ends and whatever turns the reading direction: a text is one line, and reads as it is written. */
const BREAKS = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\s]+/gu;
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text that somebody else wrote as one plain line of at most so many UTF-16 units; what is cut ends with an ellipsis. */
export function plainLine(text: string, most: number): string {
	const line = text.toWellFormed().replace(TURNS, '').replace(BREAKS, ' ').trim();
	return cut(line, most);
}

/** Never within a character. */
export function cut(text: string, most: number): string {
	if (text.length <= most) return text;
	let end = most - 1;
	if (isHighSurrogate(text.charCodeAt(end - 1))) end--;
	return `${text.slice(0, end).trimEnd()}…`;
}

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}
