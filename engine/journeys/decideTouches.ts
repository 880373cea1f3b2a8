import type { Account, Contact } from '../accounts/account';
import { addLocalDays, localDaysPassed, sayTime } from '../calendar/localTime';
import { nextOpening } from '../calendar/sendingHours';
import type { Journey, Step } from './definition';
import { dueTouch, isPending, type Candidate } from './dueSteps';
import type { Enrollment, Reason, Touch } from './memory';
import type { Progress } from './progress';
import { hold, lapse, UNREACHABLE } from './reasons';
import { chooseRecipient } from './recipient';

/** A touch that is to be claimed and, once claimed, emitted. */
export type PlannedTouch = {
	touch: Touch;
	step: Step;
	/** The customer's person the message is for; undefined for hand-overs and records. */
	contact: Contact | undefined;
	/** Where it goes in a live run: the contact's address, or the human who takes over; '' for records. */
	to: string;
	/** See `Claim.capMs` of the ledger. */
	capMs: number;
};

type Episode = {
	journey: Journey;
	account: Account;
	zone: string;
	progress: Progress;
	enrollment: Enrollment;
	ending: string | undefined;
	/** Touches of the account in every cycle of this journey. */
	touches: readonly Touch[];
	suppressed: ReadonlySet<string>;
	/** Kept up to date with what is planned, so that accounts which share an address share its cap. */
	lastEmailAt: Map<string, number>;
	now: number;
	dry: boolean;
	/** The step's own conditions on the account. */
	meetsConditions: (step: Step) => boolean;
};

type Decided = {
	touches: PlannedTouch[];
	notes: Touch[];
	reasons: Reason[];
	/** Set when the episode ends now. */
	outcome: string | undefined;
};

const HOUR_MS = 3_600_000;
const HANDED_OVER = new Set(['claimed', 'sending', 'sent', 'dry']);

/** Decides each step of one account's episode: now, later and until when, or never and why. */
export function decideTouches(episode: Episode): Decided {
	const decided: Decided = { touches: [], notes: [], reasons: [], outcome: undefined };
	const known = new Map(episode.touches.map((touch) => [touch.key, touch]));
	const handled = new Set<string>();
	const lapsedNow: string[] = [];
	const write = (candidate: Candidate, reason: Reason, heldUntil?: number): void => {
		decided.reasons.push({ ...reason, step: candidate.step.id });
		if (heldUntil === undefined) lapsedNow.push(reason.code);
		const touch = touchOf(episode, candidate, [reason], heldUntil);
		if (!sameNote(known.get(touch.key), touch)) decided.notes.push(touch);
	};
	const give = (candidate: Candidate, to: string, contact: Contact | undefined): void => {
		const touch = touchOf(episode, candidate, [candidate.reason]);
		touch.address = candidate.step.channel === 'email' ? to.toLowerCase() : '';
		const capMs =
			candidate.step.channel === 'email' && !candidate.step.atOnce
				? episode.journey.capHours * HOUR_MS
				: 0;
		decided.touches.push({ touch, step: candidate.step, contact, to, capMs });
		if (candidate.step.channel === 'email') episode.lastEmailAt.set(touch.address, episode.now);
	};

	if (episode.ending === undefined) {
		const candidates = dueCandidates(episode, known, handled, write);
		for (const candidate of candidates) settle(episode, candidate, decided, write, give);
		fallBack(episode, known, handled, lapsedNow, decided, write, give);
	}
	decided.outcome = episode.ending ?? goalOutcome(episode, known, decided);
	lapseLeftovers(episode, handled, decided);
	return decided;
}

/** Due steps that nothing settles yet, superseded ones already written off. */
function dueCandidates(
	episode: Episode,
	known: ReadonlyMap<string, Touch>,
	handled: Set<string>,
	write: (candidate: Candidate, reason: Reason) => void,
): Candidate[] {
	const { journey, enrollment, progress, zone, now } = episode;
	const thisCycle = episode.touches.filter((touch) => touch.cycle === enrollment.cycle);
	const situation = { enrollment, progress, touches: thisCycle, caseOpen: false, zone, now };
	const due: Candidate[] = [];
	for (const step of journey.steps) {
		const candidate = dueTouch(step, situation);
		if (candidate === undefined) continue;
		const key = keyOf(episode, candidate);
		handled.add(key);
		const before = known.get(key);
		if (before !== undefined && !isPending(before, now)) continue;
		const over = whyOver(candidate, before, episode);
		if (over === undefined) due.push(candidate);
		else write(candidate, over);
	}
	// P26: of the dated e-mails of the sequence that are due together only the latest goes
	const sequence = due.filter(
		({ step }) => step.channel === 'email' && step.when.type === 'daysAfterStart',
	);
	const latest = sequence.reduce<Candidate | undefined>(
		(a, b) => (a === undefined || b.dueAt >= a.dueAt ? b : a),
		undefined,
	);
	const kept = due.filter((candidate) => {
		if (latest === undefined || candidate === latest || !sequence.includes(candidate)) return true;
		write(candidate, lapse.superseded(latest.step.name));
		return false;
	});
	// a hand-over that is due now silences the messages that are due now (P05, P06)
	const humanFirst = (candidate: Candidate): number => (candidate.step.channel === 'human' ? 0 : 1);
	return kept.sort((a, b) => humanFirst(a) - humanFirst(b));
}

/** Why a due touch will never go; undefined when it may. */
function whyOver(
	{ step, dueAt }: Candidate,
	before: Touch | undefined,
	episode: Episode,
): Reason | undefined {
	const { progress, zone, now } = episode;
	const aboutGoal =
		step.when.type === 'firstValue' ||
		step.when.type === 'helpWanted' ||
		step.when.type === 'unreachable';
	if (progress.firstValueAt !== undefined && !aboutGoal) return lapse.goalReached();
	if (step.onlyWhile === 'setUpUnfinished' && progress.finished) return lapse.setUpFinished();
	if (step.onlyWhile === 'setUpFinished' && !progress.finished) return lapse.setUpUnfinished();
	if (!episode.meetsConditions(step)) return lapse.conditionsNotMet();
	if (before !== undefined && before.attempts >= step.attempts)
		return lapse.attemptsUsedUp(before.attempts);
	if (step.staleAfterDays > 0 && localDaysPassed(dueAt, step.staleAfterDays, zone, now))
		return lapse.stale(step.staleAfterDays);
	if (step.apartDays > 0) {
		const recent = episode.touches.some(
			(touch) =>
				touch.stepId === step.id &&
				touch.cycle !== episode.enrollment.cycle &&
				HANDED_OVER.has(touch.state) &&
				now < addLocalDays(touch.changedAt, step.apartDays, zone),
		);
		if (recent) return lapse.tooSoonAgain(step.apartDays);
	}
	return undefined;
}

/** To whom, and whether now: recipient (P11, P12), open case (P06, P08), sending hours (P02), cap (P04). */
function settle(
	episode: Episode,
	candidate: Candidate,
	decided: Decided,
	write: (candidate: Candidate, reason: Reason, heldUntil?: number) => void,
	give: (candidate: Candidate, to: string, contact: Contact | undefined) => void,
): void {
	const { journey, account, progress, zone, now } = episode;
	const { step } = candidate;
	const caseOpen =
		isCaseOpen(episode, keyOf(episode, candidate)) ||
		decided.touches.some((planned) => planned.step.channel === 'human');
	if (step.channel === 'human' && caseOpen) {
		write(candidate, lapse.joinedCase());
		return;
	}
	if (step.channel === 'human' || step.channel === 'alert') {
		const owner = account.csm;
		give(candidate, owner === undefined || owner === '' ? journey.team : owner, undefined);
		return;
	}
	if (step.channel === 'record') {
		give(candidate, '', undefined);
		return;
	}
	if (caseOpen && !step.atOnce) {
		write(candidate, lapse.caseOpen());
		return;
	}
	const finished = step.gettingStarted ? progress.finishedPeople : new Set<string>();
	const recipient = chooseRecipient(account, journey.roles, episode.suppressed, finished);
	if (!recipient.found) {
		write(
			candidate,
			recipient.why === 'allFinished' ? lapse.allFinished() : lapse.noReachableContact(),
		);
		return;
	}
	const { contact } = recipient;
	if (step.channel === 'email' && !step.atOnce) {
		const theirZone = contact.timezone ?? zone;
		const opening = nextOpening(now, theirZone, journey.sendingHours);
		if (opening > now) {
			write(candidate, hold.sendingHours(sayTime(opening, theirZone)), opening);
			return;
		}
		const free =
			(episode.lastEmailAt.get(contact.email.toLowerCase()) ?? -Infinity) +
			journey.capHours * HOUR_MS;
		if (free > now) {
			const next = nextOpening(free, theirZone, journey.sendingHours);
			write(candidate, hold.capped(journey.capHours, sayTime(next, theirZone)), next);
			return;
		}
	}
	give(candidate, contact.email, contact);
}

/** P12: when a step could reach nobody, or was refused or given up, a human is asked to, once per episode. */
function fallBack(
	episode: Episode,
	known: ReadonlyMap<string, Touch>,
	handled: Set<string>,
	lapsedNow: readonly string[],
	decided: Decided,
	write: (candidate: Candidate, reason: Reason, heldUntil?: number) => void,
	give: (candidate: Candidate, to: string, contact: Contact | undefined) => void,
): void {
	const step = episode.journey.steps.find(({ when }) => when.type === 'unreachable');
	if (step === undefined) return;
	const cause = [
		...lapsedNow,
		...episode.touches
			.filter((touch) => touch.cycle === episode.enrollment.cycle)
			.flatMap(unreachableCode),
	].find((code) => UNREACHABLE.has(code));
	if (cause === undefined) return;
	const candidate: Candidate = {
		step,
		topic: '',
		dueAt: episode.now,
		reason: {
			code: 'unreachable',
			cause,
			text: 'A message could not reach the customer; a human is asked to (P12).',
		},
	};
	const key = keyOf(episode, candidate);
	handled.add(key);
	const before = known.get(key);
	if (before !== undefined && !isPending(before, episode.now)) return;
	settle(episode, candidate, decided, write, give);
}

function unreachableCode(touch: Touch): string[] {
	if (touch.state === 'failed' && touch.nextAt === undefined && touch.channel === 'email')
		return ['noReachableContact'];
	return touch.state === 'lapsed' ? touch.reasons.map(({ code }) => code) : [];
}

/** First value ends the episode once nothing that answers it is under way (P16). */
function goalOutcome(
	episode: Episode,
	known: ReadonlyMap<string, Touch>,
	decided: Decided,
): string | undefined {
	if (episode.progress.firstValueAt === undefined) return undefined;
	const open = episode.journey.steps.some((step) => {
		if (step.when.type !== 'firstValue') return false;
		const key = keyOf(episode, { step, topic: '' });
		if (decided.notes.some((note) => note.key === key && note.state === 'lapsed')) return false;
		const touch = known.get(key);
		return (
			touch === undefined ||
			touch.state === 'held' ||
			touch.state === 'claimed' ||
			(touch.state === 'failed' && touch.nextAt !== undefined)
		);
	});
	return open ? undefined : 'firstValue';
}

/** A touch that was held and is due no longer must not wait for ever: it lapses, saying why. */
function lapseLeftovers(episode: Episode, handled: ReadonlySet<string>, decided: Decided): void {
	const { outcome } = decided;
	const steps = new Set(episode.journey.steps.map(({ id }) => id));
	for (const touch of episode.touches) {
		const waits =
			touch.state === 'held' || (touch.state === 'failed' && touch.nextAt !== undefined);
		if (!waits || touch.cycle !== episode.enrollment.cycle) continue;
		if (outcome === undefined && handled.has(touch.key)) continue;
		let reason = lapse.noLongerDue();
		if (outcome !== undefined) reason = lapse.ended(outcome);
		else if (!steps.has(touch.stepId)) reason = lapse.stepRemoved();
		decided.reasons.push({ ...reason, step: touch.stepId });
		decided.notes.push({
			...touch,
			state: 'lapsed',
			nextAt: undefined,
			leaseUntil: undefined,
			changedAt: episode.now,
			reasons: [reason],
		});
	}
}

function isCaseOpen({ touches, progress }: Episode, exceptKey: string): boolean {
	return touches.some(
		(touch) =>
			touch.channel === 'human' &&
			touch.key !== exceptKey &&
			HANDED_OVER.has(touch.state) &&
			touch.changedAt > (progress.caseResolvedAt ?? 0),
	);
}

function sameNote(before: Touch | undefined, after: Touch): boolean {
	return (
		before !== undefined &&
		before.state === after.state &&
		before.nextAt === after.nextAt &&
		before.reasons[0]?.code === after.reasons[0]?.code
	);
}

function touchOf(
	episode: Episode,
	candidate: Candidate,
	reasons: Reason[],
	heldUntil?: number,
): Touch {
	const { enrollment } = episode;
	return {
		key: keyOf(episode, candidate),
		journey: enrollment.journey,
		dry: enrollment.dry,
		accountId: enrollment.accountId,
		cycle: enrollment.cycle,
		stepId: candidate.step.id,
		topic: candidate.topic,
		channel: candidate.step.channel,
		address: '',
		state: heldUntil === undefined ? 'lapsed' : 'held',
		dueAt: candidate.dueAt,
		nextAt: heldUntil,
		leaseUntil: undefined,
		attempts: 0,
		changedAt: episode.now,
		reasons,
	};
}

/** The idempotency key: the same for this step, cycle and topic whatever is retried, renamed or merged. */
function keyOf(
	{ enrollment }: Episode,
	{ step, topic }: Pick<Candidate, 'step' | 'topic'>,
): string {
	const parts = [
		enrollment.journey,
		String(enrollment.cycle),
		enrollment.accountId,
		step.id,
		topic,
	];
	return `${enrollment.dry ? 'dry/' : ''}${parts.map(encodeURIComponent).join('/')}`;
}
