import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Message } from '@anthropic-ai/sdk/resources/messages/messages';
import { ANSWERS, answerTo, type AnswerBehavior, type AnswerOptions } from './claudeStubAnswers';
import { openStubBatches } from './claudeStubBatches';
import {
	errorBody,
	errorOf,
	isErrorBehavior,
	type ErrorBehavior,
	type StubError,
} from './claudeStubErrors';
import { modelPage } from './claudeStubModels';
import { checkBody, STUB_MODELS, type StubBody, type StubModel } from './claudeStubSchema';
import { createMeter } from './claudeStubUsage';
import { misbehave, type WireBehavior } from './claudeStubWires';

/** These three only happen to a request in a batch. */
type BatchBehavior = 'expired' | 'canceled' | 'brokenLine';
export type Behavior = AnswerBehavior | ErrorBehavior | WireBehavior | BatchBehavior;

export type Received = {
	/** Milliseconds of `performance.now()`. */
	at: number;
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	/** Undefined where there was none. */
	body: unknown;
	behavior?: Behavior;
	/** Why the request was refused as it was. */
	refused?: string;
};

export type StubOptions = Partial<AnswerOptions> & {
	key?: string;
	models?: readonly StubModel[];
	/** In order, then the last one again and again; or chosen for each request. Good answers unless said otherwise. */
	behave?: readonly Behavior[] | ((body: StubBody) => Behavior);
	/** Milliseconds before a slow answer. */
	slowMs?: number;
	/** Milliseconds, on the stub's own clock, until a batch ends. */
	batchMs?: number;
	/** Whether errors quote the request and the key, as careless gateways do. */
	quotes?: boolean;
};

export type ClaudeStub = {
	url: string;
	key: string;
	received: Received[];
	behave(behaviors: NonNullable<StubOptions['behave']>): void;
	/** Requests for messages so far. */
	asked(): number;
	/** Micro-dollars that the API would bill for all so far, exact. */
	billed(): number;
	/** Moves the stub's clock on: prompt caches and batches age. */
	advance(ms: number): void;
	connections(): number;
	/** Requests that have not been answered yet. */
	underWay(): number;
	close(): Promise<void>;
};

const VERSIONS = new Set(['2023-06-01', '2026-10-21']);

/**
 * Anthropic's API on loopback: Messages, Message Batches and Models. Refuses what the API would refuse, counts and bills as
 * it does, remembers what it was sent, and behaves as it is told. The same seed and requests give the same answers.
 */
export async function startClaudeStub(options: StubOptions = {}): Promise<ClaudeStub> {
	const { key = 'sk-ant-stub-0123456789', models = STUB_MODELS, slowMs = 100 } = options;
	const answering: AnswerOptions = { seed: 1, catalogue: [], ...options };
	let behave = options.behave ?? ['good'];
	let turn = 0;
	let skew = 0;
	let asked = 0;
	let requests = 0;
	const received: Received[] = [];
	const sockets = new Set<Socket>();
	const timers = new Set<NodeJS.Timeout>();
	const underWay = new Set<ServerResponse>();
	const meter = createMeter();
	const now = () => Date.now() + skew;

	const next = (body: StubBody): Behavior => {
		if (typeof behave === 'function') return behave(body);
		const behavior = behave[Math.min(turn, behave.length - 1)] ?? 'good';
		turn += 1;
		return behavior;
	};

	const messageOf = (body: StubBody, model: StubModel, behavior: Behavior, share = 1): Message => {
		const said = answerTo(body, isAnswer(behavior) ? behavior : 'good', answering);
		const usage = meter.measure(body, model, said.text, now());
		meter.bill(usage, model, share);
		const thinks = model.thinksByDefault && body.thinking === undefined;
		return {
			id: `msg_${String(requests)}`,
			type: 'message',
			role: 'assistant',
			model: model.id,
			container: null,
			diagnostics: null,
			content: [
				...(thinks ? [{ type: 'thinking' as const, thinking: '', signature: 'c2lnbmVk' }] : []),
				{ type: 'text', text: said.text, citations: null },
			],
			stop_reason: said.stopReason,
			stop_sequence: null,
			stop_details:
				said.stopReason === 'refusal'
					? { type: 'refusal', category: null, explanation: null }
					: null,
			usage: {
				...usage,
				cache_creation: null,
				inference_geo: null,
				output_tokens_details: null,
				server_tool_use: null,
				service_tier: share === 1 ? 'standard' : 'batch',
				speed: null,
			},
		};
	};

	const batches = openStubBatches({
		now,
		batchMs: options.batchMs ?? 60_000,
		models,
		next,
		messageOf,
	});

	const later = (ms: number, work: () => void) => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			work();
		}, ms);
		timers.add(timer);
	};

	const server = createServer((request, response) => {
		requests += 1;
		const requestId = `req_${String(requests)}`;
		const entry: Received = {
			at: performance.now(),
			method: request.method ?? '',
			path: request.url ?? '',
			headers: request.headers,
			body: undefined,
		};
		received.push(entry);
		underWay.add(response);
		response.on('close', () => underWay.delete(response));
		const chunks: Buffer[] = [];
		const send = (status: number, body: string, headers: Record<string, string> = {}) => {
			if (response.destroyed) return;
			const json = { 'content-type': 'application/json', 'request-id': requestId };
			response.writeHead(status, { ...json, ...headers });
			response.end(body);
		};
		const fail = (error: StubError) => {
			const quote = options.quotes === true ? ` (${key}: ${String(Buffer.concat(chunks))})` : '';
			send(
				error.status,
				errorBody({ ...error, message: error.message + quote }, requestId),
				error.headers,
			);
		};
		const refuse = (status: number, type: string, message: string) => {
			entry.refused = message;
			fail({ status, type, message });
		};

		const answerMessage = () => {
			const checked = checkBody(entry.body, models);
			asked += 1;
			if ('refusal' in checked) {
				const { status, type, message } = checked.refusal;
				refuse(status, type, message);
				return;
			}
			const behavior = next(checked.body);
			entry.behavior = behavior;
			if (isErrorBehavior(behavior)) {
				fail(errorOf(behavior));
				return;
			}
			const give = () => JSON.stringify(messageOf(checked.body, checked.model, behavior));
			misbehave(behavior, { request, response, send, give, later, slowMs });
		};

		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = String(Buffer.concat(chunks));
			entry.body = text === '' ? undefined : tryJson(text);
			const { pathname, searchParams } = new URL(entry.path, 'http://stub');
			const bearer = request.headers.authorization === `Bearer ${key}`;
			if (!bearer && request.headers['x-api-key'] !== key)
				refuse(401, 'authentication_error', 'invalid x-api-key');
			else if (!VERSIONS.has(String(request.headers['anthropic-version'])))
				refuse(400, 'invalid_request_error', 'anthropic-version: header is required');
			else if (text !== '' && !(request.headers['content-type'] ?? '').includes('application/json'))
				refuse(400, 'invalid_request_error', 'content-type: must be application/json');
			else if (entry.method === 'POST' && pathname === '/v1/messages') answerMessage();
			else if (entry.method === 'GET' && pathname === '/v1/models')
				send(200, JSON.stringify(modelPage(models, searchParams)));
			else if (pathname.startsWith('/v1/messages/batches'))
				batches.answer(entry.method, pathname, entry.body, { send, refuse, base: () => url });
			else refuse(404, 'not_found_error', 'Not found');
		});
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${String(port)}`;

	return {
		url,
		key,
		received,
		behave(behaviors) {
			behave = behaviors;
			turn = 0;
		},
		asked: () => asked,
		billed: () => meter.billed(),
		advance(ms) {
			skew += ms;
		},
		connections: () => sockets.size,
		underWay: () => underWay.size,
		async close() {
			for (const timer of timers) clearTimeout(timer);
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const isAnswer = (behavior: Behavior): behavior is AnswerBehavior =>
	ANSWERS.some((answer) => answer === behavior);

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
