import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Rates } from '../../engine/tiers/amount';
import type { TierPolicy } from '../../engine/tiers/policy';
import {
	byPackage,
	costToServe,
	coverageEconomics,
	digitalFirst,
} from '../../engine/tiers/presets';
import { readText } from '../platform/readText';
import { readOwnRules } from './readOwnRules';
import { isObject, readRows, wordsOf } from '../platform/rows';
import { tierIdOf } from './tierId';

/**
 * The node's policy and exchange rates, read and checked once per execution.
 * @throws NodeOperationError naming the setting or rule that is wrong, before any account is looked at
 */
export function readPolicy(context: IExecuteFunctions): { policy: TierPolicy; rates: Rates } {
	const preset = context.getNodeParameter('policy', 0);
	const looksAtAmounts =
		preset !== 'byPackage' || context.getNodeParameter('costToServe', 0, false) === true;
	const { currency, rates } = looksAtAmounts ? readMoney(context) : NO_MONEY;
	return { policy: withHumanLed(context, policyOf(context, preset, currency)), rates };
}

/** By package looks at no amount, and so has no currency. */
const NO_MONEY: Money = { currency: '', rates: new Map() };

export type Money = { currency: string; rates: Rates };

/** The program's currency and the rates of others (P36). */
export function readMoney(context: IExecuteFunctions): Money {
	const currency = currencyOf(context, 'Currency', readText(context, 'currency'));
	return { currency, rates: readRates(context, currency) };
}

/** @throws NodeOperationError for a tier that the policy does not have */
function withHumanLed(context: IExecuteFunctions, policy: TierPolicy): TierPolicy {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const name = isObject(options) ? options.humanLedTier : undefined;
	if (typeof name !== 'string' || name.trim() === '') return policy;
	const asked = tierIdOf(name);
	const tier = policy.tiers.find(({ id, name: own }) => id === asked || tierIdOf(own) === asked);
	if (tier !== undefined) return { ...policy, humanLed: tier.id };
	throw new NodeOperationError(context.getNode(), `'Human-Led Tier' is no tier of this policy`, {
		description: `Choose one of: ${policy.tiers.map(({ name: own }) => own).join(', ')}.`,
	});
}

function policyOf(context: IExecuteFunctions, preset: unknown, currency: string): TierPolicy {
	const humanOnboarding = context.getNodeParameter('humanOnboarding', 0, false) === true;
	switch (preset) {
		case 'byPackage':
			return byPackage({
				currency,
				humanOnboarding,
				digital: wordsOf(context.getNodeParameter('digitalPackages', 0)),
				human: wordsOf(context.getNodeParameter('humanPackages', 0)),
			});
		case 'costToServe':
			return costToServe({ currency, humanOnboarding });
		case 'digitalFirst': {
			const digitalUnder = readFigure(context, 'digitalUnder', 'Digital Under', 10_000, 25_000);
			return digitalFirst({ currency, digitalUnder, humanOnboarding });
		}
		case 'own':
			return readOwnRules(context, currency);
		default:
			return coverageEconomics({
				currency,
				humanOnboarding,
				highTouchAbove: readFigure(context, 'highTouchAbove', 'High-Touch Above', 50_000, 100_000),
				selfServePlans: wordsOf(context.getNodeParameter('selfServePlans', 0)),
			});
	}
}

/** A threshold inside the range for which the preset's source stands; other figures want own rules. */
function readFigure(
	context: IExecuteFunctions,
	name: string,
	label: string,
	least: number,
	most: number,
): number {
	const found = Number(context.getNodeParameter(name, 0));
	if (found >= least && found <= most) return found;
	throw new NodeOperationError(
		context.getNode(),
		`'${label}' is ${String(found)}, outside ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`,
		{ description: 'Choose a figure inside the range, or write your own rules.' },
	);
}

function readRates(context: IExecuteFunctions, currency: string): Rates {
	const rates = new Map<string, number>();
	readRows(context, 'rates', 'rate').forEach((row, index) => {
		const where = `Exchange rate ${String(index + 1)}`;
		const code = currencyOf(context, where, row.currency);
		const rate = Number(row.rate);
		if (!(rate > 0 && rate < Infinity)) {
			throw new NodeOperationError(context.getNode(), `${where} (${code}) is not above 0`, {
				description: `Enter how much one ${code} is worth in ${currency}, such as 1.08.`,
			});
		}
		rates.set(code, rate);
	});
	return rates;
}

function currencyOf(context: IExecuteFunctions, where: string, value: unknown): string {
	const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
	if (/^[A-Z]{3}$/.test(code)) return code;
	throw new NodeOperationError(context.getNode(), `${where} is not a currency code`, {
		description: 'Use three letters such as USD or EUR.',
	});
}
