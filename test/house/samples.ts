import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import type { WorkflowFile } from '../n8n/client';

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

/** What the node *Sample customers* of a journey gives at this time, as its Code node would. */
export function sampleCustomers({ nodes }: WorkflowFile, now: string): SampleCustomer[] {
	const code = nodes.find(({ name }) => name === 'Sample customers')?.parameters.jsCode;
	const $now = DateTime.fromISO(now, { zone: 'America/New_York' });
	const items: unknown = runInNewContext(`(() => {${String(code)}})()`, { $now });
	// made in another realm, where an array is another one
	return itemsSchema.parse(JSON.parse(JSON.stringify(items))).map(({ json }) => json);
}
