import { clean } from '../../../engine/content/clean';

describe('what is taken out of free text', () => {
	const table: [text: string, expected: string][] = [
		['Write to ana.lopez+crm@example.co.uk today', 'Write to (address) today'],
		['Write to <ana@example.com>, please', 'Write to <(address)>, please'],
		['ana (at) example.com', '(address)'],
		['ana＠example.com', '(address)'],
		['an\u200Ba@exam\u200Bple.com', '(address)'],
		['Call +49 (171) 555-0123 now', 'Call (number) now'],
		['Call 0171/5550123', 'Call (number)'],
		['Call ٠١٧١٥٥٥٠١٢٣', 'Call (number)'],
		['Card 4111 1111 1111 1111', 'Card (number)'],
		['See https://crm.example.com/a?b=c#d', 'See (link)'],
		['See www.example.com/a', 'See (link)'],
		['See example.io/a/b and evil.example', 'See (link) and (link)'],
		['See //evil.example/x', 'See (link)'],
		['Key sk-ant-api03-abcDEF_123', 'Key (key)'],
		['Authorization: Bearer abcdef.ghijkl-mnop', 'Authorization: (key)'],
		['password: hunter2', '(key)'],
		['pw: hunter2', '(key)'],
		['My password hunter2 is old', 'My (key) is old'],
		['The API key is Zebra', 'The (key)'],
		['ghp_16C7e42F292c6912E7710c838347Ae178B4a', '(key)'],
		['Token 9f8e7d6c5b4a39281706', 'Token (key)'],
		['AKIAIOSFODNN7EXAMPLE', '(key)'],
		['Two\nlines\tand \u202Emore', 'Two lines and more'],
		['Grow revenue by 20 % in 2026', 'Grow revenue by 20 % in 2026'],
		['Donaudampfschifffahrtsgesellschaft', 'Donaudampfschifffahrtsgesellschaft'],
		['Weniger Rückfragen, mehr Zeit', 'Weniger Rückfragen, mehr Zeit'],
		['タスクを減らす', 'タスクを減らす'],
	];
	it.each(table)('%j is %j', (text, expected) => {
		expect(clean(text, 200)).toBe(expected);
	});
});

it('is at most so long, also where millions of characters come', () => {
	for (const text of [
		'word '.repeat(1_000_000),
		'x'.repeat(1_000_000),
		'@'.repeat(100_000),
		'1 '.repeat(100_000),
		'a.'.repeat(100_000),
	]) {
		expect(clean(text, 300).length).toBeLessThanOrEqual(300);
	}
});

it('leaves no half of an address where it cuts', () => {
	for (let pad = 4_960; pad < 5_010; pad++) {
		expect(clean(`${' '.repeat(pad)}canary@example.com`, 300)).not.toContain('canary');
	}
});

it('changes nothing more the second time', () => {
	for (const text of [
		'a@b.example or +49 171 5550123',
		'see https://x.example',
		'password: x sk-aaaaaaaa',
	])
		expect(clean(clean(text, 200), 200)).toBe(clean(text, 200));
});
