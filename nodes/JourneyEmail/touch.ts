import { z } from 'zod/v4';
import type { Reason } from '../../engine/journeys/memory';
import { emailAddress, mailbox, type Mailbox } from '../../services/mail/address';
import type { RunMode } from '../platform/runMode';
import { notForUs } from './reasons';

/** Hand-overs and alerts reach the team by mail too. */
const TO_HUMANS = new Set(['human', 'alert']);

/** What an item must say of itself to be sent. `to` alone decides who gets it: in a test run that is the tester. */
const journeySchema = z.looseObject({
	key: z.string().min(1),
	channel: z.string().default('email'),
	mode: z.enum(['live', 'test', 'dry']),
	to: z.unknown(),
	contact: z.unknown(),
});

const contactSchema = z.looseObject({ email: z.string(), name: z.string().optional() });

export type Addressed = { key: string; to: Mailbox; toHuman: boolean };

/** The touch an item stands for, or why this run may not send it. */
export function touchOf(json: object, run: RunMode): Addressed | Reason {
	const journey = journeySchema.safeParse('journey' in json ? json.journey : undefined);
	if (!journey.success) return notForUs.noJourney();
	const { key, channel, mode, to, contact } = journey.data;
	if (mode === 'dry') return notForUs.dry();
	if (mode !== run)
		return run === 'test' ? notForUs.liveItemInTestRun() : notForUs.testItemInLiveRun();
	const toHuman = TO_HUMANS.has(channel);
	if (channel !== 'email' && !toHuman) return notForUs.otherChannel(channel);
	if (to === undefined || to === null || to === '') return notForUs.noRecipient();
	const address = emailAddress.safeParse(to);
	if (!address.success) return notForUs.badRecipient();
	return { key, to: mailbox(address.data, nameFor(address.data, contact)), toHuman };
}

/** A name belongs to one address; the tester is not to be called by the customer's. */
function nameFor(address: string, contact: unknown): string | undefined {
	const known = contactSchema.safeParse(contact);
	if (!known.success || known.data.email.toLowerCase() !== address.toLowerCase()) return undefined;
	return known.data.name;
}

export function isReason(value: object): value is Reason {
	return 'code' in value && 'text' in value;
}
