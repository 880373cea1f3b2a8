import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod/v4';
import { NO_USAGE, type Asked, type Failure } from './asked';
import type { Calls } from './calls';
import { CallRefusal, SPEND_CODES } from './failure';
import type { Stop } from './gate';
import { readLines } from './lines';
import { readMessage } from './message';
import { costOf, priceOf, type PriceList } from './prices';
import { bodyOf, type ClaudeRequest } from './request';

/** What the service takes in one batch. */
export const BATCH_LIMITS = { requests: 100_000, bytes: 256 * 1024 * 1024 };
/** A large batch takes its time to be sent, and its results to come. */
const TIMEOUT_MS = 300_000;

/** `customId`: 1 to 64 letters, digits, `_` and `-`, each once; a signature by `sha256` is one. */
export type BatchRequest = { customId: string; request: ClaudeRequest };

const batchSchema = z.looseObject({
	id: z.string().min(1).max(200),
	processing_status: z.enum(['in_progress', 'canceling', 'ended']),
	created_at: z.string(),
	expires_at: z.string().nullish(),
	ended_at: z.string().nullish(),
	results_url: z.string().nullish(),
	request_counts: z.looseObject({
		processing: z.int(),
		succeeded: z.int(),
		errored: z.int(),
		canceled: z.int(),
		expired: z.int(),
	}),
});

export type BatchState = {
	id: string;
	status: 'inProgress' | 'canceling' | 'ended';
	/** Whether there are results to fetch: they are kept for 29 days. */
	ready: boolean;
	counts: Record<'processing' | 'succeeded' | 'errored' | 'canceled' | 'expired', number>;
	/** RFC 3339. */
	createdAt: string;
	expiresAt?: string;
	endedAt?: string;
};
export type Batch = { batch: BatchState; failed?: undefined } | (Stop & { batch?: undefined });
export type BatchAnswer = Asked & { customId: string };
export type BatchResults =
	{ results: AsyncIterable<BatchAnswer>; failed?: undefined } | (Stop & { results?: undefined });

export type Batches = {
	/** Hands a batch in. Tried again only where the service said that it did not take it: two batches cost twice. */
	submit(requests: readonly BatchRequest[]): Promise<Batch>;
	state(id: string): Promise<Batch>;
	cancel(id: string): Promise<Batch>;
	/** Every answer in order of `customId`, failed ones included; a line that cannot be read is left out. */
	results(id: string): Promise<BatchResults>;
};

/** Message Batches: half the price, mostly within an hour, a day at most. Nothing here throws. */
export function openBatches(client: Anthropic, calls: Calls, prices: Readonly<PriceList>): Batches {
	const one = async (
		work: (signal: AbortSignal) => Promise<unknown>,
		retryOn?: (failed: Failure) => boolean,
	): Promise<Batch> => {
		const ran = await calls.run(async (signal) => ({ value: readBatch(await work(signal)) }), {
			timeoutMs: TIMEOUT_MS,
			retryOn,
		});
		return ran.failed === undefined ? { batch: ran.value } : ran;
	};
	const path = (id: string, rest = '') => `/v1/messages/batches/${encodeURIComponent(id)}${rest}`;
	const timeout = TIMEOUT_MS;

	return {
		async submit(requests) {
			const problem = problemOf(requests);
			if (problem) return { failed: 'badRequest' };
			return await one(
				(signal) =>
					client.messages.batches.create(
						{
							requests: requests.map(({ customId, request }) => ({
								custom_id: customId,
								params: bodyOf(request),
							})),
						},
						{ signal, timeout },
					),
				(failed) => failed === 'rateLimited' || failed === 'overloaded',
			);
		},
		state: (id) => one((signal) => client.get(path(id), { signal })),
		cancel: (id) => one((signal) => client.post(path(id, '/cancel'), { signal })),
		async results(id) {
			const ran = await calls.run(
				async (signal) => {
					// not by the address in the batch: that is the service's own even behind a gateway, and would be sent the key
					const response = await client
						.get(path(id, '/results'), {
							signal,
							timeout,
							headers: { Accept: 'application/binary' },
						})
						.asResponse();
					return { value: await readResults(response, prices) };
				},
				{ timeoutMs: TIMEOUT_MS },
			);
			return ran.failed === undefined ? { results: stream(ran.value) } : ran;
		},
	};
}

const CUSTOM_ID = /^[\w-]{1,64}$/;

function problemOf(requests: readonly BatchRequest[]): boolean {
	const ids = new Set(requests.map(({ customId }) => customId));
	return (
		requests.length === 0 ||
		requests.length > BATCH_LIMITS.requests ||
		ids.size < requests.length ||
		requests.some(({ customId }) => !CUSTOM_ID.test(customId))
	);
}

function readBatch(received: unknown): BatchState {
	const parsed = batchSchema.safeParse(received);
	if (!parsed.success) throw new CallRefusal('notJson', 200);
	const { data } = parsed;
	const { processing, succeeded, errored, canceled, expired } = data.request_counts;
	return {
		id: data.id,
		status: data.processing_status === 'in_progress' ? 'inProgress' : data.processing_status,
		ready: data.processing_status === 'ended' && typeof data.results_url === 'string',
		counts: { processing, succeeded, errored, canceled, expired },
		createdAt: data.created_at,
		...(typeof data.expires_at === 'string' ? { expiresAt: data.expires_at } : {}),
		...(typeof data.ended_at === 'string' ? { endedAt: data.ended_at } : {}),
	};
}

const errorSchema = z.looseObject({
	type: z.string(),
	details: z.looseObject({ error_code: z.string() }).nullish().catch(null),
});

const lineSchema = z.looseObject({
	custom_id: z.string().regex(CUSTOM_ID),
	result: z.looseObject({
		type: z.string(),
		message: z
			.looseObject({ model: z.string().catch('') })
			.optional()
			.catch(undefined),
		error: z.looseObject({ error: errorSchema }).optional().catch(undefined),
	}),
});

/** All answers by custom id: what each holds is small, and the service hands them over in any order. */
async function readResults(
	response: Response,
	prices: Readonly<PriceList>,
): Promise<Map<string, BatchAnswer>> {
	const answers = new Map<string, BatchAnswer>();
	for await (const line of readLines(response)) {
		const parsed = lineSchema.safeParse(line);
		if (!parsed.success) continue;
		const { custom_id: customId, result } = parsed.data;
		const price = priceOf(result.message?.model ?? '', prices);
		const spent = { usage: NO_USAGE, costMicros: 0, uncertainMicros: 0, attempts: 1 };
		if (result.type !== 'succeeded') {
			const failed = failedBecause(result.type, result.error?.error);
			answers.set(customId, { customId, failed, ...spent });
			continue;
		}
		const message = readMessage(result.message);
		if (message === undefined) {
			answers.set(customId, { customId, failed: 'notJson', ...spent, costMicros: undefined });
			continue;
		}
		const costMicros = price && costOf(message.usage, price, { batch: true });
		answers.set(customId, { customId, ...spent, ...message, costMicros });
	}
	return answers;
}

const BY_ERROR = new Map<string, Failure>([
	['invalid_request_error', 'badRequest'],
	['not_found_error', 'badRequest'],
	['authentication_error', 'unauthorized'],
	['permission_error', 'unauthorized'],
	['billing_error', 'spendCap'],
	['rate_limit_error', 'rateLimited'],
	['overloaded_error', 'overloaded'],
	['timeout_error', 'timeout'],
]);

function failedBecause(type: string, error?: z.infer<typeof errorSchema>): Failure {
	if (type === 'canceled' || type === 'expired') return type;
	if (SPEND_CODES.has(error?.details?.error_code ?? '')) return 'spendCap';
	return BY_ERROR.get(error?.type ?? '') ?? 'serverError';
}

async function* stream(answers: Map<string, BatchAnswer>): AsyncGenerator<BatchAnswer> {
	const ids = [...answers.keys()].sort();
	for (const id of ids) {
		const answer = answers.get(id);
		answers.delete(id);
		if (answer !== undefined) yield await Promise.resolve(answer);
	}
}
