import { z } from 'zod/v4';

/** One plain address, as it may stand in an SMTP envelope: no name, no list, no brackets, no line breaks. */
export const emailAddress = z.email().max(254);

/** An address and, where known, the name shown beside it. */
export type Mailbox = { address: string; name?: string };

const LONGEST_NAME = 120;

/**
 * Text as it may stand in a mail header. Line breaks would begin a header of their own; control characters
 * have no business there.
 */
export function headerText(text: string): string {
	return text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
}

/** A mailbox with a harmless name; a blank name is left out. */
export function mailbox(address: string, name = ''): Mailbox {
	const clean = headerText(name).slice(0, LONGEST_NAME);
	return clean === '' ? { address } : { address, name: clean };
}
