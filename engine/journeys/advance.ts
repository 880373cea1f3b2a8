import type { Account } from '../accounts/account';
import { localDaysBetween } from '../calendar/localTime';
import type { Journey, Step } from './definition';
import { restingSince } from './dueSteps';
import { decideTouches, type PlannedTouch } from './decideTouches';
import { placeAccount } from './enrollment';
import type { Enrollment, JourneyEvent, JourneyMemory, Reason, Touch } from './memory';
import { foldProgress, type ChecklistItem, type Progress } from './progress';

/** What one account gets: who it is in the journey, what goes out now, what is written down, and why. */
export type Decision = {
	/** Position of the account's item in the input. */
	index: number;
	accountId: string;
	/** To be written before anything is claimed. */
	enroll: Enrollment[];
	end: Enrollment[];
	touches: PlannedTouch[];
	/** Held and lapsed touches, as they are to be written. */
	notes: Touch[];
	/** Facts seen for the first time, to be recorded so that they keep their date. */
	observed: JourneyEvent[];
	/** Why nothing, or not everything, goes out. */
	reasons: Reason[];
	/** Where the account stands; undefined for one that is not in the journey. */
	standing: Standing | undefined;
};

export type Standing = {
	cycle: number;
	/** Local calendar days since day 0. */
	day: number;
	anchorAt: number;
	setUp: {
		completed: string[];
		open: ChecklistItem[];
		next: ChecklistItem | undefined;
		finished: boolean;
		/** Local calendar days without a completed step, while set-up is unfinished and first value not reached (P15). */
		restsForDays: number | undefined;
	};
	firstValueAt: number | undefined;
};

export type AdvanceOptions = {
	now: number;
	dry: boolean;
	/** Whether the account at `index` meets the conditions that the step's owner set; all do where this is absent. */
	meetsConditions?: (step: Step, index: number) => boolean;
};

/**
 * Decides what is due for each account: pure, in the order of the input, the same answer for the same facts, rows and
 * time. Nothing here is claimed; whoever calls it writes `enroll`, `notes` and `end` and claims `touches`.
 */
export function advanceJourney(
	journey: Journey,
	accounts: readonly Account[],
	memory: JourneyMemory,
	{ now, dry, meetsConditions = () => true }: AdvanceOptions,
): Decision[] {
	const survivors = new Map(memory.survivorOf);
	for (const account of accounts) {
		for (const alias of account.aliases ?? []) {
			if (alias === account.accountId) continue;
			// the newest word counts: when records were merged the other way round before, neither may vanish
			if (survivors.get(account.accountId) === alias) survivors.delete(account.accountId);
			survivors.set(alias, account.accountId);
		}
	}
	const survivorOf = (id: string): string => {
		let survivor = id;
		// a chain of merges is short; a circle would be a mistake of the source and must not hang us
		for (let hop = 0; hop < 10; hop++) {
			const next = survivors.get(survivor);
			if (next === undefined || next === id) break;
			survivor = next;
		}
		return survivor;
	};
	const enrollments = groupBy(memory.enrollments, ({ accountId }) => survivorOf(accountId));
	const touches = groupBy(memory.touches, ({ accountId }) => survivorOf(accountId));
	const events = groupBy(memory.events, ({ accountId }) => survivorOf(accountId));
	// P12: who has unsubscribed anywhere gets no mail for any account, whatever another record says
	const suppressed = new Set(memory.suppressed);
	for (const { contacts = [] } of accounts) {
		for (const { email, unsubscribed } of contacts)
			if (unsubscribed) suppressed.add(email.toLowerCase());
	}
	const lastEmailAt = new Map(memory.lastEmailAt);
	const seen = new Set<string>();

	return accounts.map((account, index): Decision => {
		const { accountId } = account;
		const zone = account.timezone ?? journey.timezone;
		const progress = foldProgress(account, events.get(accountId) ?? [], journey, zone, now);
		const merged = survivorOf(accountId) !== accountId;
		const repeated = seen.has(accountId);
		seen.add(accountId);
		const place = placeAccount({
			journey,
			account,
			zone,
			progress,
			merged,
			repeated,
			rows: enrollments.get(accountId) ?? [],
			startedAt: memory.startedAt,
			now,
			dry,
		});
		const decision: Decision = {
			index,
			accountId,
			enroll: place.enroll,
			end: place.end,
			touches: [],
			notes: [],
			observed: merged || repeated ? [] : progress.observed,
			reasons: place.reasons,
			standing: undefined,
		};
		const { enrollment } = place;
		if (enrollment === undefined) return decision;
		const decided = decideTouches({
			journey,
			account,
			zone,
			progress,
			enrollment,
			ending: place.ending,
			helpOnly: place.helpOnly,
			touches: touches.get(accountId) ?? [],
			suppressed,
			lastEmailAt,
			now,
			meetsConditions: (step) => meetsConditions(step, index),
		});
		decision.touches = decided.touches;
		if (enrollment.state === 'active' || decided.touches.length > 0)
			decision.standing = standingOf(enrollment, progress, zone, now);
		decision.notes = decided.notes;
		decision.reasons = [...decision.reasons, ...decided.reasons];
		if (decided.outcome !== undefined) {
			decision.end.push({
				...enrollment,
				state: 'ended',
				outcome: decided.outcome,
				endedAt: now,
				version: journey.version,
			});
		}
		return decision;
	});
}

function standingOf(
	enrollment: Enrollment,
	progress: Progress,
	zone: string,
	now: number,
): Standing {
	return {
		cycle: enrollment.cycle,
		day: localDaysBetween(enrollment.anchorAt, now, zone),
		anchorAt: enrollment.anchorAt,
		setUp: {
			completed: progress.completed.map(({ step }) => step),
			open: progress.open,
			next: progress.open[0],
			finished: progress.finished,
			restsForDays:
				progress.open.length === 0 || progress.firstValueAt !== undefined
					? undefined
					: localDaysBetween(restingSince(enrollment, progress), now, zone),
		},
		firstValueAt: progress.firstValueAt,
	};
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = keyOf(row);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [row]);
		else group.push(row);
	}
	return groups;
}
