import { trackClicks } from '../../../services/links/trackClicks';

const track = (url: string): string | undefined =>
	/^https?:/.test(url) ? `https://l.example/?to=${encodeURIComponent(url)}&x=1` : undefined;
const to = (url: string): string => `"https://l.example/?to=${encodeURIComponent(url)}&amp;x=1"`;

describe('the links of a mail', () => {
	it.each([
		[
			'double quotes',
			'<a href="https://a.example/x">A</a>',
			`<a href=${to('https://a.example/x')}>A</a>`,
		],
		[
			'single quotes',
			"<a href='https://a.example/x'>A</a>",
			`<a href=${to('https://a.example/x')}>A</a>`,
		],
		[
			'no quotes',
			'<a href=https://a.example/x>A</a>',
			`<a href=${to('https://a.example/x')}>A</a>`,
		],
		[
			'other attributes, one of which holds a >',
			'<a class="b" title="a > b" href="https://a.example/" target=_blank>A</a>',
			`<a class="b" title="a > b" href=${to('https://a.example/')} target=_blank>A</a>`,
		],
		[
			'capitals and line breaks',
			'<A\n HREF = "https://a.example/">A</A>',
			`<A\n HREF = ${to('https://a.example/')}>A</A>`,
		],
		[
			'entities',
			'<a href="https://a.example/?b=1&amp;c=&#50;&#x33;">A</a>',
			`<a href=${to('https://a.example/?b=1&c=23')}>A</a>`,
		],
		[
			'two links',
			'<a href="https://a.example/"></a><a href="https://b.example/"></a>',
			`<a href=${to('https://a.example/')}></a><a href=${to('https://b.example/')}></a>`,
		],
	])('with %s lead over the tracker', (_what, html, expected) => {
		expect(trackClicks(html, track)).toBe(expected);
	});

	it.each([
		'<a href="mailto:a@example.com">write</a>',
		'<a href="#top">up</a>',
		'<a name="top"></a>',
		'<a data-href="https://a.example/">A</a>',
		'<a clicktracking="off" href="https://a.example/">A</a>',
		'<a href="https://a.example/" clicktracking=off>A</a>',
		'<abbr href="https://a.example/">A</abbr>',
		'<img src="https://a.example/a.png">',
		'<link href="https://a.example/a.css">',
		'https://a.example/',
		'<a href="https://a.example/',
	])('stay as they are: %s', (html) => {
		expect(trackClicks(html, track)).toBe(html);
	});
});
