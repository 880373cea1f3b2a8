import type {
	MessageCreateParamsNonStreaming,
	TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { leastThinking } from './modelTraits';

/** One question to a model: what it is told, what it is asked, and the shape of its answer. */
export type ClaudeRequest = {
	model: string;
	/** In this order. The last one that is `cached` ends the prefix that is kept for five minutes. */
	system: readonly { text: string; cached?: boolean }[];
	/** The user's message. */
	message: string;
	/**
	 * JSON schema of the answer, an object. Within what the API takes: every object with `additionalProperties: false`,
	 * no lengths, no bounds. It is part of the cached prefix: another schema misses the cache.
	 */
	schema: Record<string, unknown>;
	/** Thinking, where a model cannot do without, counts too. */
	maxTokens: number;
};

/** The body of `POST /v1/messages`: the model thinks as little as it can be asked to. */
export function bodyOf(request: ClaudeRequest): MessageCreateParamsNonStreaming {
	const { thinking, effort } = leastThinking(request.model);
	return {
		model: request.model,
		max_tokens: request.maxTokens,
		system: request.system.map(({ text, cached }): TextBlockParam =>
			cached === true
				? { type: 'text', text, cache_control: { type: 'ephemeral' } }
				: { type: 'text', text },
		),
		messages: [{ role: 'user', content: request.message }],
		output_config: {
			...(effort === undefined ? {} : { effort }),
			format: { type: 'json_schema', schema: request.schema },
		},
		...(thinking === undefined ? {} : { thinking }),
	};
}
