import { z } from 'zod/v4';
import { parseLocal } from '../calendar/localTime';
import { DAY_MS } from '../calendar/zone';
import {
	CONSENT_EXPIRED,
	CONSENT_REFUSED,
	sayConsentUnknown,
	type GateReason,
} from './gateReasons';
import { within, type Facts } from './matchRule';
import { isReachable } from './reachable';

/**
 * Consent to be written to: yes or no in a field of each contact, else of the account for those contacts that have none
 * of their own, perhaps with the date on which it was given.
 */
export const consentSchema = z.object({
	field: z.string().min(1).default('marketingConsent'),
	dateField: z.string().min(1).default('marketingConsentAt'),
	/** Older consent no longer counts; 0: it counts until it is taken back. A consent without a date has no age. */
	validDays: z.number().nonnegative().default(0),
});

export type ConsentTerms = z.infer<typeof consentSchema>;

const YES = [
	'yes',
	'true',
	'y',
	'1',
	'given',
	'granted',
	'optedin',
	'optin',
	'confirmed',
	'agreed',
];
const NO = [
	'no',
	'false',
	'n',
	'0',
	'denied',
	'refused',
	'withdrawn',
	'revoked',
	'optedout',
	'optout',
];
const WORDS: ReadonlyMap<string, boolean> = new Map([
	...YES.map((word): [string, boolean] => [word, true]),
	...NO.map((word): [string, boolean] => [word, false]),
]);

type Answer = 'yes' | 'no' | 'expired' | 'unknown';

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
	const oldest = validDays === 0 ? -Infinity : now - validDays * DAY_MS;
	const answerOf = (holder: unknown): Answer => {
		const said = yesOrNo(within(holder, field));
		if (said === undefined) return 'unknown';
		if (!said) return 'no';
		const date = within(holder, dateField);
		if (date === undefined || date === null || date === '') return 'yes';
		const at = typeof date === 'string' ? parseLocal(date, 'utc') : undefined;
		// a date that cannot be read, or is to come, is nobody's yes of today
		if (at === undefined || at > now) return 'unknown';
		return at < oldest ? 'expired' : 'yes';
	};
	return (account) => {
		const { contacts } = account;
		const found = new Set<Answer>();
		let ofAccount: Answer | undefined;
		for (const contact of Array.isArray(contacts) ? contacts : []) {
			if (!isReachable(contact)) continue;
			const own = within(contact, field);
			const has = own !== undefined && own !== null && own !== '';
			const answer = has ? answerOf(contact) : (ofAccount ??= answerOf(account));
			if (answer === 'yes') return undefined;
			found.add(answer);
		}
		if (found.has('expired')) return CONSENT_EXPIRED;
		return found.has('no') && !found.has('unknown') ? CONSENT_REFUSED : unknown;
	};
}

function yesOrNo(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return WORDS.get(
		String(value)
			.toLowerCase()
			.replace(/[^\p{Letter}\p{Number}]/gu, ''),
	);
}
