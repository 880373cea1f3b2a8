import type { Decision } from '../../../engine/journeys/advance';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { dice, pick } from '../../harness/dice';
import { human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	created,
	event,
	everyHours,
	HOUR,
	onboarding,
	simulate,
	type Story,
} from './simulate';

const renewal = journey(
	[
		mail('early', { type: 'daysBeforeDate', field: 'renewalDate', days: 20 }),
		mail('late', { type: 'daysBeforeDate', field: 'renewalDate', days: 10 }),
		mail('then', { type: 'daysAfterStep', step: 'early', days: 3 }),
		mail('often', { type: 'everyDays', days: 4 }),
		human('quiet', { type: 'noEngagement', days: 9 }),
	],
	{
		start: { type: 'beforeDate', field: 'renewalDate', days: 20 },
		endAfterDays: 40,
		engagementReported: true,
	},
);
const TYPES = [
	'set_up_step_completed',
	'first_value_reached',
	'reply_received',
	'case_resolved',
	'clicked',
] as const;

/** Looks at the account hourly, or only when the engine asked for it or something was heard of it. */
function sentBy(story: Omit<Story, 'sweeps'>, onlyWhenDue: boolean): string[] {
	const ledger = new LedgerModel();
	const sent: string[] = [];
	let next: Decision | undefined;
	let looks = 0;
	const hours = everyHours('2026-03-02 00:00', '2026-04-10 00:00');
	for (const now of hours) {
		const heard = (story.events ?? []).some(
			({ occurredAt }) => occurredAt > now - HOUR && occurredAt <= now,
		);
		const isDue = next === undefined || heard || (next.lookAt ?? Infinity) <= now;
		if (onlyWhenDue && !isDue) continue;
		looks++;
		const told = simulate({ ...story, ledger, sweeps: [now] });
		next = told.decisions[0];
		// the hour, because a message may go minutes after its time has come
		for (const { key } of told.sent) sent.push(`${new Date(now).toISOString()} ${key}`);
	}
	if (onlyWhenDue) expect(looks).toBeLessThan(hours.length / 3);
	return sent;
}

it.each(Array.from({ length: 40 }, (_nothing, seed) => seed + 1))(
	'whoever is looked at only when the engine asks, or when something is heard of them, misses nothing (story %d)',
	(seed) => {
		const roll = dice(seed);
		const start = at('2026-03-02 00:00') + Math.floor(roll() * 5 * 24) * HOUR;
		const events: JourneyEvent[] = [created('2026-03-02 00:00', { occurredAt: start })];
		for (let more = Math.floor(roll() * 5); more > 0; more--) {
			const occurredAt = start + Math.floor(roll() * 25 * 24) * HOUR;
			events.push(
				event(pick(roll, TYPES), '2026-03-02 00:00', {
					occurredAt,
					step: pick(roll, ['connect-data', 'invite-team', 'first-report']),
				}),
			);
		}
		const story = {
			accounts: [account({ renewalDate: '2026-03-30' })],
			events,
			journey: roll() < 0.5 ? onboarding() : renewal,
		};
		expect(sentBy(story, true)).toEqual(sentBy(story, false));
	},
);
