import { dateOf } from '../health/history/localDay';
import type { Case, OwnerDay } from './case';
import { sayDigest } from './caseReasons';
import { isCapped, ownerDay, type DailyCap } from './dailyCap';
import { groupBy } from './families';
import type { CaseChanges, CaseMemory, Notice } from './memory';
import { digestKey } from './pending';
import { rescheduled } from './schedule';
import { compileSla } from './sla';
import { slaOf } from './slaOf';
import { dueAt, type Target } from './target';

/**
 * The digests that are due at `now` (ms since 1970): one for each owner, with all cases that wait for it. It goes once a
 * local day, when the owner works; and whatever the hour as soon as one of its alerts is near its end, or has waited for a
 * business day: nobody hears of an alert only when it is late.
 * @param memory whose `cases` hold every case that waits for a digest, and whose `days` are those of their owners
 */
export function digests(
	cap: Pick<DailyCap, 'dayOf'>,
	memory: Pick<CaseMemory, 'cases' | 'days'>,
	now: number,
): { notices: Notice[]; changes: CaseChanges } {
	const waiting = memory.cases.filter(
		(one) => one.open && one.digest === 'waiting' && isCapped(one),
	);
	const notices: Notice[] = [];
	const days: OwnerDay[] = [];
	for (const [owner, its] of groupBy(waiting, (one) => one.owner.email)) {
		const today = ownerDay(owner, cap, memory.days, now);
		const isTime = today.digests === 0 && its.some((one) => isAtWork(one, now));
		if (!isTime && !its.some((one) => cannotWait(one, now))) continue;
		const key = digestKey(owner, dateOf(today.day), today.digests + 1);
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

/** By its calendar, which is its owner's. */
function isAtWork({ sla }: Case, now: number): boolean {
	return compileSla(sla).time.isOpen(now);
}

const BUSINESS_DAY: Target = { amount: 1, unit: 'businessDays' };

function cannotWait(one: Case, now: number): boolean {
	if (slaOf(one, now).some(({ state }) => state === 'nearing' || state === 'breached')) return true;
	const since = Math.max(...one.clocks.map(({ startedAt }) => startedAt));
	return (dueAt(BUSINESS_DAY, since, compileSla(one.sla).time) ?? now) <= now;
}
