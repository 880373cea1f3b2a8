import { parseLocal, sayTime } from '../calendar/localTime';
import { isoIn } from '../calendar/isoIn';
import type { CrmFacts, CrmTouch } from '../crm/facts';
import { currentReasons, type Measure } from '../escalation/case';
import { gravestFirst } from '../escalation/nextStep';
import type { Triaged } from '../escalation/triage';
import { localDay } from '../health/history/localDay';
import type { Reason } from '../journeys/memory';
import type { TriageAlert } from './account';
import type { Queued } from './queue';

/** How Customer Journey's preset calls the health intervention. */
const INTERVENTION = 'intervention';

/** When, and where. */
export type Here = {
	/** ms since 1970. */
	readonly now: number;
	/** Of the program. */
	readonly zone: string;
};

const NOT_DONE: Record<Measure, string> = {
	acknowledge: 'nobody has acknowledged it',
	touch: 'nobody has spoken to the customer',
	resolve: 'it is not resolved',
};
const TO_DO: Record<Measure, string> = {
	acknowledge: 'to be acknowledged',
	touch: 'the customer to be spoken to',
	resolve: 'to be resolved',
};

/** Why an account is in the queue: its case and what it is about, then alerts that are not part of it. */
export function sayWhy({ case: one, alerts }: Queued, here: Here): Reason[] {
	if (one === undefined) return alerts.map(fromAlert);
	const reasons = gravestFirst(currentReasons(one.case));
	const keys = new Set(reasons.map(({ key }) => key));
	return [
		sayCase(one, here),
		...reasons.map(({ key, code, kind, priority, text }) => ({ code, key, kind, priority, text })),
		...alerts.filter(({ key }) => !keys.has(key)).map(fromAlert),
	];
}

function fromAlert(alert: TriageAlert): Reason {
	const { code, key, priority, since, percent, renewal, baseline, text } = alert;
	const known = Object.entries({ since, percent, renewal }).filter(
		([, value]) => value !== undefined,
	);
	return {
		code,
		key,
		priority,
		...Object.fromEntries(known),
		...(baseline ? { baseline } : {}),
		text,
	};
}

function sayCase({ case: one, due, paused }: Triaged, { now, zone }: Here): Reason {
	const { no, kind, priority } = one;
	const what = `Case ${String(no)} (${priority} ${kind})`;
	if (paused)
		return { code: 'case_waits', no, kind, priority, text: `${what} waits for the customer` };
	if (due?.dueAt === undefined)
		return {
			code: 'case_open',
			no,
			kind,
			priority,
			text: `${what} is open, and nothing of it has a deadline`,
		};
	const { measure, dueAt } = due;
	const values = { no, kind, priority, measure, dueAt: isoIn(dueAt, zone) };
	const when = sayTime(dueAt, zone);
	return dueAt <= now
		? {
				code: 'case_overdue',
				...values,
				text: `${what} is overdue since ${when}: ${NOT_DONE[measure]}`,
			}
		: { code: 'case_due', ...values, text: `${what} is due ${when}: ${TO_DO[measure]}` };
}

/** What to do about it: of a case what the desk suggests, of an alert what its code asks for. */
export function sayNextStep(
	{ case: one, alerts, account }: Queued,
	facts: CrmFacts | undefined,
	here: Here,
): Reason {
	if (one !== undefined) return one.step;
	const [alert] = alerts;
	if (alert === undefined) return { code: 'nothing', text: 'Nothing' };
	const { code, percent, renewal, priority } = alert;
	if (code === 'no_sponsor') {
		const days = daysUntil(renewal, here);
		const when = days === undefined ? 'before the renewal' : `renewal ${sayDays(days)}`;
		const values = days === undefined ? {} : { renewal, days };
		return {
			code: 'call_about_sponsor',
			...values,
			text: `Call about the missing sponsor: ${when}`,
		};
	}
	if (code === 'usage_fell' && percent !== undefined) {
		if (priority === 'urgent') {
			const text = `Call about the fall in usage: ${String(percent)} % less than the week before`;
			return { code: 'call_about_usage', percent, text };
		}
		const text = `Ask what changed: usage fell by ${String(percent)} % from one week to the next`;
		return { code: 'ask_what_changed', percent, text };
	}
	if (code === 'health_dropped') {
		const touch = facts?.journeys.includes(INTERVENTION) === true ? facts.lastTouch : undefined;
		if (touch?.journey === INTERVENTION) {
			const text = `See whether they answer: automation wrote to them (${sayTouch(touch, here)})`;
			return { code: 'watch_intervention', since: isoIn(touch.at, here.zone), text };
		}
		const [signal] = account.lowers;
		if (signal !== undefined)
			return { code: 'look_into_health', text: `Look into what lowers the score: ${signal}` };
	}
	return { code: 'look_into', about: code, text: `Look into it: ${alert.text}` };
}

/** `intervention: pattern, Mon 2026-03-02 09:00`. */
export function sayTouch({ journey, stepId, at }: CrmTouch, { zone }: Here): string {
	return `${journey}: ${stepId}, ${sayTime(at, zone)}`;
}

function daysUntil(date: string | undefined, { now, zone }: Here): number | undefined {
	const at = parseLocal(date, zone);
	return at === undefined ? undefined : localDay(at, zone) - localDay(now, zone);
}

function sayDays(days: number): string {
	if (days === 0) return 'today';
	const count = `${String(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
	return days > 0 ? `in ${count}` : `${count} ago`;
}
