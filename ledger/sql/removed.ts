import type { Removed } from '../ledger';

export const NOTHING: Removed = {
	events: 0,
	enrollments: 0,
	touches: 0,
	log: 0,
	pauses: 0,
	aliases: 0,
	suppressions: 0,
	health: 0,
	cases: 0,
	content: 0,
};

/** Sums of two counts. */
export function both(a: Removed, b: Removed): Removed {
	return {
		events: a.events + b.events,
		enrollments: a.enrollments + b.enrollments,
		touches: a.touches + b.touches,
		log: a.log + b.log,
		pauses: a.pauses + b.pauses,
		aliases: a.aliases + b.aliases,
		suppressions: a.suppressions + b.suppressions,
		health: a.health + b.health,
		cases: a.cases + b.cases,
		content: a.content + b.content,
	};
}
