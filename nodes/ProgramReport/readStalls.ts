import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { ChecklistItem } from '../../engine/journeys/progress';
import { readNow } from '../platform/now';
import { parseConfiguration } from '../platform/problems';
import { readText } from '../platform/readText';
import { readRows, textOf } from '../platform/rows';

export type StallSettings = {
	readonly journeyId: string;
	readonly checklist: readonly ChecklistItem[];
	readonly days: number;
	readonly least: number;
	readonly stallDays: number;
	/** ms since 1970. */
	readonly now: number;
	/** Of the program. */
	readonly zone: string;
};

const whole = z.number().int('must be a whole number').min(1, 'must be at least 1');
const optionsSchema = z.looseObject({ stallDays: whole.default(3) });

/** @throws NodeOperationError naming the field that is wrong, before anything is read */
export function readStalls(context: IExecuteFunctions): StallSettings {
	const node = context.getNode();
	const given: unknown = context.getNodeParameter('options', 0, {});
	const { stallDays } = parseConfiguration(node, 'Options', optionsSchema, given);
	const figure = (what: string, name: string, usual: number): number =>
		parseConfiguration(node, what, whole, context.getNodeParameter(name, 0, usual));
	const checklist = readRows(context, 'checklist', 'item').flatMap(({ step, title, url }) => {
		const name = textOf(step);
		return name === '' ? [] : [{ step: name, title: textOf(title) || name, url: textOf(url) }];
	});
	if (checklist.length === 0) {
		throw new NodeOperationError(
			node,
			"'Set-Up Checklist' is empty: there is no step to stumble over",
			{
				description: 'Enter the same steps as in the journey.',
			},
		);
	}
	return {
		journeyId: readText(context, 'journeyId') || 'onboarding',
		checklist,
		days: figure('Days', 'days', 90),
		least: figure('Least Customers', 'leastCustomers', 5),
		stallDays,
		now: readNow(context),
		zone: context.getTimezone(),
	};
}
