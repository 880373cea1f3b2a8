import { compileFieldPath, pathOfExpression, pathsMeet } from '../../../nodes/platform/fieldPath';

const account = {
	name: 'Acme',
	zero: 0,
	no: false,
	nothing: null,
	'First Name': 'Ann',
	'usage.last 30 days': 7,
	usage: { activeUsers: 12, 'by.region': { eu: 5 } },
	contacts: [{ email: 'ann@example.com' }, { email: 'bob@example.com' }],
	matrix: [[1, 2], [3]],
	"it's": 'quoted',
	größe: 3,
};

describe('compileFieldPath', () => {
	const found: [string, unknown][] = [
		['name', 'Acme'],
		['  name ', 'Acme'],
		['zero', 0],
		['no', false],
		['nothing', null],
		['First Name', 'Ann'],
		['größe', 3],
		['usage', account.usage],
		['usage.activeUsers', 12],
		['usage["activeUsers"]', 12],
		["['usage']['activeUsers']", 12],
		['usage.last 30 days', 7],
		['["usage.last 30 days"]', 7],
		['usage["by.region"].eu', 5],
		['contacts[1].email', 'bob@example.com'],
		['contacts.1.email', 'bob@example.com'],
		['matrix[0][1]', 2],
		['contacts.length', 2],
		['name.length', 4],
		['name[0]', 'A'],
		['["it\'s"]', 'quoted'],
	];
	it.each(found)('%s finds %j', (path, value) => {
		expect(compileFieldPath(path)(account)).toBe(value);
	});

	const absent = [
		'unknown',
		'usage.unknown',
		'usage.unknown.deeper',
		'nothing.deeper',
		'zero.deeper',
		'name.deeper',
		'contacts[2].email',
		'contacts[0].email.deeper',
		'usage.by.region.eu',
		// what every object inherits is not a field of an account
		'__proto__',
		'constructor',
		'constructor.name',
		'toString',
		'hasOwnProperty',
		'usage.__proto__',
		'usage.constructor.name',
		'contacts.map',
		'contacts.__proto__.push',
		'name.constructor',
		'name.toUpperCase',
		'["__proto__"]["polluted"]',
	];
	it.each(absent)('%s finds nothing', (path) => {
		expect(compileFieldPath(path)(account)).toBeUndefined();
	});

	it('reads a field that is really called __proto__ or constructor', () => {
		const odd: unknown = JSON.parse('{"__proto__": {"x": 1}, "a": {"constructor": 2}}');
		if (typeof odd !== 'object' || odd === null) throw new Error('not an object');
		expect(compileFieldPath('__proto__.x')(odd)).toBe(1);
		expect(compileFieldPath('a.constructor')(odd)).toBe(2);
	});

	it('prefers a top-level key with dots to the path, as CSV headers are meant', () => {
		expect(compileFieldPath('a.b')({ 'a.b': 'header', a: { b: 'path' } })).toBe('header');
	});

	it('reads items that have no prototype', () => {
		const bare = Object.setPrototypeOf({ a: { b: 1 } }, null) as object;
		expect(compileFieldPath('a.b')(bare)).toBe(1);
	});

	const wrong = [
		'',
		'   ',
		'.',
		'a.',
		'a..b',
		'a[',
		'a[]',
		'a[x]',
		'a["b]',
		"a['b",
		'a]b',
		'a[-1]',
	];
	it.each(wrong)('%j is refused with its name and an example', (path) => {
		expect(() => compileFieldPath(path)).toThrow(
			`'${path}' is not a field path: write it as in usage.activeUsers or contacts[0].email`,
		);
	});
});

describe('two paths meet', () => {
	it.each([
		['left', '["left"]'],
		['left', " ['left'] "],
		['o.left', 'o["left"]'],
		['o.left', '["o"][\'left\']'],
		['list[0].left', 'list.0.left'],
		['o', 'o.left'],
		['o.left.when', 'o["left"]'],
		['["o.left"]', 'o.left'],
		['state[0]', 'state'],
	])('%s and %s', (one, other) => {
		expect([pathsMeet(one, other), pathsMeet(other, one)]).toEqual([true, true]);
	});

	it.each([
		['left', 'lefty'],
		['o.left', 'left'],
		['o.left', 'o.right'],
		['o.left', 'p.left'],
		['list[0]', 'list[1]'],
		['["a.b"]', 'a'],
		['a[', 'a'],
	])('%s and %s do not', (one, other) => {
		expect([pathsMeet(one, other), pathsMeet(other, one)]).toEqual([false, false]);
	});
});

describe('pathOfExpression', () => {
	const dragged: [string, unknown][] = [
		['={{ $json.name }}', 'Acme'],
		['={{$json.name}}', 'Acme'],
		['={{ $json["First Name"] }}', 'Ann'],
		["={{ $json['First Name'] }}", 'Ann'],
		['={{ $json.usage.activeUsers }}', 12],
		['={{ $json["usage.last 30 days"] }}', 7],
		['={{ $json.usage["by.region"].eu }}', 5],
		['={{ $json.contacts[1].email }}', 'bob@example.com'],
		['={{ $json.name.length }}', 4],
		['={{ $json["it\'s"] }}', 'quoted'],
	];
	it.each(dragged)('%s is a path to %j', (expression, value) => {
		const path = pathOfExpression(expression);
		expect(compileFieldPath(path ?? '')(account)).toBe(value);
	});

	it('means the nested field and never a top-level key with dots, as in n8n', () => {
		const path = pathOfExpression('={{ $json.a.b }}') ?? '';
		expect(compileFieldPath(path)({ 'a.b': 'header', a: { b: 'path' } })).toBe('path');
		expect(compileFieldPath(path)({ 'a.b': 'header' })).toBeUndefined();
	});

	const written = [
		'={{ $json }}',
		'={{ $json.a + 1 }}',
		'={{ $json.a.trim() }}',
		'={{ $json.a ?? 0 }}',
		'={{ $json?.a }}',
		'={{ $json[$json.key] }}',
		'={{ $json["a" + "b"] }}',
		'={{ $json["a\\nb"] }}',
		'={{ $("Node").item.json.a }}',
		'={{ $now }}',
		'=Hello {{ $json.a }}',
		'={{ $json.a }} and {{ $json.b }}',
		'={{ $json.a }}!',
		// text around it makes n8n answer with text
		'= {{ $json.a }}',
		'={{ $json.a }} ',
		'plain',
		'',
	];
	it.each(written)('%j is an expression somebody wrote', (expression) => {
		expect(pathOfExpression(expression)).toBeUndefined();
	});
});
