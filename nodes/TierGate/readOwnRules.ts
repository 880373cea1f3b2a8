import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import {
	MAX_OUTPUT,
	tierPolicySchema,
	type Tier,
	type TierPolicy,
} from '../../engine/tiers/policy';
import { sentencesOf } from '../platform/problems';
import { isObject, listOf, readRows, textOf, wordsOf } from '../platform/rows';
import { tierIdOf } from './tierId';

/**
 * The user's own rules as a policy. Rules of the same name lead to the same tier.
 * @throws NodeOperationError naming the rule or the tier and what is wrong with it, before any account is looked at
 */
export function readOwnRules(context: IExecuteFunctions, currency: string): TierPolicy {
	const rows = readRows(context, 'rules', 'rule');
	const refuse = (message: string, description: string): never => {
		throw new NodeOperationError(context.getNode(), message, { description });
	};
	const read = rows.map((row, index) => {
		const name = textOf(row.name);
		const number = String(index + 1);
		if (tierIdOf(name) === '') {
			refuse(`Rule ${number} has no tier name`, 'Enter the name of the tier it leads to.');
		}
		const output = Number(row.output);
		if (!Number.isInteger(output) || output < 1 || output > MAX_OUTPUT) {
			refuse(
				`Rule ${number} '${name}' has no output number`,
				`Give its tier a number from 1 to ${String(MAX_OUTPUT)} and keep it: wires follow the number.`,
			);
		}
		return { tier: { id: tierIdOf(name), name, output }, rule: ruleOf(tierIdOf(name), row) };
	});
	const tiers = new Map(read.map(({ tier }) => [`${tier.id} ${String(tier.output)}`, tier]));
	const parsed = tierPolicySchema.safeParse({
		id: 'own',
		currency,
		tiers: [...tiers.values()],
		rules: read.map(({ rule }) => rule),
	});
	if (parsed.success) return { ...parsed.data, tiers: inOrder(context, parsed.data.tiers) };
	if (rows.length === 0) {
		refuse('There is no rule', 'Add at least one rule, or choose a ready-made policy.');
	}
	const sentences = sentencesOf(parsed.error);
	return refuse(`The rules cannot be used: ${sentences[0] ?? ''}`, sentences.slice(1).join('\n'));
}

/** Tiers from the least human time to the most; somebody names them the other way round, or the rules do. */
function inOrder(context: IExecuteFunctions, tiers: readonly Tier[]): Tier[] {
	const asked = wordsOf(context.getNodeParameter('tierOrder', 0, ''));
	if (asked === undefined) return tiers.toReversed();
	const refuse = (what: string): never => {
		throw new NodeOperationError(context.getNode(), `'Tiers, Most Human Time First' ${what}`, {
			description: `Name each of these once: ${tiers.map(({ name }) => name).join(', ')}.`,
		});
	};
	const byId = new Map(tiers.map((tier) => [tier.id, tier]));
	const named = asked.map(
		(name) => byId.get(tierIdOf(name)) ?? refuse(`names '${name}', which no rule leads to`),
	);
	named.forEach((tier, index) => {
		if (named.indexOf(tier) < index) refuse(`names '${tier.name}' twice`);
	});
	const left = tiers.find((tier) => !named.includes(tier));
	if (left !== undefined) refuse(`leaves out '${left.name}'`);
	return named.reverse();
}

function ruleOf(tier: string, row: IDataObject): object {
	const when = isObject(row.when) ? row.when : {};
	const { arrFrom, arrTo } = when;
	const [plans, segments] = [wordsOf(when.plans), wordsOf(when.segments)];
	const [stages, bands] = [listOf(when.stages), listOf(when.bands)];
	const asks: string[] = [];
	if (arrFrom !== undefined) asks.push(`ARR is ${sayAmount(arrFrom)} or more`);
	if (arrTo !== undefined) asks.push(`ARR is at most ${sayAmount(arrTo)}`);
	if (plans !== undefined) asks.push(`plan is ${plans.join(' or ')}`);
	if (segments !== undefined) asks.push(`segment is ${segments.join(' or ')}`);
	if (when.complexity !== undefined) asks.push(`complexity is ${textOf(when.complexity)}`);
	if (stages !== undefined) asks.push(`lifecycle stage is ${stages.join(' or ')}`);
	if (bands !== undefined) asks.push(`health is ${bands.join(' or ')}`);
	if (when.openOpportunity !== undefined)
		asks.push(when.openOpportunity === true ? 'an open opportunity' : 'no open opportunity');
	if (when.strategic !== undefined)
		asks.push(when.strategic === true ? 'strategic' : 'not strategic');
	return {
		tier,
		text: asks.length === 0 ? 'No other rule fits' : `The rule asks that ${asks.join(', ')}`,
		arr: arrFrom === undefined && arrTo === undefined ? undefined : { from: arrFrom, to: arrTo },
		plans,
		segments,
		complexity: when.complexity,
		stages,
		bands,
		openOpportunity: when.openOpportunity,
		strategic: when.strategic,
	};
}

function sayAmount(value: unknown): string {
	return typeof value === 'number' ? value.toLocaleString('en-US') : textOf(value);
}
