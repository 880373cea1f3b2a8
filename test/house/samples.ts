import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import { readLimits } from '../../engine/accounts/limits';
import { nameOf, type Plan } from '../../engine/limits/plans';
import { watchLimits } from '../../engine/limits/watch';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';

const itemsSchema = z.array(
	z.object({
		json: z.looseObject({
			accountId: z.string(),
			story: z.string(),
			contacts: z.array(z.looseObject({ email: z.string() })),
		}),
	}),
);
export type SampleCustomer = z.infer<typeof itemsSchema>[number]['json'];

const plansSchema = z.object({
	plan: z.array(
		z.object({ name: z.string(), price: z.number(), selfService: z.boolean(), limits: z.string() }),
	),
});

/**
 * What the node *Sample customers* of a journey gives at this time, as its Code node would; with `limits` where the journey
 * watches the limits of plans, as a run from the editor does.
 */
export function sampleCustomers(workflow: WorkflowFile, now: string): SampleCustomer[] {
	const plans = plansOf(workflow);
	const customers = plainSamples(workflow, now);
	if (plans === undefined) return customers;
	const { currency } = nodeThatWatches(workflow)?.parameters ?? {};
	const watching = {
		plans,
		currency: String(currency),
		now: Date.parse(now),
		zone: 'UTC',
		isBaseline: false,
		atOnce: true,
	};
	return customers.map((customer) => ({
		...customer,
		limits: watchLimits(customer, undefined, watching).limits,
	}));
}

function nodeThatWatches({ nodes }: WorkflowFile): WorkflowNode | undefined {
	return nodes.find(({ parameters }) => parameters.operation === 'watchLimits');
}

function plansOf(workflow: WorkflowFile): Plan[] | undefined {
	const watching = nodeThatWatches(workflow);
	if (watching === undefined) return undefined;
	return plansSchema.parse(watching.parameters.plans).plan.map(({ limits, ...plan }) => {
		const allowed = Object.entries(readLimits(limits, Number) ?? {});
		return {
			...plan,
			limits: new Map(allowed.map(([name, { used = 0 }]) => [nameOf(name), used])),
		};
	});
}

function plainSamples({ nodes }: WorkflowFile, now: string): SampleCustomer[] {
	const code = nodes.find(({ name }) => name === 'Sample customers')?.parameters.jsCode;
	const $now = DateTime.fromISO(now, { zone: 'America/New_York' });
	const items: unknown = runInNewContext(`(() => {${String(code)}})()`, { $now });
	// made in another realm, where an array is another one
	return itemsSchema.parse(JSON.parse(JSON.stringify(items))).map(({ json }) => json);
}
