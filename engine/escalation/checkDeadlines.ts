import type { JourneyEvent } from '../journeys/memory';
import type { Case } from './case';
import { sayAgain, sayDigest } from './caseReasons';
import { checkCase } from './checkCase';
import { capOf, type DailyCap } from './dailyCap';
import { richestFirst } from './digests';
import { elevation } from './elevations';
import { groupBy } from './families';
import { foldFamily, raisedMessage } from './foldFamily';
import type { CaseChanges, CaseMemory, Notice } from './memory';
import { Outbox, type Message } from './outbox';
import type { Lost } from './pending';
import { LEASE_MS, scheduled } from './schedule';

/** Somebody who is to be told of a case now; of a digest that is handed out again, of its first. */
export type CaseTelling = { readonly case: Case; readonly notice: Notice };

/**
 * Tells what time brought about in the cases of `memory` since they were looked at last: targets whose end is near or has
 * come, levels, acknowledgements that went stale; each once. What several sweeps missed is told in this one, in one
 * notice to each person, and counts from when it was due, as if none had been missed. While a case waits for the
 * customer nothing is told. Notices that nobody confirmed are handed out once more. Open cases of records that turned
 * out to be one account become one.
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
	const cases: Case[] = [];
	const notices: Notice[] = [];
	const events: JourneyEvent[] = [];
	const lost: { digest: Lost; case: Case }[] = [];
	for (const { case: one, before, closed, raised, events: folding } of asOne(memory, now)) {
		const checked = checkCase(one, memory.fates, outbox, now);
		const told = raised && outbox.toOwner(checked.case, raised);
		const after = scheduled(told?.case ?? checked.case, now + LEASE_MS);
		cases.push(...closed, after);
		// whoever is told sees the case as it is written
		const all = told?.notice === undefined ? checked.notices : [told.notice, ...checked.notices];
		notices.push(...all.map((notice) => ({ ...notice, cases: [after] })));
		events.push(...folding, ...checked.events, ...elevation(before, after, now));
		lost.push(...checked.digests.map((digest) => ({ digest, case: after })));
	}
	notices.push(...digestsAgain(lost));
	const tellings = notices.flatMap((notice) =>
		notice.cases.slice(0, 1).map((first) => ({ case: first, notice })),
	);
	return { tellings, changes: { cases, days: outbox.days, notices, events } };
}

type AsOne = {
	readonly case: Case;
	readonly before: Case;
	readonly closed: readonly Case[];
	readonly raised: Message | undefined;
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
		const alone = { case: one, before: one, closed: [], raised: undefined, events: [] };
		const [first, ...others] = one.open ? (families.get(survivor(one)) ?? []) : [];
		if (first === undefined || others.length === 0) return [alone];
		if (one !== first) return [];
		const { into, oldest, folded, isRaised, events } = foldFamily(
			[first, ...others],
			survivor(one),
			now,
		);
		const raised = isRaised ? raisedMessage(into) : undefined;
		return [
			{ case: into, before: oldest, closed: folded.map(({ after }) => after), raised, events },
		];
	});
}

/** Lost digests with those of their cases that nobody has taken note of since. */
function digestsAgain(lost: readonly { digest: Lost; case: Case }[]): Notice[] {
	const digests = new Map<string, { attempt: number; cases: Case[] }>();
	for (const { digest, case: one } of lost) {
		const known = digests.get(digest.key);
		if (known === undefined) digests.set(digest.key, { attempt: digest.attempt, cases: [one] });
		else known.cases.push(one);
	}
	return [...digests].flatMap(([key, { attempt, cases }]) => {
		const sorted = cases.toSorted(richestFirst);
		return sorted.slice(0, 1).map(({ owner: to }): Notice => {
			const reasons = [sayDigest(sorted.length), sayAgain(attempt)];
			return { key, event: 'digest', to, cases: sorted, attempt, reasons };
		});
	});
}
