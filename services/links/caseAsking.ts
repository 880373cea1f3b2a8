import type { CaseAction } from './caseLink';
import { fieldOf } from './formBody';

/** How a case may end, as the page of a link offers it. */
export const CASE_OUTCOMES = ['resolved', 'customerLeft', 'noAnswer', 'falseAlarm'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What the pages' buttons send, and what stands beside it where a case ends. */
export const CASE_FIELDS = { action: 'case', outcome: 'outcome' };

/** What somebody asks for by the button of a page; `outcome` is there for `resolve` and for nothing else. */
export type CaseRequest =
	{ action: 'acknowledge' | 'touch' } | { action: 'resolve'; outcome: CaseOutcome };

/**
 * What the body of a request to a link asks for, undefined for nothing: then the page is shown. Opening a link has no
 * body, so whoever merely opens, prefetches or scans it changes nothing. A body must name the link's own `action`, and to
 * resolve an outcome.
 */
export function askedOfCase(body: unknown, action: CaseAction): CaseRequest | undefined {
	if (fieldOf(body, CASE_FIELDS.action) !== action) return undefined;
	if (action !== 'resolve') return { action };
	const said = fieldOf(body, CASE_FIELDS.outcome);
	const outcome = CASE_OUTCOMES.find((one) => one === said);
	return outcome === undefined ? undefined : { action, outcome };
}
