import type { Account } from '../accounts/account';
import { isInOnboarding } from '../accounts/onboarding';
import { localDaysBetween, parseLocal } from '../calendar/localTime';
import { hasSponsor } from '../health/history/sponsor';
import { ARRIVED, type Engagement } from './engagement';
import type { Enrollment, JourneyEvent, Touch } from './memory';
import type { Journey } from './definition';
import { heardIn } from './heard';
import { keyMoment, type Moment } from './moments';
import { healthScoreOf, scoreAtEntry, usageFellOn } from './observations';
import type { ChecklistItem, Progress } from './progress';
import { quarterTurn } from './quarterTurn';
import { restingSince } from './stall';
import { surveyAnswer } from './survey';

/** Where an account stands in a journey: what its conditions may ask about, beside the account's own fields. */
export type Standing = {
	/** 0 before the first time. */
	cycle: number;
	/** Local calendar days since day 0; undefined before the first time. */
	day: number | undefined;
	anchorAt: number | undefined;
	setUp: {
		completed: string[];
		open: ChecklistItem[];
		next: ChecklistItem | undefined;
		finished: boolean;
		/** Local calendar days without a completed step, while set-up is unfinished and first value not reached (P15). */
		restsForDays: number | undefined;
	};
	firstValueAt: number | undefined;
	/** Its record says that it is in onboarding, or names no stage of one that is new; first value has not ended it (P16). */
	onboarding: boolean;
	engagement: Engagement['state'];
	/** Local calendar days since somebody last engaged (P13). */
	engagedDaysAgo: number | undefined;
	/** Messages of the episode that were sent, and local calendar days since the first of them (P20). */
	messages: number;
	firstMessageDaysAgo: number | undefined;
	/** Ids of the steps that were sent in the episode. */
	sent: string[];
	/** Types of the events of the episode: what somebody did, once each, by the names under which they were recorded. */
	heard: string[];
	/** The moment at which to ask how it goes, while it is fresh (R57). */
	moment: Moment | undefined;
	/** Its turn of this calendar quarter has come (R12). */
	quarterTurn: boolean;
	/** Local calendar days since the episode before this one ended (P23). */
	endedDaysAgo: number | undefined;
	/** The last answer, 0 to 10, to what the episode asked (P28). */
	surveyAnswer: number | undefined;
	/** Points of health.score above the score at entry (P21). */
	healthGain: number | undefined;
	/** Local calendar days since usage.lastActiveAt (P24), and until renewalDate (P29). */
	unusedForDays: number | undefined;
	renewalInDays: number | undefined;
	/** Local calendar days of the programme since Health Score's alert of a fall in usage, while it stands (R24). */
	usageFellDaysAgo: number | undefined;
	/** Names of the limits of its plan that the episode is about, where it is of limits (P29). */
	limits: string[] | undefined;
	/** Whether an executive sponsor is known who has not left (P28). */
	sponsored: boolean;
	/** Whether a human has taken the account over (P06). */
	caseOpen: boolean;
	/** Whether the account gets no marketing of this journey, for comparison. */
	heldOut: boolean;
};

type Known = {
	journey: Journey;
	account: Account;
	/** The account's rows of every cycle, and the touches of the episode. */
	rows: readonly Enrollment[];
	mine: readonly Touch[];
	events: readonly JourneyEvent[];
	progress: Progress;
	engagement: Engagement;
	zone: string;
	now: number;
	limits: string[] | undefined;
	caseOpen: boolean;
	heldOut: boolean;
};

export function standingOf(enrollment: Enrollment | undefined, known: Known): Standing {
	const { journey, account, rows, mine, events, progress, engagement, zone, now } = known;
	const daysAgo = (at: number | undefined): number | undefined =>
		at === undefined ? undefined : localDaysBetween(at, now, zone);
	const rests =
		enrollment !== undefined && progress.open.length > 0 && progress.firstValueAt === undefined;
	const renewalAt = parseLocal(account.renewalDate, zone);
	const usageFellAt = parseLocal(usageFellOn(account), journey.timezone);
	return {
		cycle: enrollment?.cycle ?? 0,
		day: daysAgo(enrollment?.anchorAt),
		anchorAt: enrollment?.anchorAt,
		setUp: {
			completed: progress.completed.map(({ step }) => step),
			open: progress.open,
			next: progress.open[0],
			finished: progress.finished,
			restsForDays: rests ? daysAgo(restingSince(enrollment, progress)) : undefined,
		},
		firstValueAt: progress.firstValueAt,
		onboarding: isInOnboarding(
			{
				stage: account.lifecycleStage ?? '',
				hasFirstValue: progress.firstValueAt !== undefined,
				beganAt: progress.startAt,
			},
			zone,
			now,
		),
		engagement: engagement.state,
		engagedDaysAgo: daysAgo(engagement.lastAt),
		messages: engagement.messages,
		firstMessageDaysAgo: daysAgo(engagement.firstMessageAt),
		sent: [
			...new Set(mine.filter(({ state }) => ARRIVED.has(state)).map(({ stepId }) => stepId)),
		].sort(),
		heard: enrollment === undefined ? [] : heardIn(events, mine, { ...enrollment, now }),
		moment: keyMoment({ account, progress, events, zone, now, settings: journey }),
		quarterTurn: quarterTurn(journey.id, account.accountId, zone, now),
		endedDaysAgo: daysAgo(endBefore(rows, enrollment)),
		surveyAnswer:
			enrollment === undefined ? undefined : surveyAnswer(events, mine, { ...enrollment, now }),
		healthGain: enrollment === undefined ? undefined : healthGain(account, events, enrollment),
		unusedForDays: daysAgo(parseLocal(account.usage?.lastActiveAt, zone)),
		renewalInDays: renewalAt === undefined ? undefined : localDaysBetween(now, renewalAt, zone),
		sponsored: hasSponsor(account.executiveSponsor, contactsNow(account, progress)),
		usageFellDaysAgo:
			usageFellAt === undefined ? undefined : localDaysBetween(usageFellAt, now, journey.timezone),
		limits: known.limits,
		caseOpen: known.caseOpen,
		heldOut: known.heldOut,
	};
}

/** As their record says, and as `contact_left` has told since (P11). */
function contactsNow({ contacts = [] }: Account, { departed }: Progress): unknown[] {
	return contacts.map((contact) =>
		departed.has(contact.email.toLowerCase()) ? { ...contact, status: 'left' } : contact,
	);
}

/** What was listed at go-live never ran, so it never ended. */
function endBefore(
	rows: readonly Enrollment[],
	enrollment: Enrollment | undefined,
): number | undefined {
	const ends = rows.flatMap(({ cycle, endedAt }) =>
		cycle > 0 && cycle < (enrollment?.cycle ?? Infinity) && endedAt !== undefined ? [endedAt] : [],
	);
	return ends.length === 0 ? undefined : Math.max(...ends);
}

function healthGain(
	account: Account,
	events: readonly JourneyEvent[],
	enrollment: Enrollment,
): number | undefined {
	const score = healthScoreOf(account);
	const atEntry = scoreAtEntry(events, enrollment);
	return score === undefined || atEntry === undefined ? undefined : score - atEntry;
}
