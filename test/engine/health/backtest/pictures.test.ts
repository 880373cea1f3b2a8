import { figuresOf } from '../../../../engine/health/backtest/figures';
import type { Judged } from '../../../../engine/health/backtest/judged';
import { liftPicture } from '../../../../engine/health/backtest/pictures/liftPicture';
import { reliabilityPicture } from '../../../../engine/health/backtest/pictures/reliabilityPicture';
import { dice } from '../../../harness/dice';

const roll = dice(21);
const rows = Array.from({ length: 400 }, (_row, index): Judged => {
	const risk = roll() * 0.8;
	const score = 100 - risk * 100;
	return { accountId: String(index), score, band: 'red', churned: roll() < risk, risk };
});
const figures = figuresOf(rows);
const unpromising = figuresOf(rows.map(({ risk: _risk, ...row }) => row));

const lift = liftPicture('Lift', [
	{ label: '90 days before', gains: figures.gains },
	{ label: '60 days before', gains: figures.gains },
	{ label: '30 days before', gains: figures.gains },
]);
const pictures = [
	['lift', lift],
	['reliability', reliabilityPicture('Reliability', figures.reliability)],
	['churn by score', reliabilityPicture('Churn by score', unpromising.reliability)],
	['of nobody', liftPicture('Nobody', [])],
] as const;

/** Tags that open and close in the right order, and attributes in quotes: what a browser asks of an SVG. */
function isWellFormed(svg: string): boolean {
	const open: string[] = [];
	const tags = svg.matchAll(/<(\/?)([a-z]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/gi);
	let read = 0;
	for (const [tag, closing, name = '', , selfClosing] of tags) {
		read += tag.length;
		if (closing === '/') {
			if (open.pop() !== name) return false;
		} else if (selfClosing !== '/') open.push(name);
	}
	const text = svg.replaceAll(/<[^>]*>/g, '');
	return open.length === 0 && read + text.length === svg.length && !/[<>]/.test(text);
}

describe.each(pictures)('the picture of %s', (_name, svg) => {
	it('is one well-formed SVG', () => {
		expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
		expect(isWellFormed(svg)).toBe(true);
	});

	it('has a title, a description in words, and axes that name their units', () => {
		expect(svg).toMatch(/<title id="title">\w/);
		expect(svg).toContain('<desc id="description">');
		expect(svg.match(/\((%|points)\)<\/text>/g)).toHaveLength(2);
	});

	it('can be read on light and on dark, on paper of its own', () => {
		expect(svg).toContain('prefers-color-scheme:dark');
		expect(svg).toMatch(/<rect class="paper" width="720" height="460"/);
	});

	it('runs nothing and fetches nothing', () => {
		expect(svg).not.toMatch(/<script|\son\w+=|href|url\(|@import|<image|<foreignObject/i);
	});

	it('keeps every mark inside its frame', () => {
		const numbers = [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, path = '']) =>
			[...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]),
		);
		expect(numbers.length).toBeGreaterThan(4);
		for (const [x = -1, y = -1] of numbers) {
			expect(x >= 72 && x <= 570).toBe(true);
			expect(y >= 56 && y <= 396).toBe(true);
		}
	});
});

it('titles are text, whatever is in them', () => {
	const svg = liftPicture('a < b & <script>', []);
	expect(svg).toContain('a &lt; b &amp; &lt;script&gt;');
	expect(isWellFormed(svg)).toBe(true);
});

it('the same figures are the same picture', () => {
	expect(reliabilityPicture('R', figures.reliability)).toBe(
		reliabilityPicture('R', figures.reliability),
	);
});
