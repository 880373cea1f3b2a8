import { z } from 'zod/v4';
import { askModel } from './ask';
import type { Asked, Usage } from './asked';
import { createCalls, type CallOptions } from './calls';
import { CallRefusal } from './failure';
import { MOST_TOKENS, readAnswer, type ReadMessage } from './message';
import { PRICES, type PriceList } from './prices';
import { openPurse } from './purse';
import type { ClaudeRequest } from './request';

/** What is needed of a model that n8n hands over at the model input (LangChain's `BaseChatModel`). */
export type ChatModel = {
	invoke(
		messages: { role: 'system' | 'user'; content: string }[],
		options?: { signal?: AbortSignal },
	): Promise<unknown>;
};

/** Whether what n8n handed over can be asked. */
export function isChatModel(value: unknown): value is ChatModel {
	return (
		typeof value === 'object' &&
		value !== null &&
		'invoke' in value &&
		typeof value.invoke === 'function'
	);
}

export type ChatModelOptions = CallOptions & {
	model: ChatModel;
	prices?: Readonly<PriceList>;
	/** Micro-dollars; works only where the request's `model` has a price. */
	budgetMicros?: number;
};

export type ChatAsker = {
	/** As Claude's `ask`; `request.model` is only looked up in the price list: the connected node chose the model. */
	ask(request: ClaudeRequest, rules?: { signal?: AbortSignal }): Promise<Asked>;
	spentMicros(): number;
};

/** Asks an n8n chat model for the same JSON. It makes its own tries again, so none are made here. */
export function createChatAsker(options: ChatModelOptions): ChatAsker {
	const { model, prices = PRICES, budgetMicros, ...callOptions } = options;
	const calls = createCalls({ ...callOptions, retries: 0 });
	const purse = openPurse(budgetMicros);
	return {
		ask: (request, { signal } = {}) =>
			askModel(request, {
				calls,
				purse,
				prices,
				signal,
				send: async (asked, attempt) => {
					const received = await model
						.invoke(messagesOf(asked), { signal: attempt })
						.catch((error: unknown) => {
							throw readModelError(error);
						});
					return { value: readReply(received) };
				},
			}),
		spentMicros: () => purse.spent(),
	};
}

/** Such a model is not held to a schema by its service, so the schema is put into words. */
function messagesOf({
	system,
	message,
	schema,
}: ClaudeRequest): Parameters<ChatModel['invoke']>[0] {
	const format = `Answer with one JSON object and nothing else. It has to match this JSON schema:\n${JSON.stringify(schema)}`;
	const content = [...system.map(({ text }) => text), format].join('\n\n');
	return [
		{ role: 'system', content },
		{ role: 'user', content: message },
	];
}

const tokens = z.int().min(0).max(MOST_TOKENS).optional().catch(undefined);
const replySchema = z.looseObject({
	content: z.union([
		z.string(),
		z.array(z.looseObject({ text: z.string().optional().catch(undefined) })),
	]),
	usage_metadata: z
		.looseObject({
			input_tokens: tokens,
			output_tokens: tokens,
			input_token_details: z
				.looseObject({ cache_read: tokens, cache_creation: tokens })
				.optional()
				.catch(undefined),
		})
		.optional()
		.catch(undefined),
	response_metadata: z
		.looseObject({
			stop_reason: z.string().optional().catch(undefined),
			finish_reason: z.string().optional().catch(undefined),
		})
		.optional()
		.catch(undefined),
});
type Reply = z.infer<typeof replySchema>;

const TRUNCATED = new Set(['max_tokens', 'length', 'MAX_TOKENS']);
const REFUSED = new Set(['refusal', 'content_filter', 'SAFETY']);

function readReply(received: unknown): ReadMessage | undefined {
	const parsed = replySchema.safeParse(
		typeof received === 'string' ? { content: received } : received,
	);
	if (!parsed.success) return undefined;
	const { content, response_metadata: about } = parsed.data;
	const usage = usageOf(parsed.data);
	const reason = about?.stop_reason ?? about?.finish_reason ?? '';
	if (TRUNCATED.has(reason)) return { usage, failed: 'truncated' };
	if (REFUSED.has(reason)) return { usage, failed: 'refused' };
	const text =
		typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
	return { usage, ...readAnswer(unfenced(text)) };
}

/** Models that are not held to JSON like to put it into a code block. */
function unfenced(text: string): string {
	return /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/i.exec(text)?.[1] ?? text;
}

/** LangChain counts cached tokens among the input. */
function usageOf({ usage_metadata: counted }: Reply): Usage {
	const cacheRead = counted?.input_token_details?.cache_read ?? 0;
	const cacheWrite = counted?.input_token_details?.cache_creation ?? 0;
	const input = Math.max(0, (counted?.input_tokens ?? 0) - cacheRead - cacheWrite);
	return { input, cacheWrite, cacheRead, output: counted?.output_tokens ?? 0 };
}

const errorSchema = z.looseObject({ status: z.int().optional().catch(undefined) }).catch({});

/** By its status alone: the message of such an error may quote what was sent. */
function readModelError(error: unknown): CallRefusal {
	const { status } = errorSchema.parse(error);
	if (status === undefined) return new CallRefusal('connection');
	if (status === 401 || status === 403) return new CallRefusal('unauthorized', status);
	if (status === 402) return new CallRefusal('spendCap', status);
	if (status === 429) return new CallRefusal('rateLimited', status);
	if (status === 529 || status === 503) return new CallRefusal('overloaded', status);
	return new CallRefusal(status >= 500 ? 'serverError' : 'badRequest', status);
}
