import type { Case, CaseFacts, CaseReason } from './case';
import type { Call, CaseMemory } from './memory';

/** The calls of one account, records merged into it included, with its cases (P32). */
export type Family = {
	/** Of the record that survived. */
	readonly accountId: string;
	/** In their order, each with its place in the bulk. */
	readonly calls: readonly { readonly place: number; readonly call: Call }[];
	readonly open: readonly Case[];
	/** The one that ended last, other than by becoming part of another. */
	readonly last: Case | undefined;
	/** Keys of reasons that any of them holds. */
	readonly known: ReadonlySet<string>;
};

/** In the order of each family's first call. */
export function familiesOf(
	{ cases, survivorOf }: Pick<CaseMemory, 'cases' | 'survivorOf'>,
	calls: readonly Call[],
): Family[] {
	const survivor = (id: string): string => survivorOf.get(id) ?? id;
	const called = groupBy(
		calls.map((call, place) => ({ place, call })),
		({ call }) => survivor(call.accountId),
	);
	const byFamily = groupBy(cases, ({ accountId }) => survivor(accountId));
	return [...called].map(([accountId, its]) => {
		const all = byFamily.get(accountId) ?? [];
		const over = all
			.filter(({ open, outcome }) => !open && outcome !== 'merged')
			.toSorted((a, b) => endOf(a) - endOf(b) || a.no - b.no);
		return {
			accountId,
			calls: its,
			open: all.filter(({ open }) => open),
			last: over.at(-1),
			known: new Set(all.flatMap(({ reasons }) => reasons.map(({ key }) => key))),
		};
	});
}

/** What is known by now: the newest word counts, and the surviving record's before that of a merged one. */
export function factsOf({ accountId, calls }: Family, before: CaseFacts = {}): CaseFacts {
	let facts = lasting(before);
	const merged = calls.filter(({ call }) => call.accountId !== accountId);
	const own = calls.filter(({ call }) => call.accountId === accountId);
	for (const { call } of [...merged, ...own]) facts = { ...facts, ...stated(call.facts) };
	return facts;
}

/** Of each call the reasons that are news; what several calls say counts for the first of them. */
export function newReasons({ calls, known }: Family): (readonly CaseReason[])[] {
	const seen = new Set(known);
	return calls.map(({ call }) =>
		call.reasons.filter(({ key }) => {
			const isNew = !seen.has(key);
			seen.add(key);
			return isNew;
		}),
	);
}

/** What changes from day to day is told anew or not at all: a ticket that was closed is not open because it was once. */
function lasting({
	band: _band,
	score: _score,
	nps: _nps,
	csat: _csat,
	severity: _severity,
	...facts
}: CaseFacts): CaseFacts {
	return facts;
}

/** Without what is there and says nothing, which would hide what was known before. */
function stated(facts: CaseFacts): CaseFacts {
	const entries: [string, unknown][] = Object.entries(facts);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const thing of things) {
		const key = keyOf(thing);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [thing]);
		else group.push(thing);
	}
	return groups;
}

function endOf({ resolvedAt }: Case): number {
	return resolvedAt ?? -Infinity;
}
