import {
	budgetOf,
	costSettingsSchema,
	exceeds,
	hourlyCost,
	plannedHoursOf,
	type CostSettings,
} from '../../tiers/costToServe';
import { PRESET_TIERS } from '../../tiers/presets';
import { origins } from '../graph';
import { assignsTiers, isGate, sumsUpCosts } from '../kinds';
import type { Found, Rule } from '../finding';
import { at, isList, isObject, rowsAt, textAt, wordsOf } from '../parameters';
import type { JourneyNode, JourneyStep } from '../journeys';
import type { Patient } from '../patient';
import type { WorkflowNode } from '../workflow';

const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

const hoursOverBudget: Rule = {
	code: 'hours-over-budget',
	// a plan, and R20 asks for a warning
	severity: 'warning',
	holds: 'The human hours that a tier plans are paid for by the smallest accounts in it (R81).',
	todo: 'Raise the amount from which the tier begins, plan fewer hours (Planned Hours), or change Budget Share and the cost of a CSM if those are wrong.',
	*find(patient) {
		const { workflow } = patient;
		const assigning = workflow.nodes.filter(assignsTiers);
		for (const node of [...assigning, ...workflow.nodes.filter(sumsUpCosts)]) {
			const settings = settingsOf(node);
			if (settings === undefined) continue;
			const tiers = assignsTiers(node) ? tiersOf(node) : assigning.flatMap(tiersOf);
			for (const { name, id, from } of smallest(tiers)) {
				const { planned, isUsual } = plannedFor(settings, [id, idOf(name), name]);
				const budget = budgetOf(from, isUsual ? atMost(settings) : settings);
				const bought = budget / hourlyCost(settings);
				if (planned === undefined || !exceeds(planned, bought)) continue;
				yield {
					node: node.name,
					text: `'${node.name}' plans ${figure.format(planned)} hours a year for an account in '${name}', and the budget of one with an ARR of ${figure.format(from)} buys ${figure.format(bought)}.`,
				};
			}
		}
		yield* touchesOverBudget(patient, assigning);
	},
};

/** R12: an hour a touch. */
const HOURS_A_TOUCH = 1;
/** Conditions that nothing a customer does meets: they put a task off, and make it no rarer. */
const OF_THE_PROGRAM = /\b(journey\.caseOpen|tier\.budget\.)/;

/** Tasks that the calendar brings, to a tier that the gate names, again and again. */
function* touchesOverBudget(
	{ graph, journeys }: Patient,
	assigning: readonly WorkflowNode[],
): Iterable<Found> {
	const settings = assigning.flatMap((node) => settingsOf(node) ?? [])[0] ?? USUAL;
	const tiers = assigning.flatMap(tiersOf);
	for (const journey of journeys) {
		const { node, steps, enters } = journey;
		const planned = steps.filter(
			({ channel, when, conditions }) =>
				/^(human|alert)$/.test(channel) &&
				/^(days|(conditionsMet|everyDays)$)/.test(when) &&
				conditions.length >= (when === 'conditionsMet' ? 1 : 0) &&
				conditions.every(({ left }) => OF_THE_PROGRAM.test(left)),
		);
		const tasks = planned.reduce((sum, step) => sum + timesOf(step, journey), 0);
		const hours = tasks * HOURS_A_TOUCH;
		const gates = [...origins(graph, node.name, (one) => !isGate(one)).values()].filter(isGate);
		const named = gates.flatMap((gate) => {
			const chosen = at(gate.parameters, 'tiers');
			const list = isList(chosen) ? chosen.map(String) : [];
			return [...list, ...wordsOf(textAt(gate, ['otherTiers']))].map(idOf);
		});
		const budgets = tiers
			.filter(({ id, name }) => named.includes(idOf(id)) || named.includes(idOf(name)))
			.map(({ from }) => budgetOf(from, settings) / hourlyCost(settings));
		// who has fewer does not come in
		const asked = enters
			.filter(({ left, is }) => /\bbudget\.hoursPerYear\b/.test(left) && is.startsWith('gt'))
			.map(({ right }) => Number(right));
		const bought = Math.max(Math.min(...budgets), ...asked);
		if (budgets.length === 0 || !exceeds(hours, bought)) continue;
		yield {
			node: node.name,
			todo: 'Let more days pass from one task to the next (Every so Many Days) or until an account comes in again (Re-Entry After Days, At Most Times), or choose a tier at the gate that pays for it.',
			text: `'${node.name}' brings people ${figure.format(tasks)} tasks a year for each account, at an hour each, and the smallest account that comes in pays for ${figure.format(bought)} hours.`,
		};
	}
}

const YEAR = 365;

/** How often a step comes in a year; whoever comes in again waits for the next of a row as everybody (P24). */
function timesOf({ everyDays }: JourneyStep, { timesAYear, endAfterDays }: JourneyNode): number {
	if (!(everyDays > 0)) return timesAYear;
	const stays = Math.min(YEAR, endAfterDays > 0 ? endAfterDays : YEAR);
	const inOneStay = Math.max(1, Math.floor(stays / everyDays));
	return Math.min(timesAYear * inOneStay, Math.max(1, Math.floor(YEAR / everyDays)));
}

type TierFrom = { readonly id: string; readonly name: string; readonly from: number };

/** Tiers with a least ARR; a rule for strategic or complex accounts has none, and asks nobody what it costs. */
function tiersOf(node: WorkflowNode): TierFrom[] {
	const policy = textAt(node, ['policy'], 'coverageEconomics');
	const number = (name: string, usual: number): number => {
		const found = at(node.parameters, name);
		return typeof found === 'number' ? found : usual;
	};
	switch (policy) {
		case 'coverageEconomics':
			return [preset('pooled', 10_000), preset('highTouch', number('highTouchAbove', 75_000))];
		case 'costToServe':
			return [preset('hybrid', 5_000), preset('namedCsm', 15_000)];
		case 'digitalFirst':
			return [preset('human', number('digitalUnder', 25_000))];
		case 'own':
			return (rowsAt(node, 'rules', 'rule') ?? []).flatMap((rule): TierFrom[] => {
				const from = at(rule, 'when', 'arrFrom');
				const name = at(rule, 'name');
				if (typeof from !== 'number' || typeof name !== 'string') return [];
				return [{ id: name, name, from }];
			});
		default:
			return [];
	}
}

function preset(id: string, from: number): TierFrom {
	const tiers = Object.values(PRESET_TIERS).flat();
	return { id, name: tiers.find((tier) => tier.id === id)?.name ?? id, from };
}

function smallest(tiers: readonly TierFrom[]): TierFrom[] {
	const least = new Map<string, TierFrom>();
	for (const tier of tiers) {
		const known = least.get(tier.name);
		if (known === undefined || tier.from < known.from) least.set(tier.name, tier);
	}
	return [...least.values()];
}

/** What the node says about costs; undefined where it says nothing, or not in figures. */
function settingsOf(node: WorkflowNode): CostSettings | undefined {
	if (assignsTiers(node) && at(node.parameters, 'costToServe') !== true) return undefined;
	const share = (value: unknown): number | undefined =>
		typeof value === 'number' ? value / 100 : undefined;
	const plannedHours = Object.fromEntries(
		(rowsAt(node, 'plannedHours', 'row') ?? []).filter(isObject).flatMap(({ tier, hours }) =>
			typeof tier === 'string' && tier.trim() !== ''
				? [
						[tier.trim(), hours],
						[idOf(tier), hours],
					]
				: [],
		),
	);
	const given = {
		budgetShare: share(at(node.parameters, 'budgetShare')),
		grossMargin: share(at(node.parameters, 'options', 'grossMargin')),
		csmCost: at(node.parameters, 'csmCost'),
		csmHours: at(node.parameters, 'csmHours'),
		plannedHours,
	};
	return costSettingsSchema.safeParse(given).data;
}

/** `Mid Touch` and `mid-touch` are the same tier. */
function idOf(name: string): string {
	return name
		.trim()
		.toLowerCase()
		.split(/[^\p{Letter}\p{Number}]+/u)
		.join('-');
}

type Plan = { readonly planned: number | undefined; readonly isUsual: boolean };

function plannedFor(settings: CostSettings, names: readonly string[]): Plan {
	const own = names.find((name) => Object.hasOwn(settings.plannedHours, name));
	const planned = plannedHoursOf(own ?? names[0] ?? '', settings);
	return { planned, isUsual: own === undefined };
}

const USUAL = costSettingsSchema.parse({});
/** R20 allows 15 to 20 %. */
const MOST_OF_ARR = 0.2;

/** The usual hours of the ready-made tiers were made for the upper end of R20; a share of one's own counts as it is. */
function atMost(settings: CostSettings): CostSettings {
	return settings.budgetShare === USUAL.budgetShare
		? { ...settings, budgetShare: MOST_OF_ARR }
		: settings;
}

export const budgetRules: readonly Rule[] = [hoursOverBudget];
