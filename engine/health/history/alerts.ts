import { sayExact } from '../figures';
import type { HealthModel } from '../model';
import type { HealthAlert } from './facts';
import { dateOf } from './localDay';
import type { HealthMemory, Raised } from './memory';

/** P03: a fall strictly over 30 % alerts, 40 % or more is urgent; as what is left of the week before. */
const ALERTS_BELOW = 0.7;
const URGENT_FROM = 0.6;
/** P03: one usage alert per account per 14 days, which is how long it is listed. */
const USAGE_DAYS = 14;
/** P27: a renewal moved earlier, or later by no more than this, is the same cycle. */
const SAME_CYCLE_DAYS = 180;

const NO_ALERTS: readonly HealthAlert[] = Object.freeze([]);

/** Whether usage fell enough for an alert, and none was raised in the last 14 days (P03). @param kept NaN: unknown */
export function usageFell(kept: number, { usage }: HealthMemory, day: number): boolean {
	return kept < ALERTS_BELOW && (usage === undefined || day - usage.day >= USAGE_DAYS);
}

/** Whether it is about a renewal that was not alerted of yet (P28). @param renewal local day; NaN: there is no reason to */
export function lacksSponsor(renewal: number, { sponsor }: HealthMemory): boolean {
	return sponsor === undefined ? renewal === renewal : renewal - sponsor.renewal > SAME_CYCLE_DAYS;
}

/** What stands on the account today. @param unsponsored local day of a renewal that nobody sponsors, NaN for none */
export function alertsOf(
	memory: HealthMemory,
	{ accountId, model, day }: { accountId: string; model: HealthModel; day: number },
	unsponsored: number,
): readonly HealthAlert[] {
	const { drop, usage, sponsor } = memory;
	const isUsageListed = usage !== undefined && day >= usage.day && day - usage.day < USAGE_DAYS;
	// one of this renewal's cycle, not of the last one, and not of a later day
	const isUnsponsored =
		unsponsored === unsponsored &&
		sponsor !== undefined &&
		day >= sponsor.day &&
		!lacksSponsor(unsponsored, memory);
	if (drop === undefined && !isUsageListed && !isUnsponsored) return NO_ALERTS;
	const keyOf = (code: string, at: number): string =>
		`${code}/${model.id}/${accountId}/${dateOf(at)}`;
	const alerts: HealthAlert[] = [];
	if (drop !== undefined) {
		// what the threshold was that day
		const { under = model.bands.yellow } = drop;
		alerts.push({
			code: 'health_dropped',
			key: keyOf('health_dropped', drop.day),
			...raised(drop),
			priority: 'normal',
			under,
			text: `Health dropped under ${sayExact(under)} on ${dateOf(drop.day)}`,
		});
	}
	if (isUsageListed) {
		const percent = Math.round((1 - usage.kept) * 10_000) / 100;
		alerts.push({
			code: 'usage_fell',
			key: keyOf('usage_fell', usage.day),
			...raised(usage),
			priority: usage.kept <= URGENT_FROM ? 'urgent' : 'normal',
			percent,
			text: `Usage fell by ${sayExact(percent)} % from one closed week to the next`,
		});
	}
	if (isUnsponsored) {
		const left = unsponsored - day;
		const when = left === 0 ? 'today' : `in ${left} ${left === 1 ? 'day' : 'days'}`;
		alerts.push({
			code: 'no_sponsor',
			key: keyOf('no_sponsor', sponsor.renewal),
			...raised(sponsor),
			priority: 'normal',
			renewal: dateOf(unsponsored),
			text: `The contract renews ${when} and no executive sponsor is known`,
		});
	}
	return alerts;
}

function raised({ day, first }: Raised): Pick<HealthAlert, 'since' | 'baseline'> {
	return first === true ? { since: dateOf(day), baseline: true } : { since: dateOf(day) };
}
