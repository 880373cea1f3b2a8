import type { Refusal } from './claudeStubSchema';

export type StubError = Refusal & {
	details?: { error_code: string };
	headers?: Record<string, string>;
};

/** What the API answers instead of a message; the bodies are those of its pages on errors. */
export const ERRORS = {
	rateLimited: {
		status: 429,
		type: 'rate_limit_error',
		message: "This request would exceed your account's rate limit. Please try again later.",
		headers: { 'retry-after': '0.05' },
	},
	rateLimitedBare: {
		status: 429,
		type: 'rate_limit_error',
		message: "This request would exceed your account's rate limit. Please try again later.",
	},
	rateLimitedLong: {
		status: 429,
		type: 'rate_limit_error',
		message: "This request would exceed your account's rate limit. Please try again later.",
		headers: { 'retry-after': '3600' },
	},
	spendCap: {
		status: 429,
		type: 'rate_limit_error',
		message: 'Your organization has reached its monthly API usage threshold.',
		details: { error_code: 'enforced_spend_limit_reached' },
	},
	spendLimitSet: {
		status: 400,
		type: 'invalid_request_error',
		message:
			'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
	},
	noCredit: {
		status: 400,
		type: 'invalid_request_error',
		message: 'Your credit balance is too low to access the Anthropic API.',
	},
	billing: { status: 402, type: 'billing_error', message: 'There is an issue with your billing.' },
	badRequest: { status: 400, type: 'invalid_request_error', message: 'messages: invalid' },
	unauthorized: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
	forbidden: { status: 403, type: 'permission_error', message: 'Your API key may not do this.' },
	notFound: { status: 404, type: 'not_found_error', message: 'model: gone' },
	tooLarge: { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' },
	serverError: { status: 500, type: 'api_error', message: 'Internal server error' },
	neverAgain: {
		status: 500,
		type: 'api_error',
		message: 'Internal server error',
		headers: { 'x-should-retry': 'false' },
	},
	overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
} satisfies Record<string, StubError>;
export type ErrorBehavior = keyof typeof ERRORS;

export const isErrorBehavior = (behavior: string): behavior is ErrorBehavior => behavior in ERRORS;

/** What stands in the body's `error`. */
export function errorInside({ type, message, details }: StubError) {
	return { type, message, ...(details === undefined ? {} : { details }) };
}

export function errorBody(error: StubError, requestId: string): string {
	return JSON.stringify({ type: 'error', error: errorInside(error), request_id: requestId });
}

export const errorOf = (behavior: ErrorBehavior): StubError => ERRORS[behavior];
