import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { shareOf } from '../../engine/journeys/hash';
import { customers, field } from '../engine/health/backtest/customers';
import { runNode, type NodeRun } from '../harness/runWorkflow';

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const line = { type: 'linear', from: 0, to: 100 };

/** Use tells who leaves; mood and luck tell nothing. All weigh alike. */
export const model = {
	id: 'own',
	label: 'Own model',
	version: '3',
	signals: [
		{ id: 'use', label: 'Use', field: 'usage.level', weight: 1, curve: line },
		{ id: 'mood', label: 'Mood', field: 'mood', weight: 1, curve: line },
		{ id: 'luck', label: 'Luck', field: 'luck', weight: 1, curve: { type: 'yesNo' } },
	],
};

export async function runStudy(
	operation: string,
	input: readonly IDataObject[],
	parameters: INodeParameters = {},
): Promise<NodeRun> {
	return await runNode(new HealthScore(), {
		input,
		parameters: {
			operation,
			model: 'json',
			modelJson: JSON.stringify(model),
			...parameters,
			options: { now: '2026-07-01T00:00:00Z', ...options(parameters) },
		},
	});
}

function options({ options: given }: INodeParameters): IDataObject {
	return isObject(given) ? { ...given } : {};
}

/** One item per account and fortnight, each as it was known that day. */
export function histories(count: number, story: string): IDataObject[] {
	return customers(count, story).flatMap(({ accountId, outcome, facts }) => {
		const end = outcome.type === 'churned' ? outcome.at : outcome.until;
		return facts
			.filter((_fact, day) => day % 14 === 0)
			.map(({ at, values }) => ({
				...chance(accountId),
				id: accountId,
				asOf: new Date(at).toISOString(),
				left: outcome.type === 'churned',
				leftOn: new Date(end).toISOString(),
				usage: { level: Number(field(values.usage, 'level')) },
				arr: Number(values.arr),
			}));
	});
}

/** One item per account. Those of little use leave more often; by chance, where told so. */
export function snapshot(count: number, { byChance = false } = {}): IDataObject[] {
	return Array.from({ length: count }, (_item, index) => {
		const id = `acct-${String(index)}`;
		const level = shareOf(`level ${id}`) * 100;
		const risk = byChance ? 0.3 : 0.65 - level / 170;
		return {
			...chance(id),
			id,
			left: shareOf(`leaves ${id}`) < risk ? 'yes' : 'no',
			usage: { level },
			mrr: 100,
		};
	});
}

function chance(id: string): IDataObject {
	return { mood: shareOf(`mood ${id}`) * 100, luck: shareOf(`luck ${id}`) < 0.5 };
}

export const fields = { churnedField: 'left', accountField: 'id' };
export const dates = { ...fields, knownOnField: 'asOf', outcomeDateField: 'leftOn' };

/** The first item's JSON, by path. */
export function at({ outputs }: NodeRun, ...path: (string | number)[]): unknown {
	return path.reduce<unknown>((found, part) => {
		if (Array.isArray(found) && typeof part === 'number') {
			const one: unknown = found[part];
			return one;
		}
		return isObject(found) ? found[String(part)] : undefined;
	}, outputs[0]?.[0]?.json);
}

export const aNumber: unknown = expect.any(Number);
export const aText: unknown = expect.any(String);
export const textWith = (part: string): unknown => expect.stringContaining(part) as unknown;
