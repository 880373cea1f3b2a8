import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileAmount } from '../../engine/tiers/amount';
import { compileTiers, type TierAssignment } from '../../engine/tiers/assignTiers';
import { compileUnreadable } from '../../engine/tiers/unreadable';
import { withBudget } from '../../engine/tiers/withBudget';
import type { Standing } from '../../engine/tiers/elevation';
import type { Facts } from '../../engine/tiers/facts';
import { compileRank, humanLedTier } from '../../engine/tiers/policy';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { keeperOf, readAssignOptions } from './assignOptions';
import { readElevations, type Elevations } from './elevations';
import { AssignTally } from './assignTally';
import {
	sayElevations,
	sayInvalidFields,
	sayNoCurrentTier,
	sayOverBudget,
	sayUndecided,
} from './hints';
import { readId } from '../platform/readId';
import { readCosts } from './readCosts';
import { readPolicy } from './readPolicy';

const DAY_MS = 86_400_000;

/** Output 0: undecided; then one output per tier number. */
export async function assignTier(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const items = context.getInputData();
	const { policy, rates } = readPolicy(context);
	const options = readAssignOptions(context);
	const { daysAroundRenewal, healthJourneys, stableDays, stableScore } = options;
	const assign = compileTiers(policy, rates);
	const unreadableOf = compileUnreadable(policy);
	const keeper = keeperOf(options, policy, now);
	const addBudget =
		context.getNodeParameter('costToServe', 0, false) === true
			? withBudget(readCosts(context), compileAmount(policy.currency, rates), policy.currency)
			: undefined;
	const humanLed = humanLedTier(policy);
	let elevations: Elevations | undefined;
	if (context.getNodeParameter('elevation', 0, true) === true) {
		const terms = { stableDays, stableScore };
		const rankOf = compileRank(policy);
		const settings = { humanLed, rankOf, journeys: healthJourneys, terms };
		elevations = await readElevations(context, items, settings, now);
	}

	const decide = (account: Facts): TierAssignment => {
		let tier = assign(account);
		const unreadable = unreadableOf(account);
		if (unreadable.length > 0) tier = { ...tier, reasons: [...tier.reasons, ...unreadable] };
		const standing = elevations?.standingOf(account);
		if (keeper !== undefined) {
			// a CRM that was told the elevated tier must not keep the account there
			const isTold = isTemporary(standing, now - daysAroundRenewal * DAY_MS);
			tier = keeper.keep(tier, account, isTold ? humanLed : undefined);
		}
		if (standing !== undefined && elevations !== undefined)
			tier = elevations.apply(tier, account, standing);
		return addBudget === undefined ? tier : addBudget(tier, account);
	};

	const last = Math.max(...policy.tiers.map(({ output }) => output));
	const outputs: INodeExecutionData[][] = Array.from({ length: last + 1 }, () => []);
	const tally = new AssignTally(policy.currency);
	const tiers = new Map<string, string>();
	for (const [index, item] of items.entries()) {
		const tier = decide(item.json);
		outputs[tier.output]?.push(withAdded(item, index, 'tier', tier));
		tally.count(tier, item.json);
		const id = readId(item.json.accountId);
		if (id !== undefined && tier.tier !== null) tiers.set(id, tier.name);
	}
	// an agent that asks for a tier must not make it the account's
	await elevations?.remember(context.getNode().type.endsWith('Tool') ? new Map() : tiers);
	context.addExecutionHints(
		...sayUndecided(tally),
		...sayInvalidFields(tally),
		...sayNoCurrentTier(keeper, items),
		...sayElevations(elevations),
		...sayOverBudget(tally.overBudget),
	);
	return outputs;
}

/** Whether the account is, or was until lately, human-led because of an escalation only. */
function isTemporary(standing: Standing | undefined, since: number): boolean {
	return standing?.state === 'elevated' || (standing?.state === 'returned' && standing.at >= since);
}
