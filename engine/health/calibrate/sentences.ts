import type { Auc } from '../backtest/auc';
import type { JudgedWeights, Reason } from './calibration';

export function sayNoWeights(): Reason {
	return {
		code: 'no_weight_helps',
		text: 'There is nothing to learn: no signal earns a weight, since accounts with more points did not stay more often',
	};
}

/** @param which on which accounts the ranking may be a coin's */
export function sayWhichCoin(which: 'heldBack' | 'judged', auc: Auc | null): Reason {
	const where = which === 'judged' ? 'the accounts set aside' : 'the fitting accounts held back';
	return {
		code: which === 'judged' ? 'judged_like_a_coin' : 'held_back_like_a_coin',
		text:
			auc === null
				? `There is nothing to learn: ${where} cannot be ranked`
				: `There is nothing to learn: on ${where} the best weights may rank no better than a coin, AUC ${sayAuc(auc)}`,
	};
}

export function sayGain({ gain, auc, currentAuc }: JudgedWeights): Reason {
	if (gain === null || auc === null || currentAuc === null) {
		return {
			code: 'not_compared',
			text: 'The weights there are rank no account, so that nothing can be compared',
		};
	}
	const [from, to] = [currentAuc.value.toFixed(3), auc.value.toFixed(3)];
	const range = `${signed(gain.low)} to ${signed(gain.high)}`;
	return gain.low > 0
		? {
				code: 'better',
				text: `On the accounts set aside AUC rises from ${from} to ${to} (by ${range})`,
			}
		: {
				code: 'no_better',
				text: `On the accounts set aside AUC goes from ${from} to ${to}, a change that may be chance (${range}): there is no need to change weights`,
			};
}

/** `0.846 (0.830 to 0.862)` */
export function sayAuc({ value, low, high }: Auc): string {
	return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function signed(value: number): string {
	return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
