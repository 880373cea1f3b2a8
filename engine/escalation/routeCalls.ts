import type { Reason } from '../journeys/memory';
import type { Case } from './case';
import { routed } from './caseReasons';
import { decideFamily, type Decision, type Desk } from './decideFamily';
import { familiesOf, type Family } from './families';
import { Loads } from './loads';
import type { Call, CaseChanges, CaseMemory, Notice, Router } from './memory';
import { Outbox } from './outbox';

export type RouteOutcome = {
	/** `known`: nothing happened, because its case holds all of its reasons already, or did when it was resolved. */
	readonly what: Decision['what'];
	/** As it is when the whole bulk is routed. */
	readonly case: Case;
	/** What the owner is told now: nothing of what joins, and nothing of an alert that waits for the digest. */
	readonly notice?: Notice;
	readonly reasons: readonly Reason[];
};

/**
 * Decides a bulk of calls at `now` (ms since 1970): one case per account (P08), records merged into it included, whose
 * further reasons join it. What several calls want of one account is decided at once, told in one notice and answered
 * with the same case; the first of them that brought it about says so. Loads count within the bulk.
 *
 * Clocks start at `now`, whatever time the reasons are of: a late message cannot be overdue before anybody could know.
 * @returns outcomes in the order of the calls; nothing of the input is changed
 * @throws RangeError for a call without a reason whose account never had a case
 */
export function routeCalls(
	router: Router,
	memory: CaseMemory,
	calls: readonly Call[],
	now: number,
): { outcomes: RouteOutcome[]; changes: CaseChanges } {
	const outbox = new Outbox(router, memory.days, now);
	const desk: Desk = { router, loads: new Loads(memory.loads), outbox, now };
	const told = new Map<number, RouteOutcome>();
	const decisions: Decision[] = [];
	let { nextNo } = memory;
	for (const family of familiesOf(memory, calls)) {
		const decision = decideFamily(family, nextNo, desk);
		if (decision.what === 'opened') nextNo++;
		decisions.push(decision);
		for (const [place, outcome] of outcomesOf(family, decision)) told.set(place, outcome);
	}
	const outcomes = [...told].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome);
	const changes: CaseChanges = {
		cases: decisions.flatMap(({ changed }) => changed),
		days: outbox.days,
		notices: decisions.flatMap(({ notice }) => (notice === undefined ? [] : [notice])),
		events: decisions.flatMap(({ events }) => events),
	};
	return { outcomes, changes };
}

/** One of an account's calls brought it about; the others joined, or told nothing new. */
function outcomesOf(
	{ calls }: Family,
	{ what, case: after, notice, reasons, by, news }: Decision,
): [place: number, RouteOutcome][] {
	return calls.map(({ place }, index) => {
		const { reasons: its, why } = news.byCall[index] ?? { reasons: [], why: [] };
		if (index === by) {
			const told = notice === undefined ? {} : { notice };
			return [place, { what, case: after, ...told, reasons: [...reasons, ...why] }];
		}
		return its.length > 0
			? [place, { what: 'joined', case: after, reasons: [routed.joined(after), ...why] }]
			: [place, { what: 'known', case: after, reasons: [routed.known(after)] }];
	});
}
