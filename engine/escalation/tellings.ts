import { MEASURES, type Case, type Measure } from './case';
import type { Level } from './policy';
import { isPaused } from './nextStep';
import { doneAt, nearAt, type CompiledSla } from './sla';
import { dueAt, type Target } from './target';

/** Something that time brings about in a case, and of which somebody is told; `at` in ms since 1970. */
export type Telling =
	| {
			readonly event: 'nearing' | 'breached';
			readonly measure: Measure;
			/** Place of the clock in the case's. */
			readonly clock: number;
			readonly due: number;
			readonly at: number;
	  }
	| { readonly event: 'stale'; readonly round: number; readonly at: number }
	| {
			readonly event: 'level';
			readonly round: number;
			/** From 1. */
			readonly level: number;
			/** From 1, up to the level's `times`. */
			readonly time: number;
			readonly at: number;
	  };

/** What stands in `Case.told` once it was told. */
export function idOf(telling: Telling): string {
	const { event } = telling;
	if (event === 'level') return `level/${telling.round}/${telling.level}/${telling.time}`;
	return event === 'stale'
		? `stale/${telling.round}`
		: `${event}/${telling.measure}/${telling.clock}`;
}

/** What comes first of all that was not told yet, whether its time has come or not; undefined for nothing, as while it is paused. */
export function nextTelling(one: Case, sla: CompiledSla): Telling | undefined {
	if (!one.open || isPaused(one)) return undefined;
	const told = new Set(one.told);
	let first: Telling | undefined;
	for (const telling of tellingsOf(one, sla))
		if (!told.has(idOf(telling)) && (first === undefined || telling.at < first.at)) first = telling;
	return first;
}

/** The case after something was told of it: each once; a climb begins where nobody took note, or went no further. */
export function afterTelling(one: Case, telling: Telling, sla: CompiledSla): Case {
	const told = [...one.told, idOf(telling)];
	if (telling.event === 'stale') {
		const climb = { round: telling.round, from: telling.at };
		return { ...one, told, acknowledgement: undefined, climb };
	}
	if (telling.event !== 'breached' || telling.measure !== 'acknowledge') return { ...one, told };
	const { climb } = one;
	const startedAt = one.clocks[telling.clock]?.startedAt ?? telling.due;
	// whoever was told all the way up before it was raised does not know of what weighs more now
	const isNews = climb !== undefined && startedAt > climb.from && isAtTop(one, sla);
	if (climb !== undefined && !isNews) return { ...one, told };
	return { ...one, told, climb: { round: nextRound(one), from: telling.due } };
}

/** A round that nobody was told of yet: after an acknowledgement, levels are told anew. */
export function nextRound({ told, climb }: Pick<Case, 'told' | 'climb'>): number {
	const rounds = told.map((id) => Number(/^(?:level|stale)\/(\d+)/.exec(id)?.[1] ?? 0));
	return 1 + Math.max(0, climb?.round ?? 0, ...rounds);
}

/** Of equal times what is first here comes first. */
function* tellingsOf(one: Case, sla: CompiledSla): Generator<Telling> {
	const { clocks, pauses, acknowledgement, climb } = one;
	let isUntouched = false;
	for (const [clock, running] of clocks.entries())
		for (const measure of MEASURES) {
			const target = sla.targetOf(running, measure);
			if (target === undefined || doneAt(running, measure, one) !== undefined) continue;
			isUntouched ||= measure === 'touch';
			const due = dueAt(target, running.startedAt, sla.time, pauses);
			if (due === undefined) continue;
			yield { event: 'breached', measure, clock, due, at: due };
			const near = nearAt(target, running.startedAt, sla, pauses);
			if (near !== undefined && near < due)
				yield { event: 'nearing', measure, clock, due, at: near };
		}
	// whoever touches the customer stops every clock that asks for it
	if (acknowledgement !== undefined && isUntouched) {
		const at = dueAt(sla.policy.staleAfter, acknowledgement.at, sla.time, pauses);
		if (at !== undefined) yield { event: 'stale', round: nextRound(one), at };
	}
	if (climb !== undefined) yield* levelsOf(climb, one, sla);
}

function* levelsOf(
	{ round, from }: NonNullable<Case['climb']>,
	{ pauses }: Case,
	{ policy, time }: CompiledSla,
): Generator<Telling> {
	let first = from;
	for (const [index, { after, times, every }] of policy.levels.entries()) {
		const begins = delayed(after, first, time, pauses);
		if (begins === undefined) return;
		first = begins;
		let at: number | undefined = begins;
		for (let repeat = 1; repeat <= times && at !== undefined; repeat++) {
			yield { event: 'level', round, level: index + 1, time: repeat, at };
			at = dueAt(every, at, time, pauses);
		}
	}
}

function delayed(
	{ amount, unit, clock }: Level['after'],
	from: number,
	time: CompiledSla['time'],
	pauses: Case['pauses'],
): number | undefined {
	// at once is at once, also where nobody works
	if (amount === 0) return from;
	const target: Target = unit === 'businessDays' ? { amount, unit } : { amount, unit, clock };
	return dueAt(target, from, time, pauses);
}

function isAtTop({ climb, told }: Case, { policy }: CompiledSla): boolean {
	return policy.levels.every(({ times }, index) =>
		told.includes(
			idOf({ event: 'level', round: climb?.round ?? 0, level: index + 1, time: times, at: 0 }),
		),
	);
}
