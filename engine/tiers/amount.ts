/** Units of the programme's currency per unit of another, by upper-case ISO code (P36). */
export type Rates = ReadonlyMap<string, number>;

export type AmountProblem = 'arr_missing' | 'arr_invalid' | 'currency_without_rate';

/**
 * ARR in the programme's currency, or why there is none (P36: never compared raw). An account without a currency
 * means the programme's.
 */
export function compileAmount(
	currency: string,
	rates: Rates,
): (arr: unknown, currency: unknown) => number | AmountProblem {
	const own = currency.toUpperCase();
	return (arr, of) => {
		if (arr === undefined || arr === null || arr === '') return 'arr_missing';
		if (typeof arr !== 'number' || !(arr >= 0) || arr === Infinity) return 'arr_invalid';
		if (of === undefined || of === null || of === '' || of === own) return arr;
		if (typeof of !== 'string') return 'currency_without_rate';
		const code = of.toUpperCase();
		if (code === own) return arr;
		const rate = rates.get(code);
		return rate === undefined ? 'currency_without_rate' : arr * rate;
	};
}
