import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { StubModel } from './claudeStubSchema';

const supported = (yes: boolean) => ({ supported: yes });

function infoOf({ id, maxTokens, thinking, effort }: StubModel): ModelInfo {
	const can = (type: StubModel['thinking'][number]) => supported(thinking.includes(type));
	return {
		id,
		type: 'model',
		display_name: `Stub of ${id}`,
		created_at: '2026-10-07T00:00:00Z',
		deprecated_at: null,
		lifecycle: 'active',
		line: 'haiku',
		max_input_tokens: 1_000_000,
		max_tokens: maxTokens,
		retires_at: null,
		capabilities: {
			batch: supported(true),
			citations: supported(true),
			code_execution: supported(true),
			context_management: {
				supported: false,
				clear_thinking_20251015: null,
				clear_tool_uses_20250919: null,
				compact_20260112: null,
			},
			effort: {
				supported: effort,
				low: supported(effort),
				medium: supported(effort),
				high: supported(effort),
				xhigh: supported(effort),
				max: supported(effort),
			},
			image_input: supported(true),
			pdf_input: supported(true),
			server_tools: {
				supported: true,
				code_execution: supported(true),
				web_search: supported(true),
			},
			structured_outputs: supported(true),
			thinking: {
				supported: thinking.length > 0,
				types: {
					adaptive: can('adaptive'),
					between_tools: can('between_tools'),
					disabled: can('disabled'),
					enabled: can('enabled'),
				},
			},
		},
	};
}

/** One page of `GET /v1/models`, after `after_id`, of at most `limit`. */
export function modelPage(models: readonly StubModel[], query: URLSearchParams): object {
	const limit = Math.min(1000, Math.max(1, Number(query.get('limit') ?? 20)));
	const after = models.findIndex(({ id }) => id === query.get('after_id'));
	const data = models.slice(after + 1, after + 1 + limit).map(infoOf);
	return {
		data,
		first_id: data[0]?.id ?? null,
		last_id: data.at(-1)?.id ?? null,
		has_more: after + 1 + limit < models.length,
	};
}
