import { addLocalDays } from '../calendar/localTime';
import { dueTouches } from './dueSteps';
import { isSettled, type Episode } from './episode';
import { keyOf, type History } from './history';
import type { Touch } from './memory';

type SoFar = { touches: readonly { touch: Touch }[]; notes: readonly Touch[] };

/**
 * The next time at which something may become due for an account in the journey, in ms since 1970. Never more than a day
 * ahead: contacts, set-up, goals and conditions change without a word to us.
 */
export function nextLook(episode: Episode, history: History, { touches, notes }: SoFar): number {
	const { journey, mine, zone, now } = episode;
	const tomorrow = addLocalDays(now, 1, zone);
	const times = [tomorrow];
	// what is handed out now has to be again if nobody confirms it
	if (touches.length > 0) times.push(now + journey.leaseMinutes * 60_000);
	for (const { state, nextAt, leaseUntil } of [...notes, ...mine]) {
		if (state === 'held' || state === 'failed') times.push(nextAt ?? tomorrow);
		if (state === 'claimed' || state === 'sending') times.push(leaseUntil ?? tomorrow);
	}
	const then = { ...episode, touches: mine, allTouches: episode.touches, now: tomorrow };
	const steps = journey.steps.filter(({ when }) => when.type !== 'conditionsMet');
	for (const candidate of steps.flatMap((step) => dueTouches(step, then))) {
		if (candidate.dueAt <= now) continue;
		const before = history.byKey.get(keyOf(episode, candidate, history));
		if (!isSettled(before, candidate, tomorrow)) times.push(candidate.dueAt);
	}
	return Math.min(...times.filter((time) => time > now));
}
