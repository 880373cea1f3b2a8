/**
 * Why there is no answer.
 * notJson: what came back is no JSON object, or no message of the API at all · truncated: cut off at the token limit ·
 * refused: the model's safeguards declined · rateLimited: too many requests, and the wait asked for is too long ·
 * spendCap: the account's own limit or credit is used up · overloaded · serverError · timeout: no answer in time, or
 * the execution's time is over · connection: no connection, or a broken one · badRequest: the API refuses the request as
 * it is (unknown model, too long) · unauthorized: the key is wrong or may not · budget: the budget set here is used up ·
 * canceled: the execution was stopped · expired: a batch was not worked off within its day
 */
export const FAILURES = [
	'notJson',
	'truncated',
	'refused',
	'rateLimited',
	'spendCap',
	'overloaded',
	'serverError',
	'timeout',
	'connection',
	'badRequest',
	'unauthorized',
	'budget',
	'canceled',
	'expired',
] as const;
export type Failure = (typeof FAILURES)[number];

/** Tokens. `input` is what was neither written to the prompt cache nor read from it. */
export type Usage = {
	input: number;
	cacheWrite: number;
	cacheRead: number;
	output: number;
};

export const NO_USAGE: Readonly<Usage> = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };

type Spent = {
	usage: Usage;
	/** Micro-dollars (a millionth of a dollar), rounded up; undefined where the model has no known price. */
	costMicros: number | undefined;
	/** What attempts without an answer (time-out, broken connection) may have cost besides, at most. */
	uncertainMicros: number;
	/** Requests that were sent. */
	attempts: number;
};

/** `answer` is the JSON object as the model gave it: checked by nobody yet. */
export type Answered = Spent & { answer: Record<string, unknown>; failed?: undefined };
/** `status` is the HTTP status where there was one. */
export type Failed = Spent & { failed: Failure; status?: number; answer?: undefined };
export type Asked = Answered | Failed;

const SENTENCES: Record<Failure, string> = {
	notJson: 'What came back could not be read',
	truncated: 'The answer was cut off at the token limit',
	refused: 'The model declined to answer',
	rateLimited: 'The rate limit of the account was reached',
	spendCap: 'The spend limit of the account was reached, or its credit is used up',
	overloaded: 'The service was overloaded',
	serverError: 'The service had an error',
	timeout: 'There was no answer in time',
	connection: 'The service could not be reached',
	badRequest: 'The service refused the request',
	unauthorized: 'The API key is wrong, or may not do this',
	budget: 'The budget set for this is used up',
	canceled: 'The execution was stopped',
	expired: 'The batch was not worked off in time',
};

/** One plain sentence, without anything that was sent or received. */
export function failureText({ failed, status }: { failed: Failure; status?: number }): string {
	if (status === 404) return 'The service does not know the model, the batch or the address';
	return SENTENCES[failed];
}
