import type { Todo } from '../../engine/install/todo';

const NODES = 6;

/** What is left to do in one flow, a line for each; the credentials in one. */
export function sayTodos(
	todos: readonly Todo[],
	{ url, active }: { url: string; active: boolean },
): string[] {
	const open = todos.filter((todo) => todo.todo === 'credential');
	const lines = todos.flatMap((todo) => {
		if (todo.todo !== 'credential') return [sayTodo(todo, url)];
		if (todo !== open[0]) return [];
		const all = open.map(({ name, nodes }) => `“${name}” in ${named(nodes)}`);
		return [`Choose the credentials of what you use: ${all.join('; ')}.`];
	});
	return [
		...lines,
		...(active ? [] : [`Publish it${when(lines)}; until then it does nothing by itself.`]),
	];
}

function when(lines: readonly string[]): string {
	return lines.length === 0 ? '' : ' when this is done';
}

/** For all flows: the credentials that are in their nodes, and those that were not put in, and why not. */
export function sayCredentials(
	chosen: readonly { type: string; name: string }[],
	todos: readonly Todo[],
): string[] {
	const open = todos.filter((todo) => todo.todo === 'credential');
	const line = (some: readonly { type: string; name: string }[], before: string, after: string) => {
		const names = new Set(some.map(({ type, name }) => `“${name}” (${type})`));
		return names.size === 0 ? [] : [`${before}: ${[...names].join(', ')}.${after}`];
	};
	const because = (why: (typeof open)[number]['why']) => open.filter((todo) => todo.why === why);
	return [
		...line(chosen, 'In the nodes', ''),
		...line(
			because('none'),
			'None yet of',
			' Make those that you use, then run install again, and they are put in.',
		),
		...line(
			because('several'),
			'Several of the type of',
			` Choose one in the nodes, or run install again with --credential ${because('several')[0]?.type ?? ''}=<id>.`,
		),
		...line(
			because('generic'),
			'Not put in, because one of this type may be for anything',
			' Choose it in the nodes.',
		),
	];
}

/** How much is left to do in each flow, in a table: the flow, then a number for each kind. */
export function countTodos(flows: readonly { name: string; todos: readonly Todo[] }[]): string[] {
	const rows = flows.map(({ name, todos }) => [
		name,
		...KINDS.map(({ count }) => String(todos.reduce((sum, todo) => sum + count(todo), 0))),
	]);
	const table = [['', ...KINDS.map(({ title }) => title)], ...rows];
	const widths = table[0]?.map((_title, column) =>
		Math.max(...table.map((row) => row[column]?.length ?? 0)),
	);
	return table.map((row) =>
		row
			.map((cell, column) => {
				const width = widths?.[column] ?? 0;
				const text = cell === '0' ? '–' : cell;
				return column === 0 ? text.padEnd(width) : text.padStart(width);
			})
			.join('  '),
	);
}

const KINDS: { title: string; count: (todo: Todo) => number }[] = [
	{ title: 'made-up data', count: (todo) => (todo.todo === 'sample' ? todo.nodes.length : 0) },
	{
		title: 'example addresses',
		count: (todo) => (todo.todo === 'replace' ? todo.values.length : 0),
	},
	{ title: 'credentials', count: (todo) => (todo.todo === 'credential' ? 1 : 0) },
	{ title: 'to enable', count: (todo) => (todo.todo === 'enable' ? todo.nodes.length : 0) },
];

function sayTodo(todo: Exclude<Todo, { todo: 'credential' }>, url: string): string {
	const nodes = named(todo.nodes);
	switch (todo.todo) {
		case 'sample':
			return `Made-up data comes from ${nodes}: put your own in its place.`;
		case 'replace':
			return `Replace in ${nodes}: ${todo.values.join(', ')}.`;
		case 'link':
			return `${nodes} call${todo.nodes.length === 1 ? 's' : ''} the flow ${todo.flow}, which is not installed: install it, or choose another workflow there.`;
		case 'enable':
			return `Enable what you use of ${nodes}.`;
		case 'spare':
			return `Beside the way, if you need them: ${nodes}.`;
		case 'address':
			return `${nodes} listens at ${url}/${todo.path} once it is published: give that address to whoever calls it.`;
	}
}

function named(nodes: readonly string[]): string {
	const more = nodes.length - NODES;
	const first = nodes.slice(0, NODES).map((name) => `‘${name}’`);
	if (more > 0) return `${first.join(', ')} and ${more} more`;
	const last = first.pop() ?? '';
	return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}
