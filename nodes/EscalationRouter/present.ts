import type { IDataObject } from 'n8n-workflow';
import { isoIn } from '../../engine/calendar/isoIn';
import type { Case } from '../../engine/escalation/case';
import { compileSla } from '../../engine/escalation/sla';
import { isPaused, nextDue } from '../../engine/escalation/nextStep';
import { slaOf, type ClockStanding } from '../../engine/escalation/slaOf';

const MINUTE_MS = 60_000;

/** A case as items carry it: for mails, for a CRM's task, for conditions. Times in the zone of its calendar. */
export function presentCase(one: Case, now: number): IDataObject {
	const at = clockOf(one);
	const { facts, acknowledgement, outcome } = one;
	const standings = slaOf(one, now);
	const due = one.open && !isPaused(one) ? nextDue(standings)?.dueAt : undefined;
	return {
		case: one.no,
		accountId: one.accountId,
		state: one.open ? 'open' : 'resolved',
		kind: one.kind,
		priority: one.priority,
		owner: { ...one.owner },
		pool: one.pool,
		openedAt: at(one.openedAt),
		...(one.escalatedAt === undefined ? {} : { escalatedAt: at(one.escalatedAt) }),
		...(due === undefined ? {} : { dueAt: at(due), minutesLeft: minutes(due - now) }),
		...(acknowledgement === undefined
			? {}
			: { acknowledgedAt: at(acknowledgement.at), acknowledgedBy: acknowledgement.by }),
		...(one.firstTouchAt === undefined ? {} : { firstTouchAt: at(one.firstTouchAt) }),
		...(one.resolvedAt === undefined ? {} : { resolvedAt: at(one.resolvedAt) }),
		...(outcome === undefined ? {} : { outcome }),
		waitsForCustomer: one.open && isPaused(one),
		sla: standings.map((standing) => presentStanding(standing, at)),
		why: one.reasons.map(({ key: _key, silences: _silences, at: since, ...reason }) => ({
			...reason,
			at: at(since),
		})),
		facts: { ...facts },
	};
}

/** Says a time of a case, ISO with the offset of its calendar's zone. */
export function clockOf(one: Case): (at: number) => string {
	const { zone } = compileSla(one.sla);
	return (at) => isoIn(at, zone);
}

function presentStanding(
	{ measure, kind, priority, startedAt, dueAt, doneAt, state, elapsed }: ClockStanding,
	at: (time: number) => string,
): IDataObject {
	return {
		measure,
		kind,
		priority,
		state,
		startedAt: at(startedAt),
		...(dueAt === undefined ? {} : { dueAt: at(dueAt) }),
		...(doneAt === undefined ? {} : { doneAt: at(doneAt) }),
		elapsedMinutes: minutes(elapsed.real),
		elapsedBusinessMinutes: minutes(elapsed.business),
	};
}

function minutes(ms: number): number {
	return Math.floor(ms / MINUTE_MS);
}
