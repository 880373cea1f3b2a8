import type { JourneyEvent } from '../journeys/memory';
import type { Case } from './case';
import { caseEvent, caseKey } from './caseEvents';
import { routed } from './caseReasons';
import { foldCases } from './foldCases';
import type { Message } from './outbox';

/** The open cases of one account, as one. */
export type FoldedFamily = {
	readonly oldest: Case;
	/** What the oldest is with all others in it; itself where there are none. */
	readonly into: Case;
	/** The others, as they were and as they ended. */
	readonly folded: readonly { readonly before: Case; readonly after: Case }[];
	/** Whether the others weigh more, so that its owner has to know. */
	readonly isRaised: boolean;
	readonly events: readonly JourneyEvent[];
};

/** All open cases of an account become its oldest one (P32). @param accountId of the record that survived */
export function foldFamily(
	open: readonly [Case, ...Case[]],
	accountId: string,
	now: number,
): FoldedFamily {
	const [oldest, ...others] = open.toSorted((a, b) => a.openedAt - b.openedAt || a.no - b.no);
	if (oldest === undefined) throw new RangeError('A family without a case');
	let into = oldest;
	const folded: { before: Case; after: Case }[] = [];
	const events: JourneyEvent[] = [];
	for (const before of others) {
		const { into: next, closed: after } = foldCases({ into, other: before, accountId }, now);
		into = { ...next, accountId };
		folded.push({ before, after });
		const about = { id: caseKey(before, 'merged'), data: { into: oldest.no } };
		events.push(caseEvent('case_merged', { ...after, accountId }, about, now));
	}
	const isRaised = into.kind !== oldest.kind || into.priority !== oldest.priority;
	if (isRaised) into = withRaised(into);
	return { oldest, into, folded, isRaised, events };
}

/** The case with the news that it weighs more, where its owner cannot be told at once. */
export function withRaised(one: Case): Case {
	const others = one.untold?.filter(({ event }) => event !== 'raised') ?? [];
	return { ...one, untold: [{ event: 'raised' }, ...others] };
}

/** What the owner of a case is told that weighs more than before; its last clock is a new one. */
export function raisedMessage(one: Case): Message {
	const what = `raised/${one.clocks.length - 1}`;
	return { event: 'raised', what, reasons: [routed.raised(one)] };
}
