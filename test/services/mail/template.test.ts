import { compileTemplate, TemplateError } from '../../../services/mail/template';

const html = (source: string, scope: object) => compileTemplate(source, 'html')(scope);

describe('a mail template', () => {
	it('escapes every value in HTML, and none in plain text', () => {
		const scope = { account: { name: '<script>alert("1")</script> & Co' } };
		expect(html('<p>{{ account.name }}</p>', scope)).toEqual({
			text: '<p>&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; Co</p>',
		});
		expect(html('{{ account.name | raw }}', scope)).toEqual({ text: scope.account.name });
		expect(compileTemplate('{{ account.name }}', 'plain')(scope)).toEqual({
			text: scope.account.name,
		});
	});

	it.each([
		['absent', {}],
		['null', { name: null }],
		['empty', { name: '' }],
		['blank', { name: '  ' }],
	])('names a variable that is %s', (_kind, contact) => {
		expect(html('Hello {{ contact.name }},', { contact })).toEqual({ missing: 'contact.name' });
	});

	it('leaves out what is nested deeper than any template reaches, whatever holds it', () => {
		let deep: unknown = 'bottom';
		for (let level = 0; level < 20_000; level++) deep = level % 2 === 0 ? { deep } : [deep];
		const scope = { account: { name: 'Acme', one: { two: { three: 'x' } }, deep } };
		expect(html('{{ account.name }} {{ account.one.two.three }}', scope)).toEqual({
			text: 'Acme x',
		});
	});

	it('names the first part that is missing on the way', () => {
		expect(html('{{ account.csm.name }}', { account: { csm: null } })).toEqual({
			missing: 'account.csm',
		});
	});

	it.each([
		['{{ account.plan | default: "your" }}', 'your'],
		['{% if account.plan %}x{% else %}none{% endif %}', 'none'],
		['{% if account.plan == "pro" %}x{% else %}none{% endif %}', 'none'],
		['{% if account.seats > 3 %}x{% else %}none{% endif %}', 'none'],
		['{% if account.arr > 3 and account.plan == "x" %}x{% else %}none{% endif %}', 'none'],
		['{% unless account.plan %}none{% endunless %}', 'none'],
		['{% case account.plan %}{% when "pro" %}x{% else %}none{% endcase %}', 'none'],
		['{% assign plan = account.plan | default: "free" %}{{ plan }}', 'free'],
		[
			'{% if account.goals %}{% for g in account.goals %}{{ g }}{% endfor %}{% endif %}none',
			'none',
		],
	])('lets %s say what stands instead', (source, text) => {
		expect(html(source, { account: { arr: 5 } })).toEqual({ text });
	});

	it('holds a loop over a list that is missing, and runs over one that is empty', () => {
		const source = '{% for goal in account.goals %}{{ goal }}{% else %}none{% endfor %}';
		expect(html(source, { account: {} })).toEqual({ missing: 'account.goals' });
		expect(html(source, { account: { goals: [] } })).toEqual({ text: 'none' });
	});

	it('keeps zero and false, which are not missing', () => {
		expect(html('{{ a }} {{ b }}', { a: 0, b: false })).toEqual({ text: '0 false' });
	});

	it('sees own properties only', () => {
		expect(html('{{ account.constructor.name }}', { account: {} })).toEqual({
			missing: 'account.constructor',
		});
		expect(html('{{ account.__proto__ }}', { account: {} })).toEqual({
			missing: 'account.__proto__',
		});
	});

	it.each([
		['{% if a %}', 'if'],
		['line one\n{{ a | nosuchfilter }}', 'line 2'],
		['{% include "/etc/passwd" %}', 'include'],
		['{% render "x" %}', 'render'],
		['{% layout "x" %}', 'layout'],
		['{% nosuchtag %}', 'nosuchtag'],
	])('refuses %j before anything is rendered', (source, word) => {
		expect(() => compileTemplate(source, 'html')).toThrow(TemplateError);
		expect(() => compileTemplate(source, 'html')).toThrow(word);
	});

	it('shows a date as it was written, whatever zone the machine is in', () => {
		expect(html('{{ d | date: "%B %-d, %Y" }}', { d: '2026-03-01' })).toEqual({
			text: 'March 1, 2026',
		});
	});

	it('never changes what it is given', () => {
		const scope = { account: { name: null, goals: ['', 'x'] } };
		const before = structuredClone(scope);
		html('{{ account.goals[1] }}', scope);
		expect(scope).toEqual(before);
	});
});
