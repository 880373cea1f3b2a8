import { compileCircumstances } from '../../../../engine/health/history/circumstances';
import { sweepAccounts, type RememberedHealth } from '../../../../engine/health/history/sweep';
import type { Facts } from '../../../../engine/health/fields';
import type { Health } from '../../../../engine/health/health';
import type { HealthModel } from '../../../../engine/health/model';
import { compileScorer } from '../../../../engine/health/scoreAccounts';
import { DAY, NOW, options } from '../models';

export type Kept = { day: number; state: string };

/** One account, swept so many days after `NOW`. */
export function sweepOne(
	model: HealthModel,
	facts: Facts,
	known?: Kept,
	days = 0,
	accountId: string | null = 'acme',
): { health: Health | RememberedHealth; state: string | undefined } {
	const now = NOW + days * DAY;
	const turns = sweepAccounts([{ accountId: accountId ?? undefined, facts, known }], {
		model,
		compile: (history) => compileScorer(model, { ...options, now, history }),
		circumstancesOf: compileCircumstances(options.readerOf, now, 'UTC').of,
		now,
		zone: 'UTC',
		startedDay: -Infinity,
		raisesBaseline: false,
		mayHold: false,
	});
	let turn = turns.next();
	while (turn.done !== true) turn = turns.next();
	const { healths, changes } = turn.value.decide(turn.value);
	const [health] = healths;
	if (health === undefined) throw new Error('one account gives one score');
	return { health, state: changes.get(accountId ?? '')?.state };
}
