import type { Keyring } from '../../engine/install/credentials';
import type { LiveFlow } from '../../engine/install/flow';
import type { Decision, Plan } from '../../engine/install/plan';
import { todosOf, type Todo } from '../../engine/install/todo';
import type { Outcome } from './carryOut';
import { editorAddress } from '../n8nApi/address';
import type { N8nApi } from '../n8nApi/n8nApi';
import { sayCredentials, sayTodos } from './sayTodos';

export type Left = { decision: Decision; live: LiveFlow; todos: Todo[] };

/** What is left to do, in the workflows as n8n has them now. */
export function leftToDo(
	{ decisions, links }: Plan,
	outcomes: readonly Outcome[],
	workflows: readonly LiveFlow[],
	{ keyring, ids }: { keyring: Keyring; ids: ReadonlyMap<string, string> },
): Left[] {
	return decisions.flatMap((decision) => {
		const outcome = outcomes.find((one) => one.decision === decision);
		const id =
			outcome?.went === 'done'
				? outcome.id
				: 'found' in decision
					? decision.found.live.id
					: undefined;
		const live = workflows.find((one) => one.id === id);
		return live === undefined
			? []
			: [{ decision, live, todos: todosOf(live, { keyring, links, ids }) }];
	});
}

/** That, in words. */
export function sayLeft(
	left: readonly Left[],
	{ url }: N8nApi,
	tell: (text: string) => void,
): void {
	if (left.length === 0) return;
	tell('\nStill to do, by hand:\n');
	const open = sayCredentials(left.flatMap(({ todos }) => todos));
	if (open.length > 0) tell(`\nCredentials\n${open.map((line) => `  ${line}\n`).join('')}`);
	for (const { live, todos } of left) {
		const lines = sayTodos(todos, { url, active: live.active });
		tell(`\n${live.name}  ${editorAddress(url, live.id)}\n`);
		tell(lines.map((line, place) => `  ${place + 1}. ${line}\n`).join(''));
	}
}

/** All that was decided and done, for machines. */
export function asJson(
	{ url }: N8nApi,
	{ decisions }: Plan,
	outcomes: readonly Outcome[],
	left: readonly Left[],
): string {
	const flows = decisions.map((decision) => {
		const { key, do: what, copies, flow: _flow, ...rest } = decision;
		const { found, ...more } = 'found' in rest ? rest : { ...rest, found: undefined };
		const outcome = outcomes.find((one) => one.decision === decision);
		const todo = left.find((one) => one.decision === decision);
		return {
			flow: key,
			decision: { do: what, ...more },
			workflow: todo?.live.id ?? found?.live.id,
			active: todo?.live.active ?? found?.live.active,
			copies: copies.map(({ id }) => id),
			went: outcome?.went,
			trouble: outcome?.went === 'failed' ? outcome.trouble.message : undefined,
			todos: todo?.todos,
		};
	});
	return `${JSON.stringify({ url, flows }, undefined, 2)}\n`;
}
