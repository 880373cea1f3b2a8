import { DateTime } from 'luxon';
import type { Facts } from '../fields';
import { DAY_MS } from '../../calendar/zone';
import { outcomeAt, type DatedFacts, type History, type Outcome } from './history';

/** 00:00 UTC of the day that lies `days` days before the outcome (P01, in the zone in which a score counts its days). */
export function daysBefore(outcome: Outcome, days: number): number {
	return (Math.floor(outcomeAt(outcome) / DAY_MS) - days) * DAY_MS;
}

/**
 * Follows an account through time: each call gives what was known at an instant and nothing that became known later.
 * Instants must not go back. undefined as long as nothing is known.
 */
export function followFacts(facts: readonly DatedFacts[]): (asOf: number) => Facts | undefined {
	const rows = [...facts].sort((a, b) => a.at - b.at);
	let next = 0;
	let known: Facts | undefined;
	return (asOf) => {
		for (let row = rows[next]; row !== undefined && row.at <= asOf; row = rows[++next]) {
			known = known === undefined ? row.values : lay(known, row.values);
		}
		return known;
	};
}

export function factsAsOf(history: History, asOf: number): Facts | undefined {
	return followFacts(history.facts)(asOf);
}

/**
 * The same past as it was known at an instant: who had not left by then was still a customer, and nothing that was
 * written later exists. Accounts of which nothing was known yet are not there.
 */
export function knownAt(histories: readonly History[], instant: number): History[] {
	return histories.flatMap((history) => {
		const facts = history.facts.filter(({ at }) => at <= instant);
		if (facts.length === 0) return [];
		const outcome: Outcome =
			outcomeAt(history.outcome) <= instant
				? history.outcome
				: { type: 'retained', until: instant };
		return [{ ...history, facts, outcome }];
	});
}

/** A new object in which `over` lies on top of `under`; lists and single values are replaced, objects go field by field. */
function lay(under: Facts, over: Facts): Facts {
	const told = Object.entries(over).filter(([, value]) => value !== undefined);
	const merged = told.map(([key, value]): [string, unknown] => {
		const below = isPlain(value) && Object.hasOwn(under, key) ? under[key] : undefined;
		return [key, isPlain(value) && isPlain(below) ? lay(below, value) : value];
	});
	return { ...under, ...Object.fromEntries(merged) };
}

function isPlain(value: unknown): value is Facts {
	return (
		typeof value === 'object' &&
		Object.prototype.toString.call(value) === '[object Object]' &&
		!DateTime.isDateTime(value)
	);
}
