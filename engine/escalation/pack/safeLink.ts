import { plainLine } from './plainText';

export type Link = { readonly title: string; readonly url: string };

/** Longer ones no channel takes. */
const LONGEST_URL = 3_000;
const LONGEST_TITLE = 100;
/** What ends a link in Markdown or in Slack's text, and may stand in an address all the same. */
const DELIMITERS = /[()<>|\\"'`{}^\s]/gu;

/** Addresses of the web only, written so that nothing in them ends a link; undefined for any other. */
export function safeUrl(url: unknown): string | undefined {
	if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
	const { protocol, username, password, href } = new URL(url);
	if (protocol !== 'https:' && protocol !== 'http:') return undefined;
	// `https://your-crm.example@elsewhere.example` leads elsewhere
	if (username !== '' || password !== '') return undefined;
	const written = href.replace(DELIMITERS, percentEncoded);
	return written.length > LONGEST_URL ? undefined : written;
}

/** A link without a title is called by its host. */
export function safeLink({ title, url }: Link): Link | undefined {
	const safe = safeUrl(url);
	if (safe === undefined) return undefined;
	const said = plainLine(title, LONGEST_TITLE);
	return { title: said === '' ? new URL(safe).host : said, url: safe };
}

function percentEncoded(character: string): string {
	return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
