import { currentReasons, KINDS, PRIORITIES, type Case, type CaseReason } from './case';
import type { Reason } from '../journeys/memory';
import type { SlaStanding } from './standing';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Whether it waits for the customer now. */
export function isPaused({ pauses }: Pick<Case, 'pauses'>): boolean {
	const last = pauses.at(-1);
	return last !== undefined && last.to === undefined;
}

/** What comes first: the earliest end of a target that is neither met nor paused; undefined for none. */
export function nextDue(standings: readonly SlaStanding[]): SlaStanding | undefined {
	let next: SlaStanding | undefined;
	for (const standing of standings) {
		if (standing.dueAt === undefined || standing.state === 'met' || standing.state === 'paused')
			continue;
		if (next?.dueAt === undefined || standing.dueAt < next.dueAt) next = standing;
	}
	return next;
}

/** The gravest reason, of these the most pressing, of these the latest: what a call is to be about. */
export function mainReason(one: Pick<Case, 'reasons' | 'settled'>): CaseReason | undefined {
	return gravestFirst(currentReasons(one))[0];
}

export function gravestFirst(reasons: readonly CaseReason[]): CaseReason[] {
	return reasons.toSorted(
		(a, b) =>
			KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind) ||
			PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
			b.at - a.at,
	);
}

/**
 * What whoever opens the queue would do next: wait for a customer who is to answer, take note, call (an escalation) or
 * look into it (an alert, P07), and settle it once somebody spoke to them.
 */
export function suggestStep(one: Case, standings: readonly SlaStanding[], now: number): Reason {
	if (!one.open) return { code: 'done', text: 'Nothing: it is resolved' };
	const about = mainReason(one)?.text ?? 'what it was opened for';
	const waiting = one.pauses.at(-1);
	if (waiting !== undefined && isPaused(one)) {
		const text = `Nothing until the customer answers, who has been asked ${ago(waiting.from, now)}: ask again if that is too long`;
		return { code: 'wait_for_customer', since: waiting.from, text };
	}
	if (one.acknowledgement === undefined) {
		const late = standings.some(
			({ measure, state }) => measure === 'acknowledge' && state === 'breached',
		);
		const text = `Acknowledge it${late ? ', which is overdue' : ''}, then ${act(one)}: ${about}`;
		return { code: 'acknowledge', late, text };
	}
	// a reason that raised the case asks for a touch of its own
	const raisedAt = Math.max(...one.clocks.map(({ startedAt }) => startedAt));
	if (one.lastTouchAt !== undefined && one.lastTouchAt >= raisedAt) {
		const text = `Ask whether it is settled (last contact ${ago(one.lastTouchAt, now)}): resolve it with its outcome, or say that it waits for the customer`;
		return { code: 'settle', since: one.lastTouchAt, text };
	}
	if (one.kind === 'alert') return { code: 'look_into', text: `Look into it: ${about}` };
	return { code: 'call', text: `Call the customer about this, and record it: ${about}` };
}

function act({ kind }: Case): string {
	return kind === 'escalation' ? 'call the customer about this' : 'look into it';
}

function ago(at: number, now: number): string {
	const passed = Math.max(0, now - at);
	const said = (unit: number, one: string): string => {
		const count = Math.floor(passed / unit);
		return `${count} ${one}${count === 1 ? '' : 's'} ago`;
	};
	if (passed < MINUTE_MS) return 'just now';
	if (passed < HOUR_MS) return said(MINUTE_MS, 'minute');
	return passed < 2 * DAY_MS ? said(HOUR_MS, 'hour') : said(DAY_MS, 'day');
}
