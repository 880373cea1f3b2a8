/** Why a click is not taken for a person's. In doubt it is not (P13). */
export type ScannerSign =
	| 'notSentYet'
	| 'tooSoon'
	| 'noUserAgent'
	| 'scannerUserAgent'
	| 'prefetch'
	| 'notANavigation'
	| 'noLanguage';

/** Lower-case header names, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, unknown>>;

/** Scanners at the gate open a mail's links as it arrives; hardly anybody reads and clicks as fast. */
export const TOO_SOON_MS = 20_000;

/** All links of a mail opened within this time: a scanner, or nobody that can be told from one. */
export const AT_ONCE_MS = 10_000;

/** Mail gateways, previews, crawlers and programs, by what they call themselves. */
const SCANNERS =
	/bot\b|bot[/;_-]|crawl|spider|slurp|scan|preview|prefetch|monitor|uptime|headless|phantomjs|puppeteer|playwright|selenium|curl|wget|libwww|lwp|python|ruby|perl|php|java\/|go-http|okhttp|axios|node-fetch|undici|httpclient|http_client|winhttp|urllib|postman|barracuda|proofpoint|mimecast|messagelabs|symantec|trend ?micro|trustwave|fireeye|sophos|cisco|ironport|forcepoint|cloudmark|safelinks|bingpreview|microsoft office|ms-office|outlook-|googleimageproxy|yahoomailproxy|facebookexternalhit|slack|whatsapp|telegram|discord|skypeuripreview|linkedin|embedly|virustotal|urlscan|zscaler|netskope|checkpoint|avanan|cloudflare/i;

/** Whatever else calls itself a browser begins so. */
const BROWSER = /^(?:mozilla|opera)\//i;

/**
 * Tells a person's click from a scanner's by what the request says of itself, and by how soon it came. `sentAt` is ms
 * since 1970; undefined where the mail is not known to have left. Undefined is a person.
 */
export function signOfScanner(
	headers: RequestHeaders,
	sentAt: number | undefined,
	now: number,
): ScannerSign | undefined {
	if (sentAt === undefined) return 'notSentYet';
	const header = (name: string): string => {
		const value = headers[name];
		return typeof value === 'string' ? value.trim() : '';
	};
	const agent = header('user-agent');
	if (agent === '') return 'noUserAgent';
	if (SCANNERS.test(agent) || !BROWSER.test(agent)) return 'scannerUserAgent';
	const purpose = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].map(header).join(' ');
	if (/prefetch|preview|prerender/i.test(purpose)) return 'prefetch';
	// browsers say what they fetch for, where they say anything
	if (!['', 'navigate'].includes(header('sec-fetch-mode'))) return 'notANavigation';
	if (!['', 'document'].includes(header('sec-fetch-dest'))) return 'notANavigation';
	if (header('accept-language') === '') return 'noLanguage';
	return now - sentAt < TOO_SOON_MS ? 'tooSoon' : undefined;
}
