import { compile } from 'html-to-text';

/** What a mail program without HTML shows: readable lines, addresses of links, no pictures. */
export const plainTextOf: (html: string) => string = compile({
	wordwrap: 78,
	selectors: [
		{ selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
		{ selector: 'img', format: 'skip' },
	],
});
