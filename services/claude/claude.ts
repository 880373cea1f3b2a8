import type { Asked } from './asked';
import { askModel } from './ask';
import { openBatches, type Batches } from './batches';
import { createCalls, type CallOptions } from './calls';
import { openClient, readCredential, type Fetch } from './client';
import { readMessage } from './message';
import { listModels, type Models } from './models';
import { PRICES, type PriceList } from './prices';
import { openPurse } from './purse';
import { bodyOf, type ClaudeRequest } from './request';

export type ClaudeOptions = CallOptions & {
	/** n8n's `anthropicApi` credential, as `getCredentials` gives it. */
	credential: unknown;
	prices?: Readonly<PriceList>;
	/** What may be spent: micro-dollars. No call that could cost more than what is left of it is made. */
	budgetMicros?: number;
	fetch?: Fetch;
};

export type Claude = {
	/** Asks a model. Never throws: whatever happens is an answer or a reason why there is none. */
	ask(request: ClaudeRequest, rules?: { signal?: AbortSignal }): Promise<Asked>;
	models(): Promise<Models>;
	batches: Batches;
	/** Micro-dollars: spent, set aside for calls under way, and what lost calls may have cost. */
	spentMicros(): number;
};

/**
 * Claude for one execution: its calls share places, pauses, a budget and an end. After a used-up spend limit or a
 * refused key no further call is made.
 * @throws Error where the credential cannot be used, without quoting it
 */
export function createClaude(options: ClaudeOptions): Claude {
	const { credential, prices = PRICES, budgetMicros, fetch, ...callOptions } = options;
	const client = openClient(readCredential(credential), fetch);
	const calls = createCalls(callOptions);
	const purse = openPurse(budgetMicros);
	const timeout = callOptions.timeoutMs ?? 30_000;
	return {
		ask: (request, { signal } = {}) =>
			askModel(request, {
				calls,
				purse,
				prices,
				signal,
				send: async (asked, attempt) => {
					const { data, response } = await client.messages
						.create(bodyOf(asked), { signal: attempt, timeout })
						.withResponse();
					return { value: readMessage(data), headers: response.headers };
				},
			}),
		models: () => listModels(client, calls),
		batches: openBatches(client, calls, prices),
		spentMicros: () => purse.spent(),
	};
}
