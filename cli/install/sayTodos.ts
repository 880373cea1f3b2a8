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
		...(active ? [] : ['Publish it when this is done; until then it does nothing by itself.']),
	];
}

/** The credentials that were not put in, each once for all flows, and why not. */
export function sayCredentials(todos: readonly Todo[]): string[] {
	const open = todos.filter((todo) => todo.todo === 'credential');
	const once = new Map(open.map((todo) => [`${todo.type} ${todo.name}`, todo]));
	return [...once.values()].map(({ type, name, why }) => `“${name}” (${type}): ${WHY[why](type)}`);
}

const WHY = {
	none: () => 'there is none yet; make it if you use it, run install again, and it is put in',
	several: (type: string) =>
		`there are several; choose one in the nodes, or run install again with --credential ${type}=<id>`,
	generic: () => 'one of this type may be for anything, so none was put in; choose it in the nodes',
};

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
