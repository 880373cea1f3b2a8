import type { Todo } from '../../engine/install/todo';

const NODES = 6;

/** What is left to do in one flow, a line for each. */
export function sayTodos(
	todos: readonly Todo[],
	{ url, active }: { url: string; active: boolean },
): string[] {
	const lines = todos.map((todo) => sayTodo(todo, url));
	return active
		? lines
		: [...lines, 'Publish it when all this is done; until then it does nothing.'];
}

function sayTodo(todo: Todo, url: string): string {
	const nodes = named(todo.nodes);
	switch (todo.todo) {
		case 'sample':
			return `Made-up data comes from ${nodes}: your own in its place.`;
		case 'replace':
			return `Replace ${todo.value} in ${nodes}.`;
		case 'credential':
			return `Choose a credential of the type ${todo.type} (“${todo.name}”) in ${nodes}${becauseOf(todo)}.`;
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

function becauseOf({ why, type }: Extract<Todo, { todo: 'credential' }>): string {
	if (why === 'several') return `: there are several; or run again with --credential ${type}=<id>`;
	if (why === 'generic') return ': such a credential may be for anything, so none was put in';
	return ': there is none yet; make it, and run install again';
}

function named(nodes: readonly string[]): string {
	const more = nodes.length - NODES;
	const first = nodes.slice(0, NODES).map((name) => `‘${name}’`);
	if (more > 0) return `${first.join(', ')} and ${more} more`;
	const last = first.pop() ?? '';
	return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}
