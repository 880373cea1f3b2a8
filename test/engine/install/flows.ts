import type { Flow, FlowNode, LiveFlow, ShippedFlow } from '../../../engine/install/flow';
import {
	planInstall,
	type Decision,
	type Situation,
	type Wishes,
} from '../../../engine/install/plan';
import { actionOf } from '../../../engine/install/actionOf';

const ID = '-0000-4000-8000-000000000000';

/** A node whose id is told by eight letters. */
export function node(id: string, name: string, more: Partial<FlowNode> = {}): FlowNode {
	const parameters = more.parameters ?? {};
	const type = 'n8n-nodes-base.noOp';
	return { id: id + ID, name, type, typeVersion: 1, position: [0, 0], ...more, parameters };
}

/** A trigger, a mail behind it, and the note that carries the mark. */
export function flow(more: Partial<Flow> = {}): Flow {
	return {
		id: 'dcsOne',
		name: 'One',
		nodes: [
			node('aaaaaaaa', 'Every hour', { type: 'n8n-nodes-base.scheduleTrigger' }),
			node('bbbbbbbb', 'Mail', { disabled: true, parameters: { subject: 'Hello', days: 2 } }),
			node('cccccccc', 'Overview', { type: 'n8n-nodes-base.stickyNote' }),
		],
		connections: { 'Every hour': wire('Mail') },
		settings: { timezone: 'America/New_York' },
		...more,
	};
}

export function wire(...names: string[]): Flow['connections'][string] {
	return { main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] };
}

/** The flow with some of its nodes changed, by name; undefined takes one away. */
export function changed(
	before: Flow,
	changes: Record<string, Partial<FlowNode> | undefined>,
): Flow {
	const nodes = before.nodes.flatMap((one) => {
		if (!(one.name in changes)) return [one];
		const change = changes[one.name];
		return change === undefined ? [] : [{ ...one, ...change }];
	});
	return { ...before, nodes };
}

const NO_WISHES: Wishes = {
	only: new Set(),
	overwrite: new Set(),
	merge: new Set(),
	beside: new Set(),
	updateActive: false,
};

export function situation(
	shipped: ShippedFlow[],
	workflows: LiveFlow[],
	more: Partial<Situation> = {},
): Situation {
	return {
		shipped,
		workflows,
		keyring: { credentials: [], named: new Map() },
		version: '1.0.0',
		unsaved: {},
		...more,
	};
}

/** Plans and carries out, as an n8n without a mind of its own would: what is there afterwards, and what was decided. */
export function installed(
	around: Situation,
	wishes: Partial<Wishes> = {},
): { decisions: Decision[]; workflows: LiveFlow[] } {
	const { decisions, ids: before, links } = planInstall(around, { ...NO_WISHES, ...wishes });
	const ids = new Map(before);
	const workflows = new Map(around.workflows.map((live) => [live.id, live]));
	for (const decision of decisions) {
		const action = actionOf(decision, { ...around, ids, links });
		if (action === undefined) continue;
		const id = action.call === 'create' ? `wf${workflows.size}` : action.id;
		const live = workflows.get(id);
		const createdAt = live?.createdAt ?? String(workflows.size);
		workflows.set(id, { ...action.body, id, active: live?.active ?? false, createdAt });
		if (decision.do === 'create' && !decision.beside) ids.set(decision.key, id);
	}
	return { decisions, workflows: [...workflows.values()] };
}
