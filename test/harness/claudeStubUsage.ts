import type { StubBody, StubModel } from './claudeStubSchema';

export type StubUsage = {
	input_tokens: number;
	cache_creation_input_tokens: number;
	cache_read_input_tokens: number;
	output_tokens: number;
};

const tokensOf = (text: string): number => Math.ceil(text.length / 4);
const FIVE_MINUTES = 5 * 60_000;

/**
 * Counts and bills as the API does, with a token every four characters: the prefix up to the last `cache_control`, with
 * the schema of the answer, is written once and read for five minutes after its last use.
 */
export function createMeter() {
	const cached = new Map<string, number>();
	let picoDollars = 0;

	return {
		/** `now` in ms; what a model thinks comes on top of what it says. */
		measure(body: StubBody, model: StubModel, answer: string, now: number): StubUsage {
			const system =
				typeof body.system === 'string' ? [{ text: body.system }] : (body.system ?? []);
			const marked = system.findLastIndex(
				(block) => 'cache_control' in block && block.cache_control !== undefined,
			);
			const schema = JSON.stringify(body.output_config?.format?.schema ?? '');
			const said = JSON.stringify(body.messages);
			const all = tokensOf(system.map(({ text }) => text).join('') + schema + said);
			const prefix =
				system
					.slice(0, marked + 1)
					.map(({ text }) => text)
					.join('') + schema;
			const prefixTokens = tokensOf(prefix);
			const caches = marked >= 0 && prefixTokens >= model.minimumCached;
			const key = `${model.id}\n${prefix}`;
			const hit = caches && (cached.get(key) ?? -Infinity) > now;
			if (caches) cached.set(key, now + FIVE_MINUTES);
			const thinks = model.thinksByDefault && body.thinking === undefined;
			return {
				input_tokens: caches ? all - prefixTokens : all,
				cache_creation_input_tokens: caches && !hit ? prefixTokens : 0,
				cache_read_input_tokens: hit ? prefixTokens : 0,
				output_tokens: Math.min(body.max_tokens, tokensOf(answer) + (thinks ? 200 : 0)),
			};
		},
		bill(usage: StubUsage, model: StubModel, share = 1): void {
			const pico = (tokens: number, dollars: number) =>
				tokens * Math.round(dollars * share * 1_000_000);
			picoDollars +=
				pico(usage.input_tokens, model.input) +
				pico(usage.cache_creation_input_tokens, model.input * 1.25) +
				pico(usage.cache_read_input_tokens, model.input * 0.1) +
				pico(usage.output_tokens, model.output);
		},
		/** Micro-dollars, exact. */
		billed: (): number => picoDollars / 1_000_000,
	};
}
export type Meter = ReturnType<typeof createMeter>;
