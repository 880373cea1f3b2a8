import type { Reason } from '../../engine/journeys/memory';
import type { SendGrant } from '../../ledger/ledger';
import type { PostAnswer } from '../../services/mail/answer';

export const accepted: Reason = { code: 'accepted', text: 'The mail server accepted it.' };
export const noUnsubscribe: Reason = {
	code: 'noUnsubscribe',
	text: 'Sent without a way to unsubscribe; set Link Address (one click) or Unsubscribe URL under Options.',
};

export const notRecorded: Reason = {
	code: 'notRecorded',
	text: "The ledger could not write down what became of it, though asked several times. It stays marked as it was: it is not sent again by itself, but a mail to a colleague, or with 'Fate Unknown: Send Again', is handed out again when its lease ends.",
};

/** Why an item is no touch that this run may send. */
export const notForUs = {
	noJourney: (): Reason => ({
		code: 'noJourney',
		text: 'Not sent: this item did not come from a Customer Journey or Escalation Router node, so there is no claim to send under.',
	}),
	otherChannel: (channel: string): Reason => ({
		code: 'otherChannel',
		channel,
		text: `Not sent: this step goes by the channel '${channel}', not by e-mail. Check which output is wired to this node.`,
	}),
	noNotice: (): Reason => ({
		code: 'noNotice',
		text: 'Not sent: the Escalation Router tells nobody of this item: its reason joined a case that somebody has, or waits for a digest.',
	}),
	caseEnded: (): Reason => ({
		code: 'caseEnded',
		text: 'Not sent: the case has ended, so there is nobody to tell.',
	}),
	noRecipient: (field: string): Reason => ({
		code: 'noRecipient',
		text: `Not sent: ${field} is empty. In a test run, set the test recipient in the node it came from.`,
	}),
	badRecipient: (field: string): Reason => ({
		code: 'badRecipient',
		text: `Not sent: ${field} is not one plain e-mail address.`,
	}),
	dry: (): Reason => ({
		code: 'dryRun',
		text: 'Not sent: this is a dry run, nothing leaves.',
	}),
	liveItemInTestRun: (): Reason => ({
		code: 'liveItemInTestRun',
		text: 'Not sent: this is a test run, and the item is a real touch (pinned or pasted data). Run the node it came from in the same test run.',
	}),
	testItemInLiveRun: (): Reason => ({
		code: 'testItemInLiveRun',
		text: 'Not sent: the item comes from a test run. Remove pinned data before the workflow runs live.',
	}),
	repeated: (): Reason => ({
		code: 'repeatedItem',
		text: 'Not sent: an earlier item of this execution is the same touch.',
	}),
	noTimeLeft: (): Reason => ({
		code: 'rateLimited',
		text: "Not sent: at the set 'Mails per Minute' its turn would come after its lease has ended. It is handed out again, and no attempt is used up.",
	}),
	stopped: (): Reason => ({
		code: 'stopped',
		text: 'Not sent: the execution was stopped. It is handed out again in 15 minutes, and no attempt is used up.',
	}),
};

/** What happens to a mail that could not be written: it says nothing about the customer. */
export function held(reason: Reason): Reason {
	const next =
		'It is tried again in about an hour, no attempt is used up, and nobody is written off.';
	return { ...reason, text: `${reason.text} ${next}` };
}

/** Why a mail could not be written. */
export const notWritten = {
	missing: (field: string, variable: string): Reason => ({
		code: 'missingVariable',
		field,
		variable,
		text: `Held: '${field}' uses '${variable}', which is empty here. Fill it, or say what stands instead: {{ ${variable} | default: "…" }}.`,
	}),
	template: (field: string, problem: string): Reason => ({
		code: 'templateFailed',
		field,
		text: `Held: the template in '${field}' failed: ${problem}.`,
	}),
	failed: (): Reason => ({
		code: 'templateFailed',
		text: 'Held: the mail could not be written from what is in this item.',
	}),
	empty: (field: string): Reason => ({
		code: 'emptyField',
		field,
		text: `Held: '${field}' is empty for this item.`,
	}),
	expression: (field: string): Reason => ({
		code: 'expressionFailed',
		field,
		text: `Held: the expression in '${field}' cannot be worked out for this item.`,
	}),
	unrenderedLiquid: (field: string): Reason => ({
		code: 'unrenderedLiquid',
		field,
		text: `Held: what the expression in '${field}' gives contains Liquid. If it is a template you trust, switch on the option 'Liquid in Expressions'.`,
	}),
	notAnAddress: (field: string): Reason => ({
		code: 'notAnAddress',
		field,
		text: `Held: '${field}' is not one plain e-mail address for this item.`,
	}),
	badLinkAddress: (): Reason => ({
		code: 'badLinkAddress',
		text: "Held: 'Link Address' is no https: address of a webhook for this item (http: only on localhost).",
	}),
	badUnsubscribe: (): Reason => ({
		code: 'badUnsubscribe',
		text: "Held: 'Unsubscribe URL' gives no https: or mailto: address for this item.",
	}),
};

const GRANTS: Record<Exclude<SendGrant, 'granted'>, string> = {
	alreadySent: 'Not sent: this touch was already sent under this key.',
	leaseEnded:
		'Not sent: its lease ended before its turn came. It is handed out again with the same key.',
	notClaimed:
		'Not sent: nothing claims this touch at present, so it is not due or another execution is done with it.',
	unknownTouch:
		'Not sent: the ledger knows no such touch. The item did not come from a Customer Journey or Escalation Router of this n8n.',
	suppressed:
		'Not sent: the recipient gets no automated e-mail any more (unsubscribed or bounced since the claim).',
	paused:
		'Not sent: sending is stopped, or the account or the address is paused, since the claim. The journey decides afresh when the pause ends.',
	fateUnknown:
		'Not sent: an earlier attempt was cut off while it was being sent, so it may have arrived. A human has to decide.',
};

/** Why the ledger lets a mail not go. */
export function notGranted(grant: Exclude<SendGrant, 'granted'>): Reason {
	return { code: grant, text: GRANTS[grant] };
}

export const ledgerUnavailable: Reason = {
	code: 'ledgerUnavailable',
	text: 'Not sent: the ledger did not answer, and nothing leaves without a claim.',
};

/**
 * The refusal of a hand-over or alert for good: the one who was to look after the customer does not know of it, so it
 * must not read like a customer's bounced mail.
 */
export function humanNotReached({ smtp }: { smtp?: string }): Reason {
	return {
		code: 'humanNotReached',
		...(smtp === undefined ? {} : { smtp }),
		text: `Not sent: a human could not be reached. The mail server refused it for good${smtp === undefined ? '' : ` (${smtp})`}. Check the account's success manager, and the addresses in the Customer Journey or Escalation Router node.`,
	};
}

type NotAccepted = Exclude<PostAnswer, { fate: 'accepted' }>;

/** What the mail server's answer means. `retryMinutes` is when the touch is handed out again. */
export function notAccepted(answer: NotAccepted, retryMinutes: number, resend: boolean): Reason {
	const again = `It is handed out again in ${String(retryMinutes)} minutes.`;
	if (answer.fate === 'unknown' && resend) {
		return {
			code: 'fateUnknown',
			text: `Not confirmed: the connection broke after the mail was handed over and before the server answered, so it may have arrived. ${again} It then goes under the same Message-ID.`,
		};
	}
	if (answer.fate === 'unknown') {
		return {
			code: 'fateUnknown',
			text: 'Not confirmed: the connection broke after the mail was handed over and before the server answered, so it may have arrived. It is not sent again by itself; a human has to decide.',
		};
	}
	const smtp = answer.smtp === undefined ? {} : { smtp: answer.smtp };
	const said = answer.smtp === undefined ? '' : ` (${answer.smtp})`;
	switch (answer.fate) {
		case 'refused':
			return {
				code: 'refused',
				...smtp,
				text: `Not sent: the mail server says that there is no such mailbox${said}. Never again.`,
			};
		case 'deferred':
			return notNow(answer, smtp, said, again);
		case 'noConnection':
			return answer.about === 'signIn'
				? {
						code: 'signInRefused',
						...smtp,
						text: `Not sent: the mail server refused the user and password of the SMTP credential${said}. ${again}`,
					}
				: {
						code: 'serverUnreachable',
						...smtp,
						text: `Not sent: there is no connection to the mail server${said}. Check host, port and encryption in the SMTP credential. ${again}`,
					};
	}
}

/** A refusal that is not about the customer for good. */
function notNow(
	{ about, forGood }: Extract<PostAnswer, { fate: 'deferred' }>,
	smtp: { smtp?: string },
	said: string,
	again: string,
): Reason {
	if (about === 'content') {
		return {
			code: 'contentRefused',
			...smtp,
			text: `Not sent: the mail server does not take what is in this mail${said}: too large, taken for spam, or not well formed. Change it. ${again} That uses up its attempts.`,
		};
	}
	if (about === 'sender' && forGood) {
		return {
			code: 'senderRefused',
			...smtp,
			text: `Not sent: the mail server refuses to send it, for a reason that is not the recipient's mailbox${said}: the sender, relaying, a sending limit, a policy or a blocklist. Check 'From Email' and the SMTP account. ${again} No attempt is used up, and nobody is written off.`,
		};
	}
	const what = forGood ? 'it: the mailbox is full or takes nothing' : 'it for now';
	return {
		code: 'deferred',
		...smtp,
		text: `Not sent: the mail server refused ${what}${said}. ${again}`,
	};
}
