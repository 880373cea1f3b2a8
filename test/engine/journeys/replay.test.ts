import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountSchema } from '../../../engine/accounts/account';
import { journeySchema } from '../../../engine/journeys/definition';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { simulate, type Fate } from './simulate';

/**
 * Onboarding as the version before this one decided it: eight worlds of random customers, with everything that was given to
 * the journey and everything it decided (test/data/README.md). Whoever updates the pack in mid-flight must see the same.
 */
type Recording = {
	journey: unknown;
	worlds: {
		sweeps: number[];
		accounts: unknown[];
		events: JourneyEvent[];
		sent: { at: number; key: string; to: string; attempt: number; fate: Fate }[];
		ended: object[];
		touches: { key: string }[];
	}[];
};

const recording = JSON.parse(
	readFileSync(join(__dirname, '../../data/recorded-onboarding.json'), 'utf8'),
) as Recording;

describe('a recorded journey of the version before', () => {
	it.each(recording.worlds.map((world, index) => ({ world, index })))(
		'replays with no different decision (world $index)',
		({ world: { sweeps, accounts, events, sent, ended, touches } }) => {
			const fates = new Map(sent.map(({ key, attempt, fate }) => [`${key} ${attempt}`, fate]));
			const tries = new Map<string, number>();
			const told = simulate({
				sweeps,
				events,
				accounts: accounts.map((one) => accountSchema.parse(one)),
				journey: journeySchema.parse(recording.journey),
				fate: ({ key }) => {
					const attempt = (tries.get(key) ?? 0) + 1;
					tries.set(key, attempt);
					return fates.get(`${key} ${attempt}`) ?? 'sent';
				},
			});
			expect(
				told.sent.map(({ at, key, to, attempt, fate }) => ({ at, key, to, attempt, fate })),
			).toEqual(sent);
			const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
			expect(
				plain(
					[...told.ledger.enrollments.values()].map(
						({ accountId, cycle, anchorAt, state, outcome, endedAt }) => ({
							accountId,
							cycle,
							anchorAt,
							state,
							outcome,
							endedAt,
						}),
					),
				),
			).toEqual(ended);
			expect(
				plain(
					[...told.ledger.touches.values()].map(
						({ key, state, changedAt, nextAt, attempts, reasons }) => ({
							key,
							state,
							changedAt,
							nextAt,
							attempts,
							why: reasons[0]?.code,
						}),
					),
				),
			).toEqual(touches);
		},
	);
});
