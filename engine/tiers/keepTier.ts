import { DateTime } from 'luxon';
import { addLocalDays, parseLocal } from '../calendar/localTime';
import { isZone } from '../calendar/zone';
import type { TierAssignment } from './assignTiers';
import type { Facts } from './matchRule';
import { compileRank, type Tier, type TierPolicy } from './policy';

/** When a tier may fall (P36). */
export type FallTerms = {
	/** The tier an account has so far, by id or name; any other value means none. */
	currentOf: (account: Facts) => unknown;
	/** A review: tiers may fall now, whatever the date. */
	review: boolean;
	/** A renewal is near from so many days before it to so many days after it, the beginning of the next term. */
	daysAroundRenewal: number;
	/** ms since 1970 */
	now: number;
};

const USUAL_TERM_MONTHS = 12;

/**
 * A tier rises at once and falls only at renewal or review (P36): an account whose rules give less human time than it has
 * keeps its tier until then. What cannot be placed stays undecided, never guessed. `elevatedTo`: the tier that an
 * escalation gives the account, or gave it until lately; where the CRM was told just that, it is nothing to keep.
 */
export function compileKeep(
	policy: TierPolicy,
	{ currentOf, review, daysAroundRenewal, now }: FallTerms,
): (assignment: TierAssignment, account: Facts, elevatedTo?: Tier) => TierAssignment {
	const rankOf = compileRank(policy);
	const tiers = new Map<string, Tier>();
	for (const tier of policy.tiers) {
		tiers.set(plain(tier.name), tier);
		tiers.set(plain(tier.id), tier);
	}
	return (assignment, account, elevatedTo) => {
		if (review || assignment.tier === null) return assignment;
		const value = currentOf(account);
		const current = typeof value === 'string' ? tiers.get(plain(value)) : undefined;
		if (current === undefined || rankOf(current.id) <= rankOf(assignment.tier)) return assignment;
		if (current.id === elevatedTo?.id) return assignment;
		if (isNearRenewal(account, now, daysAroundRenewal)) return assignment;
		const { tier, name, output, reasons } = assignment;
		return {
			...assignment,
			tier: current.id,
			name: current.name,
			output: current.output,
			next: { tier, name, output },
			reasons: [
				{
					code: 'kept_until_renewal',
					kept: current.id,
					next: tier,
					text: `A tier falls only at renewal or review, so the account stays ${current.name}; by the rules it would be ${name}`,
				},
				...reasons,
			],
		};
	};
}

/** Near the renewal that is to come, or the one with which the running term began: dates move on when a contract is renewed. */
function isNearRenewal(account: Facts, now: number, days: number): boolean {
	const { renewalDate, termMonths, timezone } = account;
	const zone = typeof timezone === 'string' && isZone(timezone) ? timezone : 'utc';
	const at = typeof renewalDate === 'string' ? parseLocal(renewalDate, zone) : undefined;
	if (at === undefined) return false;
	const months = typeof termMonths === 'number' && termMonths > 0 ? termMonths : USUAL_TERM_MONTHS;
	if (now >= addLocalDays(at, -days, zone)) return now <= addLocalDays(at, days, zone);
	const began = DateTime.fromMillis(at, { zone }).minus({ months }).toMillis();
	return now >= began && now <= addLocalDays(began, days, zone);
}

function plain(word: string): string {
	return word.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}
