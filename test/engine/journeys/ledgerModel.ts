import type {
	Enrollment,
	JourneyEvent,
	JourneyMemory,
	LastEmail,
	OpenCase,
	Sweep,
	Touch,
	Waiting,
} from '../../../engine/journeys/memory';
import { HUMAN_PRIORITY, priorityOf } from '../../../engine/journeys/priority';
import { survivorsOf } from '../../../engine/journeys/survivors';
import type { Claim, ClaimRefusal, ClaimResult, PauseOf, Ramp } from '../../../ledger/ledger';

const COUNTS = new Set(['claimed', 'sending', 'sent', 'dry']);
const DAY = 86_400_000;

/** The ledger's contract in its plainest form, fast enough for thousands of sweeps; `ledgerModel.test.ts` holds it to the real one. */
export class LedgerModel {
	readonly touches = new Map<string, Touch>();
	readonly enrollments = new Map<string, Enrollment>();
	readonly events = new Map<string, JourneyEvent>();
	readonly aliases = new Map<string, string>();
	readonly suppressed = new Set<string>();
	readonly agenda = new Map<string, { at: number; triggeredAt: number | undefined }>();
	readonly pauses = new Map<string, PauseOf>();
	/** Opened and closed by the test. */
	openCases: OpenCase[] = [];
	private readonly startedAt = new Map<string, number>();

	recordEvents(events: readonly JourneyEvent[]): boolean[] {
		return events.map((event) => {
			const key = JSON.stringify([event.accountId, event.type, event.id]);
			const isNew = !this.events.has(key);
			if (isNew) this.events.set(key, event);
			return isNew;
		});
	}

	schedule(
		journey: string,
		dry: boolean,
		decisions: readonly { accountId: string; triggeredAt?: number }[],
		now: number,
	): void {
		for (const { accountId, triggeredAt } of decisions)
			this.agenda.set(`${journey}/${String(dry)}/${accountId}`, { at: now, triggeredAt });
	}

	private sweepBesides(
		run: string,
		{ since, accounts }: { since: number; accounts: readonly { accountId: string }[] },
	): Sweep {
		const own = new Set(accounts.map(({ accountId }) => `${run}/${accountId}`));
		const counted = [...this.agenda]
			.filter(([key, { at }]) => key.startsWith(`${run}/`) && !own.has(key) && at >= since)
			.flatMap(([, { triggeredAt }]) => triggeredAt ?? []);
		return { decided: counted.length, triggered: counted.filter((at) => at >= since).length };
	}

	begin(journey: string, dry: boolean, now: number): void {
		const run = `${journey}/${String(dry)}`;
		if (!this.startedAt.has(run)) this.startedAt.set(run, now);
	}

	pause(pause: PauseOf): void {
		this.pauses.set(`${pause.scope}/${pause.id}`, pause);
	}

	/** Everything, not only what the accounts asked about: the engine has to pick its own. */
	recall(
		journey: string,
		dry: boolean,
		now: number,
		sweep?: { since: number; accounts: readonly { accountId: string }[] },
	): JourneyMemory {
		const run = `${journey}/${String(dry)}`;
		const touches = [...this.touches.values()].filter((touch) => touch.dry === dry);
		const pauses = [...this.pauses.values()].filter(({ until = Infinity }) => until > now);
		const of = (scope: string) =>
			new Map(pauses.filter((one) => one.scope === scope).map((one) => [one.id, one]));
		return {
			enrollments: [...this.enrollments.values()].filter(
				(row) => row.journey === journey && row.dry === dry,
			),
			touches: touches.filter((touch) => touch.journey === journey),
			handOvers: touches.filter((touch) => touch.journey !== journey && touch.channel === 'human'),
			openCases: [...this.openCases],
			events: [...this.events.values()],
			lastEmails: lastEmails(touches, this.isTip),
			waiting: waiting(touches, journey, now),
			stopped: of('all').get(''),
			pausedAccounts: of('account'),
			pausedAddresses: of('address'),
			suppressed: new Set(this.suppressed),
			survivorOf: new Map(this.aliases),
			startedAt: this.startedAt.get(run) ?? now,
			...(sweep === undefined ? {} : { sweep: this.sweepBesides(run, sweep) }),
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

	claim(claim: Claim, now: number, ramp?: Ramp): ClaimResult {
		const { touch, leaseMs, maxAttempts } = claim;
		const { key } = touch;
		const refusal = this.refusalOf(claim, now, ramp);
		if (refusal !== undefined) return { key, claimed: false, why: refusal };
		const before = this.touches.get(key);
		const free =
			before === undefined ||
			(before.attempts < maxAttempts &&
				(before.state === 'held' ||
					before.state === 'withdrawn' ||
					(before.state === 'lapsed' && touch.dueAt > before.dueAt) ||
					(before.state === 'failed' && before.nextAt !== undefined && before.nextAt <= now) ||
					(before.state === 'claimed' && (before.leaseUntil ?? 0) <= now)));
		if (!free) return { key, claimed: false, why: 'taken' };
		if (before?.openSince !== undefined && before.address !== touch.address)
			return { key, claimed: false, why: 'taken' };
		const attempts = (before?.attempts ?? 0) + 1;
		this.touches.set(key, {
			...touch,
			openSince: before?.openSince,
			state: 'claimed',
			nextAt: undefined,
			leaseUntil: now + leaseMs,
			attempts,
			changedAt: now,
		});
		return { key, claimed: true, attempt: attempts };
	}

	private refusalOf(
		{ touch, caps, yieldsUntil, cases }: Claim,
		now: number,
		ramp?: Ramp,
	): ClaimRefusal | undefined {
		const survivor = survivorsOf(this.aliases, []);
		const isNews = [...this.touches.values()].some(
			({ channel, state, priority, key, dry, accountId }) =>
				cases !== undefined &&
				channel === 'human' &&
				['claimed', 'sending', 'sent'].includes(state) &&
				(priority === HUMAN_PRIORITY || priority === cases.priority) &&
				key !== touch.key &&
				dry === touch.dry &&
				!cases.seen.includes(key) &&
				survivor(accountId) === survivor(touch.accountId),
		);
		const isOpened = this.openCases.some(
			({ key, silences, accountId }) =>
				cases !== undefined &&
				(silences === HUMAN_PRIORITY || silences === cases.priority) &&
				!cases.seen.includes(key) &&
				survivor(accountId) === survivor(touch.accountId),
		);
		if (isNews || isOpened) return 'caseOpen';
		if (touch.channel !== 'email' && touch.channel !== 'inApp') return undefined;
		const paused = [...this.pauses.values()].some(
			({ scope, id, until = Infinity }) =>
				until > now &&
				(scope === 'all' || id === (scope === 'account' ? touch.accountId : touch.address)),
		);
		if (paused) return 'paused';
		const touches = [...this.touches.values()].filter(({ dry }) => dry === touch.dry);
		if (touch.channel === 'email') {
			if (this.suppressed.has(touch.address)) return 'suppressed';
			const others = touches.filter(
				({ channel, address, key }) =>
					channel === 'email' && address === touch.address && key !== touch.key,
			);
			const isCapped = others
				.filter((other) => countsFrom(other) !== undefined)
				.some((other) =>
					caps.some(
						({ since, counts }) =>
							(countsFrom(other) ?? 0) >= since &&
							(counts === 'education'
								? this.isTip(other)
								: counts === 'any' || other.kind !== 'digest'),
					),
				);
			if (isCapped) return 'capped';
			const yields = others.some(
				({ state, priority, nextAt = 0 }) =>
					state === 'held' &&
					priority < touch.priority &&
					nextAt > now - DAY &&
					nextAt <= (yieldsUntil ?? 0),
			);
			if (yields) return 'yields';
		}
		if (ramp === undefined) return undefined;
		const handedOut = touches.filter(
			(other) =>
				(other.channel === 'email' || other.channel === 'inApp') &&
				other.journey === touch.journey &&
				(countsFrom(other) ?? -Infinity) >= ramp.since,
		);
		return handedOut.length >= ramp.atMost ? 'ramp' : undefined;
	}

	/** An education mail that did not bounce for good (P24). */
	private readonly isTip = ({ key, priority, accountId, address, changedAt }: Touch): boolean =>
		priority === priorityOf('education') &&
		![...this.events.values()].some(
			(event) =>
				event.type === 'bounced' &&
				event.data?.hard !== false &&
				event.accountId === accountId &&
				(event.touch === undefined
					? event.contact?.toLowerCase() === address && event.occurredAt >= changedAt
					: event.touch === key),
		);

	note(touches: readonly Touch[]): void {
		for (const touch of touches) {
			const before = this.touches.get(touch.key);
			const free =
				before === undefined ||
				before.state === 'held' ||
				before.state === 'dry' ||
				before.state === 'withdrawn' ||
				(before.state === 'lapsed' && touch.dueAt > before.dueAt) ||
				(before.state === 'failed' && (before.nextAt !== undefined || touch.state === 'lapsed')) ||
				(before.state === 'claimed' && (before.leaseUntil ?? 0) <= touch.changedAt);
			if (free) {
				const attempts = before?.attempts ?? touch.attempts;
				const open = before?.openSince;
				const address = open === undefined ? touch.address : (before?.address ?? '');
				const over = { address, leaseUntil: undefined, attempts, openSince: open };
				this.touches.set(touch.key, { ...touch, ...over });
			}
		}
	}

	/** What came of a claimed touch at the channel. */
	settle(key: string, state: 'sent' | 'failed' | 'sending', now: number, nextAt?: number): void {
		const touch = this.touches.get(key);
		const leaseUntil = state === 'sending' ? touch?.leaseUntil : undefined;
		if (touch?.state === 'claimed')
			this.touches.set(key, {
				...touch,
				state,
				nextAt,
				leaseUntil,
				changedAt: now,
				openSince: state === 'sent' ? undefined : touch.openSince,
			});
	}

	/** Nobody knows whether it did, and it is sent again. */
	mayHaveArrived(key: string, now: number): void {
		const touch = this.touches.get(key);
		if (touch !== undefined) this.touches.set(key, { ...touch, openSince: now });
	}
}

/** Since when it counts for the caps, in ms since 1970; undefined where it does not. */
function countsFrom({ state, changedAt, openSince }: Touch): number | undefined {
	return COUNTS.has(state) ? changedAt : openSince;
}

function lastEmails(
	touches: readonly Touch[],
	isTip: (touch: Touch) => boolean,
): Map<string, LastEmail> {
	const last = new Map<string, LastEmail>();
	for (const touch of touches) {
		const { channel, address, kind } = touch;
		const at = countsFrom(touch);
		if (channel !== 'email' || at === undefined) continue;
		const never = { any: -Infinity, notDigest: -Infinity, education: -Infinity };
		const { any, notDigest, education } = last.get(address) ?? never;
		last.set(address, {
			any: Math.max(any, at),
			notDigest: kind === 'digest' ? notDigest : Math.max(notDigest, at),
			education: isTip(touch) ? Math.max(education, at) : education,
		});
	}
	return last;
}

function waiting(
	touches: readonly Touch[],
	journey: string,
	now: number,
): Map<string, readonly Waiting[]> {
	const lists = new Map<string, Waiting[]>();
	const held = touches
		.filter(
			({ channel, state, nextAt = 0, ...touch }) =>
				channel === 'email' && state === 'held' && touch.journey !== journey && nextAt > now - DAY,
		)
		.sort((a, b) => (a.nextAt ?? 0) - (b.nextAt ?? 0));
	for (const { address, journey: other, priority, nextAt = 0 } of held)
		lists.set(address, [...(lists.get(address) ?? []), { journey: other, priority, nextAt }]);
	return lists;
}

function enrollmentKey({ journey, dry, accountId, cycle }: Enrollment): string {
	return [journey, dry, accountId, cycle].join('/');
}
