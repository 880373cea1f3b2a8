/** The budget of one execution, in micro-dollars: what is under way counts as spent at its most. */
export type Purse = {
	/** Whether a call that costs at most so much still fits; if so, that much is set aside. */
	reserve(atMost: number | undefined): boolean;
	/** A reserved call is over and cost so much. */
	settle(atMost: number | undefined, cost: number): void;
	/** What is spent or set aside. */
	spent(): number;
};

/** Without a budget everything fits. With one, a call of unknown price does not: it could cost anything. */
export function openPurse(budgetMicros = Infinity): Purse {
	let spent = 0;
	return {
		reserve(atMost) {
			if (budgetMicros === Infinity) {
				spent += atMost ?? 0;
				return true;
			}
			if (atMost === undefined || spent + atMost > budgetMicros) return false;
			spent += atMost;
			return true;
		},
		settle(atMost, cost) {
			spent += cost - (atMost ?? 0);
		},
		spent: () => spent,
	};
}
