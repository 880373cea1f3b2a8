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
		touches: Kept[];
	}[];
};

/** A call without the cycle in which it was told of. */
const callOf = (key: string): string => key.replace(/^(onboarding)\/\d+\//, '$1/');

type Kept = { key: string; state: string; changedAt: number; attempts: number; why?: string };

/**
 * What was due no longer lapsed then. Today it is withdrawn while the episode goes on (P27), and lapses with its end: not
 * sent, either way.
 */
function inWordsOfThen(touch: Kept, then: Kept | undefined): Kept {
	// what joins a case does so once it is certain that somebody has it, which may be a sweep later
	if (touch.why === 'joinedCase' && then?.why === 'joinedCase' && touch.changedAt > then.changedAt)
		return { ...touch, changedAt: then.changedAt };
	const isOver =
		(touch.state === 'withdrawn' && touch.why === then?.why) ||
		(touch.state === 'lapsed' && touch.why === 'ended');
	return isOver && then?.why === 'noLongerDue'
		? { ...touch, state: then.state, why: then.why, changedAt: then.changedAt }
		: touch;
}

/**
 * Two nudges that were forgotten then: each was held when the customer did another step, and set-up stalled once more
 * three days later (P15). They go now; nothing else differs.
 */
const FORGOTTEN = new Set([
	'3 onboarding/1/a16/nudge/connect-data',
	'7 onboarding/1/a18/nudge/connect-data',
]);
/** Who asked for a human and was in no onboarding reached nobody then (P18, R64). */
const OUTSIDE = 'onboarding/0/';
/** Asked some hours before set-up began anew: reached nobody then (P18). */
const CALLED_BEFORE = '0 onboarding/3/a21/asked-for-help/101';
/** A ticket that somebody was told of in an earlier cycle joined their case again in each later one; now it is told once. */
const TOLD_BEFORE = /^onboarding\/[23]\/a\d+\/asked-for-help\/open-p1/;
const recording = JSON.parse(
	readFileSync(join(__dirname, '../../data/recorded-onboarding.json'), 'utf8'),
) as Recording;

describe('a recorded journey of the version before', () => {
	it.each(recording.worlds.map((world, index) => ({ world, index })))(
		'replays with no different decision (world $index)',
		({ index, world: { sweeps, accounts, events, sent, ended, touches } }) => {
			const known = ({ key }: { key: string }): boolean =>
				!FORGOTTEN.has(`${index} ${key}`) &&
				`${index} ${key}` !== CALLED_BEFORE &&
				!key.startsWith(OUTSIDE);
			const isRepeated = ({ key, why }: Kept): boolean =>
				TOLD_BEFORE.test(key) &&
				why === 'joinedCase' &&
				touches.some((other) => callOf(other.key) === callOf(key) && other.key < key);
			const then = new Map(touches.map((touch) => [touch.key, touch]));
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
				told.sent
					.filter(known)
					.map(({ at, key, to, attempt, fate }) => ({ at, key, to, attempt, fate })),
			).toEqual(sent.filter(known));
			const plain = <Row>(rows: Row[]): Row[] => JSON.parse(JSON.stringify(rows)) as Row[];
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
				)
					.filter(known)
					.map((touch) => inWordsOfThen(touch, then.get(touch.key))),
			).toEqual(touches.filter((touch) => known(touch) && !isRepeated(touch)));
		},
	);
});
