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
 */
export function joinReasons(
	one: Case,
	reasons: readonly CaseReason[],
	now: number,
): { case: Case; raising: ReadonlySet<string> } {
	const { clocks, raising } = startClocks(one.clocks, reasons, now);
	const { kind, priority } = weightOf([one, ...reasons]);
	const joined: Case = {
		...one,
		kind,
		priority,
		escalatedAt: one.escalatedAt ?? (kind === 'escalation' ? now : undefined),
		reasons: [...one.reasons, ...reasons],
		clocks,
	};
	return { case: raising.size === 0 ? joined : { ...joined, acknowledgement: undefined }, raising };
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
