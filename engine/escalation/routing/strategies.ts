import type { Load } from '../case';
import type { Colleague } from './people';
import type { Strategy } from '../policy';

/** Somebody who could take the case, with what they have. */
export type Candidate = { readonly person: Colleague; readonly load: Load };

/** `ownCsmFirst` is about who is asked before the pools; within one it is the least loaded. */
export type PoolStrategy = Exclude<Strategy, 'ownCsmFirst'>;

/** The lastNo of everybody in the pool, whether they can take the case or not. */
type Turn = { readonly order: number; readonly lastNo: number };

/**
 * Chooses among those who could take it; there is at least one, and they are in the policy's order.
 * - leastLoaded: the fewest open cases, then the least ARR in them, then the longest since their last case, then the
 *   policy's order. (Counts, not shares of what each may have: somebody who may have 20 does not get 19 before the next
 *   one gets a second.)
 * - longestSinceLast: whose last case is the oldest, whoever never had one first.
 * - roundRobin: the next in the policy's order after whoever of the pool got a case last.
 */
export function choose(
	strategy: PoolStrategy,
	candidates: readonly [Candidate, ...Candidate[]],
	pool: () => Iterable<Turn>,
): Candidate {
	if (strategy === 'roundRobin') return nextAfter(candidates, lastOf(pool()));
	const before = strategy === 'leastLoaded' ? lessLoaded : longerSince;
	// of equals the first one stays
	return candidates.reduce((best, one) => (before(one, best) < 0 ? one : best));
}

function lessLoaded({ load: a }: Candidate, { load: b }: Candidate): number {
	return a.cases - b.cases || a.arr - b.arr || a.lastNo - b.lastNo;
}

function longerSince({ load: a }: Candidate, { load: b }: Candidate): number {
	return a.lastNo - b.lastNo;
}

function nextAfter(candidates: readonly [Candidate, ...Candidate[]], order: number): Candidate {
	return candidates.find(({ person }) => person.order > order) ?? candidates[0];
}

/** The place of whoever of the pool got a case last; -1 where nobody ever did. */
function lastOf(pool: Iterable<Turn>): number {
	let last = { order: -1, lastNo: 0 };
	for (const turn of pool) if (turn.lastNo > last.lastNo) last = { ...turn };
	return last.order;
}
