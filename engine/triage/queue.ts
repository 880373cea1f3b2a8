import type { Case } from '../escalation/case';
import { slaOf } from '../escalation/slaOf';
import { triage, type Triaged } from '../escalation/triage';
import type { TriageAccount, TriageAlert } from './account';

/**
 * How soon a person has to look, the soonest first: a deadline of a case has passed · an urgent alert or case, or a deadline
 * yet today · everything else · it waits for the customer · it held already when health was first scored (P09).
 */
export const PRESSING = ['overdue', 'urgent', 'normal', 'waiting', 'baseline'] as const;
export type Pressing = (typeof PRESSING)[number];

/** An account that needs a look. */
export type Queued = {
	readonly account: TriageAccount;
	readonly pressing: Pressing;
	/** Those that nobody has dealt with yet, the one to act on first. */
	readonly alerts: readonly TriageAlert[];
	readonly case: Triaged | undefined;
};

export type Known = {
	/** All open cases, and those of the accounts that have an alert, over or not. */
	readonly cases: readonly Case[];
	/** Merged record → who survived (P32). */
	readonly survivorOf: ReadonlyMap<string, string>;
	/** ms since 1970. */
	readonly now: number;
	/** When the program's day ends. */
	readonly endOfDay: number;
};

/** What can be done about it at once comes before what takes thought. */
const ACT_FIRST: readonly string[] = ['no_sponsor', 'usage_fell', 'health_dropped'];

/**
 * The queue of the morning (R27): accounts with an alert of their health (R23–R25) that nobody has dealt with, and all that
 * have an open case, those included that are not among `accounts`. The most pressing first; among equals the most ARR,
 * whoever's is not known last, then the largest fall of health, then by id.
 *
 * An alert is dealt with once a case that holds it is over. An account without either is not in the queue.
 */
export function triageQueue(accounts: readonly TriageAccount[], known: Known): Queued[] {
	const ownerOf = (accountId: string): string => known.survivorOf.get(accountId) ?? accountId;
	const settled = new Set(
		known.cases.filter(({ open }) => !open).flatMap(({ reasons }) => reasons.map(({ key }) => key)),
	);
	const open = new Map<string, Triaged>();
	const openCases = known.cases.filter((one) => one.open);
	for (const one of triage(openCases, known.now, slaOf)) {
		const accountId = ownerOf(one.case.accountId);
		// of records that were merged just now both may have one: the more pressing stands first
		if (!open.has(accountId)) open.set(accountId, one);
	}
	const queued = new Map<string, Queued>();
	for (const account of accounts) {
		const { accountId } = account;
		const itsCase = open.get(accountId);
		const alerts = account.alerts.filter(({ key }) => !settled.has(key)).toSorted(byAction);
		if (queued.has(accountId) || (itsCase === undefined && alerts.length === 0)) continue;
		const pressing = pressingOf(itsCase, alerts, known);
		queued.set(accountId, { account, pressing, alerts, case: itsCase });
	}
	for (const [accountId, itsCase] of open) {
		if (queued.has(accountId)) continue;
		const account = accountOf(accountId, itsCase.case);
		const pressing = pressingOf(itsCase, [], known);
		queued.set(accountId, { account, pressing, alerts: [], case: itsCase });
	}
	return [...queued.values()].toSorted(
		(a, b) =>
			PRESSING.indexOf(a.pressing) - PRESSING.indexOf(b.pressing) ||
			(b.account.arr ?? -1) - (a.account.arr ?? -1) ||
			b.account.fall - a.account.fall ||
			(a.account.accountId < b.account.accountId ? -1 : 1),
	);
}

function byAction(a: TriageAlert, b: TriageAlert): number {
	return (
		Number(a.baseline) - Number(b.baseline) ||
		Number(b.priority === 'urgent') - Number(a.priority === 'urgent') ||
		place(a) - place(b)
	);
}

function place({ code }: TriageAlert): number {
	const found = ACT_FIRST.indexOf(code);
	return found < 0 ? ACT_FIRST.length : found;
}

function pressingOf(
	one: Triaged | undefined,
	alerts: readonly TriageAlert[],
	{ now, endOfDay }: Known,
): Pressing {
	const dueAt = one?.due?.dueAt ?? Infinity;
	if (dueAt <= now) return 'overdue';
	const current = alerts.filter(({ baseline }) => !baseline);
	if (dueAt < endOfDay || current.some(({ priority }) => priority === 'urgent')) return 'urgent';
	if (one !== undefined && !one.paused) return one.case.priority === 'urgent' ? 'urgent' : 'normal';
	if (current.length > 0) return 'normal';
	return one === undefined ? 'baseline' : 'waiting';
}

/** Of an account that nobody told of, what its case knows. */
function accountOf(accountId: string, { facts }: Case): TriageAccount {
	const { name, arr, csm, score, band } = facts;
	return { accountId, name, arr, csm, score, band, alerts: [], lowers: [], fall: 0 };
}
