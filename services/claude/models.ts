import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod/v4';
import type { Stop } from './gate';
import type { Calls } from './calls';

const supported = z.looseObject({ supported: z.boolean() }).nullish();

const modelSchema = z.looseObject({
	id: z.string().min(1).max(200),
	display_name: z.string().max(200).catch(''),
	lifecycle: z.enum(['active', 'deprecated', 'retired']).catch('active'),
	retires_at: z.string().nullish().catch(null),
	line: z.string().nullish().catch(null),
	capabilities: z
		.looseObject({ structured_outputs: supported, batch: supported })
		.nullish()
		.catch(null),
});

export type Model = {
	id: string;
	name: string;
	/** Still there, but on its way out. */
	deprecated: boolean;
	retiresAt?: string;
	/** `haiku`, `sonnet`, `opus` …, where the service says so. */
	line?: string;
	/** Whether its answers can be held to a schema; true where the service does not say. */
	structured: boolean;
	batches: boolean;
};
export type Models = { models: Model[]; failed?: undefined } | (Stop & { models?: undefined });

/** More pages than any account has; a service that never ends its list would never be done. */
const MOST_PAGES = 50;
const PER_PAGE = 100;

/** Every model that the account may use, newest first, as the service lists them. Never throws. */
export async function listModels(client: Anthropic, calls: Calls): Promise<Models> {
	const models: Model[] = [];
	const seen = new Set<string>();
	let after: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const ran = await calls.run(async (signal) => ({
			value: await client.models.list({ limit: PER_PAGE, after_id: after }, { signal }),
		}));
		if (ran.failed !== undefined) return ran;
		const { data, has_more: hasMore, last_id: last } = ran.value;
		for (const model of Array.isArray(data) ? data.map(readModel) : []) {
			if (model !== undefined && !seen.has(model.id)) models.push(model);
			if (model !== undefined) seen.add(model.id);
		}
		if (!hasMore || last === null || last === after) break;
		after = last;
	}
	return { models };
}

function readModel(received: unknown): Model | undefined {
	const parsed = modelSchema.safeParse(received);
	if (!parsed.success || parsed.data.lifecycle === 'retired') return undefined;
	const { id, display_name: name, lifecycle, retires_at, line, capabilities } = parsed.data;
	return {
		id,
		name: name === '' ? id : name,
		deprecated: lifecycle === 'deprecated',
		...(typeof retires_at === 'string' ? { retiresAt: retires_at } : {}),
		...(typeof line === 'string' ? { line } : {}),
		structured: capabilities?.structured_outputs?.supported ?? true,
		batches: capabilities?.batch?.supported ?? true,
	};
}
