import type { Reason } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import type { Letter } from '../../services/mail/letter';
import type { PostAnswer } from '../../services/mail/answer';
import { CONNECTIONS, type PostOffice } from '../../services/mail/postOffice';
import type { Pace } from './pace';
import {
	accepted,
	humanNotReached,
	noUnsubscribe,
	ledgerUnavailable,
	notAccepted,
	notForUs,
	notGranted,
	notRecorded,
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
};

const RETRY_MINUTES = 15;

/** Mails in a row that lost their connection, after which a lane takes no more. */
const STRIKES = 2;

type UnderWay = Sendable & { letter?: Letter; granted?: boolean; tries: number };
type NoConnection = Extract<PostAnswer, { fate: 'noConnection' }>;

/**
 * Sends every touch at most once: write, check the claim and mark it `sending`, hand over, confirm; one mail after
 * the other on each of a few lanes. A mail whose connection broke before it was handed over goes to another lane; when no
 * lane has a connection left, what remains is marked for a later attempt. Never throws for one mail.
 */
export async function deliverAll(
	touches: readonly Sendable[],
	desk: Desk,
): Promise<Map<number, Delivered>> {
	const results = new Map<number, Delivered>();
	const returned: UnderWay[] = [];
	let next = 0;
	let lost: NoConnection = { fate: 'noConnection', about: 'server', hopeless: false };

	const inTime = await withoutLatecomers(touches, desk, results);
	const take = (): UnderWay | undefined => {
		const again = returned.pop();
		if (again !== undefined) return again;
		const touch = inTime[next++];
		return touch === undefined ? undefined : { ...touch, tries: 0 };
	};

	const lane = async (): Promise<void> => {
		for (let strikes = 0; strikes < STRIKES;) {
			const mail = take();
			if (mail === undefined) return;
			const ready = await begin(mail, desk);
			if (!('letter' in ready)) {
				results.set(mail.index, ready);
				continue;
			}
			const answer = await desk.post.send(ready.letter);
			if (answer.fate === 'noConnection') {
				lost = answer;
				mail.tries++;
				// one mail that always ends the line is not an outage
				if (mail.tries === 1) strikes++;
				if (answer.hopeless) strikes = STRIKES;
				if (mail.tries < STRIKES) {
					returned.push(mail);
					continue;
				}
			} else {
				strikes = 0;
			}
			results.set(mail.index, await record(mail, ready.letter, answer, desk));
		}
	};
	// what a crash may send twice is then the one mail in flight
	const lanes = desk.resend ? 1 : CONNECTIONS;
	await Promise.all(Array.from({ length: lanes }, lane));

	const unpaced = { ...desk, pace: undefined };
	for (let mail = take(); mail !== undefined; mail = take()) {
		const ready = await begin(mail, unpaced);
		const result = 'letter' in ready ? await record(mail, ready.letter, lost, desk) : ready;
		results.set(mail.index, result);
	}
	return results;
}

/**
 * Without the touches whose turn would come when their lease has ended: those are put back at once, at no cost of an
 * attempt, for a run that has time for them.
 */
async function withoutLatecomers(
	touches: readonly Sendable[],
	{ ledger, clock, pace, leaseEnds }: Desk,
	results: Map<number, Delivered>,
): Promise<readonly Sendable[]> {
	if (pace === undefined) return touches;
	const inTime: Sendable[] = [];
	const late: Sendable[] = [];
	for (const touch of touches)
		(pace.slotOf(inTime.length) < leaseEnds(touch.key) ? inTime : late).push(touch);
	if (late.length === 0) return touches;
	const at = clock();
	const reasons = [notForUs.noTimeLeft()];
	const failures = late.map(({ key }, position) => ({
		key,
		reasons,
		retryAt: Math.round(pace.slotOf(inTime.length + position)),
		keepsAttempt: true,
	}));
	const result = await unlessLedgerFails(
		{ state: 'notSent', at, reasons },
		async () => await ledger.fail(failures, at),
	);
	for (const { index } of late) results.set(index, result);
	return inTime;
}

/** Up to the moment before the mail leaves. A template problem is found before the ledger hears of it. */
async function begin(mail: UnderWay, desk: Desk): Promise<{ letter: Letter } | Delivered> {
	const letter = mail.letter ?? mail.write();
	if (isReason(letter)) return await putBack(mail.key, [letter], false, desk);
	mail.letter = letter;
	if (mail.granted === true) return { letter };
	if (desk.pace !== undefined && !(await desk.pace.turn(desk.leaseEnds(mail.key))))
		return await putBack(mail.key, [notForUs.noTimeLeft()], true, desk, letter);
	if (desk.stopped()) return await putBack(mail.key, [notForUs.stopped()], true, desk, letter);
	try {
		const begun = await desk.ledger.beginSending([mail.key], desk.clock(), desk.resend);
		const [grant = 'unknownTouch'] = begun;
		// the journey looks again and holds it until the pause ends; it did not cost an attempt
		if (grant === 'paused') return await putBack(mail.key, [notGranted(grant)], true, desk, letter);
		if (grant !== 'granted') return notSent(desk, [notGranted(grant)], letter);
	} catch {
		return notSent(desk, [ledgerUnavailable], letter);
	}
	mail.granted = true;
	return { letter };
}

/** Not handed to the server: written down with its reason, so that the timeline can say why, and tried again later. */
async function putBack(
	key: string,
	reasons: Reason[],
	keepsAttempt: boolean,
	desk: Desk,
	letter?: Letter,
): Promise<Delivered> {
	const at = desk.clock();
	const retryAt = at + RETRY_MINUTES * 60_000;
	return await unlessLedgerFails(notSent(desk, reasons, letter), async () => {
		await desk.ledger.fail([{ key, reasons, retryAt, keepsAttempt }], at);
	});
}

/** Writes the server's answer down before the next mail of this lane. */
async function record(
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
		return await unlessLedgerFails(sent, async () => await ledger.confirm([mail.key], at));
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
		const keepsAttempt = answer.fate !== 'unknown' && answer.about !== 'mail';
		await ledger.fail([{ key: mail.key, reasons, ...retry, keepsAttempt }], at);
	});
}

async function unlessLedgerFails(
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

function notSent({ clock }: Desk, reasons: Reason[], letter?: Letter): Delivered {
	return {
		state: 'notSent',
		at: clock(),
		...(letter === undefined ? {} : { messageId: letter.messageId }),
		reasons,
	};
}
