import { editorAddress } from '../n8nApi/address';
import type { N8nApi } from '../n8nApi/n8nApi';
import { liveFlowsAfterwards } from './liveFlows';
import type { Outcome } from './carryOut';
import type { Decision } from '../../engine/install/plan';
import { readMark } from '../../engine/install/mark';
import type { LiveFlow } from '../../engine/install/flow';

/** One flow, as soon as it is done. */
export function sayOutcome(outcome: Outcome, url: string): string {
	const { key, do: what } = outcome.decision;
	if (outcome.went === 'done')
		return `✓ ${what === 'create' ? 'created' : 'updated'}  ${key}  ${editorAddress(url, outcome.id)}\n`;
	return outcome.went === 'failed' ? `✗ failed   ${key}\n` : `– not begun  ${key}\n`;
}

/**
 * What happened where not all went well, and what to do. It asks n8n once more, because a call whose answer was lost may
 * have been carried out.
 */
export async function sayFailure(outcomes: readonly Outcome[], api: N8nApi): Promise<string> {
	const workflows = await liveFlowsAfterwards(api);
	const lines = outcomes.flatMap((outcome) => {
		if (outcome.went !== 'failed') return [];
		return [
			`${outcome.decision.key}: ${outcome.trouble.message}.`,
			`  ${stateOf(outcome, workflows)}`,
		];
	});
	const done = outcomes.filter(({ went }) => went === 'done').map(keyOf);
	const untried = outcomes.filter(({ went }) => went === 'untried').map(keyOf);
	return [
		'',
		...lines,
		...(done.length === 0 ? [] : [`Done, each whole: ${done.join(', ')}.`]),
		...(untried.length === 0 ? [] : [`Not begun: ${untried.join(', ')}.`]),
		'Nothing is half-made: each flow is written in one call. When the trouble is over, run the same command again: it goes',
		'on where it stopped and leaves alone what is done. To have what was created away again: uninstall.',
		'',
	].join('\n');
}

function keyOf({ decision }: Outcome): string {
	return decision.key;
}

function stateOf(
	{ decision, trouble }: Extract<Outcome, { went: 'failed' }>,
	workflows: readonly LiveFlow[] | undefined,
): string {
	if (workflows === undefined)
		return trouble.mayBeDone
			? 'Whether n8n did it all the same is not known; the next run finds out, and does nothing twice.'
			: 'It was not done.';
	const live = liveOf(decision, workflows);
	if (decision.do === 'create')
		return live === undefined ? 'It was not created.' : `It was created all the same (${live.id}).`;
	if (!('found' in decision) || live === undefined) return 'The workflow is not there any more.';
	const before = decision.found.live;
	if (live.versionId === before.versionId) return 'The workflow is as it was before.';
	if (live.active && live.activeVersionId !== live.versionId)
		return 'It was saved, and not published: what is published runs on as it was. Look at it in the editor, and publish it there.';
	return 'It was changed all the same.';
}

function liveOf(decision: Decision, workflows: readonly LiveFlow[]): LiveFlow | undefined {
	if ('found' in decision) return workflows.find(({ id }) => id === decision.found.live.id);
	const { beside } = decision;
	return workflows.find((live) => {
		const mark = readMark(live);
		return (
			mark?.flow === decision.key && (mark.beside ?? false) === beside && live.isArchived !== true
		);
	});
}
