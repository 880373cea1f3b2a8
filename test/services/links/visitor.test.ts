import { signOfScanner, TOO_SOON_MS } from '../../../services/links/visitor';

const SENT = Date.parse('2026-03-02T10:00:00Z');
const LATER = SENT + 3_600_000;
const CHROME =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const person = {
	'user-agent': CHROME,
	accept: 'text/html',
	'accept-language': 'en-US,en;q=0.9',
	'sec-fetch-mode': 'navigate',
	'sec-fetch-dest': 'document',
	'sec-fetch-site': 'cross-site',
};

describe('a click is a person’s', () => {
	it.each([
		['Chrome on Windows', CHROME],
		[
			'Safari on an iPhone',
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
		],
		['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'],
		['Edge', `${CHROME} Edg/131.0.0.0`],
		[
			'Samsung Internet',
			'Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
		],
		['Opera', 'Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18'],
	])('in %s', (_name, agent) => {
		expect(signOfScanner({ ...person, 'user-agent': agent }, SENT, LATER)).toBeUndefined();
	});

	it('in a browser that says nothing of what it fetches for', () => {
		const headers = { 'user-agent': CHROME, 'accept-language': 'de' };
		expect(signOfScanner(headers, SENT, LATER)).toBeUndefined();
	});
});

describe('a click is not taken for a person’s, when in doubt', () => {
	it.each([
		['no program is named', { 'user-agent': undefined }, 'noUserAgent'],
		['curl', { 'user-agent': 'curl/8.5.0' }, 'scannerUserAgent'],
		['a Python script', { 'user-agent': 'python-requests/2.32' }, 'scannerUserAgent'],
		[
			'Proofpoint',
			{ 'user-agent': 'Mozilla/5.0 (compatible; Proofpoint URL Defense)' },
			'scannerUserAgent',
		],
		['Mimecast', { 'user-agent': 'Mozilla/5.0 Mimecast-Scan' }, 'scannerUserAgent'],
		['Bing preview', { 'user-agent': `${CHROME} BingPreview/1.0b` }, 'scannerUserAgent'],
		['Slack’s preview', { 'user-agent': 'Slackbot-LinkExpanding 1.0' }, 'scannerUserAgent'],
		['a crawler', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 'scannerUserAgent'],
		[
			'headless Chrome',
			{ 'user-agent': CHROME.replace('Chrome', 'HeadlessChrome') },
			'scannerUserAgent',
		],
		['a made-up name', { 'user-agent': 'LinkChecker' }, 'scannerUserAgent'],
		['prefetching', { 'sec-purpose': 'prefetch;prerender' }, 'prefetch'],
		['Safari’s preview', { 'x-purpose': 'preview' }, 'prefetch'],
		['Firefox’s prefetch', { 'x-moz': 'prefetch' }, 'prefetch'],
		['a script’s fetch', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 'notANavigation'],
		['no language', { 'accept-language': undefined }, 'noLanguage'],
		['an empty language', { 'accept-language': ' ' }, 'noLanguage'],
	])('%s', (_what, headers, why) => {
		expect(signOfScanner({ ...person, ...headers }, SENT, LATER)).toBe(why);
	});

	it('too soon after sending, to the millisecond', () => {
		expect(signOfScanner(person, SENT, SENT + TOO_SOON_MS - 1)).toBe('tooSoon');
		expect(signOfScanner(person, SENT, SENT + TOO_SOON_MS)).toBeUndefined();
	});

	it('before the mail is known to have left', () => {
		expect(signOfScanner(person, undefined, LATER)).toBe('notSentYet');
	});
});
