import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileAmount } from '../../engine/tiers/amount';
import { within } from '../../engine/tiers/facts';
import { ALL_TIERS, sumTierCosts, type CountedAccount } from '../../engine/tiers/tierCosts';
import { sayCosts } from './hints';
import { readCosts } from './readCosts';
import { readMoney } from './readPolicy';

/** One item per tier, and last one for all of them (R19–R21, R67). */
export function costToServe(context: IExecuteFunctions): INodeExecutionData[][] {
	const settings = readCosts(context);
	const { currency, rates } = readMoney(context);
	const amountOf = compileAmount(currency, rates);
	const items = context.getInputData();
	const sources = new Map<string | null, number[]>();
	const accounts = items.map(({ json }, index): CountedAccount => {
		const amount = amountOf(json.arr, json.currency);
		const { tier, name } = tierOf(json.tier);
		const from = sources.get(tier);
		if (from === undefined) sources.set(tier, [index]);
		else from.push(index);
		return { tier, name, arr: typeof amount === 'number' ? amount : undefined };
	});
	const costs = sumTierCosts(settings, accounts);
	context.addExecutionHints(...sayCosts(costs));
	const all = items.map((_item, index) => index);
	return [
		costs.map((cost) => ({
			json: { ...cost, currency, reasons: cost.reasons.map((reason) => ({ ...reason })) },
			pairedItem: (cost.tier === ALL_TIERS ? all : (sources.get(cost.tier) ?? [])).map((item) => ({
				item,
			})),
		})),
	];
}

/** An elevation is for weeks, not for a year: the account counts where it goes back to. */
function tierOf(found: unknown): { tier: string | null; name: string } {
	const base = within(found, 'base');
	const counted = base === undefined ? found : base;
	const tier = within(counted, 'tier');
	const name = within(counted, 'name');
	if (typeof tier !== 'string') return { tier: null, name: 'Undecided' };
	return { tier, name: typeof name === 'string' ? name : tier };
}
