import {
	APIConnectionError,
	APIConnectionTimeoutError,
	APIError,
	APIUserAbortError,
} from '@anthropic-ai/sdk';
import { z } from 'zod/v4';
import type { Failure } from './asked';

/** Thrown by ourselves: no request was sent, or what came back is not what the API sends. */
export class CallRefusal extends Error {
	constructor(
		readonly failed: Failure,
		readonly status?: number,
	) {
		super(failed);
	}
}

export type ReadFailure = {
	failed: Failure;
	status?: number;
	/** Whether the same request may do better in a moment. */
	passing: boolean;
	/** Milliseconds that the service asked to wait. */
	retryAfterMs?: number;
	/** Whether every other call would fail in the same way. */
	forAll: boolean;
	/** Whether the request may have been worked on, and so be billed. */
	mayBeBilled: boolean;
};

/**
 * What an error means, by its status and codes alone: its message may hold what was sent, or the key itself.
 * Source: platform.claude.com/docs/en/api/errors; details.error_code is in the SDK's `ErrorDetails`.
 */
export function readFailure(error: unknown): ReadFailure {
	const base = { passing: false, forAll: false, mayBeBilled: false };
	if (error instanceof CallRefusal) {
		const { failed, status } = error;
		return { ...base, failed, status, forAll: failed === 'unauthorized' || failed === 'spendCap' };
	}
	if (error instanceof APIUserAbortError) return { ...base, failed: 'canceled', mayBeBilled: true };
	if (error instanceof APIConnectionTimeoutError)
		return { ...base, failed: 'timeout', mayBeBilled: true };
	if (isApiError(error) && error.status !== undefined) return readStatus(error, error.status);
	// the SDK reads the body of a good status itself; what is not JSON throws there
	if (thrown.parse(error).name === 'SyntaxError')
		return { ...base, failed: 'notJson', mayBeBilled: true };
	const unreachable = error instanceof APIConnectionError;
	return {
		...base,
		failed: 'connection',
		passing: true,
		mayBeBilled: !unreachable || wasSent(error),
	};
}

const isApiError = (error: unknown): error is APIError => error instanceof APIError;

// by their fields: an error of Node's own may be of another realm, where `instanceof` does not know it
const thrown = z.looseObject({ name: z.string().optional().catch(undefined) }).catch({});
const fetchFailure = z
	.looseObject({
		cause: z
			.looseObject({
				cause: z.looseObject({ code: z.string().optional().catch(undefined) }).optional(),
			})
			.optional()
			.catch(undefined),
	})
	.catch({});

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Nothing was listening, or no such host: the request never left. */
function wasSent(error: APIConnectionError): boolean {
	const { code = '' } = fetchFailure.parse(error).cause?.cause ?? {};
	return !NEVER_CONNECTED.has(code);
}

function readStatus(error: APIError, status: number): ReadFailure {
	const base = { status, passing: false, forAll: false, mayBeBilled: false };
	const mayRepeat = error.headers?.get('x-should-retry') !== 'false';
	if (isSpendCap(error, status)) return { ...base, failed: 'spendCap', forAll: true };
	switch (status) {
		case 401:
		case 403:
			return { ...base, failed: 'unauthorized', forAll: true };
		case 404:
			return { ...base, failed: 'badRequest', forAll: true };
		case 408:
			return { ...base, failed: 'timeout', passing: mayRepeat };
		case 429:
			return {
				...base,
				failed: 'rateLimited',
				passing: mayRepeat,
				retryAfterMs: retryAfterMs(error.headers),
			};
		case 529:
			return { ...base, failed: 'overloaded', passing: mayRepeat, ...waitOf(error) };
	}
	if (status >= 500 || status === 409)
		return { ...base, failed: 'serverError', passing: mayRepeat, ...waitOf(error) };
	return { ...base, failed: 'badRequest' };
}

const waitOf = ({ headers }: APIError) => ({ retryAfterMs: retryAfterMs(headers) });

/** Values of `error.details.error_code` (the SDK's `ErrorDetails`) that no wait helps against. */
export const SPEND_CODES: ReadonlySet<string> = new Set([
	'enforced_spend_limit_reached',
	'contract_spend_limit_reached',
	'linked_organization_spend_limit_reached',
	'linked_organization_billing_unavailable',
]);
/** A limit that the account's owner set comes as 400 and a used-up credit too, told apart by their words alone. */
const SPEND_WORDS =
	/^you have reached your specified (?:workspace )?api usage limits|credit balance is too low/i;

function isSpendCap(error: APIError, status: number): boolean {
	if (error.errorCode !== null && SPEND_CODES.has(error.errorCode)) return true;
	if (status === 402 || error.type === 'billing_error') return true;
	return status === 400 && SPEND_WORDS.test(error.apiMessage ?? '');
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date, as the SDK reads them. */
export function retryAfterMs(headers: Headers | undefined): number | undefined {
	const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
	if (milliseconds >= 0) return milliseconds;
	const text = headers?.get('retry-after') ?? '';
	if (text === '') return undefined;
	const wait = /^\s*\d*\.?\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
	return wait >= 0 ? wait : undefined;
}

const WINDOWS = ['requests', 'tokens', 'input-tokens', 'output-tokens'];

/** Milliseconds until the window of a used-up rate limit ends, by the headers of a good answer. */
export function windowLeftMs(headers: Headers): number {
	const ends = WINDOWS.filter(
		(window) => headers.get(`anthropic-ratelimit-${window}-remaining`) === '0',
	).map((window) => Date.parse(headers.get(`anthropic-ratelimit-${window}-reset`) ?? ''));
	return Math.max(0, ...ends.filter((end) => !Number.isNaN(end)).map((end) => end - Date.now()));
}
