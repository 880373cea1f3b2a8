import { pageOf } from '../../../services/links/pages';
import { asksToUnsubscribe } from '../../../services/links/unsubscribing';

describe('the pages behind an unsubscribe link', () => {
	it.each(['confirm', 'done', 'test', 'invalid', 'unknown', 'notYet', 'later'] as const)(
		'%s: one page without scripts, pictures or links',
		(page) => {
			const html = pageOf(page, 'Example');
			expect(html).toMatch(/^<!doctype html>/);
			expect(html).not.toMatch(/<script|<img|<a |https?:|%FROM%/);
			expect(html.match(/<button/g) ?? []).toHaveLength(
				['confirm', 'notYet'].includes(page) ? 1 : 0,
			);
		},
	);

	it('name the company as text, whatever it is called', () => {
		const html = pageOf('confirm', `A & B <script>"$&'`);
		expect(html).toContain('from A &#38; B &#60;script&#62;&#34;$&#38;&#39; at');
	});
});

describe('asking to unsubscribe', () => {
	it.each([
		[{ 'List-Unsubscribe': 'One-Click' }, true],
		[{ unsubscribe: 'yes' }, true],
		[{}, false],
		[undefined, false],
		['List-Unsubscribe=One-Click', false],
		[{ unsubscribe: 'no' }, false],
		[Object.create({ unsubscribe: 'yes' }) as object, false],
	])('%j: %s', (body, asks) => {
		expect(asksToUnsubscribe(body)).toBe(asks);
	});
});
