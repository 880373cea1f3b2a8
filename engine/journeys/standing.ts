import { localDaysBetween } from '../calendar/localTime';
import type { Engagement } from './engagement';
import type { Enrollment } from './memory';
import type { ChecklistItem, Progress } from './progress';
import { restingSince } from './stall';

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
	engagement: Engagement['state'];
	/** Local calendar days since somebody last engaged (P13). */
	engagedDaysAgo: number | undefined;
	/** Messages of the episode that were sent, and local calendar days since the first of them (P20). */
	messages: number;
	firstMessageDaysAgo: number | undefined;
	/** Whether a human has the account (P06). */
	caseOpen: boolean;
	/** Whether the account gets no marketing of this journey, for comparison. */
	heldOut: boolean;
};

export function standingOf(
	enrollment: Enrollment | undefined,
	progress: Progress,
	engagement: Engagement,
	{
		zone,
		now,
		caseOpen,
		heldOut,
	}: { zone: string; now: number; caseOpen: boolean; heldOut: boolean },
): Standing {
	const daysAgo = (at: number | undefined): number | undefined =>
		at === undefined ? undefined : localDaysBetween(at, now, zone);
	const rests =
		enrollment !== undefined && progress.open.length > 0 && progress.firstValueAt === undefined;
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
		engagement: engagement.state,
		engagedDaysAgo: daysAgo(engagement.lastAt),
		messages: engagement.messages,
		firstMessageDaysAgo: daysAgo(engagement.firstMessageAt),
		caseOpen,
		heldOut,
	};
}
