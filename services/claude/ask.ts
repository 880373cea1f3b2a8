import { NO_USAGE, type Asked, type Usage } from './asked';
import type { Calls, Reply, RunRules } from './calls';
import { CallRefusal } from './failure';
import type { ReadMessage } from './message';
import { costOf, priceOf, type Price, type PriceList } from './prices';
import type { Purse } from './purse';
import type { ClaudeRequest } from './request';

/** Hands a request to a model and reads what comes back; undefined where that is no message at all. */
export type Send = (
	request: ClaudeRequest,
	signal: AbortSignal,
) => Promise<Reply<ReadMessage | undefined>>;

export type AskRules = RunRules & {
	calls: Calls;
	purse: Purse;
	prices: Readonly<PriceList>;
	send: Send;
};

/** Asks once, and again where that helps. Never throws: see `Asked`. */
export async function askModel(request: ClaudeRequest, rules: AskRules): Promise<Asked> {
	const { calls, purse, prices, send, ...runRules } = rules;
	const price = priceOf(request.model, prices);
	const most = price === undefined ? undefined : mostCost(request, price);
	let attempts = 0;
	let uncertainMicros = 0;
	const ran = await calls.run(
		async (signal) => {
			if (!purse.reserve(most)) throw new CallRefusal('budget');
			attempts += 1;
			const { value, headers } = await send(request, signal);
			if (value === undefined) throw new CallRefusal('notJson', 200);
			return { value, headers };
		},
		{
			...runRules,
			onFailure: ({ failed, mayBeBilled }) => {
				if (failed === 'budget') return;
				const lost = mayBeBilled ? (most ?? 0) : 0;
				uncertainMicros += lost;
				purse.settle(most, lost);
			},
		},
	);
	const spent = (usage: Usage, costMicros: number | undefined) => ({
		usage,
		costMicros,
		uncertainMicros,
		attempts,
	});
	if (ran.failed !== undefined)
		return { failed: ran.failed, status: ran.status, ...spent(NO_USAGE, price && 0) };
	const { usage, ...content } = ran.value;
	const cost = price === undefined ? undefined : costOf(usage, price);
	purse.settle(most, cost ?? 0);
	return { ...content, ...spent(usage, cost) };
}

/** Newer tokenizers make a token of three to four characters; two is on the safe side for most scripts. */
const FEWEST_CHARACTERS = 2;

/** The most a request may cost: everything written to the cache, and an answer as long as it may be. */
export function mostCost(
	{ system, message, schema, maxTokens }: ClaudeRequest,
	price: Price,
): number {
	const characters =
		system.reduce((sum, { text }) => sum + text.length, 0) +
		message.length +
		JSON.stringify(schema).length;
	const cacheWrite = Math.ceil(characters / FEWEST_CHARACTERS);
	return costOf({ ...NO_USAGE, cacheWrite, output: maxTokens }, price);
}
