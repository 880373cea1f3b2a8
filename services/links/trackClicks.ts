/** An opening tag of a link with its attributes, quoted or not. */
const ANCHOR = /<a\s(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const HREF = /(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
/** How mail services let an author keep a link as it is. */
const OFF = /\sclicktracking\s*=\s*["']?off\b/i;

/**
 * The HTML with the address of each link put through `track`, which gives undefined for what is to stay as it is.
 * Nothing else is touched, the author's tags least of all.
 */
export function trackClicks(html: string, track: (url: string) => string | undefined): string {
	return html.replace(ANCHOR, (tag) => {
		if (OFF.test(tag)) return tag;
		return tag.replace(
			HREF,
			(all, before: string, double?: string, single?: string, bare?: string) => {
				const url = track(decodeEntities(double ?? single ?? bare ?? ''));
				return url === undefined ? all : `${before}"${encodeEntities(url)}"`;
			},
		);
	});
}

const NAMED = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
]);

function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
		(all, hex, decimal, name) => {
			if (typeof name === 'string') return NAMED.get(name.toLowerCase()) ?? all;
			const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
		},
	);
}

function encodeEntities(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
