import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { JourneyEvent, Reason, Touch } from '../../engine/journeys/memory';
import { readIncoming, type Incoming } from '../../services/mail/incoming';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { eventFacts } from './eventFacts';
import { runModeOf } from '../platform/runMode';

/** What each kind of mail is recorded as. Only a person's reply is engagement (P13). */
const EVENT_TYPES = {
	reply: 'reply_received',
	autoReply: 'auto_replied',
	bounce: 'bounced',
	delay: 'delivery_delayed',
	complaint: 'complained',
} as const;

/** A mail and the touch it answers. */
type Matched = { mail: Exclude<Incoming, { kind: 'other' }>; touch: Touch };
type Finding = Matched | { refused: Reason };

/**
 * Mails of n8n's Email Trigger (IMAP), format Resolved: replies and bounces are matched to their touch and recorded on
 * Done; what is no answer to a touch, or was read before, leaves on Not Done with the reason.
 */
export async function readMails(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const now = readNow(context);
	const counts = runModeOf(context) === 'live';
	// looking is safe from the editor too, where nothing is recorded
	const ledger = await openLedger(context, 'live');
	const mails: (Incoming | undefined)[] = [];
	for (const [index, item] of items.entries())
		mails.push(readIncoming(item.json, await returnedParts(context, item, index)));
	const tokens = [...new Set(mails.flatMap((mail) => mail?.tokens ?? []))];
	const touches = await ledger.touchesByToken(tokens);
	const byToken = new Map(tokens.map((token, position) => [token, touches[position]]));
	const findings = mails.map((mail) => match(mail, byToken));

	const matched = findings.filter((finding) => 'touch' in finding);
	if (counts) {
		// the address first: it is left in peace even where the process dies in between
		await ledger.suppress(matched.flatMap(silenced), now);
	}
	const fresh = counts
		? await ledger.recordEvents(
				matched.map((found) => eventOf(found, now)),
				now,
			)
		: [];

	const done: INodeExecutionData[] = [];
	const notDone: INodeExecutionData[] = [];
	let position = 0;
	for (const [index, item] of items.entries()) {
		const finding = findings[index];
		if (finding === undefined) continue;
		if (!('touch' in finding)) {
			notDone.push(
				withAdded(item, index, 'ledger', { recorded: false, reasons: [finding.refused] }),
			);
			continue;
		}
		const isNew = fresh[position++] === true;
		const event = eventFacts(eventOf(finding, now));
		const ledgerSays = { ...factsOf(finding), event, recorded: isNew };
		if (isNew) done.push(withAdded(item, index, 'ledger', { ...ledgerSays, reasons: [] }));
		else {
			const reasons = [counts ? readBefore : testRun];
			notDone.push(withAdded(item, index, 'ledger', { ...ledgerSays, reasons }));
		}
	}
	return [done, notDone];
}

function match(
	mail: Incoming | undefined,
	byToken: ReadonlyMap<string, Touch | undefined>,
): Finding {
	if (mail === undefined) return { refused: notResolved };
	const touch = mail.tokens.map((token) => byToken.get(token)).find((one) => one !== undefined);
	if (touch === undefined || mail.kind === 'other') return { refused: unmatched(mail.kind) };
	if (touch.channel !== 'email') return { refused: toTeam };
	return { mail, touch };
}

function eventOf({ mail, touch }: Matched, now: number): JourneyEvent {
	const name = createHash('sha256').update(`${mail.id}\n${touch.key}`).digest('hex').slice(0, 32);
	return {
		id: `mail/${name}`,
		accountId: touch.accountId,
		type: EVENT_TYPES[mail.kind],
		occurredAt: now,
		contact: touch.address,
		touch: touch.key,
		data:
			mail.kind === 'bounce'
				? { hard: mail.hard, status: mail.status, messageId: mail.id }
				: { messageId: mail.id },
	};
}

/** A forged bounce cannot silence anybody else: it is the address of the touch, whose Message-ID only its reader knows. */
function silenced({ mail, touch }: Matched): { address: string; reason: string }[] {
	const silences = mail.kind === 'complaint' || (mail.kind === 'bounce' && mail.hard);
	return silences ? [{ address: touch.address, reason: EVENT_TYPES[mail.kind] }] : [];
}

function factsOf({ mail, touch }: Matched): object {
	const { accountId, journey, stepId, key } = touch;
	const hard = mail.kind === 'bounce' ? { hard: mail.hard, status: mail.status } : {};
	return { type: EVENT_TYPES[mail.kind], ...hard, accountId, journey, step: stepId, touch: key };
}

/** Enough for the header of any mail. */
const MOST_BYTES = 64_000;
const MOST_PARTS = 5;

/** The attached parts that quote the mail a bounce or complaint is about. */
async function returnedParts(
	context: IExecuteFunctions,
	{ binary = {} }: INodeExecutionData,
	index: number,
): Promise<string[]> {
	const names = Object.entries(binary)
		.filter(([, { mimeType }]) => /^(?:message\/|text\/rfc822-headers)/i.test(mimeType))
		.map(([name]) => name)
		.slice(0, MOST_PARTS);
	const parts: string[] = [];
	for (const name of names) {
		const content = await context.helpers.getBinaryDataBuffer(index, name);
		parts.push(content.subarray(0, MOST_BYTES).toString('latin1'));
	}
	return parts;
}

const notResolved: Reason = {
	code: 'notAMail',
	text: "The item is no mail in the format Resolved. Set 'Format' of the Email Trigger (IMAP) to Resolved.",
};
const readBefore: Reason = {
	code: 'duplicate',
	text: 'This mail was read before; nothing changes.',
};
const testRun: Reason = {
	code: 'testRun',
	text: 'A run from the editor: nothing was recorded. A published workflow would have recorded this.',
};
const toTeam: Reason = {
	code: 'toTeam',
	text: 'It answers a hand-over or an alert to a colleague, not a mail to a customer: nothing was recorded. If it is a bounce, check the address of the colleague.',
};

function unmatched(kind: string): Reason {
	return {
		code: 'unmatched',
		kind,
		text: 'It answers no mail that the ledger knows: neither its references nor its reply address lead to a touch.',
	};
}
