import { z } from 'zod/v4';
import { sayTime } from '../calendar/localTime';
import { HOUR_MS } from './caps';
import { isForHumans, isRefused, type Candidate, type Episode } from './episode';
import { keyOf, type History } from './history';
import { hold } from './reasons';
import type { Pen } from './settle';
import { NO_CAPS } from './slot';

const DAY_MS = 24 * HOUR_MS;

/**
 * To the account's success manager, else to the team. Never given up: what nobody confirmed as often as the step
 * allows, and what every address refused, is tried again a day later.
 */
export function toHuman(episode: Episode, history: History, candidate: Candidate, pen: Pen): void {
	const { account, journey, touches, zone, now } = episode;
	const { step } = candidate;
	const refusals = touches.filter((touch) => isForHumans(touch) && isRefused(touch));
	const refused = new Set(refusals.map(({ address }) => address));
	// CRMs often hold a name here; a hand-over that cannot be delivered must not be one
	const owner = z.email().safeParse(account.csm);
	const to = owner.success && !refused.has(owner.data.toLowerCase()) ? owner.data : journey.team;
	const before = history.byKey.get(keyOf(episode, candidate, history));
	const again = [
		...(before !== undefined && before.attempts >= step.attempts
			? [before.state === 'held' ? (before.nextAt ?? now) : before.changedAt + DAY_MS]
			: []),
		...refusals
			.filter(({ address }) => address === to.toLowerCase())
			.map(({ changedAt }) => changedAt + DAY_MS),
	];
	const next = Math.max(now, ...again);
	if (next > now)
		pen.write(candidate, hold.waitsForHuman(sayTime(next, zone)), { until: next, address: '' });
	else pen.give(candidate, { to, contact: undefined, slot: NO_CAPS });
}
