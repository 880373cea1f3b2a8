import type { Failure } from './asked';
import { CallRefusal, readFailure, windowLeftMs, type ReadFailure } from './failure';
import { createGate, type Stop } from './gate';

export type CallOptions = {
	/** Milliseconds for one request, its body included. */
	timeoutMs?: number;
	/** Milliseconds for all calls of this execution together. */
	deadlineMs?: number;
	concurrency?: number;
	/** Tries after the first, in all. */
	retries?: number;
	/** A longer wait that the service asks for ends the calls: milliseconds. */
	longestWaitMs?: number;
	/** The first pause where the service asks for none; doubled each time, 8 s at most. */
	backoffMs?: number;
	/** So many calls that fail in a row, each after all its tries, end the rest. */
	giveUpAfter?: number;
	/** Aborts everything, under way or waiting: n8n's execution was stopped. */
	signal?: AbortSignal;
	/** [0, 1): spreads the pauses. */
	roll?: () => number;
};

export type Reply<Value> = { value: Value; headers?: Headers };
export type Ran<Value> = { value: Value; failed?: undefined } | (Stop & { value?: undefined });

export type RunRules = {
	/** Instead of the execution's. */
	timeoutMs?: number;
	/** Which passing failures are tried again; all by default. */
	retryOn?: (failed: Failure) => boolean;
	/** Told of every attempt that ended badly. */
	onFailure?: (failure: ReadFailure) => void;
	signal?: AbortSignal;
};

export type Calls = {
	/**
	 * Does `work` when there is a place for it, again where that helps, and never longer than it may take. Never throws:
	 * what `work` throws is read by `readFailure`.
	 */
	run<Value>(
		work: (signal: AbortSignal) => Promise<Reply<Value>>,
		rules?: RunRules,
	): Promise<Ran<Value>>;
};

const LONGEST_BACKOFF_MS = 8_000;

/** The calls of one execution: how many at once, when again, and when no more. */
export function createCalls(options: CallOptions = {}): Calls {
	const { timeoutMs = 30_000, deadlineMs = 600_000, concurrency = 4, retries = 2 } = options;
	const { longestWaitMs = 60_000, backoffMs = 500, giveUpAfter = 5, roll = Math.random } = options;
	const gate = createGate({
		concurrency,
		endsAt: performance.now() + deadlineMs,
		longestWaitMs,
		giveUpAfter,
	});
	const stop = AbortSignal.any(options.signal === undefined ? [] : [options.signal]);

	const once = async <Value>(
		work: (signal: AbortSignal) => Promise<Reply<Value>>,
		ms: number,
		stopped: AbortSignal,
	): Promise<{ reply: Reply<Value> } | { failure: ReadFailure }> => {
		const attempt = new AbortController();
		const abort = () => {
			attempt.abort();
		};
		const timer = setTimeout(abort, ms);
		stopped.addEventListener('abort', abort);
		try {
			return { reply: await Promise.race([work(attempt.signal), aborted(attempt.signal)]) };
		} catch (error) {
			const failure = readFailure(error);
			// whatever an aborted request throws, we know why it was aborted
			if (!attempt.signal.aborted) return { failure };
			const failed = stopped.aborted ? 'canceled' : 'timeout';
			return { failure: { failed, passing: false, forAll: false, mayBeBilled: true } };
		} finally {
			clearTimeout(timer);
			stopped.removeEventListener('abort', abort);
		}
	};

	const backoff = (tries: number) =>
		Math.min(LONGEST_BACKOFF_MS, backoffMs * 2 ** tries) * (1 - roll() / 4);

	return {
		async run(work, rules = {}) {
			const { retryOn = () => true, onFailure } = rules;
			const stopped = rules.signal === undefined ? stop : AbortSignal.any([stop, rules.signal]);
			for (let tries = 0; ; tries++) {
				const turnedAway = await gate.enter(stopped);
				if (turnedAway !== undefined) return turnedAway;
				const ms = Math.max(1, Math.min(rules.timeoutMs ?? timeoutMs, gate.left()));
				const outcome = await once(work, ms, stopped);
				if ('reply' in outcome) {
					const { value, headers } = outcome.reply;
					gate.note();
					if (headers !== undefined) gate.pause(Math.min(windowLeftMs(headers), longestWaitMs));
					gate.leave();
					return { value };
				}
				const { failure } = outcome;
				onFailure?.(failure);
				const reason: Stop = { failed: failure.failed, status: failure.status };
				if (failure.forAll) gate.stop(reason);
				const wait = failure.retryAfterMs ?? backoff(tries);
				if (failure.failed === 'rateLimited') gate.pause(wait);
				gate.leave();
				const again =
					failure.passing && tries < retries && wait <= longestWaitMs && retryOn(failure.failed);
				if (!again || wait > gate.left()) {
					if (counts(failure.failed)) gate.note(reason);
					return reason;
				}
				await gate.sleep(wait, stopped);
			}
		},
	};
}

/** Not everybody who is given a signal looks at it. */
const aborted = (signal: AbortSignal): Promise<never> =>
	new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => {
			reject(new CallRefusal('timeout'));
		});
	});

/** What says nothing of how the next call will go. */
const counts = (failed: Failure): boolean => failed !== 'canceled' && failed !== 'budget';
