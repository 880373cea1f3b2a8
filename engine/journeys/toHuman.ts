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
 * To the account's success manager, else to the team; what is for sales (P30) to them before either. Never given up: what
 * nobody confirmed as often as the step allows, and what every address refused, is tried again a day later.
 */
export function toHuman(episode: Episode, history: History, candidate: Candidate, pen: Pen): void {
	const { account, journey, touches, zone, now } = episode;
	const { step } = candidate;
	const refusals = touches.filter((touch) => isForHumans(touch) && isRefused(touch));
	const refused = new Set(refusals.map(({ address }) => address));
	const isForSales = step.channel === 'human' && step.silences === 'thisJourney';
	// CRMs often hold a name where an address belongs; a hand-over that cannot be delivered must not be one
	const [to = journey.team] = [isForSales ? journey.sales : '', account.csm].filter(
		(address): address is string =>
			z.email().safeParse(address).success && !refused.has(String(address).toLowerCase()),
	);
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
