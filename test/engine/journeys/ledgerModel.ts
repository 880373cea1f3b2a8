import type {
	JourneyMemory,
	Enrollment,
	JourneyEvent,
	Touch,
} from '../../../engine/journeys/memory';
import type { Claim, ClaimResult } from '../../../ledger/ledger';

const COUNTS = new Set(['claimed', 'sending', 'sent', 'dry']);

/** The ledger's contract in its plainest form, fast enough for thousands of sweeps; `ledgerModel.test.ts` holds it to the real one. */
export class LedgerModel {
	readonly touches = new Map<string, Touch>();
	readonly enrollments = new Map<string, Enrollment>();
	readonly events = new Map<string, JourneyEvent>();
	readonly aliases = new Map<string, string>();
	readonly suppressed = new Set<string>();
	private readonly startedAt = new Map<string, number>();

	recordEvents(events: readonly JourneyEvent[]): void {
		for (const event of events) if (!this.events.has(event.id)) this.events.set(event.id, event);
	}

	begin(journey: string, dry: boolean, now: number): void {
		const run = `${journey}/${String(dry)}`;
		if (!this.startedAt.has(run)) this.startedAt.set(run, now);
	}

	/** Everything, not only what the accounts asked about: the engine has to pick its own. */
	recall(journey: string, dry: boolean, now: number): JourneyMemory {
		const run = `${journey}/${String(dry)}`;
		const touches = [...this.touches.values()].filter((touch) => touch.dry === dry);
		const lastEmailAt = new Map<string, number>();
		for (const { channel, state, address, changedAt } of touches) {
			if (channel === 'email' && COUNTS.has(state))
				lastEmailAt.set(address, Math.max(changedAt, lastEmailAt.get(address) ?? 0));
		}
		return {
			enrollments: [...this.enrollments.values()].filter(
				(row) => row.journey === journey && row.dry === dry,
			),
			touches: touches.filter((touch) => touch.journey === journey),
			events: [...this.events.values()],
			lastEmailAt,
			suppressed: new Set(this.suppressed),
			survivorOf: new Map(this.aliases),
			startedAt: this.startedAt.get(run) ?? now,
		};
	}

	enroll(rows: readonly Enrollment[]): void {
		for (const row of rows) {
			const key = enrollmentKey(row);
			if (!this.enrollments.has(key)) this.enrollments.set(key, row);
		}
	}

	end(rows: readonly Enrollment[]): void {
		for (const { outcome, endedAt, ...row } of rows) {
			const before = this.enrollments.get(enrollmentKey(row));
			if (before?.state === 'active')
				this.enrollments.set(enrollmentKey(row), { ...before, state: 'ended', outcome, endedAt });
		}
	}

	claim({ touch, leaseMs, maxAttempts, capMs }: Claim, now: number): ClaimResult {
		const { key, address } = touch;
		if (touch.channel === 'email') {
			if (this.suppressed.has(address)) return { key, claimed: false, why: 'suppressed' };
			const near = [...this.touches.values()].some(
				(other) =>
					other.channel === 'email' &&
					other.address === address &&
					other.key !== key &&
					other.dry === touch.dry &&
					COUNTS.has(other.state) &&
					other.changedAt > now - capMs,
			);
			if (capMs > 0 && near) return { key, claimed: false, why: 'capped' };
		}
		const before = this.touches.get(key);
		const free =
			before === undefined ||
			(before.attempts < maxAttempts &&
				(before.state === 'held' ||
					(before.state === 'failed' && before.nextAt !== undefined && before.nextAt <= now) ||
					(before.state === 'claimed' && (before.leaseUntil ?? 0) <= now)));
		if (!free) return { key, claimed: false, why: 'taken' };
		const attempts = (before?.attempts ?? 0) + 1;
		this.touches.set(key, {
			...(before ?? touch),
			address,
			reasons: touch.reasons,
			state: 'claimed',
			nextAt: undefined,
			leaseUntil: now + leaseMs,
			attempts,
			changedAt: now,
		});
		return { key, claimed: true, attempt: attempts };
	}

	note(touches: readonly Touch[]): void {
		for (const touch of touches) {
			const before = this.touches.get(touch.key);
			const free =
				before === undefined ||
				['held', 'failed', 'dry'].includes(before.state) ||
				(before.state === 'claimed' && (before.leaseUntil ?? 0) <= touch.changedAt);
			if (free) {
				const attempts = before?.attempts ?? touch.attempts;
				this.touches.set(touch.key, { ...touch, leaseUntil: undefined, attempts });
			}
		}
	}

	/** What came of a claimed touch at the channel. */
	settle(key: string, state: 'sent' | 'failed' | 'sending', now: number, nextAt?: number): void {
		const touch = this.touches.get(key);
		const leaseUntil = state === 'sending' ? touch?.leaseUntil : undefined;
		if (touch?.state === 'claimed')
			this.touches.set(key, { ...touch, state, nextAt, leaseUntil, changedAt: now });
	}
}

function enrollmentKey({ journey, dry, accountId, cycle }: Enrollment): string {
	return [journey, dry, accountId, cycle].join('/');
}
