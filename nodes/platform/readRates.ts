import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { wordsOf } from './rows';

/**
 * Units of the program's currency per unit of another, by upper-case code, from `EUR 1.08, GBP 1.27` (P36).
 * @throws NodeOperationError naming what is no rate
 */
export function readRates(context: IExecuteFunctions, text: string): Map<string, number> {
	return new Map(
		(wordsOf(text) ?? []).map((word): [string, number] => {
			const [, code = '', rate = ''] = /^([a-z]{3})\s*[=:]?\s*(\d+(?:\.\d+)?)$/i.exec(word) ?? [];
			if (Number(rate) > 0) return [code.toUpperCase(), Number(rate)];
			throw new NodeOperationError(context.getNode(), `'${word}' is no exchange rate`, {
				description: 'Write them as in EUR 1.08, GBP 1.27.',
			});
		}),
	);
}
