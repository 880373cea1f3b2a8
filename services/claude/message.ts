import { z } from 'zod/v4';
import type { Failure, Usage } from './asked';

/** More than any model takes. */
export const MOST_TOKENS = 1_000_000_000;
const tokens = z.int().min(0).max(MOST_TOKENS).nullish();

/** What is read of a message; whatever else it holds, now or later, is let be. */
const messageSchema = z.looseObject({
	type: z.literal('message'),
	content: z.array(z.looseObject({ type: z.string() })),
	stop_reason: z.string().nullish(),
	usage: z.looseObject({
		input_tokens: tokens,
		cache_creation_input_tokens: tokens,
		cache_read_input_tokens: tokens,
		output_tokens: tokens,
	}),
});
export type ReadMessage = { usage: Usage } & Content;
type Content =
	{ answer: Record<string, unknown>; failed?: undefined } | { failed: Failure; answer?: undefined };

/** A message of the API, read; undefined where it is none: a proxy's page, an empty body. */
export function readMessage(received: unknown): ReadMessage | undefined {
	// the SDK hands over as text what does not call itself JSON
	const parsed = messageSchema.safeParse(
		typeof received === 'string' ? tryJson(received) : received,
	);
	if (!parsed.success) return undefined;
	const { content, stop_reason: reason, usage } = parsed.data;
	return {
		usage: {
			input: usage.input_tokens ?? 0,
			cacheWrite: usage.cache_creation_input_tokens ?? 0,
			cacheRead: usage.cache_read_input_tokens ?? 0,
			output: usage.output_tokens ?? 0,
		},
		...readContent(content, reason),
	};
}

function readContent(blocks: { type: string }[], reason: string | null | undefined): Content {
	if (reason === 'refusal') return { failed: 'refused' };
	if (reason === 'max_tokens' || reason === 'model_context_window_exceeded')
		return { failed: 'truncated' };
	// a model that thinks begins with a block of that
	const text = blocks.map(textOf).join('');
	return readAnswer(text);
}

const textOf = (block: { type: string; text?: unknown }): string =>
	block.type === 'text' && typeof block.text === 'string' ? block.text : '';

/** The JSON object that a text is. */
export function readAnswer(text: string): Content {
	const answer = z.record(z.string(), z.unknown()).safeParse(tryJson(text));
	return answer.success ? { answer: answer.data } : { failed: 'notJson' };
}

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
