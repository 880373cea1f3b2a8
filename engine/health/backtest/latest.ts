/** Two years of days: accounts are looked at in the order of their outcomes, whose windows overlap. */
const MOST_KEPT = 730;

/** Makes something for a number once, as long as it is among the latest that were made. */
export function latest<Thing>(make: (at: number) => Thing): (at: number) => Thing {
	const kept = new Map<number, Thing>();
	return (at) => {
		const known = kept.get(at);
		if (known !== undefined) return known;
		if (kept.size >= MOST_KEPT) {
			for (const oldest of kept.keys()) {
				kept.delete(oldest);
				break;
			}
		}
		const made = make(at);
		kept.set(at, made);
		return made;
	};
}
