import { dateOf } from '../health/history/localDay';
import type { Case, OwnerDay } from './case';
import { sayDigest } from './caseReasons';
import { isCapped, ownerDay, type DailyCap } from './dailyCap';
import type { CaseChanges, CaseMemory, Notice } from './memory';
import { digestKey } from './pending';
import { rescheduled } from './schedule';

/**
 * The digests that are due at `now` (ms since 1970): one for each owner with cases that wait for it, at most one per
 * owner and local day. What begins to wait after it is in the next day's.
 * @param memory whose `cases` hold every case that waits for a digest, and whose `days` are those of their owners
 */
export function digests(
	cap: Pick<DailyCap, 'dayOf'>,
	memory: Pick<CaseMemory, 'cases' | 'days'>,
	now: number,
): { notices: Notice[]; changes: CaseChanges } {
	const waiting = new Map<string, Case[]>();
	for (const one of memory.cases) {
		if (!one.open || one.digest !== 'waiting' || !isCapped(one)) continue;
		const its = waiting.get(one.owner.email);
		if (its === undefined) waiting.set(one.owner.email, [one]);
		else its.push(one);
	}
	const notices: Notice[] = [];
	const days: OwnerDay[] = [];
	for (const [owner, its] of waiting) {
		const today = ownerDay(owner, cap, memory.days, now);
		if (today.digests > 0) continue;
		const key = digestKey(owner, dateOf(today.day));
		const cases = its.toSorted(richestFirst).map((one) => {
			const told: Case = { ...one, digest: 'told', pending: [...one.pending, key] };
			return rescheduled(told, now);
		});
		const reasons = [sayDigest(cases.length)];
		for (const { owner: to } of cases.slice(0, 1))
			notices.push({ key, event: 'digest', to, cases, attempt: 1, reasons });
		days.push({ ...today, digests: today.digests + 1 });
	}
	const cases = notices.flatMap((notice) => notice.cases);
	return { notices, changes: { cases, days, notices, events: [] } };
}

/** The most money first; what is not known comes last. */
export function richestFirst(a: Case, b: Case): number {
	return (b.facts.arr ?? -1) - (a.facts.arr ?? -1) || a.no - b.no;
}
