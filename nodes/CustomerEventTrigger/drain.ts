import type { InboxBatch, Ledger } from '../../ledger/ledger';

/** What became of an execution. */
export type Outcome = 'done' | 'failed';

export type ToDrain = {
	inbox: string;
	ledger: () => Promise<Ledger>;
	/** Starts an execution with the events and waits for its end. Throws where it could not be started. */
	execute: (batch: InboxBatch) => Promise<Outcome>;
	batchSize: number;
	batchesAtOnce: number;
	/** Least time from one batch of new events to the next, where the first was not full. */
	betweenMs: number;
	keepMs: number;
	/** Whether what failed is handed out again. */
	again: boolean;
	report: (sentence: string) => void;
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than a busy process needs to say that it is still there; after a crash others wait this long. */
const LEASE_MS = 30 * SECOND;
const HOLD_EVERY_MS = 10 * SECOND;
/** What arrives within it leaves together: an execution for each event would cost more than the event. */
const GATHER_MS = SECOND;
/** Events that another process took in are seen after this. */
const LOOK_EVERY_MS = 2 * SECOND;
const LONGEST_PAUSE_MS = MINUTE;
/** What failed once, twice, … is handed out again after this. */
const PAUSES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/**
 * Hands out what an inbox holds, batch by batch, until it is closed. A batch stays leased as long as its execution runs in
 * this process; it is done when that ended well. What a crash cut off is taken up when its lease ends, by whoever looks.
 */
export class Drain {
	private readonly running = new Set<Promise<void>>();
	private timer: NodeJS.Timeout | undefined;
	private looking: Promise<void> | undefined;
	private closed = false;
	private pauseMs = 0;
	private lookedAt = 0;
	private notBefore = 0;
	private forgotAt = 0;

	constructor(private readonly of: ToDrain) {}

	start(): void {
		this.plan(0);
	}

	/** Something arrived. */
	tell(): void {
		const next = Math.max(this.lookedAt + GATHER_MS, this.notBefore);
		if (this.pauseMs === 0) this.plan(Math.max(0, next - Date.now()));
	}

	/** Takes nothing up any more. Executions that run go on, and what they deal with is settled. */
	async close(): Promise<void> {
		this.closed = true;
		clearTimeout(this.timer);
		await this.looking;
	}

	private plan(ms: number): void {
		if (this.closed) return;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			this.looking ??= this.look().finally(() => {
				this.looking = undefined;
			});
		}, ms);
	}

	private async look(): Promise<void> {
		this.lookedAt = Date.now();
		let full = false;
		try {
			const ledger = await this.of.ledger();
			await this.forget(ledger);
			full = await this.takeUp(ledger);
			this.pauseMs = 0;
		} catch (error) {
			this.pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SECOND, this.pauseMs * 2));
			this.of.report(`Events wait, because the ledger does not answer: ${messageOf(error)}`);
		}
		// where all places are taken, whoever ends looks again
		if (this.pauseMs > 0) this.plan(this.pauseMs);
		else if (!full) this.plan(Math.max(LOOK_EVERY_MS, this.notBefore - Date.now()));
	}

	/** True where no further execution may begin. */
	private async takeUp(ledger: Ledger): Promise<boolean> {
		const { inbox, batchSize, batchesAtOnce } = this.of;
		const sizes = [batchSize, batchSize / 10, batchSize / 100, 1];
		while (this.running.size < batchesAtOnce) {
			if (this.closed) return true;
			const query = { inbox, now: Date.now(), leaseMs: LEASE_MS, sizes };
			const batch = await ledger.takeUp(query);
			if (batch === undefined) return false;
			// of a full batch there may be more, which has waited long enough
			const isFull = batch.events.length >= batchSize;
			// nor does what is handed out again make anybody wait: it comes in ever smaller pieces
			if (!isFull && batch.attempt === 1) this.notBefore = Date.now() + this.of.betweenMs;
			const hand = this.hand(ledger, batch).finally(() => {
				this.running.delete(hand);
				if (isFull && this.pauseMs === 0) this.plan(0);
				else this.tell();
			});
			this.running.add(hand);
		}
		return true;
	}

	private async hand(ledger: Ledger, batch: InboxBatch): Promise<void> {
		const { inbox, execute, again, report } = this.of;
		const hold = setInterval(() => {
			// where it fails now the next one may do; the lease outlasts two that fail
			ledger.holdOn(inbox, batch.key, Date.now() + LEASE_MS).catch(() => undefined);
		}, HOLD_EVERY_MS);
		try {
			const outcome = await execute(batch).catch((error: unknown) => {
				report(`An execution with events could not be started: ${messageOf(error)}`);
				return 'notStarted' as const;
			});
			const done = outcome === 'done' || (outcome === 'failed' && !again);
			const pause = PAUSES[Math.min(batch.attempt, PAUSES.length) - 1] ?? MINUTE;
			await ledger.settle(inbox, batch.key, { done, at: Date.now() + (done ? 0 : pause) });
		} catch (error) {
			// its lease ends, and the events are handed out again
			report(`What became of a batch of events could not be written down: ${messageOf(error)}`);
		} finally {
			clearInterval(hold);
		}
	}

	/** Once an hour, ids that no sender sends again. */
	private async forget(ledger: Ledger): Promise<void> {
		if (Date.now() - this.forgotAt < HOUR) return;
		this.forgotAt = Date.now();
		await ledger.forgetHandled(Date.now() - this.of.keepMs);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown error';
}
