import type { Reason } from '../journeys/memory';
import type { CaseFacts, Kind, Load, Priority } from './case';
import type { Router } from './memory';

/** A router with what it may know besides. */
export type CaseRouter = Omit<Router, 'priorityOf'> & {
	/** With `now` it looks at how near the renewal is. */
	priorityOf(
		facts: CaseFacts,
		stated: Priority,
		kind: Kind,
		code: string,
		now?: number,
	): { priority: Priority; reasons: Reason[] };
	/** Whether the owner of a resolved case takes it once more; without it everybody does. */
	keeps?(owner: string, facts: CaseFacts, loads: ReadonlyMap<string, Load>, now: number): boolean;
};
