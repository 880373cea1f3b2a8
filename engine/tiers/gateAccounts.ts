import { isMissing } from '../accounts/missing';
import { parseLocal } from '../calendar/localTime';
import { isZone } from '../calendar/zone';
import { compileConsent } from './consent';
import type { Gate, GateDecision } from './gate';
import {
	CHURNED,
	EXCLUDED,
	HEALTH_UNKNOWN,
	sayAllowed,
	sayBand,
	sayCoverage,
	sayExclusionInvalid,
	sayPaused,
	sayPauseInvalid,
	sayStage,
	sayStageInvalid,
	sayTier,
	TIER_UNKNOWN,
	type GateReason,
} from './gateReasons';
import { FACTS, within, type Facts } from './facts';
import { oneOf } from './oneOf';
import { lackOfReachable } from './reachable';
import { compileYesNo } from './words';

const HOUR_MS = 3_600_000;
const NOT_PAUSED = -Infinity;
/** 0.6 as a sum of weights may come out a hair below 0.6. */
const ROUNDING_SLACK = 1e-9;

/**
 * Decides for each account whether it may enter a motion; excluded, paused and churned ones never do (R76, R80).
 * @param now ms since 1970
 */
export function gateAccounts(gate: Gate, accounts: readonly Facts[], now: number): GateDecision[] {
	return accounts.map(compileGate(gate, now));
}

/** Compiles a gate for many accounts. All reasons to hold are told, not only the first. */
export function compileGate(gate: Gate, now: number): (account: Facts) => GateDecision {
	const { motion } = gate;
	const check = compileChecks(gate, now);
	const later = now + gate.lookAgainAfterHours * HOUR_MS;
	const laterText = new Date(later).toISOString();
	const allowed = sayAllowed(motion);

	return (account) => {
		const reasons: GateReason[] = [];
		if (gate.journeyFollows) {
			check(account, reasons);
			return reasons.length === 0
				? { motion, decision: 'pass', reasons: [allowed], lookAgainAt: null }
				: { motion, decision: 'hold', reasons, lookAgainAt: laterText };
		}
		const excluded = readExcluded(account.excluded);
		if (excluded === 'unreadable') reasons.push(sayExclusionInvalid(account.excluded));
		else if (excluded === true) reasons.push(EXCLUDED);
		const stage = readStage(account.lifecycleStage);
		if (stage === 'unreadable') reasons.push(sayStageInvalid(account.lifecycleStage));
		else if (stage === 'churned') reasons.push(CHURNED);
		const forPerson = reasons.length > 0;
		const pausedUntil = pauseOf(account, now);
		if (Number.isNaN(pausedUntil)) reasons.push(sayPauseInvalid(account.pausedUntil));
		else if (pausedUntil > now) reasons.push(sayPaused(pausedUntil));
		check(account, reasons);
		if (reasons.length === 0) {
			return { motion, decision: 'pass', reasons: [allowed], lookAgainAt: null };
		}
		if (forPerson || Number.isNaN(pausedUntil)) {
			return { motion, decision: 'hold', reasons, lookAgainAt: null };
		}
		// nothing can change before the pause ends, and nothing but a pause ends at a known time
		const byPause = pausedUntil > later || (pausedUntil > now && reasons.length === 1);
		const lookAgainAt = byPause ? new Date(pausedUntil).toISOString() : laterText;
		return { motion, decision: 'hold', reasons, lookAgainAt };
	};
}

type Checks = (account: Facts, reasons: GateReason[]) => void;

function compileChecks(gate: Gate, now: number): Checks {
	const { motion, minimumCoverage } = gate;
	const isOfThese = oneOf(gate.tiers);
	const bands = new Set<string>(gate.bands);
	const stages = new Set<string>(gate.stages);
	const looksAtHealth = bands.size > 0 || minimumCoverage > 0;
	const asksConsent = gate.consent === undefined ? undefined : compileConsent(gate.consent, now);
	return (account, reasons) => {
		if (gate.tiers.length > 0) {
			const tier = within(account.tier, 'tier');
			if (typeof tier !== 'string') reasons.push(TIER_UNKNOWN);
			else if (!isOfThese(tier) && !isOfThese(within(account.tier, 'name')))
				reasons.push(sayTier(tier, motion));
		}
		if (looksAtHealth) {
			const health = account.health;
			const band = within(health, 'band');
			const coverage = within(health, 'coverage');
			if (typeof band !== 'string' || typeof coverage !== 'number') {
				reasons.push(HEALTH_UNKNOWN);
			} else {
				if (bands.size > 0 && !bands.has(band)) reasons.push(sayBand(band, motion));
				if (coverage + ROUNDING_SLACK < minimumCoverage) {
					reasons.push(sayCoverage(coverage, minimumCoverage));
				}
			}
		}
		if (stages.size > 0) {
			const stage = readStage(account.lifecycleStage);
			if (stage === 'unreadable') {
				if (gate.journeyFollows) reasons.push(sayStageInvalid(account.lifecycleStage));
			} else if (stage !== 'churned' && !stages.has(stage)) {
				reasons.push(sayStage(stage, motion));
			}
		}
		const unreachable = gate.reachableContact ? lackOfReachable(account.contacts) : undefined;
		if (unreachable !== undefined) reasons.push(unreachable);
		const lacking = asksConsent?.(account);
		if (lacking !== undefined) reasons.push(lacking);
	};
}

const readStage = FACTS.stages.read;
const readExcluded = compileYesNo(['excluded', 'test', 'partner', 'internal']);

/** A date without a time is the start of that day where the account is (P01). NaN: paused, nobody knows until when. */
function pauseOf(account: Facts, now: number): number {
	const until = account.pausedUntil;
	if (isMissing(until)) return NOT_PAUSED;
	if (typeof until !== 'string') return NaN;
	const zone = account.timezone;
	const known = typeof zone === 'string' && isZone(zone) ? zone : 'utc';
	const at = parseLocal(until.trim(), known) ?? NaN;
	return at <= now ? NOT_PAUSED : at;
}
