import { actionOf } from '../../engine/install/actionOf';
import type { Surroundings } from '../../engine/install/compose';
import type { Decision, Plan } from '../../engine/install/plan';
import type { N8nApi } from '../n8nApi/n8nApi';
import { N8nTrouble, type TroubleKind } from '../n8nApi/trouble';

/** How it went with one flow that was to be created or changed. */
export type Outcome = { decision: Decision } & (
	| { went: 'done'; id: string }
	/** n8n said no to this one, or nobody knows whether it was done. */
	| { went: 'failed'; trouble: N8nTrouble }
	/** Not begun, because of an earlier one. */
	| { went: 'untried' }
);

const OF_ONE_WORKFLOW: ReadonlySet<TroubleKind> = new Set(['refused', 'missing', 'busy']);

/**
 * Carries a plan out, one call for each workflow, those that others call first. Where n8n refuses one workflow the others
 * go on; where n8n itself is in trouble nothing further is tried.
 * @returns how it went with each, and the ids of all flows that are there now
 */
export async function carryOut(
	plan: Plan,
	around: Omit<Surroundings, 'ids' | 'links'>,
	api: N8nApi,
	tell: (outcome: Outcome) => void,
): Promise<{ outcomes: Outcome[]; ids: ReadonlyMap<string, string> }> {
	const ids = new Map(plan.ids);
	const outcomes: Outcome[] = [];
	let isOver = false;
	for (const decision of plan.decisions) {
		const action = actionOf(decision, { ...around, links: plan.links, ids });
		if (action === undefined) continue;
		let outcome: Outcome;
		if (isOver) {
			outcome = { decision, went: 'untried' };
		} else {
			try {
				const id =
					action.call === 'create'
						? await api.create(action.body)
						: await api.update(action.id, action.body, { publish: action.publish });
				if (decision.do === 'create' && !decision.beside) ids.set(decision.key, id);
				outcome = { decision, went: 'done', id };
			} catch (error) {
				if (!(error instanceof N8nTrouble)) throw error;
				isOver = !OF_ONE_WORKFLOW.has(error.kind);
				outcome = { decision, went: 'failed', trouble: error };
			}
		}
		outcomes.push(outcome);
		tell(outcome);
	}
	return { outcomes, ids };
}
