import type { Case } from './case';

/** The case with its clocks running again from `now`, where they stood still. */
export function unpaused(one: Case, now: number): Case {
	const last = one.pauses.at(-1);
	if (last === undefined || last.to !== undefined) return one;
	return {
		...one,
		pauses: [...one.pauses.slice(0, -1), { from: last.from, to: Math.max(last.from, now) }],
	};
}
