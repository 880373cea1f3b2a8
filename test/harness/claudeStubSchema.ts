import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import { z } from 'zod/v4';

const cacheControl = z.strictObject({
	type: z.literal('ephemeral'),
	ttl: z.enum(['5m', '1h']).optional(),
});
const textBlock = z.strictObject({
	type: z.literal('text'),
	text: z.string().min(1),
	cache_control: cacheControl.optional(),
});
const message = z.strictObject({
	role: z.enum(['user', 'assistant']),
	content: z.union([z.string().min(1), z.array(textBlock).min(1)]),
});

/** The body of `POST /v1/messages`, as far as this project uses it; a field more and it is refused, as by the API. */
const messageRequest = z.strictObject({
	model: z.string().min(1).max(256),
	max_tokens: z.int().min(1),
	messages: z.array(message).min(1),
	system: z.union([z.string(), z.array(textBlock)]).optional(),
	stream: z.literal(false).optional(),
	stop_sequences: z.array(z.string()).optional(),
	metadata: z.strictObject({ user_id: z.string().max(256).nullish() }).optional(),
	output_config: z
		.strictObject({
			effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
			format: z
				.strictObject({
					type: z.literal('json_schema'),
					schema: z.record(z.string(), z.unknown()),
				})
				.nullish(),
		})
		.optional(),
	thinking: z
		.discriminatedUnion('type', [
			z.strictObject({ type: z.literal('disabled') }),
			z.strictObject({ type: z.literal('between_tools') }),
			z.strictObject({ type: z.literal('adaptive') }),
			z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024) }),
		])
		.optional(),
});

type Fits<Ours extends Theirs, Theirs> = Ours;
/** What the stub takes is what the SDK sends: checked when this is compiled. */
export type StubBody = Fits<z.infer<typeof messageRequest>, MessageCreateParamsNonStreaming>;

export const batchRequest = z.strictObject({
	requests: z
		.array(
			z.strictObject({ custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), params: z.unknown() }),
		)
		.min(1)
		.max(100_000),
});

export type StubModel = {
	id: string;
	/** US dollars per million tokens. */
	input: number;
	output: number;
	minimumCached: number;
	maxTokens: number;
	thinking: readonly ('disabled' | 'between_tools' | 'adaptive' | 'enabled')[];
	thinksByDefault: boolean;
	effort: boolean;
};

export const STUB_MODELS: readonly StubModel[] = [
	{
		id: 'claude-haiku-5-5',
		input: 0.1,
		output: 0.5,
		minimumCached: 512,
		maxTokens: 128_000,
		thinking: ['disabled', 'adaptive'],
		thinksByDefault: true,
		effort: true,
	},
	{
		id: 'claude-sonnet-5',
		input: 2,
		output: 10,
		minimumCached: 1024,
		maxTokens: 128_000,
		thinking: ['adaptive'],
		thinksByDefault: true,
		effort: true,
	},
	{
		id: 'claude-haiku-4-5-20251001',
		input: 1,
		output: 5,
		minimumCached: 4096,
		maxTokens: 64_000,
		thinking: ['disabled', 'enabled'],
		thinksByDefault: false,
		effort: false,
	},
];

export type Refusal = { status: number; type: string; message: string };
const invalid = (message: string): Refusal => ({
	status: 400,
	type: 'invalid_request_error',
	message,
});

/** The body as the API would take it, or what it would say of it. */
export function checkBody(
	received: unknown,
	models: readonly StubModel[],
): { body: StubBody; model: StubModel } | { refusal: Refusal } {
	const parsed = messageRequest.safeParse(received);
	if (!parsed.success) return { refusal: invalid(firstIssue(parsed.error)) };
	const body = parsed.data;
	const model = models.find(({ id }) => id === body.model || id.startsWith(`${body.model}-2`));
	if (model === undefined)
		return {
			refusal: { status: 404, type: 'not_found_error', message: `model: ${body.model}` },
		};
	const problem = problemOf(body, model);
	return problem === undefined ? { body, model } : { refusal: invalid(problem) };
}

function problemOf(body: StubBody, model: StubModel): string | undefined {
	if (body.max_tokens > model.maxTokens)
		return `max_tokens: ${body.max_tokens} > ${model.maxTokens}`;
	if (body.messages.at(-1)?.role !== 'user') return 'messages: prefill is not supported';
	const thinking = body.thinking?.type;
	const effort = body.output_config?.effort ?? undefined;
	if (thinking !== undefined && !model.thinking.includes(thinking))
		return `thinking.type: ${thinking} is not supported by this model`;
	if (effort !== undefined && !model.effort) return 'output_config.effort: not supported';
	if (thinking === 'disabled' && (effort === 'xhigh' || effort === 'max'))
		return 'thinking: cannot be disabled at this effort';
	const marks = Array.isArray(body.system)
		? body.system.filter(({ cache_control }) => cache_control !== undefined).length
		: 0;
	if (marks > 4) return 'cache_control: at most 4 blocks';
	const schema = body.output_config?.format?.schema;
	return schema === undefined ? undefined : schemaProblem(schema, 'output_config.format.schema');
}

const KEYWORDS = new Set(
	'type properties required additionalProperties enum const anyOf allOf $ref $defs description title items minItems format default'.split(
		' ',
	),
);
const record = z.record(z.string(), z.unknown());

/** The part of JSON schema that answers can be held to: no lengths, no bounds, closed objects. */
function schemaProblem(schema: unknown, path: string): string | undefined {
	const parsed = record.safeParse(schema);
	if (!parsed.success) return `${path}: not an object`;
	const node = parsed.data;
	const strange = Object.keys(node).find((key) => !KEYWORDS.has(key));
	if (strange !== undefined)
		return `${path}: For this type, property '${strange}' is not supported`;
	if (node.type === 'object' && node.additionalProperties !== false)
		return `${path}: 'additionalProperties' must be explicitly set to false`;
	if (Array.isArray(node.enum) && (node.enum.length === 0 || node.enum.some(isComplex)))
		return `${path}.enum: must hold plain values`;
	const children = [
		...Object.entries(record.catch({}).parse(node.properties)),
		...Object.entries(record.catch({}).parse(node.$defs)),
		...(node.items === undefined ? [] : [['items', node.items] as const]),
	];
	for (const [name, child] of children) {
		const problem = schemaProblem(child, `${path}.${name}`);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

const isComplex = (value: unknown): boolean => typeof value === 'object' && value !== null;

export function firstIssue({ issues: [issue] }: z.ZodError): string {
	return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
}
