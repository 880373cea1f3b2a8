import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import type { Asked } from '../../services/claude/asked';
import { createChatAsker, isChatModel } from '../../services/claude/chatModel';
import { createClaude, type Claude } from '../../services/claude/claude';
import type { ClaudeRequest } from '../../services/claude/request';
import { MODEL_INPUT } from './ports';
import type { Settings } from './readSettings';

/** Whoever is asked in this execution. */
export type Asker = {
	ask(request: ClaudeRequest): Promise<Asked>;
	/** Writes down what was spent since the last time. @returns whether the month's budget is used up */
	settle(): Promise<boolean>;
};

/**
 * Opens whoever is asked. No more than the budget of the execution is spent, nor than what is left of the month's; calls
 * of other executions at the same time are seen when they are settled.
 * @throws NodeOperationError where the credential or the connected model cannot be used
 */
export async function openAsker(
	context: IExecuteFunctions,
	settings: Settings,
	ledger: Ledger,
	now: number,
): Promise<Asker> {
	const month = monthOf(now);
	const left = await leftOfMonth(settings, ledger, now);
	const budgetMicros = Math.min(settings.runBudget, left);
	const signal = context.getExecutionCancelSignal();
	const { prices, deadlineMs, timeoutMs } = settings;
	const rules = {
		prices,
		deadlineMs,
		timeoutMs,
		...(budgetMicros === Infinity ? {} : { budgetMicros }),
		...(signal === undefined ? {} : { signal }),
	};
	const model =
		settings.chooseBy === 'chatModel'
			? await openChatModel(context, rules)
			: await openClaude(context, rules);
	let written = 0;
	return {
		ask: (request) => model.ask(request),
		async settle() {
			const spent = Math.round(model.spentMicros());
			const all = await ledger.addSpent(month, spent - written);
			written = spent;
			return all >= settings.monthBudget;
		},
	};
}

/** What is left of the month's budget, micro-dollars. */
export async function leftOfMonth(
	{ monthBudget }: Pick<Settings, 'monthBudget'>,
	ledger: Ledger,
	now: number,
): Promise<number> {
	return Math.max(0, monthBudget - (await ledger.addSpent(monthOf(now), 0)));
}

/** `2026-03`, UTC. */
export function monthOf(now: number): string {
	return new Date(now).toISOString().slice(0, 7);
}

type Rules = Omit<Parameters<typeof createClaude>[0], 'credential'>;

/** @throws NodeOperationError where the credential cannot be used */
export async function openClaude(context: IExecuteFunctions, rules: Rules): Promise<Claude> {
	const credential: unknown = await context.getCredentials('anthropicApi');
	try {
		return createClaude({ ...rules, credential });
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'The Anthropic credential cannot be used',
			{ description: "Correct the credential 'Anthropic', or let the rules choose." },
		);
	}
}

async function openChatModel(
	context: IExecuteFunctions,
	rules: Rules,
): Promise<ReturnType<typeof createChatAsker>> {
	const connected: unknown = await context.getInputConnectionData(MODEL_INPUT, 0);
	const model: unknown = Array.isArray(connected) ? connected[0] : connected;
	if (!isChatModel(model))
		throw new NodeOperationError(
			context.getNode(),
			"Nothing that can be asked at the input 'Model'",
			{
				description: 'Connect a chat model of n8n to it, or let Claude or the rules choose.',
			},
		);
	return createChatAsker({ ...rules, model });
}
