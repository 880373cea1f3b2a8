import type { Reason } from '../journeys/memory';
import type { Case } from './case';
import { isPaused, nextDue, suggestStep } from './nextStep';
import type { SlaStanding } from './standing';

/** One place in the queue; `due` is what has to happen first, undefined where nothing has a time. */
export type Triaged = {
	readonly case: Case;
	readonly standings: readonly SlaStanding[];
	readonly due: SlaStanding | undefined;
	readonly paused: boolean;
	/** What to do next: code and sentence. */
	readonly step: Reason;
};

/**
 * The queue (R27): the least time left on the SLA first, overdue ones with the longest before them; then what has no
 * time; last what waits for the customer. Among equals the most ARR first, whoever's is not known last, then the lowest
 * number.
 * @param slaOf how the targets of a case stand
 */
export function triage(
	cases: readonly Case[],
	now: number,
	slaOf: (one: Case, now: number) => readonly SlaStanding[],
): Triaged[] {
	return cases
		.map((one) => {
			const standings = slaOf(one, now);
			const paused = isPaused(one);
			const due = paused ? undefined : nextDue(standings);
			return { case: one, standings, due, paused, step: suggestStep(one, standings, now) };
		})
		.toSorted(
			(a, b) =>
				Number(a.paused) - Number(b.paused) ||
				order(a.due?.dueAt ?? Infinity, b.due?.dueAt ?? Infinity) ||
				order(-(a.case.facts.arr ?? -1), -(b.case.facts.arr ?? -1)) ||
				a.case.no - b.case.no,
		);
}

/** Infinity less infinity is no number. */
function order(a: number, b: number): number {
	return a === b ? 0 : a < b ? -1 : 1;
}
