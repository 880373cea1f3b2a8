import type { Failure } from './asked';

export type Stop = { failed: Failure; status?: number };

export type GateOptions = {
	/** Calls under way at the same time. */
	concurrency: number;
	/** After this time nothing more is sent, in ms of `performance.now()`. */
	endsAt: number;
	/** A longer wait is not worth it: milliseconds. */
	longestWaitMs: number;
	/** So many calls that fail in a row, each after all its tries, end the rest. */
	giveUpAfter: number;
};

export type Gate = {
	/** Waits for a place, and for any pause to be over; gives why not, where there is none to be had. */
	enter(signal: AbortSignal): Promise<Stop | undefined>;
	leave(): void;
	/** Nobody enters for so many ms. */
	pause(ms: number): void;
	/** Nobody enters again. */
	stop(reason: Stop): void;
	/** A call ended: well (no reason), or badly for good. */
	note(reason?: Stop): void;
	/** Waits, and wakes when the signal aborts or the gate is stopped. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
	/** Milliseconds until the end. */
	left(): number;
};

/** What all calls of one execution share: places, pauses, and the end. */
export function createGate(options: GateOptions): Gate {
	let active = 0;
	let pausedUntil = 0;
	let inARow = 0;
	let stopped: Stop | undefined;
	const queue = new Set<() => void>();
	const sleepers = new Set<() => void>();

	const wakeAll = (waiting: Set<() => void>) => {
		for (const wake of waiting) wake();
	};
	const left = () => options.endsAt - performance.now();
	const pauseLeft = () => Math.max(0, pausedUntil - performance.now());

	/** Resolves when woken, aborted or after `ms`; leaves neither a timer nor a listener behind. */
	const wait = (waiting: Set<() => void>, signal: AbortSignal, ms: number): Promise<void> =>
		new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				waiting.delete(done);
				signal.removeEventListener('abort', done);
				resolve();
			};
			const timer = setTimeout(done, Math.max(0, Math.ceil(ms)));
			waiting.add(done);
			signal.addEventListener('abort', done);
			if (signal.aborted) done();
		});

	const reasonToTurnAway = (signal: AbortSignal): Stop | undefined => {
		if (signal.aborted) return { failed: 'canceled' };
		if (stopped !== undefined) return stopped;
		if (left() <= 0) return { failed: 'timeout' };
		const pause = pauseLeft();
		if (pause > options.longestWaitMs || pause > left()) return { failed: 'rateLimited' };
		return undefined;
	};

	const wakeNext = () => {
		const [next] = queue;
		next?.();
	};
	const stop = (reason: Stop) => {
		stopped ??= reason;
		wakeAll(queue);
		wakeAll(sleepers);
	};

	return {
		async enter(signal) {
			for (;;) {
				const reason = reasonToTurnAway(signal);
				if (reason !== undefined) {
					// the place that this one was woken for is the next one's
					if (active < options.concurrency) wakeNext();
					return reason;
				}
				if (active >= options.concurrency) await wait(queue, signal, left());
				else if (pauseLeft() > 0) await wait(sleepers, signal, pauseLeft());
				else {
					active += 1;
					return undefined;
				}
			}
		},
		leave() {
			active -= 1;
			wakeNext();
		},
		pause(ms) {
			pausedUntil = Math.max(pausedUntil, performance.now() + ms);
			// whoever cannot wait that long need not wait for a place either
			if (ms > options.longestWaitMs || ms > left()) wakeAll(queue);
		},
		stop,
		note(reason) {
			inARow = reason === undefined ? 0 : inARow + 1;
			if (reason !== undefined && inARow >= options.giveUpAfter) stop(reason);
		},
		async sleep(ms, signal) {
			await wait(sleepers, signal, Math.min(ms, Math.max(0, left())));
		},
		left,
	};
}
