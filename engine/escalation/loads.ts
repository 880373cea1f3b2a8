import type { Case, Load } from './case';

/** What people have to do, kept up to date while a bulk is routed. */
export class Loads {
	private readonly loads: Map<string, Load>;

	constructor(known: ReadonlyMap<string, Load>) {
		this.loads = new Map(known);
	}

	/** As it stands now. */
	get now(): ReadonlyMap<string, Load> {
		return this.loads;
	}

	/** A case as it was, and as it is: somebody got it, gave it away, or has it with other facts. */
	change(before: Case | undefined, after: Case): void {
		if (before?.open === true) this.add(before, -1);
		if (after.open) this.add(after, 1);
	}

	private add({ owner, facts, no }: Case, sign: 1 | -1): void {
		const { cases, arr, lastNo } = this.loads.get(owner.email) ?? { cases: 0, arr: 0, lastNo: 0 };
		this.loads.set(owner.email, {
			cases: cases + sign,
			arr: arr + sign * (facts.arr ?? 0),
			lastNo: sign === 1 ? Math.max(lastNo, no) : lastNo,
		});
	}
}
