import { isoIn } from '../calendar/isoIn';
import type { Reason } from '../journeys/memory';
import type { Case, Kind, Measure, PersonRef, Priority } from './case';
import { compileSla } from './sla';
import type { Telling } from './tellings';

/** What happened to a case when it was routed. Nothing of the customer, and of colleagues their names. */
export const routed = {
	opened: ({ no, owner, kind, priority }: Case): Reason => ({
		code: 'case_opened',
		no,
		kind,
		priority,
		text: `Case ${no}, ${named(kind, priority)}, was opened for ${owner.name}`,
	}),
	joined: ({ no, owner }: Case): Reason => ({
		code: 'case_joined',
		no,
		text: `It joined case ${no}, which ${owner.name} has: one account has one case (P08)`,
	}),
	raised: ({ no, kind, priority }: Case): Reason => ({
		code: 'case_raised',
		no,
		kind,
		priority,
		text: `Case ${no} asks for a human again, or for more than before: it is ${named(kind, priority)} now`,
	}),
	reopened: ({ no, owner, reopened }: Case, resolvedAt: string): Reason => ({
		code: 'case_reopened',
		no,
		reopened,
		text: `Case ${no}, which was resolved at ${resolvedAt}, was opened again for ${owner.name}`,
	}),
	known: ({ no, open }: Case): Reason => ({
		code: 'case_known',
		no,
		text: `Case ${no}${open ? '' : ', which is resolved,'} holds this reason already`,
	}),
	folded: (no: number, { no: into, owner }: Case): Reason => ({
		code: 'case_merged',
		no,
		into,
		text: `Case ${no} is part of case ${into} now, which ${owner.name} has: records of one account have one case (P08, P32)`,
	}),
	reassigned: ({ no, owner }: Case, before: PersonRef): Reason => ({
		code: 'case_reassigned',
		no,
		text: `Case ${no} was handed from ${before.name} to ${owner.name}`,
	}),
	ownerChanged: ({ name }: PersonRef): Reason => ({
		code: 'owner_changed',
		text: `${name}, who had it before, cannot take it`,
	}),
};

export function sayWaits({ name }: PersonRef, cap: number): Reason {
	const text = `${name} has had ${cap} single ${cap === 1 ? 'notice' : 'notices'} of alerts today: this one comes with the digest`;
	return { code: 'waits_for_digest', cap, text };
}

/** @param count of the cases in it, which the owner got no notice of their own for */
export function sayDigest(count: number): Reason {
	return {
		code: 'digest',
		count,
		text: `And ${count} more ${count === 1 ? 'alert' : 'alerts'}, beyond the single notices of the day`,
	};
}

/** @param count of the cases that one notice tells of */
export function sayBundle(count: number): Reason {
	return { code: 'bundle', count, text: `Told together: ${count} alerts whose time runs out` };
}

export function sayAgain(attempt: number): Reason {
	const text = 'Nobody confirmed that this notice arrived the last time';
	return { code: 'handed_out_again', attempt, text };
}

const TO_DO: Record<Measure, string> = {
	acknowledge: 'acknowledged',
	touch: 'touched by a human',
	resolve: 'resolved',
};

/** Why somebody is told of a case that is running out of time; `telling` is the id under which it is told once. */
export function sayTelling(one: Case, id: string, telling: Telling): Reason {
	const { no, owner, clocks } = one;
	const { event } = telling;
	switch (event) {
		case 'nearing':
		case 'breached': {
			const { measure, due } = telling;
			const clock = clocks[telling.clock] ?? one;
			const dueAt = sayAt(one, due);
			const what = `Case ${no}, ${named(clock.kind, clock.priority)},`;
			const text =
				event === 'nearing'
					? `${what} has to be ${TO_DO[measure]} by ${dueAt}`
					: `${what} was to be ${TO_DO[measure]} by ${dueAt}, and is not`;
			return { code: `sla_${event}`, no, telling: id, measure, dueAt, text };
		}
		case 'stale': {
			const since = one.acknowledgement?.at;
			const when = since === undefined ? '' : ` at ${sayAt(one, since)}`;
			const text = `Case ${no} was acknowledged${when}, and no human spoke to the customer since: it has to be acknowledged again`;
			return { code: 'sla_stale', no, telling: id, text };
		}
		case 'level': {
			const { level, time } = telling;
			const again = time === 1 ? '' : `, told ${time} times now`;
			const text = `Nobody takes care of case ${no}, which ${owner.name} has (level ${level}${again})`;
			return { code: 'sla_level', no, telling: id, level, time, text };
		}
	}
}

/** ISO 8601 with the offset of the case's calendar. */
export function sayAt({ sla }: Pick<Case, 'sla'>, at: number): string {
	return isoIn(at, compileSla(sla).zone);
}

/** `an urgent escalation`. */
function named(kind: Kind, priority: Priority): string {
	return priority === 'urgent' ? `an urgent ${kind}` : `a ${priority} ${kind}`;
}
