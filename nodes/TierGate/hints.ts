import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { ALL_TIERS, type TierCosts } from '../../engine/tiers/tierCosts';

import type { Keeper } from './assignOptions';
import type { AssignTally } from './assignTally';

/** More kinds of reasons than this are told in the items only. */
const MOST_HINTS = 5;

/** Tells in the editor how many accounts came out undecided, and how many of them why. */
export function sayUndecided(tally: AssignTally): NodeExecutionHint[] {
	const { undecided, reasons } = tally;
	if (undecided === 0) return [];
	const why = [...reasons]
		.sort(([, a], [, b]) => b - a)
		.map(
			([code, count]) => `${String(count)} ${count === 1 ? 'has' : 'have'} ${lackOf(code, tally)}`,
		);
	return [warning(`${counted(undecided)} undecided: ${why.join('; ')}.`)];
}

function lackOf(code: string, { currency, currencies }: AssignTally): string {
	switch (code) {
		case 'arr_missing':
			return "no ARR (field 'arr')";
		case 'arr_invalid':
			return "an ARR that is not an amount of 0 or more (field 'arr')";
		case 'currency_without_rate':
			return `an ARR in a currency without a rate to ${currency} (${[...currencies].join(', ')})`;
		default:
			return 'no rule that fits';
	}
}

/** Tells which fields hold what cannot be read, in how many accounts, and what follows. */
export function sayInvalidFields({ invalid }: AssignTally): NodeExecutionHint[] {
	return [...invalid.values()].map(({ field, problem, consequence, accounts }) =>
		warning(
			`Field '${field}' ${problem} in ${String(accounts)} ${accounts === 1 ? 'account' : 'accounts'}: ${consequence}.`,
		),
	);
}

/** Nothing is kept where no item says which tier it has: most often the field has another name. */
export function sayNoCurrentTier(
	keeper: Keeper | undefined,
	items: readonly INodeExecutionData[],
): NodeExecutionHint[] {
	if (keeper === undefined || items.length === 0) return [];
	if (keeper.isFoundIn(items.map(({ json }) => json))) return [];
	return [
		warning(
			`'Current Tier Field' ${keeper.field} was found in no item: no tier is kept until renewal.`,
		),
	];
}

/** What whole flows are usually held by: a node that is missing before the gate. `held` counts accounts by reason code. */
export function sayHeld(held: ReadonlyMap<string, number>, all: number): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	if (held.get('tier_unknown') === all) {
		hints.push(warning('No item has a tier: put a Tier Gate with Assign Tier before this gate.'));
	}
	if (held.get('health_unknown') === all) {
		hints.push(warning('No item has a health score: put a Health Score node before this gate.'));
	}
	return hints;
}

/** The gate has decided all the same; only the page that says why somebody got nothing does not know of it. */
export function sayNotRemembered(error: unknown): NodeExecutionHint {
	const why = error instanceof Error ? error.message : String(error);
	return warning(`Decided, but whom this gate holds is not remembered for Look Up: ${why}`);
}

/** Tells who is human-led because of an escalation, and of those that could never go back (P35). */
export function sayElevations(
	found: { elevated: number; withoutDays: number; returning: number } | undefined,
): NodeExecutionHint[] {
	if (found === undefined) return [];
	const { elevated, withoutDays, returning } = found;
	const hints: NodeExecutionHint[] = [];
	const parts = [
		...(elevated === 0 ? [] : [`${counted(elevated)} human-led because of a health escalation`]),
		...(returning === 0 ? [] : [`${counted(returning)} back in the tier of the rules from now on`]),
	];
	if (parts.length > 0) hints.push(info(`${parts.join('; ')}.`));
	if (withoutDays > 0) {
		hints.push(
			warning(
				`${counted(withoutDays)} elevated, and nothing tells how long the health has been stable (field 'health.steadyDays'): put a Health Score node that remembers before this one, or they never go back.`,
			),
		);
	}
	return hints;
}

/** Tells in which tiers more human time is planned than accounts pay for (R20, R81); counts by the tier's name. */
export function sayOverBudget(overBudget: ReadonlyMap<string, number>): NodeExecutionHint[] {
	const tiers = [...overBudget].sort(([, a], [, b]) => b - a);
	if (tiers.length === 0) return [];
	const all = tiers.reduce((sum, [, count]) => sum + count, 0);
	const list = tiers.map(([name, count]) => `${name} ${String(count)}`).join(', ');
	return [
		warning(
			`${counted(all)} over budget: more human hours are planned than they pay for (${list}).`,
		),
	];
}

/** What is wrong with the cost to serve, tier by tier. */
export function sayCosts(costs: readonly TierCosts[]): NodeExecutionHint[] {
	const placed = costs.filter(({ tier }) => tier !== null && tier !== ALL_TIERS);
	if (placed.length === 0 && costs.length > 0)
		return [warning('No item has a tier: put a Tier Gate with Assign Tier before this one.')];
	return costs
		.flatMap(({ name, tier, reasons }) =>
			reasons
				.filter(({ code }) => tier !== ALL_TIERS || code === 'accounts_per_csm')
				.map(({ text }) => warning(`${name}: ${text}.`)),
		)
		.slice(0, MOST_HINTS);
}

function info(message: string): NodeExecutionHint {
	return { message, type: 'info', location: 'outputPane' };
}

function warning(message: string): NodeExecutionHint {
	return { message, type: 'warning', location: 'outputPane' };
}

function counted(count: number): string {
	return count === 1 ? '1 account is' : `${String(count)} accounts are`;
}
