import { compileCaps, holds } from '../caps';
import { compileCurve } from '../curve';
import type { Facts, ReaderOf } from '../fields';
import { compileMeasure } from '../measure';
import type { HealthModel, Signal } from '../model';
import { stateOf } from '../profile';
import { compileRecall } from '../recall';
import type { HistoryOf } from '../remembered';
import type { Earned, Held } from './rows';

/** Nearly every account: nothing is assumed and no cap holds. */
const FREE: Held = Object.freeze({});

/** What the absence of a signal counts for; undefined where it is left out. */
const ASSUMED = { leaveOut: undefined, neutral: 50, worst: 0, fail: undefined } as const;

/** The signals whose weights can be calibrated: all but those of weight 0 that are there for a cap. */
export function weighable({ signals, caps }: Pick<HealthModel, 'signals' | 'caps'>): Signal[] {
	return signals.filter(({ id, weight }) => weight > 0 || !caps.some((cap) => cap.signal === id));
}

/**
 * What an account earns by a model before anything is weighed: points of each weighable signal in the model's order,
 * and the lowest cap that holds. `weigh` makes of it the score that Health Score gives, but for a manager's judgement.
 * @param now ms since 1970
 */
export function compileEarned(
	model: HealthModel,
	readerOf: ReaderOf,
	now: number,
	history?: HistoryOf,
): (account: Facts) => Earned {
	const { signals } = model;
	const { measured, measure } = compileMeasure(signals, { readerOf, now, zone: 'UTC' });
	const { values } = measured;
	const recall = compileRecall(signals, measured);
	const caps = compileCaps(model, signals);
	const curves = signals.map(({ curve }) => compileCurve(curve));
	const places = weighable(model).map((signal) => signals.indexOf(signal));
	return (account) => {
		const known = history?.(account);
		measure(account, known);
		recall?.(known);
		const assumed: number[] = [];
		let failed = false;
		const points = signals.map((signal, index) => {
			const value = values[index] ?? NaN;
			const state = stateOf(value);
			if (state === 'present') return curves[index]?.(value) ?? null;
			const policy = signal[state];
			const plain = typeof policy === 'object' ? policy.otherwise : policy;
			if (plain === 'fail') failed = true;
			const stand = ASSUMED[plain];
			if (stand === undefined) return null;
			assumed.push(places.indexOf(index));
			return stand;
		});
		const cap = caps.find((one) => holds(one, values));
		return {
			points: places.map((place) => (failed ? null : (points[place] ?? null))),
			held: assumed.length === 0 && cap === undefined ? FREE : { assumed, atMost: cap?.atMost },
		};
	};
}
