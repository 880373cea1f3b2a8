import type {
	MessageBatch,
	MessageBatchResult,
} from '@anthropic-ai/sdk/resources/messages/batches';
import type { Message } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Behavior } from './claudeStub';
import { errorInside, errorOf, isErrorBehavior } from './claudeStubErrors';
import {
	batchRequest,
	checkBody,
	firstIssue,
	type StubBody,
	type StubModel,
} from './claudeStubSchema';

type Deps = {
	now: () => number;
	batchMs: number;
	models: readonly StubModel[];
	next: (body: StubBody) => Behavior;
	messageOf: (body: StubBody, model: StubModel, behavior: Behavior, share: number) => Message;
};
type Answering = {
	send: (status: number, body: string, headers?: Record<string, string>) => void;
	refuse: (status: number, type: string, message: string) => void;
	base: () => string;
};
type Kept = {
	id: string;
	createdAt: number;
	canceledAt?: number;
	requests: { custom_id: string; params: unknown }[];
	/** The lines of its results, once it has ended. */
	lines?: string[];
	counts: MessageBatch['request_counts'];
};

const HALF_PRICE = 0.5;
const DAY = 86_400_000;

/** `/v1/messages/batches` and what is below it. */
export function openStubBatches({ now, batchMs, models, next, messageOf }: Deps) {
	const batches = new Map<string, Kept>();
	const rfc3339 = (ms: number) => new Date(ms).toISOString();

	const resultOf = (params: unknown): unknown => {
		// types the SDK does not list come too, such as request_too_large
		const errored = (error: { type: string; message: string; details?: object }) => ({
			type: 'errored',
			error: { type: 'error', error, request_id: null },
		});
		const checked = checkBody(params, models);
		if ('refusal' in checked) return errored(errorInside(checked.refusal));
		const behavior = next(checked.body);
		if (behavior === 'expired' || behavior === 'canceled') return { type: behavior };
		if (behavior === 'brokenLine') return undefined;
		if (isErrorBehavior(behavior)) return errored(errorInside(errorOf(behavior)));
		const message = messageOf(checked.body, checked.model, behavior, HALF_PRICE);
		return { type: 'succeeded', message } satisfies MessageBatchResult;
	};

	/** Works everything off at once when its time has come, and gives the results in another order than they came in. */
	const settle = (batch: Kept): void => {
		if (batch.lines !== undefined) return;
		if (batch.canceledAt === undefined && now() < batch.createdAt + batchMs) return;
		const lines = batch.requests.map(({ custom_id, params }) => {
			const result = batch.canceledAt === undefined ? resultOf(params) : { type: 'canceled' };
			const line = JSON.stringify({ custom_id, result });
			return result === undefined ? line.slice(0, -2) : line;
		});
		for (const type of ['succeeded', 'errored', 'canceled', 'expired'] as const)
			batch.counts[type] = lines.filter((line) =>
				line.includes(`"result":{"type":"${type}"`),
			).length;
		batch.lines = lines.reverse();
		batch.counts.processing = 0;
	};

	const stateOf = (batch: Kept, base: string): MessageBatch => ({
		id: batch.id,
		type: 'message_batch',
		archived_at: null,
		cancel_initiated_at: batch.canceledAt === undefined ? null : rfc3339(batch.canceledAt),
		created_at: rfc3339(batch.createdAt),
		ended_at: batch.lines === undefined ? null : rfc3339(now()),
		expires_at: rfc3339(batch.createdAt + DAY),
		processing_status:
			batch.lines !== undefined
				? 'ended'
				: batch.canceledAt === undefined
					? 'in_progress'
					: 'canceling',
		request_counts: batch.counts,
		results_url:
			batch.lines === undefined ? null : `${base}/v1/messages/batches/${batch.id}/results`,
	});

	const create = (body: unknown, { send, refuse, base }: Answering): void => {
		const parsed = batchRequest.safeParse(body);
		if (!parsed.success) {
			refuse(400, 'invalid_request_error', firstIssue(parsed.error));
			return;
		}
		const { requests } = parsed.data;
		const ids = new Set(requests.map(({ custom_id }) => custom_id));
		if (ids.size < requests.length) {
			refuse(400, 'invalid_request_error', 'requests: custom_id must be unique');
			return;
		}
		const counts = {
			processing: requests.length,
			succeeded: 0,
			errored: 0,
			canceled: 0,
			expired: 0,
		};
		const id = `msgbatch_${String(batches.size + 1).padStart(4, '0')}`;
		const batch: Kept = { id, createdAt: now(), requests, counts };
		batches.set(id, batch);
		send(200, JSON.stringify(stateOf(batch, base())));
	};

	return {
		answer(method: string, path: string, body: unknown, answering: Answering): void {
			const { send, refuse, base } = answering;
			const [, , , , id, action] = path.split('/');
			if (id === undefined) {
				if (method === 'POST') create(body, answering);
				else refuse(404, 'not_found_error', 'Not found');
				return;
			}
			const batch = batches.get(id);
			if (batch === undefined) {
				refuse(404, 'not_found_error', `Message Batch ${id} not found.`);
				return;
			}
			settle(batch);
			if (method === 'POST' && action === 'cancel') {
				if (batch.lines === undefined) batch.canceledAt = now();
				send(200, JSON.stringify(stateOf(batch, base())));
			} else if (method === 'GET' && action === 'results') {
				if (batch.lines === undefined) refuse(404, 'not_found_error', 'No results yet.');
				else send(200, `${batch.lines.join('\n')}\n`, { 'content-type': 'application/x-jsonl' });
			} else if (method === 'GET' && action === undefined)
				send(200, JSON.stringify(stateOf(batch, base())));
			else refuse(404, 'not_found_error', 'Not found');
		},
	};
}
