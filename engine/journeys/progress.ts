import type { Account } from '../accounts/account';
import { parseLocal } from '../calendar/localTime';
import { asksForHuman } from './asksForHuman';
import { HOUR_MS } from './caps';
import type { Journey } from './definition';
import { departed } from './departed';
import type { JourneyEvent } from './memory';

/** Events that restart onboarding for an account that had it before (P17). */
const RESTARTS = new Set(['customer_returned', 'onboarding_restarted']);

export type ChecklistItem = { step: string; title: string; url: string };

/** What is known of one account's way through set-up, facts of the account and recorded events folded into one. */
export type Progress = {
	/**
	 * First "customer created" event, else the record's own date, or the last restart (P17); the contract's start if that
	 * is later (P14).
	 */
	startAt: number | undefined;
	completed: (ChecklistItem & { at: number })[];
	open: ChecklistItem[];
	finished: boolean;
	finishedAt: number | undefined;
	lastCompletionAt: number | undefined;
	firstValueAt: number | undefined;
	/** Addresses of people who did every step themselves or are marked as done (R32), lower case. */
	finishedPeople: Set<string>;
	/** Addresses of people who are not at the account any more (P11), lower case. */
	departed: Set<string>;
	helpWanted: { id: string; at: number; type: string }[];
	caseResolvedAt: number | undefined;
	restarts: number[];
	churned: boolean;
	/** Completions the account shows without a date: seen now for the first time, to be recorded so that they keep this date. */
	observed: JourneyEvent[];
};

/**
 * Folds an account and its events, in any order and with duplicates, into its progress. What the product reports
 * without a date counts from when it was first seen. `observed` events carry ids that make recording them twice harmless.
 */
export function foldProgress(
	account: Account,
	events: readonly JourneyEvent[],
	journey: Pick<Journey, 'checklist'>,
	zone: string,
	now: number,
): Progress {
	const completedAt = new Map<string, number>();
	const completedBy = new Map<string, Set<string>>();
	const complete = (step: string, at: number, by: string | undefined): void => {
		completedAt.set(step, Math.min(at, completedAt.get(step) ?? at));
		if (by === undefined || by === '') return;
		const steps = completedBy.get(by.toLowerCase()) ?? new Set();
		completedBy.set(by.toLowerCase(), steps.add(step));
	};
	const progress: Progress = {
		startAt: undefined,
		completed: [],
		open: [],
		finished: false,
		finishedAt: undefined,
		lastCompletionAt: undefined,
		firstValueAt: undefined,
		finishedPeople: new Set(),
		departed: departed(events, now),
		helpWanted: [],
		caseResolvedAt: undefined,
		restarts: [],
		churned: account.lifecycleStage === 'churned',
		observed: [],
	};
	let createdAt: number | undefined;
	let churnedAt: number | undefined;
	progress.restarts = events
		.filter((event) => RESTARTS.has(event.type) && event.occurredAt <= now)
		.map((event) => event.occurredAt);
	// what a returning customer did the first time round is history, not progress
	const since = Math.max(Number.NEGATIVE_INFINITY, ...progress.restarts);
	for (const event of events) {
		const at = event.occurredAt;
		if (event.type === 'customer_created') createdAt = earliest(createdAt, at);
		// a clock that runs ahead, or a plan: it counts when its time has come
		else if (at > now) continue;
		else if (event.type === 'churned') churnedAt = latest(churnedAt, at);
		else if (event.type === 'case_resolved')
			progress.caseResolvedAt = latest(progress.caseResolvedAt, at);
		else if (asksForHuman(event)) {
			if (at >= since - OF_THE_RETURN_MS)
				progress.helpWanted.push({ id: event.id, at, type: event.type });
		} else if (at < since) continue;
		else if (event.type === 'set_up_step_completed') complete(event.step ?? '', at, event.contact);
		else if (event.type === 'first_value_reached')
			progress.firstValueAt = earliest(progress.firstValueAt, at);
	}
	const known = new Set(events.map((event) => event.id));
	for (const { step, at, by } of account.setup?.completed ?? []) {
		const dated = parseLocal(at, zone);
		if (dated !== undefined) {
			if (dated >= since && dated <= now) complete(step, dated, by);
		} else if (!completedAt.has(step)) {
			const id = `seen:${account.accountId}:${step}`;
			// seen before the restart, or it would be complete by now: history
			if (known.has(id)) continue;
			progress.observed.push({
				id,
				accountId: account.accountId,
				type: 'set_up_step_completed',
				occurredAt: now,
				step,
			});
			complete(step, now, by);
		}
	}
	const firstValueAt = parseLocal(account.setup?.firstValueAt, zone);
	if (firstValueAt !== undefined && firstValueAt >= since && firstValueAt <= now) {
		progress.firstValueAt = earliest(progress.firstValueAt, firstValueAt);
	}
	if ((account.support?.openP1 ?? 0) > 0) {
		// the account says that there is one, not which: after a case was resolved it is another one
		const id = [STANDING_TICKET, progress.caseResolvedAt]
			.filter((part) => part !== undefined)
			.join('/');
		progress.helpWanted.push({ id, at: now, type: 'ticket_opened' });
	}
	progress.helpWanted.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	if (churnedAt !== undefined && churnedAt > since) progress.churned = true;

	for (const item of journey.checklist) {
		const at = completedAt.get(item.step);
		if (at === undefined) progress.open.push(item);
		else {
			progress.completed.push({ ...item, at });
			progress.lastCompletionAt = latest(progress.lastCompletionAt, at);
		}
	}
	progress.finished = journey.checklist.length > 0 && progress.open.length === 0;
	if (progress.finished) progress.finishedAt = progress.lastCompletionAt;
	for (const contact of account.contacts ?? []) {
		if (contact.setupCompletedAt !== undefined)
			progress.finishedPeople.add(contact.email.toLowerCase());
	}
	for (const [person, steps] of completedBy) {
		if (journey.checklist.length > 0 && journey.checklist.every(({ step }) => steps.has(step)))
			progress.finishedPeople.add(person);
	}
	const began =
		since > Number.NEGATIVE_INFINITY ? since : (createdAt ?? parseLocal(account.createdAt, zone));
	const contract = parseLocal(account.startedAt, zone);
	progress.startAt = began === undefined ? contract : latest(began, contract);
	return progress;
}

/** What a returning customer called about on the day before is about their return. */
const OF_THE_RETURN_MS = 24 * HOUR_MS;

/** Of a call that the account's record makes, by the number of its open tickets: nobody knows since when. */
const STANDING_TICKET = 'open-p1';

export function isStandingTicket(topic: string): boolean {
	return topic === STANDING_TICKET || topic.startsWith(`${STANDING_TICKET}/`);
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
