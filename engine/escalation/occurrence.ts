import type { Case } from './case';

/**
 * When the reasons of these cases were over, by key: ms since 1970, Infinity while one is what an open case is about. Of
 * a case that was opened again without it, at the latest that moment; what several cases hold is over with the last.
 */
export function endsOf(cases: readonly Case[]): ReadonlyMap<string, number> {
	const ends = new Map<string, number>();
	for (const { open, resolvedAt, reasons, settled = 0, clocks } of cases) {
		const openedAgainAt = Math.min(...clocks.map(({ startedAt }) => startedAt));
		for (const [place, { key }] of reasons.entries()) {
			const end = place < settled ? openedAgainAt : open ? Infinity : (resolvedAt ?? Infinity);
			ends.set(key, Math.max(end, ends.get(key) ?? end));
		}
	}
	return ends;
}

/**
 * The key of a need that nothing tells from the next but when it is told: the first is `key`, the next `key/2`. Whoever
 * began to tell it before the last one was over, such as an execution that is retried, tells the same; later it is a
 * need of its own.
 * @param began ms since 1970
 */
export function occurrenceOf(
	key: string,
	ends: ReadonlyMap<string, number>,
	began: number,
): string {
	for (let count = 1, one = key; ; one = `${key}/${++count}`) {
		const end = ends.get(one);
		// nothing follows one that is not over, or was not when this one was told first
		if (end === undefined || end >= began) return one;
	}
}
