import { MEASURES, type Case, type Clock, type Measure } from './case';
import { compileSla, doneAt, nearAt, type CompiledSla } from './sla';
import type { SlaStanding } from './standing';
import { dueAt, elapsedSince, type Target } from './target';

/** How one clock's target stands; `clock` is its place in the case's, `doneAt` when it was done, in time or not. */
export type ClockStanding = SlaStanding & { readonly clock: number; readonly doneAt?: number };

/**
 * How every target of every clock of a case stands at `now`, in the order of its clocks. Times are ms since 1970.
 *
 * A clock began when the case was routed, not when its reason arose: what is told late cannot be overdue before anybody
 * could know. What was done is `met`, in time or not: `doneAt` and `dueAt` tell. Of a case that is over, what nobody did
 * and nobody was late with is left out.
 * @throws where the case's SLA policy cannot be read
 */
export function slaOf(one: Case, now: number): ClockStanding[] {
	const sla = compileSla(one.sla);
	return one.clocks.flatMap((clock, index) =>
		MEASURES.flatMap((measure) => {
			const target = sla.targetOf(clock, measure);
			if (target === undefined) return [];
			const standing = standingOf({ one, clock, measure, target, sla, now });
			return standing === undefined ? [] : [{ ...standing, clock: index }];
		}),
	);
}

type Looked = {
	one: Case;
	clock: Clock;
	measure: Measure;
	target: Target;
	sla: CompiledSla;
	now: number;
};

function standingOf(looked: Looked): Omit<ClockStanding, 'clock'> | undefined {
	const { one, clock, measure, target, sla, now } = looked;
	const { kind, priority, startedAt } = clock;
	const done = doneAt(clock, measure, one);
	const until = done ?? one.resolvedAt ?? now;
	// what came after it was done moves its deadline no more
	const pauses = one.pauses.filter(({ from }) => from < until || done === undefined);
	const due = dueAt(target, startedAt, sla.time, pauses);
	const state = stateOf(looked, { done, due, until, pauses });
	if (done === undefined && !one.open && state !== 'breached') return undefined;
	return {
		measure,
		kind,
		priority,
		startedAt,
		...(due === undefined ? {} : { dueAt: due }),
		state,
		elapsed: elapsedSince(startedAt, until, sla.time, pauses),
		...(done === undefined ? {} : { doneAt: done }),
	};
}

function stateOf(
	{ clock, target, sla }: Looked,
	at: { done: number | undefined; due: number | undefined; until: number; pauses: Case['pauses'] },
): SlaStanding['state'] {
	const { done, due, until, pauses } = at;
	if (done !== undefined) return 'met';
	if (due === undefined) return 'paused';
	if (due <= until) return 'breached';
	const near = nearAt(target, clock.startedAt, sla, pauses);
	return near !== undefined && near <= until ? 'nearing' : 'running';
}
