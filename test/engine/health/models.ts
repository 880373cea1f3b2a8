import { healthModelSchema, type HealthModel } from '../../../engine/health/model';
import { scoreAccounts, type ScorerOptions } from '../../../engine/health/scoreAccounts';
import type { Health } from '../../../engine/health/health';
import type { Facts } from '../../../engine/health/fields';

export const NOW = Date.UTC(2026, 0, 31, 12);
export const DAY = 86_400_000;

/** Paths with more than two parts are the node's business; these tests need none. */
export const options: ScorerOptions = {
	now: NOW,
	readerOf: (path) => {
		throw new Error(`'${path}' is not a field path`);
	},
};

/** A model of signals with curves from 0 to 100 unless said otherwise. */
export function modelOf(signals: object[], more: object = {}): HealthModel {
	const line = { type: 'linear', from: 0, to: 100 };
	return healthModelSchema.parse({
		id: 'test',
		signals: signals.map((signal) => ({ curve: line, weight: 1, label: 'Signal', ...signal })),
		...more,
	});
}

export function scoreOne(model: HealthModel, account: Facts): Health {
	const [health] = scoreAccounts(model, [account], options);
	if (health === undefined) throw new Error('one account gives one score');
	return health;
}

/** What each signal earned, by its id. */
export function earnings({ signals, contributions }: Health): Record<string, number | undefined> {
	return Object.fromEntries(signals.map((id, place) => [id, contributions[place]]));
}
