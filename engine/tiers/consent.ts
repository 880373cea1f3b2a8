import { z } from 'zod/v4';
import { isMissing } from '../accounts/missing';
import { parseLocal } from '../calendar/localTime';
import { DAY_MS } from '../calendar/zone';
import {
	CONSENT_EXPIRED,
	CONSENT_REFUSED,
	sayConsentToCome,
	sayConsentUndated,
	sayConsentUnknown,
	sayConsentUnreadable,
	type GateReason,
} from './gateReasons';
import { within, type Facts } from './facts';
import { isReachable } from './reachable';
import { compileYesNo } from './words';

/**
 * Consent to be written to: yes or no in a field of each contact, else of the account for those contacts that have none
 * of their own, perhaps with the date on which it was given.
 */
export const consentSchema = z.object({
	field: z.string().min(1).default('marketingConsent'),
	dateField: z.string().min(1).default('marketingConsentAt'),
	/** Older consent no longer counts, nor one whose age nobody knows; 0: it counts until it is taken back. */
	validDays: z.number().nonnegative().default(0),
});

export type ConsentTerms = z.infer<typeof consentSchema>;

const readConsent = compileYesNo(
	['given', 'granted', 'optedin', 'optin', 'confirmed', 'agreed'],
	['denied', 'refused', 'withdrawn', 'revoked', 'optedout', 'optout'],
);

/** What is lacking where it is the most that anybody's answer comes to, the nearest to a yes first. */
const NEAREST: readonly GateReason['code'][] = [
	'consent_expired',
	'consent_undated',
	'consent_unknown',
	'consent_refused',
];

type Answer = 'yes' | GateReason;

/**
 * Compiles what an account lacks; undefined where somebody who can be reached agrees. What cannot be read is no consent:
 * a mistake here would write to somebody who must not be written to.
 * @param now ms since 1970
 */
export function compileConsent(
	{ field, dateField, validDays }: ConsentTerms,
	now: number,
): (account: Facts) => GateReason | undefined {
	const unknown = sayConsentUnknown(field);
	const undated = sayConsentUndated(dateField);
	const oldest = validDays === 0 ? -Infinity : now - validDays * DAY_MS;
	const answerOf = (holder: unknown): Answer => {
		const value = within(holder, field);
		const said = readConsent(value);
		if (said === 'missing') return unknown;
		if (said === 'unreadable') return sayConsentUnreadable(field, value);
		if (!said) return CONSENT_REFUSED;
		const date = within(holder, dateField);
		if (isMissing(date)) return validDays === 0 ? 'yes' : undated;
		const at = typeof date === 'string' ? parseLocal(date.trim(), 'utc') : undefined;
		// a date that cannot be read, or is to come, is nobody's yes of today
		if (at === undefined) return sayConsentUnreadable(dateField, date);
		if (at > now) return sayConsentToCome(dateField);
		return at < oldest ? CONSENT_EXPIRED : 'yes';
	};
	return (account) => {
		const { contacts } = account;
		const found: GateReason[] = [];
		let ofAccount: Answer | undefined;
		for (const contact of Array.isArray(contacts) ? contacts : []) {
			if (!isReachable(contact)) continue;
			const has = !isMissing(within(contact, field));
			const answer = has ? answerOf(contact) : (ofAccount ??= answerOf(account));
			if (answer === 'yes') return undefined;
			found.push(answer);
		}
		for (const wanted of NEAREST) {
			const same = found.filter(({ code }) => code === wanted);
			// what was found tells more than that nothing was
			const reason = same.find((one) => one !== unknown) ?? same[0];
			if (reason !== undefined) return reason;
		}
		return unknown;
	};
}
