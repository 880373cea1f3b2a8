import { MEASURES, type Kind, type Measure, type Priority } from '../../../engine/escalation/case';
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
export type ReferenceClock = Weight & { start: number; acknowledged?: number; touched?: number };
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

export type Climb = { round: number; from: number };
type Pauses = readonly Pause[];

/** When things come in a case by its terms, one target at a time. */
export class ReferenceTimes {
	private readonly dues = new Map<string, number | undefined>();

	constructor(readonly terms: Terms) {}

	/** Targets that nobody reached yet: when their end is near, and when it comes. */
	ends(
		clocks: readonly ReferenceClock[],
		pauses: Pauses,
	): { id: string; at: number; begins: boolean; since: number }[] {
		const { time, nearing } = this.terms;
		return clocks.flatMap((clock, index) =>
			MEASURES.flatMap((measure) => {
				const target = this.targetOf(clock, measure);
				const isDone = {
					acknowledge: clock.acknowledged,
					touch: clock.touched,
					resolve: undefined,
				}[measure];
				if (target === undefined || isDone !== undefined) return [];
				const { start: since } = clock;
				const due = this.due(target, since, pauses);
				const isReal = target.unit !== 'businessDays' && target.clock === 'real';
				const whole = dueBy(time, target, since, []) ?? since;
				const minutes = isReal ? (whole - since) / MINUTE : time.minutesBetween(since, whole);
				const amount = Math.ceil(minutes * nearing);
				const near = this.due(
					{ amount, unit: 'minutes', clock: isReal ? 'real' : 'business' },
					since,
					pauses,
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

	/** When what was acknowledged then goes stale; undefined where nothing asks for a touch. */
	stale(
		acknowledged: number,
		clocks: readonly ReferenceClock[],
		pauses: Pauses,
	): number | undefined {
		const isAsked = clocks.some(
			(clock) => clock.touched === undefined && this.targetOf(clock, 'touch') !== undefined,
		);
		return isAsked ? this.due(this.terms.staleAfter, acknowledged, pauses) : undefined;
	}

	levels({ round, from }: Climb, pauses: Pauses): { id: string; at: number; level: number }[] {
		const all: { id: string; at: number; level: number }[] = [];
		let first: number | undefined = from;
		for (const [level, { after, times, every }] of this.terms.levels.entries()) {
			first = first === undefined ? undefined : this.after(after, first, pauses);
			let at = first;
			for (let time = 1; time <= times && at !== undefined; time++) {
				all.push({ id: `level/${round}/${level + 1}/${time}`, at, level });
				at = this.due(every, at, pauses);
			}
		}
		return all;
	}

	private after(
		{ amount, unit, clock }: Level['after'],
		from: number,
		pauses: Pauses,
	): number | undefined {
		if (amount === 0) return from;
		return this.due(
			unit === 'businessDays' ? { amount, unit } : { amount, unit, clock },
			from,
			pauses,
		);
	}

	private targetOf({ kind, priority }: Weight, measure: Measure): Target | undefined {
		const its = this.terms.targets.filter((one) => one.kind === kind && one.measure === measure);
		const own = its.find((one) => one.priority === priority);
		return (own ?? its.find((one) => one.priority === undefined))?.target;
	}

	private due(target: Target, start: number, pauses: Pauses): number | undefined {
		const key = JSON.stringify([target, start, pauses]);
		if (!this.dues.has(key)) this.dues.set(key, dueBy(this.terms.time, target, start, pauses));
		return this.dues.get(key);
	}
}
