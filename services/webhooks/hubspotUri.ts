import type { Call } from './call';

/** Characters that HubSpot signs as themselves, though the address spells them so. */
const DECODED: ReadonlyMap<string, string> = new Map([
	['%3A', ':'],
	['%2F', '/'],
	['%3F', '?'],
	['%40', '@'],
	['%21', '!'],
	['%24', '$'],
	['%27', "'"],
	['%28', '('],
	['%29', ')'],
	['%2A', '*'],
	['%2C', ','],
	['%3B', ';'],
]);

/**
 * What HubSpot may have signed: method, the address it called, body, time. The address is the public one, which only
 * n8n's settings know behind a proxy. Nothing of it is taken from the request's Host: who forges that could have a call to
 * somebody else believed here.
 */
export function hubspotContents(
	{ method, urls, body }: Call,
	timestamp: string,
): (readonly (string | Buffer)[])[] {
	const spelled = new Set(urls.flatMap((url) => [url, decoded(url)]));
	return [...spelled].map((url) => [method, url, body, timestamp]);
}

function decoded(url: string): string {
	return url.replace(/%[0-9A-Fa-f]{2}/g, (code) => DECODED.get(code.toUpperCase()) ?? code);
}
