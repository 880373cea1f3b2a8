import { wallClock } from '../calendar/zone';
import type { TierAssignment } from './assignTiers';
import { daysOf, type HealthNow, type ReturnTerms, type Standing } from './elevation';
import type { RankOf, Tier } from './policy';
import type { TierReason } from './tierReasons';

/**
 * A health escalation elevates the account to human-led (R17, P35): the tier the rules gave stays as `base`, and the
 * reasons of both are told. A tier that has as much human time already stays what it is.
 * @param zone in which the reason tells dates
 */
export function elevate(
	assignment: TierAssignment,
	{ humanLed, rankOf }: { humanLed: Tier; rankOf: RankOf },
	standing: Extract<Standing, { state: 'elevated' }>,
	health: HealthNow,
	terms: ReturnTerms,
	zone: string,
): TierAssignment {
	const { tier, name, output, reasons } = assignment;
	if (rankOf(tier) >= rankOf(humanLed.id)) return assignment;
	const since = new Date(standing.since).toISOString();
	const days = daysOf(health.steadyDays);
	const { stableDays, stableScore } = terms;
	const { caseResolved } = standing;
	const waitsFor = [
		...(caseResolved ? [] : ['its case is resolved']),
		...(days >= stableDays
			? []
			: [
					`its health has been stable for ${counted(stableDays)} in a row (${String(days)} so far)`,
				]),
		...(typeof health.score === 'number' && health.score >= stableScore
			? []
			: [`its score is ${String(stableScore)} or more`]),
	];
	const back = tier === null ? 'goes back' : `goes back to ${name}`;
	const text = `${humanLed.name} while a person has it, since a health escalation on ${dayOf(standing.since, zone)}; it ${back} once ${waitsFor.join(' and ')}`;
	return {
		...assignment,
		tier: humanLed.id,
		name: humanLed.name,
		output: humanLed.output,
		base: { tier, name, output },
		reasons: [
			{ code: 'elevated', since, caseResolved, steadyDays: days, stableDays, text },
			...reasons,
		],
	};
}

/** Says of an account that went back that it did, and when (R17, P35). */
export function sayReturned(assignment: TierAssignment, at: number, zone: string): TierAssignment {
	const text = `The account went back from a person on ${dayOf(at, zone)}; only a new escalation elevates it again`;
	const reason: TierReason = { code: 'returned', at: new Date(at).toISOString(), text };
	return { ...assignment, reasons: [...assignment.reasons, reason] };
}

function dayOf(at: number, zone: string): string {
	return new Date(wallClock(at, zone)).toISOString().slice(0, 10);
}

function counted(days: number): string {
	return days === 1 ? '1 day' : `${String(days)} days`;
}
