import type { JourneyEvent, Reason } from '../journeys/memory';
import type { Case, CaseReason } from './case';
import { caseEvent, caseKey, codesOf, type CaseEventType } from './caseEvents';
import { routed } from './caseReasons';
import type { CaseRouter } from './caseRouter';
import { elevated, isForHealth } from './elevations';
import type { Family } from './families';
import { foldCases } from './foldCases';
import { joinReasons } from './joinReasons';
import type { Loads } from './loads';
import type { Notice } from './memory';
import { newsOf, type News } from './news';
import { openCase, reopenCase, reopens } from './openCase';
import type { Outbox } from './outbox';
import { rescheduled } from './schedule';

/** What the families of a bulk share. */
export type Desk = {
	readonly router: CaseRouter;
	readonly loads: Loads;
	readonly outbox: Outbox;
	readonly now: number;
};

/** What becomes of an account. */
export type Decision = {
	readonly what: 'opened' | 'joined' | 'raised' | 'reopened' | 'known';
	readonly case: Case;
	readonly notice?: Notice;
	readonly reasons: readonly Reason[];
	/** The call that brought it about: its place within the family's. */
	readonly by: number;
	readonly news: News;
	/** To be written; those that became part of another case first. */
	readonly changed: readonly Case[];
	readonly events: readonly JourneyEvent[];
};

/** One open case per account (P08). @param no of a case that is opened */
export function decideFamily(family: Family, no: number, desk: Desk): Decision {
	const [oldest, ...others] = family.open;
	const folded = oldest && fold(oldest, others, family.accountId, desk);
	const before = folded?.into ?? family.last;
	const news = newsOf(desk.router, family, before?.facts, desk.now);
	const [first, ...more] = news.reasons;
	if (first !== undefined && folded === undefined)
		return open(family, { news, reasons: [first, ...more], no }, desk);
	if (folded !== undefined && (first !== undefined || others.length > 0))
		return join(family, folded, news, desk);
	if (before === undefined)
		throw new RangeError(`A call for account '${family.accountId}' gives no reason`);
	const reasons = [routed.known(before)];
	return { what: 'known', case: before, reasons, by: 0, news, changed: [], events: [] };
}

function open(
	{ accountId, last }: Family,
	{ news, reasons, no }: { news: News; reasons: [CaseReason, ...CaseReason[]]; no: number },
	{ router, loads, outbox, now }: Desk,
): Decision {
	const opening = { accountId, facts: news.facts, reasons, now };
	const isAgain = last !== undefined && reopens(router, last, now);
	const opened = isAgain
		? reopenCase(router, last, opening, loads.now)
		: openCase(router, no, opening, loads.now);
	const what = isAgain ? 'reopened' : 'opened';
	const told = outbox.toOwner(opened.case, { event: what, what, reasons: opened.reasons });
	loads.change(undefined, told.case);
	const id = caseKey(told.case, what);
	return {
		what,
		...told,
		reasons: [...opened.reasons, ...told.waits],
		by: news.byCall.findIndex((call) => call.reasons.length > 0),
		news,
		changed: [told.case],
		events: [
			routing(`case_${what}`, told.case, { id, reasons, now }),
			...elevation(undefined, told.case, now),
		],
	};
}

function join(
	{ accountId }: Family,
	{ oldest, into, closed, events }: Folded,
	news: News,
	{ loads, outbox, now }: Desk,
): Decision {
	const { reasons, facts, byCall } = news;
	const joined = joinReasons({ ...into, accountId, facts }, reasons, now);
	const { raising } = joined;
	const isRaised = raising.size > 0 || isHeavier(into, oldest);
	const by = byCall.findIndex((call) =>
		call.reasons.some(({ key }) => raising.size === 0 || raising.has(key)),
	);
	const raised = [routed.raised(joined.case)];
	const what = `raised/${joined.case.clocks.length - 1}`;
	const told = isRaised
		? outbox.toOwner(joined.case, { event: 'raised', what, reasons: raised })
		: { case: rescheduled(joined.case, now), waits: [] };
	const after = told.case;
	loads.change(oldest, after);
	const id = caseKey(after, isRaised ? what : `joined/${after.reasons.length}`);
	const written = { id, reasons, now };
	return {
		what: isRaised ? 'raised' : reasons.length > 0 ? 'joined' : 'known',
		...told,
		reasons: isRaised
			? [...raised, ...told.waits]
			: [reasons.length > 0 ? routed.joined(after) : routed.known(after)],
		by: Math.max(0, by),
		news,
		changed: [...closed, after],
		events: [
			...events,
			...(isRaised ? [routing('case_raised', after, written)] : []),
			...(!isRaised && reasons.length > 0 ? [routing('case_joined', after, written)] : []),
			...elevation(oldest, after, now),
		],
	};
}

type Folded = {
	readonly oldest: Case;
	/** What it is with all others in it. */
	readonly into: Case;
	readonly closed: readonly Case[];
	readonly events: readonly JourneyEvent[];
};

/** All open cases of an account become its oldest one (P32). */
function fold(
	oldest: Case,
	others: readonly Case[],
	accountId: string,
	{ loads, now }: Desk,
): Folded {
	let into = oldest;
	const closed: Case[] = [];
	const events: JourneyEvent[] = [];
	for (const other of others) {
		const folded = foldCases({ into, other, accountId }, now);
		({ into } = folded);
		closed.push(folded.closed);
		loads.change(other, folded.closed);
		const about = { id: caseKey(other, 'merged'), data: { into: oldest.no } };
		events.push(caseEvent('case_merged', { ...folded.closed, accountId }, about, now));
	}
	return { oldest, into, closed, events };
}

function isHeavier(a: Case, b: Case): boolean {
	return a.kind !== b.kind || a.priority !== b.priority;
}

/** P35: once for each time a case is opened, when the first escalation for health is in it. */
function elevation(before: Case | undefined, after: Case, now: number): JourneyEvent[] {
	const isNew = before?.reasons.some(isForHealth) !== true && after.reasons.some(isForHealth);
	return isNew ? [elevated(after, now)] : [];
}

function routing(
	type: CaseEventType,
	one: Case,
	{ id, reasons, now }: { id: string; reasons: readonly CaseReason[]; now: number },
): JourneyEvent {
	return caseEvent(type, one, { id, data: { codes: codesOf(reasons) } }, now);
}
