import type { PostAnswer } from '../../services/mail/answer';
import { CONNECTIONS } from '../../services/mail/postOffice';
import {
	begin,
	isAboutUs,
	notSent,
	record,
	unlessLedgerFails,
	type Delivered,
	type Desk,
	type Sendable,
	type UnderWay,
} from './oneMail';
import { ledgerUnavailable, notForUs, notRecorded } from './reasons';

type NoConnection = Extract<PostAnswer, { fate: 'noConnection' }>;

/** Mails in a row that lost their connection, after which a lane takes no more. */
const STRIKES = 2;

/** Refusals about us, the same one after the other, after which nothing else of this sender is tried. */
const ALIKE = 5;

/**
 * Sends every touch at most once: write, check the claim and mark it `sending`, hand over, confirm; one mail after
 * the other on each of a few lanes. A mail whose connection broke before it was handed over goes to another lane; when no
 * lane has a connection left, what remains is marked for a later attempt, and so is what else a sender has whom the server
 * refuses again and again. When the ledger cannot write down what went, nothing else leaves. Never throws for one mail.
 */
export async function deliverAll(
	touches: readonly Sendable[],
	desk: Desk,
): Promise<Map<number, Delivered>> {
	const results = new Map<number, Delivered>();
	const returned: UnderWay[] = [];
	let next = 0;
	let lost: NoConnection = { fate: 'noConnection', about: 'server', hopeless: false };
	const refusals = new Refusals();
	const written = { down: true };

	const inTime = await withoutLatecomers(touches, desk, results);
	const take = (): UnderWay | undefined => {
		const again = returned.pop();
		if (again !== undefined) return again;
		const touch = inTime[next++];
		return touch === undefined ? undefined : { ...touch, tries: 0 };
	};

	const lane = async (): Promise<void> => {
		for (let strikes = 0; strikes < STRIKES && written.down;) {
			const mail = take();
			if (mail === undefined) return;
			const ready = await begin(mail, desk);
			if (!('letter' in ready)) {
				results.set(mail.index, ready);
				continue;
			}
			const sender = ready.letter.from.address;
			const answer = refusals.lasting(sender) ?? (await desk.post.send(ready.letter));
			refusals.note(sender, answer);
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
			const result = await record(mail, ready.letter, answer, desk);
			if (answer.fate === 'accepted' && result.reasons.includes(notRecorded)) written.down = false;
			results.set(mail.index, result);
		}
	};
	// what a crash may send twice is then the one mail in flight
	const lanes = desk.resend ? 1 : CONNECTIONS;
	await Promise.all(Array.from({ length: lanes }, lane));

	const unpaced = { ...desk, pace: undefined };
	for (let mail = take(); mail !== undefined; mail = take()) {
		if (!written.down && mail.granted !== true) {
			results.set(mail.index, notSent(desk, [ledgerUnavailable]));
			continue;
		}
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

/** What the server says of each sender, mail after mail: senders may differ by item, and one must not hold up another. */
class Refusals {
	private readonly bySender = new Map<string, { answer: PostAnswer; count: number }>();

	note(sender: string, answer: PostAnswer): void {
		if (answer.fate !== 'deferred' || !isAboutUs(answer)) {
			this.bySender.delete(sender);
			return;
		}
		const before = this.bySender.get(sender);
		const alike = before?.answer.fate === 'deferred' && before.answer.smtp === answer.smtp;
		this.bySender.set(sender, { answer, count: alike ? before.count + 1 : 1 });
	}

	/** The answer that nothing of this sender needs to wait for any more. */
	lasting(sender: string): PostAnswer | undefined {
		const refusal = this.bySender.get(sender);
		return refusal !== undefined && refusal.count >= ALIKE ? refusal.answer : undefined;
	}
}
