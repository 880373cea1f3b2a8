import type { Reason } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import type { PostAnswer } from '../../services/mail/answer';
import type { Letter } from '../../services/mail/letter';
import type { PostOffice } from '../../services/mail/postOffice';
import { insist } from '../../services/patience';
import type { Pace } from './pace';
import {
	accepted,
	held,
	humanNotReached,
	ledgerUnavailable,
	notAccepted,
	notForUs,
	notGranted,
	notRecorded,
	notWritten,
	noUnsubscribe,
} from './reasons';
import { isReason } from './touch';

/** One touch to send. `write` makes its letter when its turn comes, so that a long batch needs no more memory than a short one. */
export type Sendable = {
	index: number;
	key: string;
	/** A hand-over or an alert, to a colleague and not to a customer. */
	toHuman: boolean;
	write: () => Letter | Reason;
};

/** What came of one touch. `at` is ms since 1970. */
export type Delivered = {
	state: 'sent' | 'notSent';
	at: number;
	messageId?: string;
	/** When somebody last found the mail's text true, where the node says so (R79). */
	reviewedAt?: string;
	reasons: Reason[];
};

export type Desk = {
	ledger: Ledger;
	post: PostOffice;
	clock: () => number;
	/** The execution was stopped: nothing more is begun. */
	stopped: () => boolean;
	/** A mail of which nobody knows whether it arrived is sent again, under the same Message-ID. */
	resend: boolean;
	pace?: Pace;
	/** When the claim of a touch ends; only asked where there is a pace. */
	leaseEnds: (key: string) => number;
	/** How long to wait before each further try to write down that a mail was accepted; ms. */
	confirmPauses: readonly number[];
};

/** A touch whose turn has come. `granted` once the ledger has marked it `sending`; `tries` are connections it lost. */
export type UnderWay = Sendable & { letter?: Letter; granted?: boolean; tries: number };

const RETRY_MINUTES = 15;

/**
 * Somebody has to correct the template first. A little less than an hour, because an hourly sweep would else come a
 * moment too early and leave it for another hour.
 */
const CORRECTED_MINUTES = 55;

/** Up to the moment before the mail leaves. A template problem is found before the ledger hears of it. */
export async function begin(mail: UnderWay, desk: Desk): Promise<{ letter: Letter } | Delivered> {
	const letter = mail.letter ?? written(mail);
	if (isReason(letter))
		return await putBack(mail.key, [held(letter)], desk, { minutes: CORRECTED_MINUTES });
	mail.letter = letter;
	if (mail.granted === true) return { letter };
	if (desk.pace !== undefined && !(await desk.pace.turn(desk.leaseEnds(mail.key))))
		return await putBack(mail.key, [notForUs.noTimeLeft()], desk, { letter });
	if (desk.stopped()) return await putBack(mail.key, [notForUs.stopped()], desk, { letter });
	try {
		const begun = await desk.ledger.beginSending([mail.key], desk.clock(), desk.resend);
		const [grant = 'unknownTouch'] = begun;
		// the journey looks again and holds it until the pause ends; it did not cost an attempt
		if (grant === 'paused') return await putBack(mail.key, [notGranted(grant)], desk, { letter });
		if (grant !== 'granted') return notSent(desk, [notGranted(grant)], letter);
	} catch {
		return notSent(desk, [ledgerUnavailable], letter);
	}
	mail.granted = true;
	return { letter };
}

/** One item that cannot be written, whatever it is made of, takes no other along. */
function written(mail: Sendable): Letter | Reason {
	try {
		return mail.write();
	} catch {
		return notWritten.failed();
	}
}

/**
 * Not handed to the server, and through no fault of the customer's: written down with its reason, so that the timeline
 * can say why, and tried again later at no cost of an attempt.
 */
async function putBack(
	key: string,
	reasons: Reason[],
	desk: Desk,
	{ letter, minutes = RETRY_MINUTES }: { letter?: Letter; minutes?: number },
): Promise<Delivered> {
	const at = desk.clock();
	const retryAt = at + minutes * 60_000;
	return await unlessLedgerFails(notSent(desk, reasons, letter), async () => {
		await desk.ledger.fail([{ key, reasons, retryAt, keepsAttempt: true }], at);
	});
}

/** Writes the server's answer down before the next mail of this lane. */
export async function record(
	mail: UnderWay,
	letter: Letter,
	answer: PostAnswer,
	desk: Desk,
): Promise<Delivered> {
	const { ledger, clock } = desk;
	const at = clock();
	if (answer.fate === 'accepted') {
		const { messageId, unsubscribe } = letter;
		const reasons =
			unsubscribe === undefined && !mail.toHuman ? [accepted, noUnsubscribe] : [accepted];
		const sent: Delivered = { state: 'sent', at, messageId, reasons };
		// the one moment that must not be forgotten: what is not written down may be sent twice, or asks a human
		return await unlessLedgerFails(
			sent,
			async () =>
				await insist(async () => await ledger.confirm([mail.key], at), desk.confirmPauses),
		);
	}
	const reasons = [
		answer.fate === 'refused' && mail.toHuman
			? humanNotReached(answer)
			: notAccepted(answer, RETRY_MINUTES, desk.resend),
	];
	const result = notSent(desk, reasons, letter);
	// nobody knows whether it arrived: it stays `sending`, and the ledger hands it out to nobody
	if (answer.fate === 'unknown' && !desk.resend) return result;
	const retry = answer.fate === 'refused' ? {} : { retryAt: at + RETRY_MINUTES * 60_000 };
	return await unlessLedgerFails(result, async () => {
		const keepsAttempt = answer.fate !== 'unknown' && isAboutUs(answer);
		await ledger.fail(
			[
				{
					key: mail.key,
					reasons,
					...retry,
					keepsAttempt,
					mayHaveArrived: answer.fate === 'unknown',
				},
			],
			at,
		);
	});
}

/** Whether a mail did not go because of us: the server, the sign-in, the sender. An outage must write nobody off. */
export function isAboutUs(answer: PostAnswer): boolean {
	return (
		answer.fate === 'noConnection' || (answer.fate === 'deferred' && answer.about === 'sender')
	);
}

export async function unlessLedgerFails(
	result: Delivered,
	write: () => Promise<unknown>,
): Promise<Delivered> {
	try {
		await write();
		return result;
	} catch {
		return { ...result, reasons: [...result.reasons, notRecorded] };
	}
}

export function notSent({ clock }: Desk, reasons: Reason[], letter?: Letter): Delivered {
	return {
		state: 'notSent',
		at: clock(),
		...(letter === undefined ? {} : { messageId: letter.messageId }),
		reasons,
	};
}
