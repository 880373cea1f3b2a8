import { show } from '../accounts/show';

/** Why a gate holds an account, or lets it pass. */
export type GateReason = {
	readonly code:
		| 'allowed'
		| 'excluded'
		| 'churned'
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

export function sayStage(stage: unknown, motion: string): GateReason {
	const found = typeof stage === 'string' ? `stage ${stage}` : 'accounts without a stage';
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
