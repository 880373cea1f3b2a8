import { markOf, mendedBody, newBody, upgradedBody, type Surroundings } from './compose';
import type { FlowBody } from './flow';
import { mergedBody } from './merge';
import type { Decision } from './plan';

/** The one call that carries a decision out: a whole workflow each time, so that none is ever half-made. */
export type Action =
	| { call: 'create'; body: FlowBody }
	/** `publish`: it was published when it was looked at; one that became so since is not published by us. */
	| { call: 'update'; id: string; body: FlowBody; publish: boolean };

/** What to send to n8n for a decision, with the ids known by now; nothing where nothing is done. */
export function actionOf(decision: Decision, around: Surroundings): Action | undefined {
	const { key, flow } = decision;
	if (decision.do === 'keep' || decision.do === 'skip') return undefined;
	if (decision.do === 'create')
		return { call: 'create', body: newBody(key, flow, around, decision.beside) };
	const { live, mark } = decision.found;
	const beside = mark?.beside === true;
	const update = (body: FlowBody): Action => ({
		call: 'update',
		id: live.id,
		body,
		publish: live.active,
	});
	if (decision.do === 'update') {
		return update(
			decision.how === 'merge'
				? mergedBody(key, flow, live, decision.changes, around, beside)
				: upgradedBody(key, flow, live, around, beside),
		);
	}
	const now = markOf(key, flow, around, beside);
	const noted = decision.what.includes('mark') ? now : mark && { ...mark, links: now.links };
	return update(mendedBody(live, noted, around));
}
