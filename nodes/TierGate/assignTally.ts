import { showCurrency } from '../../engine/accounts/show';
import type { TierAssignment } from '../../engine/tiers/assignTiers';
import type { Facts } from '../../engine/tiers/facts';
import type { TierReason } from '../../engine/tiers/tierReasons';

const MOST_CURRENCIES = 5;

/** What of the decisions on many accounts is told in the editor, counted. */
export class AssignTally {
	undecided = 0;
	/** Undecided accounts by the code of their reason. */
	readonly reasons = new Map<string, number>();
	/** Currencies without a rate, as they may be shown; a few of them. */
	readonly currencies = new Set<string>();
	/** Accounts by what is wrong with a field. */
	readonly invalid = new Map<string, InvalidField & { accounts: number }>();
	/** Accounts by the name of the tier that takes more hours than they pay for. */
	readonly overBudget = new Map<string, number>();

	/** @param currency of the program */
	constructor(readonly currency: string) {}

	count({ tier, name, base, budget, reasons }: TierAssignment, account: Facts): void {
		if (tier === null) this.countUndecided(reasons[0], account);
		if (budget?.exceeds === true) add(this.overBudget, (base ?? { name }).name);
		// most accounts have the reason of their rule and no other
		if (reasons.length > 1) this.countInvalid(reasons);
	}

	private countUndecided(reason: TierReason | undefined, { currency }: Facts): void {
		this.undecided++;
		if (reason === undefined) return;
		add(this.reasons, reason.code);
		if (reason.code === 'currency_without_rate' && this.currencies.size < MOST_CURRENCIES)
			this.currencies.add(showCurrency(currency));
	}

	private countInvalid(reasons: readonly TierReason[]): void {
		for (const reason of reasons) {
			if (reason.code !== 'field_invalid') continue;
			const { field, problem, consequence } = reason;
			const known = this.invalid.get(field);
			if (known === undefined)
				this.invalid.set(field, { field, problem, consequence, accounts: 1 });
			else known.accounts++;
		}
	}
}

type InvalidField = { field: string; problem: string; consequence: string };

function add(counts: Map<string, number>, key: string): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}
