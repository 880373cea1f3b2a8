import type { JourneyEvent, Reason } from '../journeys/memory';
import type { Case, CaseReason } from './case';
import { caseEvent, caseKey, codesOf, type CaseEventType } from './caseEvents';
import { routed } from './caseReasons';
import { elevation } from './elevations';
import type { Family } from './families';
import { foldFamily, raisedMessage, type FoldedFamily } from './foldFamily';
import { handOver, reassigned } from './handOver';
import { joinReasons } from './joinReasons';
import type { Loads } from './loads';
import type { Notice, Router } from './memory';
import { newsOf, type News } from './news';
import { openCase, reopenCase, reopens } from './openCase';
import type { Outbox } from './outbox';
import { rescheduled } from './schedule';
import { resumed } from './unpaused';

/** What the families of a bulk share. */
export type Desk = {
	readonly router: Router;
	readonly loads: Loads;
	readonly outbox: Outbox;
	readonly now: number;
};

/** What becomes of an account. */
export type Decision = {
	readonly what: 'opened' | 'joined' | 'raised' | 'reopened' | 'reassigned' | 'known';
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
	const folded = oldest && foldFamily([oldest, ...others], family.accountId, desk.now);
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
	{ oldest, into, folded, isRaised: isHeavier, events }: FoldedFamily,
	news: News,
	desk: Desk,
): Decision {
	const { loads, outbox, now } = desk;
	const { reasons, facts, byCall } = news;
	const joined = joinReasons({ ...into, accountId, facts }, reasons, now);
	const { raising } = joined;
	const isRaised = raising.size > 0 || isHeavier;
	const by = byCall.findIndex((call) =>
		call.reasons.some(({ key }) => raising.size === 0 || raising.has(key)),
	);
	for (const one of folded) loads.change(one.before, one.after);
	const {
		case: kept,
		what,
		why,
	} = reasons.length > 0 ? handOver(joined.case, desk) : { case: joined.case, why: [] };
	const message = raisedMessage(kept);
	const told = isRaised
		? outbox.toOwner(kept, message)
		: what !== undefined
			? outbox.toOwner(kept, { event: 'reassigned', what, reasons: why })
			: { case: rescheduled(kept, now), waits: [] };
	const after = told.case;
	loads.change(oldest, after);
	const id = caseKey(after, isRaised ? message.what : `joined/${after.reasons.length}`);
	const written = { id, reasons, now };
	return {
		what: isRaised
			? 'raised'
			: why.length > 0
				? 'reassigned'
				: reasons.length > 0
					? 'joined'
					: 'known',
		...told,
		reasons: [
			isRaised
				? routed.raised(after)
				: reasons.length > 0
					? routed.joined(after)
					: routed.known(after),
			...why,
			...told.waits,
		],
		by: Math.max(0, by),
		news,
		changed: [...folded.map((one) => one.after), after],
		events: [
			...events,
			...resumed(into, after, now),
			...(what === undefined ? [] : [reassigned(after, { what }, now)]),
			...(isRaised ? [routing('case_raised', after, written)] : []),
			...(!isRaised && reasons.length > 0 ? [routing('case_joined', after, written)] : []),
			...elevation(oldest, after, now),
		],
	};
}

function routing(
	type: CaseEventType,
	one: Case,
	{ id, reasons, now }: { id: string; reasons: readonly CaseReason[]; now: number },
): JourneyEvent {
	return caseEvent(type, one, { id, data: { codes: codesOf(reasons) } }, now);
}
