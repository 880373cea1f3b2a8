import type { Auc } from '../backtest/auc';
import type { Calibration, JudgedWeights, Proposed, Reason } from './calibration';

const NOTHING: Reason = {
	code: 'nothing_to_learn',
	text: 'There is nothing to learn from these outcomes: keep the weights there are',
};

export function sayNoWeights(): Reason[] {
	return [
		NOTHING,
		{
			code: 'no_weight_helps',
			text: 'No signal earns a weight: accounts with more points did not stay more often',
		},
	];
}

/** Where the ranking may be a coin's; empty where it is none. */
export function sayCoins(heldBack: Auc | null, judged: Auc | null): Reason[] {
	const coins = [
		...sayCoin('held_back_like_a_coin', 'the fitting accounts that were held back', heldBack),
		...sayCoin('judged_like_a_coin', 'the accounts set aside', judged),
	];
	return coins.length === 0 ? [] : [NOTHING, ...coins];
}

function sayCoin(code: string, where: string, auc: Auc | null): Reason[] {
	if (auc === null) return [{ code, text: `On ${where} nothing could be ranked` }];
	if (auc.low > 0.5) return [];
	return [
		{
			code,
			text: `On ${where} the best weights may rank no better than a coin: AUC ${sayAuc(auc)}`,
		},
	];
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

/** What a calibration found, in sentences that can be mailed. */
export function sayCalibration(calibration: Calibration): string[] {
	const reasons = calibration.reasons.map(({ text }) => text);
	if (!('weights' in calibration)) return reasons;
	return [...reasons, ...sayWeights(calibration), sayMoves(calibration)];
}

function sayWeights({ weights }: Proposed): string[] {
	return weights.map(({ label, current, proposed, why, text }) =>
		why === 'learned'
			? `${label}: ${current.toFixed(0)} % of the weight today, ${proposed.toFixed(0)} % proposed`
			: text,
	);
}

function sayMoves({ moves, moved }: Proposed): string {
	const all = moved.reduce((sum, { accounts }) => sum + accounts, 0);
	const ways = moved
		.filter(({ from, to }) => from !== to)
		.sort((a, b) => b.accounts - a.accounts)
		.map(({ from, to, accounts }) => `${accounts.toLocaleString('en-US')} from ${from} to ${to}`);
	const [counted, of] = [moves.length, all].map((count) => count.toLocaleString('en-US'));
	if (ways.length === 0) return `None of ${of ?? ''} accounts would change band`;
	return `${counted ?? ''} of ${of ?? ''} accounts would change band: ${ways.join(', ')}`;
}

/** `0.846 (0.830 to 0.862)` */
export function sayAuc({ value, low, high }: Auc): string {
	return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function signed(value: number): string {
	return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
