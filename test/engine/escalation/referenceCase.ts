import {
	KINDS,
	MEASURES,
	PRIORITIES,
	type Kind,
	type Measure,
	type Priority,
} from '../../../engine/escalation/case';
import type { Level, SlaPolicy } from '../../../engine/escalation/policy';
import type { Pause, Target } from '../../../engine/escalation/target';
import type { SlowBusinessTime } from '../calendar/temporalReference';

const MINUTE = 60_000;

/** What a case keeps of the policy, with business time counted minute by minute. */
export type Terms = Pick<SlaPolicy, 'targets' | 'levels' | 'nearing' | 'staleAfter'> & {
	time: SlowBusinessTime;
	zone: string;
};
export type Weight = { kind: Kind; priority: Priority };
type Clock = Weight & { start: number; acknowledged?: number; touched?: number };
/** Something that came about, and who is to hear of it: a level's place, or the owner. */
export type Came = { id: string; to: number | 'owner'; event: string };

/** When a target is due, by the definitions: a pause before it adds as much as it took, in the target's own clock. */
export function dueBy(
	time: SlowBusinessTime,
	target: Target,
	start: number,
	pauses: readonly Pause[],
): number | undefined {
	const isReal = target.unit !== 'businessDays' && target.clock === 'real';
	const later = (at: number, minutes: number): number =>
		isReal ? at + minutes * MINUTE : time.plusMinutes(at, minutes);
	const first =
		target.unit === 'businessDays'
			? time.plusDays(start, target.amount)
			: later(start, target.amount * (target.unit === 'hours' ? 60 : 1));
	for (let waited = 0; ;) {
		const due = waited === 0 ? first : later(first, waited);
		const before = pauses.filter(({ from }) => from < due);
		if (before.some(({ to }) => to === undefined)) return undefined;
		let sum = 0;
		for (const { from, to = from } of before) {
			const began = Math.max(from, start);
			if (to > began) sum += isReal ? (to - began) / MINUTE : time.minutesBetween(began, to);
		}
		if (sum === waited) return due;
		waited = sum;
	}
}

/** A case as the issue tells of it. All times are on whole minutes. */
export class ReferenceCase {
	clocks: Clock[] = [];
	pauses: { from: number; to?: number }[] = [];
	acknowledged: number | undefined;
	climb: { round: number; from: number } | undefined;
	rounds = 0;
	told = new Set<string>();
	isOpen = true;
	resolvedAt = 0;
	reopened = 0;
	keys = new Set<string>();
	/** Everything that came until then was told. */
	private seen: number;
	/** When something comes next, as long as nobody does anything; NaN where it has to be counted afresh. */
	private next = NaN;
	private readonly dues = new Map<string, number | undefined>();

	constructor(
		public terms: Terms,
		public weight: Weight,
		now: number,
	) {
		this.seen = now;
	}

	get isPaused(): boolean {
		const last = this.pauses.at(-1);
		return last !== undefined && last.to === undefined;
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
		this.terms = terms;
		this.weight = heaviest([this.weight, ...reasons]);
		this.clocks = [{ ...this.weight, start: now }];
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

	/** The next minute after the last one looked at in which anything comes. */
	private nextMinute(): number {
		const times = [
			...this.ends().map(({ at }) => at),
			this.stale() ?? Infinity,
			...this.levels().map(({ at }) => at),
		];
		return Math.min(Infinity, ...times.filter((at) => at > this.seen));
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
		for (const { id, at, begins, since } of this.ends()) {
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

	/** Targets that nobody reached yet: when their end is near, and when it comes. */
	private ends(): { id: string; at: number; begins: boolean; since: number }[] {
		const { time, nearing } = this.terms;
		return this.clocks.flatMap((clock, index) =>
			MEASURES.flatMap((measure) => {
				const target = this.targetOf(clock, measure);
				const isDone = {
					acknowledge: clock.acknowledged,
					touch: clock.touched,
					resolve: undefined,
				}[measure];
				if (target === undefined || isDone !== undefined) return [];
				const { start: since } = clock;
				const due = this.due(target, since);
				const isReal = target.unit !== 'businessDays' && target.clock === 'real';
				const whole = dueBy(time, target, since, []) ?? since;
				const minutes = isReal ? (whole - since) / MINUTE : time.minutesBetween(since, whole);
				const amount = Math.ceil(minutes * nearing);
				const near = this.due(
					{ amount, unit: 'minutes', clock: isReal ? 'real' : 'business' },
					since,
				);
				return [
					...(near === undefined || (due !== undefined && near >= due)
						? []
						: [{ id: `nearing/${measure}/${index}`, at: near, begins: false, since }]),
					...(due === undefined
						? []
						: [
								{
									id: `breached/${measure}/${index}`,
									at: due,
									begins: measure === 'acknowledge',
									since,
								},
							]),
				];
			}),
		);
	}

	private stale(): number | undefined {
		const isAsked = this.clocks.some(
			(clock) => clock.touched === undefined && this.targetOf(clock, 'touch') !== undefined,
		);
		if (this.acknowledged === undefined || !isAsked) return undefined;
		return this.due(this.terms.staleAfter, this.acknowledged);
	}

	private levels(): { id: string; at: number; level: number }[] {
		if (this.climb === undefined) return [];
		const { round, from } = this.climb;
		const all: { id: string; at: number; level: number }[] = [];
		let first: number | undefined = from;
		for (const [level, { after, times, every }] of this.terms.levels.entries()) {
			first = first === undefined ? undefined : this.after(after, first);
			let at = first;
			for (let time = 1; time <= times && at !== undefined; time++) {
				all.push({ id: `level/${round}/${level + 1}/${time}`, at, level });
				at = this.due(every, at);
			}
		}
		return all;
	}

	private after({ amount, unit, clock }: Level['after'], from: number): number | undefined {
		if (amount === 0) return from;
		return this.due(unit === 'businessDays' ? { amount, unit } : { amount, unit, clock }, from);
	}

	private targetOf({ kind, priority }: Weight, measure: Measure): Target | undefined {
		const its = this.terms.targets.filter((one) => one.kind === kind && one.measure === measure);
		const own = its.find((one) => one.priority === priority);
		return (own ?? its.find((one) => one.priority === undefined))?.target;
	}

	private due(target: Target, start: number): number | undefined {
		const key = JSON.stringify([target, start, this.pauses]);
		if (!this.dues.has(key)) this.dues.set(key, dueBy(this.terms.time, target, start, this.pauses));
		return this.dues.get(key);
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
