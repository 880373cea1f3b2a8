import { z } from 'zod/v4';
import { isWorst } from '../../accounts/severity';
import { localDaysBetween, parseLocal } from '../../calendar/localTime';
import type { Reason } from '../../journeys/memory';
import { morePressing, type CaseFacts, type Priority } from '../case';
import type { Words } from './words';

/** What is known of an account raises how pressing a reason is, and never lowers it. A fact that is not known raises nothing. */
export const urgencySchema = z.strictObject({
	/** ARR from which it is high, in the program's currency; none, because no figure is right for everybody (R21). */
	highArr: z.number().nonnegative().optional(),
	/** High so many local days before the renewal, and on its day. */
	renewalDays: z.int().nonnegative().max(365).default(30),
	/** High while the band is red with a score under this. */
	redScore: z.number().min(0).max(100).default(40),
	/** Normal at least with an NPS of this or less (P28). */
	npsDetractor: z.number().min(-100).max(100).default(6),
	/** Normal at least with a CSAT of this or less, out of 5. */
	lowCsat: z.number().min(0).max(5).default(2),
	/** Urgent with an open ticket of one of these severities; left out: of what people call the highest. */
	severities: z.array(z.string().min(1)).optional(),
});
export type Urgency = z.infer<typeof urgencySchema>;

/** Whatever else is known: who says so may be gone tomorrow (R64, P33). */
const BY_CODE: readonly (readonly [code: string, priority: Priority, text: string])[] = [
	['cancellation_requested', 'urgent', 'The customer wants to cancel'],
	['human_requested', 'high', 'The customer asked for a human'],
];

type Raise = { readonly to: Priority; readonly reason: Reason };
type Look = (facts: CaseFacts, code: string, now: number) => Raise | undefined;

/**
 * Compiles how pressing a reason is: what was stated, raised to the most pressing of what its code and the account's
 * facts say, with a reason for each that is more pressing than what was stated. Without `now` the renewal is not looked
 * at.
 * @param zone in which a date without a time is meant
 */
export function compileUrgency(
	urgency: Urgency,
	words: Words,
	zone: string,
): (
	facts: CaseFacts,
	stated: Priority,
	code: string,
	now: number,
) => { priority: Priority; reasons: Reason[] } {
	const looks = [
		byCode(words),
		bySeverity(urgency, words),
		byHealth(urgency, words),
		...(urgency.highArr === undefined ? [] : [byArr(urgency.highArr)]),
		byRenewal(urgency, zone),
		bySentiment(urgency),
	];
	return (facts, stated, code, now) => {
		let priority = stated;
		const reasons: Reason[] = [];
		for (const look of looks) {
			const raise = look(facts, code, now);
			if (raise === undefined || morePressing(stated, raise.to) === stated) continue;
			priority = morePressing(priority, raise.to);
			reasons.push(raise.reason);
		}
		return { priority, reasons };
	};
}

function byCode(words: Words): Look {
	const raises = new Map(
		BY_CODE.map(([code, to, text]): [string, Raise] => [
			words.plain(code),
			{ to, reason: { code: 'asked_by_customer', asked: code, priority: to, text } },
		]),
	);
	return (_facts, code) => raises.get(words.plain(code));
}

function bySeverity({ severities }: Urgency, words: Words): Look {
	const isGrave = severities === undefined ? isWorst : words.oneOf(severities);
	return ({ severity }) => {
		if (severity === undefined || !isGrave(severity)) return undefined;
		const text = `A ticket of the severity '${severity}' is open`;
		return {
			to: 'urgent',
			reason: { code: 'ticket_severity', severity, priority: 'urgent', text },
		};
	};
}

function byHealth({ redScore }: Urgency, words: Words): Look {
	const isRed = words.oneOf(['red']);
	return ({ band, score }) => {
		if (!isRed(band) || score === undefined || score >= redScore) return undefined;
		const text = `Health is red with a score of ${score}, under ${redScore}`;
		return {
			to: 'high',
			reason: { code: 'health_low', score, under: redScore, priority: 'high', text },
		};
	};
}

function byArr(from: number): Look {
	return ({ arr }) => {
		if (arr === undefined || arr < from) return undefined;
		const text = `ARR is ${arr}, ${from} or more`;
		return { to: 'high', reason: { code: 'arr_high', arr, from, priority: 'high', text } };
	};
}

function byRenewal({ renewalDays }: Urgency, zone: string): Look {
	return ({ renewalDate }, _code, now) => {
		const renewal = parseLocal(renewalDate, zone);
		if (renewal === undefined) return undefined;
		const days = localDaysBetween(now, renewal, zone);
		if (days < 0 || days > renewalDays) return undefined;
		const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
		const text = `The contract renews ${when}`;
		return { to: 'high', reason: { code: 'renewal_near', days, priority: 'high', text } };
	};
}

function bySentiment({ npsDetractor, lowCsat }: Urgency): Look {
	const raise = (measure: string, value: number, atMost: number): Raise => ({
		to: 'normal',
		reason: {
			code: 'sentiment_low',
			measure,
			value,
			atMost,
			priority: 'normal',
			text: `${measure} is ${value}, ${atMost} or less`,
		},
	});
	return ({ nps, csat }) => {
		if (nps !== undefined && nps <= npsDetractor) return raise('NPS', nps, npsDetractor);
		return csat !== undefined && csat <= lowCsat ? raise('CSAT', csat, lowCsat) : undefined;
	};
}
