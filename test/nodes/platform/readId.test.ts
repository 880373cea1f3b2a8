import { readId } from '../../../nodes/platform/readId';

describe('an id', () => {
	it.each<[string, unknown, string | undefined]>([
		['a text', 'acme', 'acme'],
		['a text with blanks around it', ' acme ', 'acme'],
		['a number', 42, '42'],
		['a number that is none', NaN, undefined],
		['nothing', undefined, undefined],
		['blanks', '  ', undefined],
		['yes or no', true, undefined],
		['an object', { id: 'acme' }, undefined],
		['more than any database keeps', 'x'.repeat(501), undefined],
	])('%s', (_what, value, id) => {
		expect(readId(value)).toBe(id);
	});
});
