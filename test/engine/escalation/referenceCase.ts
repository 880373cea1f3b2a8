import { KINDS, PRIORITIES } from '../../../engine/escalation/case';
import {
	ReferenceTimes,
	type Climb,
	type ReferenceClock,
	type Terms,
	type Weight,
} from './referenceTimes';

/** Something that came about, and who is to hear of it: a level's place, or the owner. */
export type Came = { id: string; to: number | 'owner'; event: string };

/** A case as the issue tells of it. All times are on whole minutes. */
export class ReferenceCase {
	clocks: ReferenceClock[] = [];
	pauses: { from: number; to?: number }[] = [];
	acknowledged: number | undefined;
	climb: Climb | undefined;
	rounds = 0;
	told = new Set<string>();
	isOpen = true;
	resolvedAt = 0;
	reopened = 0;
	/** Everything that came until then was told. */
	private seen: number;
	/** When something comes next, as long as nobody does anything; NaN where it has to be counted afresh. */
	private next = NaN;
	private times: ReferenceTimes;

	constructor(
		terms: Terms,
		public weight: Weight,
		now: number,
	) {
		this.times = new ReferenceTimes(terms);
		this.seen = now;
	}

	get terms(): Terms {
		return this.times.terms;
	}

	get isPaused(): boolean {
		const last = this.pauses.at(-1);
		return last !== undefined && last.to === undefined;
	}

	/** What it has in common with the engine's. */
	get state(): unknown[] {
		const { isOpen, weight, reopened, pauses, acknowledged, clocks, told } = this;
		const { kind, priority } = weight;
		return [
			isOpen,
			kind,
			priority,
			reopened,
			pauses,
			acknowledged,
			clocks.length,
			[...told].sort(),
		];
	}

	/** Whether something can be done with it that was not done already. */
	may(act: 'acknowledge' | 'touch' | 'pause' | 'resume' | 'resolve'): boolean {
		if (!this.isOpen) return false;
		if (act === 'acknowledge') return this.acknowledged === undefined;
		return act === 'pause' ? !this.isPaused : act !== 'resume' || this.isPaused;
	}

	/** @returns whether it is news: weightier, in one way or the other, than each before it */
	add(reasons: readonly Weight[], now: number): boolean {
		this.changed();
		const front = reasons
			.filter((one) => !this.clocks.some((clock) => isCovered(one, clock)))
			.filter((one, index, all) =>
				all.every((other, place) => {
					if (place === index || !isCovered(one, other)) return true;
					return isCovered(other, one) && index < place;
				}),
			)
			.sort((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind));
		this.clocks.push(...front.map(({ kind, priority }) => ({ kind, priority, start: now })));
		this.weight = heaviest([this.weight, ...reasons]);
		if (front.length > 0) this.acknowledged = undefined;
		return front.length > 0;
	}

	reopen(reasons: readonly Weight[], terms: Terms, now: number): void {
		this.changed();
		this.isOpen = true;
		this.reopened++;
		this.times = new ReferenceTimes(terms);
		this.weight = heaviest(reasons);
		this.clocks = [];
		this.add(reasons, now);
		[this.acknowledged, this.climb, this.rounds] = [undefined, undefined, 0];
		this.told.clear();
		this.seen = now;
	}

	acknowledge(now: number): void {
		this.changed();
		this.acknowledged ??= now;
		for (const clock of this.clocks) clock.acknowledged ??= now;
		this.climb = undefined;
	}

	pause(now: number): void {
		this.changed();
		this.pauses.push({ from: now });
	}

	resume(now: number): void {
		this.changed();
		const last = this.pauses.at(-1);
		if (last !== undefined) last.to ??= now;
	}

	touch(now: number): void {
		this.acknowledge(now);
		for (const clock of this.clocks) clock.touched ??= now;
	}

	resolve(now: number): void {
		this.acknowledge(now);
		this.resume(now);
		[this.isOpen, this.resolvedAt] = [false, now];
	}

	/** What came since the last sweep, minute by minute; nothing while it waits for the customer. */
	sweep(now: number): Came[] {
		if (!this.isOpen || this.isPaused) return [];
		const came: Came[] = [];
		for (;;) {
			if (Number.isNaN(this.next)) this.next = this.nextMinute();
			if (this.next > now) break;
			this.seen = this.next;
			came.push(...this.at(this.next));
			this.next = NaN;
		}
		this.seen = now;
		const isLate = (measure: string): boolean =>
			came.some(({ id }) => id.startsWith(`breached/${measure}`));
		return came.filter(({ event, id }) => event !== 'nearing' || !isLate(id.split('/')[1] ?? ''));
	}

	/** Whether somebody works now, by its calendar. */
	isAtWork(now: number): boolean {
		return this.terms.time.nextOpen(now) === now;
	}

	/** Whether what nobody was told of is near its end, or has waited for a business day. */
	cannotWait(now: number): boolean {
		const ends = this.times.ends(this.clocks, this.pauses);
		const isNear = ends.some(({ id, at }) => {
			const [, ...clock] = id.split('/');
			// while it waits for the customer nothing is near
			const isDue = ends.some((end) => end.id === ['breached', ...clock].join('/'));
			return at <= now && isDue;
		});
		const since = Math.max(...this.clocks.map(({ start }) => start));
		return isNear || this.terms.time.plusDays(since, 1) <= now;
	}

	/** The next minute after the last one looked at in which anything comes. */
	private nextMinute(): number {
		const times = [
			...this.times.ends(this.clocks, this.pauses).map(({ at }) => at),
			this.stale() ?? Infinity,
			...this.levels().map(({ at }) => at),
		];
		return Math.min(Infinity, ...times.filter((at) => at > this.seen));
	}

	private stale(): number | undefined {
		if (this.acknowledged === undefined) return undefined;
		return this.times.stale(this.acknowledged, this.clocks, this.pauses);
	}

	private levels(): ReturnType<ReferenceTimes['levels']> {
		return this.climb === undefined ? [] : this.times.levels(this.climb, this.pauses);
	}

	/** Somebody did something. */
	private changed(): void {
		this.next = NaN;
	}

	private at(minute: number): Came[] {
		const came: Came[] = [];
		const tell = (id: string, to: Came['to']): void => {
			if (this.told.has(id)) throw new Error(`${id} comes twice`);
			this.told.add(id);
			const round = /^(?:level|stale)\/(\d+)/.exec(id)?.[1];
			this.rounds = Math.max(this.rounds, Number(round ?? 0));
			came.push({ id, to, event: id.split('/')[0] ?? '' });
		};
		for (const { id, at, begins, since } of this.times.ends(this.clocks, this.pauses)) {
			if (at !== minute) continue;
			tell(id, 'owner');
			if (!begins) continue;
			const isTop = this.levels().every((level) => this.told.has(level.id));
			if (this.climb === undefined || (since > this.climb.from && isTop)) this.startClimb(minute);
		}
		if (this.stale() === minute) {
			this.acknowledged = undefined;
			tell(`stale/${this.startClimb(minute)}`, 'owner');
		}
		for (const { id, at, level } of this.levels()) if (at === minute) tell(id, level);
		return came;
	}

	/** A round of its own; one that nobody was told of counts for none. */
	private startClimb(from: number): number {
		const round = Math.max(this.rounds, this.climb?.round ?? 0) + 1;
		this.climb = { round, from };
		return round;
	}
}

function isCovered(one: Weight, by: Weight): boolean {
	return (
		KINDS.indexOf(by.kind) >= KINDS.indexOf(one.kind) &&
		PRIORITIES.indexOf(by.priority) <= PRIORITIES.indexOf(one.priority)
	);
}

function heaviest(weights: readonly Weight[]): Weight {
	const kinds = weights.map(({ kind }) => KINDS.indexOf(kind));
	const priorities = weights.map(({ priority }) => PRIORITIES.indexOf(priority));
	return {
		kind: KINDS[Math.max(...kinds)] ?? 'escalation',
		priority: PRIORITIES[Math.min(...priorities)] ?? 'urgent',
	};
}
