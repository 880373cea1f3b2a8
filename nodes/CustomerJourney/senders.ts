import type { IExecuteFunctions } from 'n8n-workflow';
import type { Journey } from '../../engine/journeys/definition';
import type { Channel } from '../../engine/journeys/memory';
import { leadsSomewhere, leadsToMailOnly, retryingSendersAt, workflowOf } from '../platform/wiring';

/**
 * Whether every e-mail step of the journey leads to a sender that is switched off: the whole run is then dry (P34). Where
 * it has no e-mails, its messages in the app are asked about.
 */
export function sendersAreOff(context: IExecuteFunctions, journey: Journey): boolean {
	const workflow = workflowOf(context);
	const outputsBy = (by: Channel): number[] =>
		journey.steps.filter(({ channel }) => channel === by).map(({ output }) => output);
	const emails = outputsBy('email');
	const outputs = new Set(emails.length > 0 ? emails : outputsBy('inApp'));
	if (workflow === undefined || outputs.size === 0) return false;
	const { name } = context.getNode();
	return ![...outputs].some((output) => leadsSomewhere(workflow, name, output));
}

/** Outputs of single steps that lead to no enabled node while others do: what they would send lapses. */
export function outputsThatLeadNowhere(context: IExecuteFunctions, journey: Journey): number[] {
	const workflow = workflowOf(context);
	if (workflow === undefined) return [];
	const { name } = context.getNode();
	const outputs = new Set(journey.steps.map(({ output }) => output));
	return [...outputs].filter((output) => !leadsSomewhere(workflow, name, output));
}

/** Outputs whose sender marks each touch before it leaves, so that one cut off before that is known to have gone nowhere. */
export function outputsThatMark(context: IExecuteFunctions, journey: Journey): Set<number> {
	const workflow = workflowOf(context);
	if (workflow === undefined) return new Set();
	const { name } = context.getNode();
	const outputs = journey.steps.map(({ output }) => output);
	return new Set(outputs.filter((output) => leadsToMailOnly(workflow, name, output)));
}

/** Names senders that n8n would hand all their items to again when one fails, also those already sent (rule 5). */
export function sayOfRetries(context: IExecuteFunctions, journey: Journey): void {
	const workflow = workflowOf(context);
	if (workflow === undefined) return;
	const { name } = context.getNode();
	const names = new Set(
		journey.steps.flatMap(({ output }) =>
			retryingSendersAt(workflow, name, output).map((sender) => `'${sender.name}'`),
		),
	);
	if (names.size === 0) return;
	context.addExecutionHints({
		message: `Retry On Fail is on at ${[...names].join(', ')}: when one message fails, n8n hands the whole batch over again, also what was sent already. Switch it off, and set On Error to Continue; what did not go is handed out again by itself.`,
		type: 'warning',
		location: 'outputPane',
	});
}
