import type { Reason } from './memory';

/** Every reason a journey gives, as code and sentence; values stand beside them for whoever counts or filters. */

export const notEnrolled = {
	noStartDate: (): Reason => ({
		code: 'noStartDate',
		text: 'Not enrolled: neither a "customer created" event nor createdAt nor startedAt says when this customer began.',
	}),
	notStarted: (at: string): Reason => ({
		code: 'notStarted',
		at,
		text: `Not enrolled yet: the contract starts ${at}.`,
	}),
	beforeGoLive: (days: number): Reason => ({
		code: 'beforeGoLive',
		days,
		text: `Not enrolled: the customer began more than ${String(days)} days before this journey first ran (P09).`,
	}),
	alreadyHad: (outcome: string): Reason => ({
		code: 'alreadyHad',
		outcome,
		text: `Not enrolled again: the account had this journey before (${outcome}); a new cycle needs a returning customer or a restart (P17).`,
	}),
	merged: (): Reason => ({
		code: 'merged',
		text: 'This record was merged into another account, which carries the journey on (P32).',
	}),
	repeated: (): Reason => ({
		code: 'repeated',
		text: 'The account stands in this run more than once; its first item decides.',
	}),
	excluded: (): Reason => ({
		code: 'excluded',
		text: 'The account is excluded (test, partner or internal).',
	}),
	churned: (): Reason => ({
		code: 'churned',
		text: 'The customer has churned; every journey ends (P32).',
	}),
	paused: (at: string): Reason => ({
		code: 'paused',
		at,
		text: `The account is paused until ${at} (P33).`,
	}),
	baseline: (): Reason => ({
		code: 'baseline',
		text: 'Listed once, not triggered: the account met the conditions when the journey first ran (P09).',
	}),
	noFirstValue: (): Reason => ({
		code: 'noFirstValue',
		text: 'Not enrolled yet: first value has not been reached.',
	}),
	noDate: (field: string): Reason => ({
		code: 'noDate',
		field,
		text: `Not enrolled: the account has no date in '${field}'.`,
	}),
	dateAhead: (field: string, at: string): Reason => ({
		code: 'dateAhead',
		field,
		at,
		text: `Not enrolled yet: by '${field}' the journey begins ${at}.`,
	}),
	datePast: (field: string): Reason => ({
		code: 'datePast',
		field,
		text: `Not enrolled: by '${field}' the journey would be over by now.`,
	}),
	sameDate: (field: string): Reason => ({
		code: 'sameDate',
		field,
		text: `Not enrolled again: '${field}' is still the date of the last cycle, or at most 180 days later (P27).`,
	}),
	sameCampaign: (field: string, date: string): Reason => ({
		code: 'sameCampaign',
		field,
		date,
		text: `Not invited again: '${field}' is now ${date}, and for the same Journey ID it is the same campaign, put off (P27).`,
	}),
	conditionsNotMet: (): Reason => ({
		code: 'conditionsNotMet',
		text: 'Not enrolled: the account does not meet the conditions to enter.',
	}),
	caseOpen: (): Reason => ({
		code: 'caseOpen',
		text: 'Not enrolled: a human has the account (P22).',
	}),
	stillMatching: (): Reason => ({
		code: 'stillMatching',
		text: 'Not enrolled again: the account has met the conditions all along since the last time.',
	}),
	tooEarlyAgain: (days: number, at: string): Reason => ({
		code: 'tooEarlyAgain',
		days,
		at,
		text: `Not enrolled again before ${at}: at least ${String(days)} days lie between two times.`,
	}),
	oftenEnough: (times: number): Reason => ({
		code: 'oftenEnough',
		times,
		text: `Not enrolled again: ${String(times)} times is the limit.`,
	}),
};

/** Why nothing of health or usage triggers for now (P10). */
export const massHold = {
	massTrigger: (count: number, of: number): Reason => ({
		code: 'massTrigger',
		count,
		of,
		text: `Held: ${String(count)} of ${String(of)} accounts would trigger within a day, which looks like a fault of the data; all are held until somebody has looked (P10).`,
	}),
	usageTooOld: (at: string): Reason => ({
		code: 'usageTooOld',
		at,
		text: `Held: the newest usage data are of ${at}, more than 48 hours old; nothing triggers on old data (P10).`,
	}),
};

export const lapse = {
	superseded: (by: string): Reason => ({
		code: 'superseded',
		by,
		text: `Not sent: '${by}' is due as well, and only the latest step goes (P26).`,
	}),
	setUpFinished: (): Reason => ({
		code: 'setUpFinished',
		text: 'Not sent: set-up is already finished (R32).',
	}),
	setUpUnfinished: (): Reason => ({
		code: 'setUpUnfinished',
		text: 'Not sent: set-up is not finished.',
	}),
	conditionsNotMet: (): Reason => ({
		code: 'conditionsNotMet',
		text: "Not sent: the account does not meet the step's conditions.",
	}),
	goalReached: (): Reason => ({
		code: 'goalReached',
		text: 'Not sent: first value has been reached (P16).',
	}),
	ended: (outcome: string): Reason => ({
		code: 'ended',
		outcome,
		text: `Not sent: the journey has ended (${outcome}).`,
	}),
	stale: (days: number): Reason => ({
		code: 'stale',
		days,
		text: `Not sent: it could not go within ${String(days)} days and would come too late.`,
	}),
	tooSoonAgain: (days: number): Reason => ({
		code: 'tooSoonAgain',
		days,
		text: `Not raised: the last one is less than ${String(days)} days ago (P17).`,
	}),
	caseOpen: (): Reason => ({
		code: 'caseOpen',
		text: 'Not sent: a human has the account; automated messages stop until the case is resolved (P06).',
	}),
	joinedCase: (): Reason => ({
		code: 'joinedCase',
		text: 'Not raised again: a human already has the account; one case at a time (P08).',
	}),
	allFinished: (): Reason => ({
		code: 'recipientsFinished',
		text: 'Not sent: everybody who can be reached has finished set-up (R32).',
	}),
	noReachableContact: (): Reason => ({
		code: 'noReachableContact',
		text: 'Not sent: no contact can be reached (unsubscribed, bounced, left, or none given) (P12).',
	}),
	attemptsUsedUp: (attempts: number): Reason => ({
		code: 'attemptsUsedUp',
		attempts,
		text: `Given up: handed out ${String(attempts)} times and never confirmed.`,
	}),
	datePassed: (field: string): Reason => ({
		code: 'datePassed',
		field,
		text: `Not sent: the date in '${field}' has passed.`,
	}),
	heldOut: (percent: number): Reason => ({
		code: 'heldOut',
		percent,
		text: `Not sent: the account is in the hold-out of ${String(percent)} % that gets no such message.`,
	}),
	listed: (): Reason => ({
		code: 'listed',
		text: 'Listed once, not triggered: it held already when the journey first ran (P09). Should it hold no longer and again later, it is decided afresh.',
	}),
	senderDisabled: (): Reason => ({
		code: 'senderDisabled',
		text: 'Not sent: the sender wired to this step is disabled or missing; it will not be sent later (P34).',
	}),
};

/** Of what was held and is due no longer. */
export const withdraw = {
	noLongerDue: (): Reason => ({
		code: 'noLongerDue',
		text: 'Withdrawn: it is due no longer. Should it fall due again, it is decided afresh (P27).',
	}),
	stepRemoved: (): Reason => ({
		code: 'stepRemoved',
		text: 'Withdrawn: the step was removed from the journey. Put back, it is decided afresh.',
	}),
};

const PAUSED = {
	all: 'all sends are',
	account: 'the account is',
	address: 'this contact is',
};

export const hold = {
	contactsUnknown: (at: string): Reason => ({
		code: 'contactsUnknown',
		at,
		text: `Held: no contact of this account is known yet; looked for in every sweep, and from ${at} on a human is asked (P12).`,
	}),
	noReachableContact: (at: string): Reason => ({
		code: 'noReachableContact',
		at,
		text: `Held until ${at}: no contact can be reached (unsubscribed, bounced, left, or none given) (P12).`,
	}),
	waitsForHuman: (at: string): Reason => ({
		code: 'waitsForHuman',
		at,
		text: `Held until ${at}: no human has taken it yet; it is handed over again then.`,
	}),
	sendingHours: (at: string): Reason => ({
		code: 'sendingHours',
		at,
		text: `Held until ${at}: automated e-mail leaves in sending hours only (P02).`,
	}),
	capped: (hours: number, at: string): Reason => ({
		code: 'capped',
		hours,
		at,
		text: `Held until ${at}: at most one automated e-mail per address in ${String(hours)} hours (P04).`,
	}),
	cappedForMarketing: (days: number, at: string): Reason => ({
		code: 'capped',
		days,
		at,
		text: `Held until ${at}: marketing needs ${String(days)} days without any automated e-mail to the address (P04).`,
	}),
	cappedForTips: (days: number, at: string): Reason => ({
		code: 'capped',
		days,
		at,
		text: `Held until ${at}: at least ${String(days)} days lie between two education e-mails to one address (P24).`,
	}),
	yields: (journey: string | undefined, at: string): Reason => ({
		code: 'yields',
		...(journey === undefined ? {} : { journey }),
		at,
		text: `Held until ${at}: a message of ${journey === undefined ? 'another journey' : `the journey '${journey}'`} waits for the same address and goes first (P05).`,
	}),
	paused: (whom: 'all' | 'account' | 'address', why: string, at: string): Reason => ({
		code: 'paused',
		whom,
		why,
		at,
		text: `Held until ${at}, when it is decided afresh: ${PAUSED[whom]} paused (P33).`,
	}),
	pausedMeanwhile: (at: string): Reason => ({
		code: 'paused',
		at,
		text: `Held until ${at}, when it is decided afresh: it was paused just now (P33).`,
	}),
	caseOpen: (at: string): Reason => ({
		code: 'caseOpen',
		at,
		text: `Held until ${at}, when it is decided afresh: a human was given the account in this very moment (P06, P08).`,
	}),
	ramp: (atMost: number, at: string): Reason => ({
		code: 'ramp',
		atMost,
		at,
		text: `Held until ${at}: at most ${String(atMost)} messages a day go out in the first days (P09).`,
	}),
};

/** Of what is due, and left to the next execution. */
export const waitsForNextRun = (atMost: number): Reason => ({
	code: 'touchesPerRun',
	atMost,
	text: `Waits for the next execution: at most ${String(atMost)} touches leave in one ('Touches per Run').`,
});

/** Codes of lapses, and of crashes in mid-sending, after which a human is asked to reach the customer (P12). */
export const UNREACHABLE = new Set(['noReachableContact', 'attemptsUsedUp', 'fateUnknown']);

export const sayVariant = (variant: string): Reason => ({
	code: 'variant',
	variant,
	text: `The account gets variant '${variant}', for good.`,
});

/** To operations: under an id that has been used, nobody hears of it a second time (R60). */
export function sayReused(journey: string, date: string, count: number): Reason {
	const whom = count === 1 ? '1 account that was' : `${String(count)} accounts that were`;
	return {
		code: 'campaignReused',
		journey,
		date,
		count,
		text: `The date of campaign '${journey}' is now ${date}; ${whom} in it already will not be invited again. Put off? Then all is well: what is not sent yet moves with the date. Is it the next campaign? Then give it a Journey ID of its own.`,
	};
}
