import type { NodeExecutionHint } from 'n8n-workflow';

/** More kinds of reasons than this are told in the items only. */
const MOST_HINTS = 5;

/** Tells in the editor why accounts came out undecided; `undecided` counts accounts by reason. */
export function sayUndecided(undecided: ReadonlyMap<string, number>): NodeExecutionHint[] {
	return [...undecided]
		.sort(([, a], [, b]) => b - a)
		.slice(0, MOST_HINTS)
		.map(([reason, count]) => warning(`${counted(count)} undecided. ${reason}.`));
}

/** What whole flows are usually held by: a node that is missing before the gate. `held` counts accounts by reason code. */
export function sayHeld(held: ReadonlyMap<string, number>, all: number): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	if (held.get('tier_unknown') === all) {
		hints.push(warning('No item has a tier: put a Tier Gate with Assign Tier before this gate.'));
	}
	if (held.get('health_unknown') === all) {
		hints.push(warning('No item has a health score: put a Health Score node before this gate.'));
	}
	return hints;
}

function warning(message: string): NodeExecutionHint {
	return { message, type: 'warning', location: 'outputPane' };
}

function counted(count: number): string {
	return count === 1 ? '1 account is' : `${String(count)} accounts are`;
}
