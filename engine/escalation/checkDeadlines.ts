import type { JourneyEvent } from '../journeys/memory';
import type { Case } from './case';
import { checkCase } from './checkCase';
import { capOf, type DailyCap } from './dailyCap';
import { elevation } from './elevations';
import { groupBy } from './families';
import { foldFamily } from './foldFamily';
import type { CaseChanges, CaseMemory, Notice } from './memory';
import { Outbox } from './outbox';
import { LEASE_MS, scheduled } from './schedule';
import { tellAgain } from './tellAgain';
import { tellAll } from './tellAll';

/** Somebody who is to be told of a case now; of several in one notice, of the first. */
export type CaseTelling = { readonly case: Case; readonly notice: Notice };

/**
 * Tells what time brought about in the cases of `memory` since they were looked at last: targets whose end is near or has
 * come, levels, acknowledgements that went stale; each once. What several sweeps missed is told in this one, in one
 * notice to each person, and counts from when it was due, as if none had been missed. While a case waits for the
 * customer nothing is told. What one person is to be told of alerts that are not urgent is one notice. Notices that
 * nobody confirmed are handed out once more. Open cases of records that turned out to be one account become one.
 *
 * Afterwards every case has a `nextLook` later than `now` (ms since 1970), or none.
 * @param cap by the router's policy; left out: the default number, in the local days of each owner's cases
 */
export function checkDeadlines(
	memory: CaseMemory,
	now: number,
	cap: DailyCap = capOf(memory.cases),
): { tellings: CaseTelling[]; changes: CaseChanges } {
	const outbox = new Outbox(cap, memory.days, now);
	const looked = asOne(memory, now).map((one) => ({
		...one,
		checked: checkCase(one.case, memory.fates, now),
	}));
	const all = looked.map(({ checked }) => checked);
	const told = tellAll(all, outbox);
	const again = tellAgain(all, told);
	const cases = new Map<number, Case>();
	for (const one of again.cases) cases.set(one.no, scheduled(one, now + LEASE_MS));
	// whoever is told sees the case as it is written
	const notices = [...told.notices, ...again.notices].map((notice) => ({
		...notice,
		cases: notice.cases.map((one) => cases.get(one.no) ?? one),
	}));
	const events: JourneyEvent[] = looked.flatMap(({ before, checked, events: folding }) => {
		const after = cases.get(checked.case.no) ?? checked.case;
		return [...folding, ...checked.events, ...elevation(before, after, now)];
	});
	const written = looked.flatMap(({ closed, checked }) => [
		...closed,
		cases.get(checked.case.no) ?? checked.case,
	]);
	const tellings = notices.flatMap((notice) =>
		notice.cases.slice(0, 1).map((first) => ({ case: first, notice })),
	);
	return { tellings, changes: { cases: written, days: outbox.days, notices, events } };
}

type AsOne = {
	readonly case: Case;
	readonly before: Case;
	readonly closed: readonly Case[];
	readonly events: readonly JourneyEvent[];
};

/** Cases in their order, but open ones of records that turned out to be one account as one (P32). */
function asOne({ cases, survivorOf }: CaseMemory, now: number): AsOne[] {
	const survivor = ({ accountId }: Case): string => survivorOf.get(accountId) ?? accountId;
	const families = groupBy(
		cases.filter(({ open }) => open),
		survivor,
	);
	return cases.flatMap((one): AsOne[] => {
		const [first, ...others] = one.open ? (families.get(survivor(one)) ?? []) : [];
		if (first === undefined || others.length === 0)
			return [{ case: one, before: one, closed: [], events: [] }];
		if (one !== first) return [];
		const { into, oldest, folded, events } = foldFamily([first, ...others], survivor(one), now);
		return [{ case: into, before: oldest, closed: folded.map(({ after }) => after), events }];
	});
}
