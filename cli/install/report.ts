import { credentialsOf, type Keyring } from '../../engine/install/credentials';
import type { LiveFlow } from '../../engine/install/flow';
import type { Decision, Plan } from '../../engine/install/plan';
import { todosOf, type Todo } from '../../engine/install/todo';
import type { Outcome } from './carryOut';
import { editorAddress } from '../n8nApi/address';
import type { N8nApi } from '../n8nApi/n8nApi';
import { countTodos, sayCredentials, sayTodos } from './sayTodos';

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

/** Of how many flows the whole list fits a screen. */
const FEW = 3;

/** That, in words: of a few flows all, of many how much. */
export function sayLeft(
	left: readonly Left[],
	{ url }: N8nApi,
	tell: (text: string) => void,
): void {
	const [first] = left;
	if (first === undefined) return;
	tell('\nStill to do, by hand:\n');
	if (left.length <= FEW) {
		for (const { live, todos } of left) {
			const lines = sayTodos(todos, { url, active: live.active });
			tell(`\n${live.name}  ${editorAddress(url, live.id)}\n`);
			tell(lines.map((line, place) => `  ${place + 1}. ${line}\n`).join(''));
		}
	} else {
		const flows = left.map(({ decision, todos }) => ({ name: decision.key, todos }));
		tell(`\n${indented(countTodos(flows))}`);
	}
	const chosen = left
		.flatMap(({ live }) => live.nodes.flatMap(credentialsOf))
		.filter(({ id }) => id !== undefined);
	const credentials = sayCredentials(
		chosen,
		left.flatMap(({ todos }) => todos),
	);
	if (credentials.length > 0) tell(`\nCredentials\n${indented(credentials)}`);
	if (left.length <= FEW) return;
	tell(`
Begin with one flow. What is to be done in it, node by node, says
  npx n8n-nodes-digital-cs install --url ${url} --only ${first.decision.key}
and the note Overview in it. Publish it when that is done; until then it does nothing by itself.
`);
}

function indented(lines: readonly string[]): string {
	return lines.map((line) => `  ${line}\n`).join('');
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
