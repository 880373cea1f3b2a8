import { endsAtFirstValue } from './definition';
import { isPending, type Episode } from './episode';
import { keyOf, type History } from './history';
import type { PlannedTouch } from './decideTouches';
import type { Reason, Touch, TouchState } from './memory';
import { lapse, withdraw } from './reasons';

type SoFar = { touches: readonly PlannedTouch[]; notes: readonly Touch[] };

/** First value ends the episode (P16) once nothing is under way any more: what is handed out may have to be again. */
export function goalOutcome(
	episode: Episode,
	history: History,
	{ touches, notes }: SoFar,
): string | undefined {
	if (!endsAtFirstValue(episode.journey)) return undefined;
	if (episode.progress.firstValueAt === undefined || touches.length > 0) return undefined;
	const lapsed = new Set(notes.filter(({ state }) => state === 'lapsed').map(({ key }) => key));
	const underWay = episode.mine.some(({ key, state }) => state === 'claimed' && !lapsed.has(key));
	if (underWay) return undefined;
	const answersIt = episode.journey.steps.filter((step) => step.when.type === 'firstValue');
	const open = answersIt.some((step) => {
		const candidate = { step, topic: '' };
		const key = keyOf(episode, candidate, history);
		if (lapsed.has(key) || history.inherited(candidate)) return false;
		const touch = history.byKey.get(key);
		return (
			touch === undefined ||
			touch.state === 'held' ||
			touch.state === 'withdrawn' ||
			(touch.state === 'failed' && touch.nextAt !== undefined)
		);
	});
	return open ? undefined : 'firstValue';
}

/**
 * Touches that were held, or handed out and never confirmed, and are due no longer must not wait for ever: while the
 * episode goes on they are withdrawn, because they may fall due again (P27); with it, or with an earlier cycle, they lapse.
 */
export function leftovers(
	episode: Episode,
	handled: ReadonlySet<string>,
	outcome: string | undefined,
): { touch: Touch; reason: Reason }[] {
	const { journey, now } = episode;
	const mine = new Set(episode.mine);
	const steps = new Set(journey.steps.map(({ id }) => id));
	const answers = new Set(
		journey.steps.filter(({ when }) => when.type === 'helpWanted').map(({ id }) => id),
	);
	const become = (touch: Touch): { state: TouchState; reason: Reason } => {
		if (!mine.has(touch)) return { state: 'lapsed', reason: lapse.ended('restarted') };
		if (outcome !== undefined) {
			// whoever called is answered after the episode as well (R64)
			const state = answers.has(touch.stepId) ? 'withdrawn' : 'lapsed';
			return { state, reason: lapse.ended(outcome) };
		}
		const isThere = steps.has(touch.stepId);
		return {
			state: 'withdrawn',
			reason: isThere ? withdraw.noLongerDue() : withdraw.stepRemoved(),
		};
	};
	return episode.touches
		.filter((touch) => {
			const waits =
				isPending(touch, now) ||
				(touch.state === 'failed' && touch.nextAt !== undefined) ||
				(outcome === undefined && isListed(touch));
			const decided = outcome === undefined && mine.has(touch) && handled.has(touch.key);
			return waits && !decided;
		})
		.flatMap((touch) => {
			const { state, reason } = become(touch);
			// told already
			if (state === touch.state && reason.code === touch.reasons[0]?.code) return [];
			const changed = { nextAt: undefined, leaseUntil: undefined, changedAt: now };
			// what was written off is taken up again for a later date only
			const dueAt = isListed(touch) ? now : touch.dueAt;
			return [{ touch: { ...touch, ...changed, dueAt, state, reasons: [reason] }, reason }];
		});
}

/** What held at go-live and was not triggered (P09): when it holds no longer, it may trigger the next time. */
export function isListed({ state, reasons: [reason] }: Touch): boolean {
	return state === 'lapsed' && reason?.code === lapse.listed().code;
}
