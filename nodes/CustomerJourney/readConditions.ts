import {
	NodeOperationError,
	type FilterValue,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import type { Conditions } from '../../engine/journeys/conditions';
import type { Standing } from '../../engine/journeys/standing';
import { compileConditions } from '../platform/conditions';
import { standingFields } from './items';
import type { AccountItem } from './readAccounts';

/** Says whether an account, at its standing in the journey, meets conditions. */
export type Check = (item: AccountItem, standing: Standing) => boolean;

/** The journey's filters, compiled once; undefined where one asks nothing. */
export type Checks = {
	enters: Check | undefined;
	goal: Check | undefined;
	exit: Check | undefined;
	/** By step id. */
	steps: ReadonlyMap<string, Check>;
};

/** Compiles a filter read raw; undefined for one that has no condition yet. */
export function readCheck(
	context: IExecuteFunctions,
	filter: unknown,
	journeyId: string,
): Check | undefined {
	if (!isFilter(filter)) return undefined;
	const condition = compileConditions(context, filter);
	const asksForStanding = JSON.stringify(filter).includes('journey');
	return ({ json, index }, standing) => {
		const asked: IDataObject = asksForStanding
			? { ...json, journey: { journey: journeyId, ...standingFields(standing) } }
			: json;
		return condition(asked, index);
	};
}

const OF_HEALTH = /\b(health|usage|limits)/;

/** Whether a filter, read raw, looks at how healthy an account is or how much it uses (P10). */
export function looksAtHealth(filter: unknown): boolean {
	return (
		isFilter(filter) && filter.conditions.some(({ leftValue }) => OF_HEALTH.test(String(leftValue)))
	);
}

/** An account-wide filter of the node, by the parameter's name. */
export function readWide(
	context: IExecuteFunctions,
	name: string,
	journeyId: string,
): Check | undefined {
	return readCheck(
		context,
		context.getNodeParameter(name, 0, {}, { rawExpressions: true }),
		journeyId,
	);
}

/** The checks as the engine asks them, about the account at an index of its input. */
export function conditionsFor(
	{ enters, goal, exit, steps }: Checks,
	accounts: readonly AccountItem[],
): Conditions {
	const about = (check: Check | undefined) =>
		check === undefined
			? undefined
			: (index: number, standing: Standing): boolean => {
					const item = accounts[index];
					return item === undefined || check(item, standing);
				};
	return {
		enters: about(enters),
		goal: about(goal),
		exit: about(exit),
		step: (step, index, standing) => {
			const [check, item] = [steps.get(step.id), accounts[index]];
			return check === undefined || item === undefined || check(item, standing);
		},
	};
}

/** @throws NodeOperationError when a journey or step waits for conditions that nobody gave */
export function refuseMissing(context: IExecuteFunctions, what: string, field: string): never {
	throw new NodeOperationError(
		context.getNode(),
		`The journey is not complete: ${what} waits for conditions, but '${field}' is empty`,
		{
			description: 'Without conditions it would be due for everybody. Nothing was claimed or sent.',
		},
	);
}

/** n8n adds an empty row when a filter is opened in the editor: it asks nothing. */
function isFilter(value: unknown): value is FilterValue {
	return (
		typeof value === 'object' &&
		value !== null &&
		'conditions' in value &&
		Array.isArray(value.conditions) &&
		value.conditions.some(
			(row: unknown) =>
				typeof row === 'object' && row !== null && 'leftValue' in row && row.leftValue !== '',
		)
	);
}
