import { show, showChoice } from '../accounts/show';
import { LIFECYCLE_STAGES } from './policy';

/** Why a gate holds an account, or lets it pass. */
export type GateReason = {
	readonly code:
		| 'allowed'
		| 'excluded'
		| 'excluded_invalid'
		| 'churned'
		| 'stage_invalid'
		| 'paused'
		| 'paused_until_invalid'
		| 'tier_unknown'
		| 'tier_not_allowed'
		| 'health_unknown'
		| 'band_not_allowed'
		| 'coverage_too_low'
		| 'stage_not_allowed'
		| 'nobody_reachable'
		| 'consent_refused'
		| 'consent_undated'
		| 'consent_unknown'
		| 'consent_expired';
	readonly text: string;
};

const reason = (code: GateReason['code'], text: string): GateReason =>
	Object.freeze({ code, text });

export const EXCLUDED = reason('excluded', 'The account is excluded from automation');
export const CHURNED = reason('churned', 'The customer has churned');
export const TIER_UNKNOWN = reason(
	'tier_unknown',
	'The account has no tier: let Assign Tier decide first',
);
export const HEALTH_UNKNOWN = reason(
	'health_unknown',
	'The account has no health score: let Health Score run first',
);
export const NOBODY_REACHABLE = reason(
	'nobody_reachable',
	'No contact can be reached by e-mail: all have left, bounced or unsubscribed',
);

export const CONSENT_REFUSED = reason(
	'consent_refused',
	'Nobody who can be reached by e-mail agrees to be written to',
);
export const CONSENT_EXPIRED = reason(
	'consent_expired',
	'Whoever agreed to be written to did so too long ago: ask again',
);

export function sayConsentUnknown(field: string): GateReason {
	return reason(
		'consent_unknown',
		`Nobody who can be reached by e-mail is known to agree to be written to (field '${field}' of a contact or the account)`,
	);
}

export function sayConsentUnreadable(field: string, found: unknown): GateReason {
	return reason(
		'consent_unknown',
		`Whether anybody who can be reached by e-mail agrees to be written to cannot be read (field '${field}', found ${show(found)})`,
	);
}

export function sayConsentToCome(field: string): GateReason {
	return reason(
		'consent_unknown',
		`Consent to be written to is dated later than now (field '${field}')`,
	);
}

export function sayConsentUndated(field: string): GateReason {
	return reason(
		'consent_undated',
		`Whoever agreed to be written to did so nobody knows when, and consent has a maximum age (field '${field}')`,
	);
}

export function sayNobodyReadable(field: string, found: unknown): GateReason {
	return reason(
		'nobody_reachable',
		`No contact is known to be reachable by e-mail, and of one with an address that cannot be read (field '${field}' of a contact, found ${show(found)})`,
	);
}

export function sayExclusionInvalid(found: unknown): GateReason {
	return reason(
		'excluded_invalid',
		`Whether the account is excluded from automation cannot be read (field 'excluded', found ${show(found)})`,
	);
}

export function sayStageInvalid(found: unknown): GateReason {
	return reason(
		'stage_invalid',
		`The stage of the account, and so whether the customer has churned, cannot be read (field 'lifecycleStage', found ${showChoice(found, LIFECYCLE_STAGES)})`,
	);
}

export function sayAllowed(motion: string): GateReason {
	return reason('allowed', `Nothing keeps the account out of ${motion}`);
}

export function sayPaused(until: number): GateReason {
	return reason('paused', `The account is paused until ${new Date(until).toISOString()}`);
}

export function sayPauseInvalid(found: unknown): GateReason {
	return reason(
		'paused_until_invalid',
		`The account is paused, but until when cannot be read (field 'pausedUntil', found ${show(found)})`,
	);
}

export function sayTier(tier: string, motion: string): GateReason {
	return reason('tier_not_allowed', `${motion} is not for tier ${tier}`);
}

export function sayBand(band: string, motion: string): GateReason {
	return reason('band_not_allowed', `${motion} is not for accounts whose health is ${band}`);
}

/** @param stage one of the lifecycle stages; `missing` where there is none */
export function sayStage(stage: string, motion: string): GateReason {
	const found = stage === 'missing' ? 'accounts without a stage' : `stage ${stage}`;
	return reason('stage_not_allowed', `${motion} is not for ${found}`);
}

export function sayCoverage(coverage: number, minimum: number): GateReason {
	const known = String(Math.floor(coverage * 100));
	const needed = String(Math.round(minimum * 100));
	return reason(
		'coverage_too_low',
		`${known} % of the health signals have data, ${needed} % is needed`,
	);
}
