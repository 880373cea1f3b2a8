import { z } from 'zod/v4';
import type { Reason } from '../../engine/journeys/memory';
import { emailAddress, mailbox, type Mailbox } from '../../services/mail/address';
import type { HandedOut } from '../platform/handedOut';
import type { RunMode } from '../platform/runMode';
import { notForUs } from './reasons';

/** Hand-overs and alerts reach the team by mail too. */
const TO_HUMANS = new Set(['human', 'alert']);

/** What an item must say of itself to be sent. `to` alone decides who gets it: in a test run that is the tester. */
const touchFields = {
	key: z.string().min(1),
	mode: z.enum(['live', 'test', 'dry']),
	to: z.unknown(),
};
const journeySchema = z.looseObject({
	...touchFields,
	channel: z.string().default('email'),
	contact: z.unknown(),
});
/** What the Escalation Router says of an item; without a key nobody is to be told. */
const noticeSchema = z.looseObject({
	...touchFields,
	channel: z.string().default('alert'),
	person: z.unknown(),
	owner: z.unknown(),
});
const endedSchema = z.looseObject({ state: z.literal('resolved') });

const personSchema = z.looseObject({ email: z.string(), name: z.string().optional() });

export type Addressed = {
	key: string;
	to: Mailbox;
	/** A hand-over, an alert or a notice: to a colleague and not to a customer. */
	toHuman: boolean;
	/** Of a case, and not of a journey. */
	isNotice: boolean;
};

/** The touch or notice an item stands for, or why this run may not send it. */
export function touchOf({ of, said }: HandedOut, run: RunMode): Addressed | Reason {
	return of === 'notice' ? noticeOf(said, run) : stepOf(said, run);
}

function stepOf(said: unknown, run: RunMode): Addressed | Reason {
	const journey = journeySchema.safeParse(said);
	if (!journey.success) return notForUs.noJourney();
	const { key, channel, mode, to, contact } = journey.data;
	const otherRun = whyNotInThisRun(mode, run);
	if (otherRun !== undefined) return otherRun;
	const toHuman = TO_HUMANS.has(channel);
	if (channel !== 'email' && !toHuman) return notForUs.otherChannel(channel);
	const mailTo = recipientOf(to, [contact], 'journey.to');
	return isReason(mailTo) ? mailTo : { key, to: mailTo, toHuman, isNotice: false };
}

function noticeOf(said: unknown, run: RunMode): Addressed | Reason {
	if (endedSchema.safeParse(said).success) return notForUs.caseEnded();
	const notice = noticeSchema.safeParse(said);
	if (!notice.success) return notForUs.noNotice();
	const { key, channel, mode, to, person, owner } = notice.data;
	const otherRun = whyNotInThisRun(mode, run);
	if (otherRun !== undefined) return otherRun;
	if (!TO_HUMANS.has(channel)) return notForUs.otherChannel(channel);
	const mailTo = recipientOf(to, [person, owner], 'escalation.to');
	return isReason(mailTo) ? mailTo : { key, to: mailTo, toHuman: true, isNotice: true };
}

function whyNotInThisRun(mode: 'live' | 'test' | 'dry', run: RunMode): Reason | undefined {
	if (mode === 'dry') return notForUs.dry();
	if (mode === run) return undefined;
	return run === 'test' ? notForUs.liveItemInTestRun() : notForUs.testItemInLiveRun();
}

function recipientOf(to: unknown, people: readonly unknown[], field: string): Mailbox | Reason {
	if (to === undefined || to === null || to === '') return notForUs.noRecipient(field);
	const address = emailAddress.safeParse(to);
	if (!address.success) return notForUs.badRecipient(field);
	return mailbox(address.data, nameFor(address.data, people));
}

/** A name belongs to one address; the tester is not to be called by the customer's, nor by a colleague's. */
function nameFor(address: string, people: readonly unknown[]): string | undefined {
	for (const one of people) {
		const known = personSchema.safeParse(one);
		if (known.success && known.data.email.toLowerCase() === address.toLowerCase())
			return known.data.name;
	}
	return undefined;
}

export function isReason(value: object): value is Reason {
	return 'code' in value && 'text' in value;
}
