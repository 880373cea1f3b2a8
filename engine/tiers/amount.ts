import { isMissing } from '../accounts/missing';
import { readNumber } from '../health/cells';

/** Units of the programme's currency per unit of another, by upper-case ISO code (P36). */
export type Rates = ReadonlyMap<string, number>;

export type AmountProblem = 'arr_missing' | 'arr_invalid' | 'currency_without_rate';

/**
 * ARR in the programme's currency, or why there is none (P36: never compared raw). An account without a currency
 * means the programme's, and a decimal number may be a text.
 */
export function compileAmount(
	currency: string,
	rates: Rates,
): (arr: unknown, currency: unknown) => number | AmountProblem {
	const own = currency.toUpperCase();
	const spelledOtherwise = (amount: number, of: unknown): number | AmountProblem => {
		if (isMissing(of)) return amount;
		const code = typeof of === 'string' ? of.trim().toUpperCase() : '';
		if (code === own) return amount;
		const rate = rates.get(code);
		return rate === undefined ? 'currency_without_rate' : amount * rate;
	};
	return (arr, of) => {
		const amount = typeof arr === 'number' ? arr : readNumber(arr);
		if (!(amount >= 0 && amount < Infinity)) {
			return isMissing(arr) ? 'arr_missing' : 'arr_invalid';
		}
		if (of === own || of === undefined) return amount;
		const rate = typeof of === 'string' ? rates.get(of) : undefined;
		return rate === undefined ? spelledOtherwise(amount, of) : amount * rate;
	};
}
