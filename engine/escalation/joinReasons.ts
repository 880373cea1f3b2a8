import { isCustomersWord } from '../journeys/asksForHuman';
import {
	graver,
	KINDS,
	morePressing,
	PRIORITIES,
	type Case,
	type CaseReason,
	type Clock,
	type Kind,
	type Priority,
} from './case';
import { compileSla } from './sla';
import { unpaused } from './unpaused';

type Weight = { readonly kind: Kind; readonly priority: Priority };

/** What all of them are together: the gravest kind, and the most pressing priority. */
export function weightOf(reasons: readonly [Weight, ...Weight[]]): Weight;
export function weightOf(reasons: readonly Weight[]): Weight | undefined;
export function weightOf([first, ...others]: readonly Weight[]): Weight | undefined {
	if (first === undefined) return undefined;
	let { kind, priority } = first;
	for (const other of others) {
		kind = graver(kind, other.kind);
		priority = morePressing(priority, other.priority);
	}
	return { kind, priority };
}

/**
 * Clocks with those that new reasons start at `now`: one for each reason that is graver or more pressing than every
 * clock there is. Of reasons that come together the weightiest goes first, so that it speaks for what it covers.
 */
export function startClocks(
	clocks: readonly Clock[],
	reasons: readonly CaseReason[],
	now: number,
): { clocks: Clock[]; raising: ReadonlySet<string> } {
	const all = [...clocks];
	const raising = new Set<string>();
	for (const { key, kind, priority } of reasons.toSorted(heavierFirst)) {
		if (all.some((clock) => covers(clock, { kind, priority }))) continue;
		all.push({ kind, priority, startedAt: now });
		raising.add(key);
	}
	return { clocks: all, raising };
}

/**
 * An open case with reasons that it did not have. What raises it starts a clock, and has to be acknowledged afresh; what
 * does not only joins. (A climb goes on: nobody has taken note so far.)
 *
 * What the customer says is always heard (R64, P18, P33): it ends the waiting for them, and where everything had been
 * done, it starts a clock like what raises the case.
 */
export function joinReasons(
	one: Case,
	reasons: readonly CaseReason[],
	now: number,
): { case: Case; raising: ReadonlySet<string> } {
	const words = reasons.filter(({ code }) => isCustomersWord(code));
	const started = startClocks(one.clocks, reasons, now);
	const isAnew = started.raising.size === 0 && words.length > 0 && isSettled(one);
	const { clocks, raising } = isAnew ? startClocks([], words, now) : started;
	const { kind, priority } = weightOf([one, ...reasons]);
	const joined: Case = {
		...(words.length > 0 ? unpaused(one, now) : one),
		kind,
		priority,
		escalatedAt: one.escalatedAt ?? (kind === 'escalation' ? now : undefined),
		reasons: [...one.reasons, ...reasons],
		clocks: isAnew ? [...one.clocks, ...clocks] : clocks,
	};
	return { case: raising.size === 0 ? joined : { ...joined, acknowledgement: undefined }, raising };
}

/** Whether nobody is waited for any more: somebody took note, and spoke to the customer where that is asked for. */
function isSettled({ clocks, sla }: Case): boolean {
	const { targetOf } = compileSla(sla);
	return clocks.every(
		(clock) =>
			clock.acknowledgedAt !== undefined &&
			(clock.touchedAt !== undefined || targetOf(clock, 'touch') === undefined),
	);
}

function covers(a: Weight, b: Weight): boolean {
	return (
		KINDS.indexOf(a.kind) >= KINDS.indexOf(b.kind) &&
		PRIORITIES.indexOf(a.priority) <= PRIORITIES.indexOf(b.priority)
	);
}

function heavierFirst(a: Weight, b: Weight): number {
	return (
		KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind) ||
		PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority)
	);
}
