import { DateTime } from 'luxon';
import { isMissing } from '../accounts/missing';
import { show, showChoice, showNumber } from '../accounts/show';
import { addLocalDays } from '../calendar/localTime';
import { isZone } from '../calendar/zone';
import { readNumber } from '../health/cells';
import type { TierAssignment } from './assignTiers';
import type { Facts } from './facts';
import { plain } from './oneOf';
import { compileRank, type Tier, type TierPolicy } from './policy';
import { readDate } from './readDate';
import { sayInvalid, type TierReason } from './tierReasons';

/** When a tier may fall (P36). */
export type FallTerms = {
	/** The field in which an account says which tier it has so far, for messages. */
	field: string;
	/** What it says there: the id or name of a tier; anything else keeps nothing. */
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
	{ field, currentOf, review, daysAroundRenewal, now }: FallTerms,
): (assignment: TierAssignment, account: Facts, elevatedTo?: Tier) => TierAssignment {
	const rankOf = compileRank(policy);
	const names = policy.tiers.map(({ name }) => name);
	const tiers = new Map<string, Tier>();
	for (const tier of policy.tiers) {
		tiers.set(plain(tier.name), tier);
		tiers.set(plain(tier.id), tier);
	}
	return (assignment, account, elevatedTo) => {
		if (review || assignment.tier === null) return assignment;
		const value = currentOf(account);
		if (isMissing(value)) return assignment;
		const isWord = typeof value === 'string' || typeof value === 'number';
		const current = isWord ? tiers.get(plain(String(value))) : undefined;
		if (current === undefined) {
			const found = showChoice(value, names);
			return withReason(assignment, sayInvalid(field, NO_TIER, found, 'no tier is kept'));
		}
		if (rankOf(current.id) <= rankOf(assignment.tier)) return assignment;
		if (current.id === elevatedTo?.id) return assignment;
		const renewal = renewalOf(account, now, daysAroundRenewal);
		const told = withReason(assignment, renewal.unreadable);
		if (renewal.isNear) return told;
		const { tier, name, output } = assignment;
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
				...told.reasons,
			],
		};
	};
}

const NO_TIER = 'names no tier of this policy';
const NO_DATE = 'is no date';
const NO_TERM = 'is no number of months';

type Renewal = { isNear: boolean; unreadable?: TierReason };

/** Near the renewal that is to come, or the one with which the running term began: dates move on when a contract is renewed. */
function renewalOf(account: Facts, now: number, days: number): Renewal {
	const { renewalDate, termMonths, timezone } = account;
	const zone = typeof timezone === 'string' && isZone(timezone) ? timezone : 'utc';
	if (isMissing(renewalDate)) return { isNear: false };
	const at = readDate(renewalDate, zone);
	if (at === undefined) {
		const consequence = 'the tier falls only in a review';
		return {
			isNear: false,
			unreadable: sayInvalid('renewalDate', NO_DATE, show(renewalDate), consequence),
		};
	}
	if (now >= addLocalDays(at, -days, zone)) return { isNear: now <= addLocalDays(at, days, zone) };
	const term = readNumber(termMonths);
	const isTerm = term > 0 && Number.isFinite(term);
	const months = isTerm ? term : USUAL_TERM_MONTHS;
	const began = DateTime.fromMillis(at, { zone }).minus({ months }).toMillis();
	const isNear = now >= began && now <= addLocalDays(began, days, zone);
	if (isTerm || isMissing(termMonths)) return { isNear };
	const consequence = `the term is taken for ${String(USUAL_TERM_MONTHS)} months`;
	return {
		isNear,
		unreadable: sayInvalid('termMonths', NO_TERM, showNumber(termMonths), consequence),
	};
}

function withReason(assignment: TierAssignment, reason: TierReason | undefined): TierAssignment {
	if (reason === undefined) return assignment;
	return { ...assignment, reasons: [...assignment.reasons, reason] };
}
