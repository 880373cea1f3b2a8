import { z } from 'zod/v4';
import type { Credential } from '../../engine/install/credentials';
import type { FlowBody } from '../../engine/install/flow';
import { callsTo } from './call';
import { N8nTrouble } from './trouble';

const PAGE = 100;
/** A credential type of the pack: n8n knows it where the pack is installed, and tells so to any key. */
const OUR_CREDENTIAL = 'digitalCsWebhookSecretApi';
const PACKAGE = 'n8n-nodes-digital-cs';

const listed = <Item extends z.ZodType>(item: Item) =>
	z.looseObject({ data: z.array(item), nextCursor: z.string().nullish() });
const foundSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	isArchived: z.boolean().nullish(),
	versionId: z.string().nullish(),
	/** What runs, since n8n 2; the workflow's own nodes are the draft. */
	activeVersion: z
		.looseObject({ versionId: z.string(), nodes: z.unknown(), connections: z.unknown() })
		.nullish(),
});
/** A workflow as n8n lists it; what is on its canvas may be anything. */
export type FoundWorkflow = z.infer<typeof foundSchema>;
const credentialSchema = z.looseObject({ id: z.string(), name: z.string(), type: z.string() });
const packagesSchema = z.array(
	z.looseObject({ packageName: z.string(), installedVersion: z.string() }),
);
const savedSchema = z.looseObject({ id: z.string() });

/** Whether the pack's nodes are there, and of which version where the key may know. */
export type PackState = { there: boolean; version?: string };

/** The calls of n8n's public API that our commands need. Each throws N8nTrouble, with a sentence on what to do. */
export type N8nApi = {
	url: string;
	/** All that the key may see, archived ones too. */
	workflowPages: () => AsyncGenerator<FoundWorkflow[]>;
	/** Undefined where the key may not list them. */
	credentials: () => Promise<Credential[] | undefined>;
	pack: () => Promise<PackState>;
	/** @returns the id that n8n gave it */
	create: (body: FlowBody) => Promise<string>;
	/** `publish`: where the workflow is published, whether what is saved is too; else it is its draft. */
	update: (id: string, body: FlowBody, how: { publish: boolean }) => Promise<string>;
	unpublish: (id: string) => Promise<void>;
	remove: (id: string) => Promise<void>;
};

/** A client for the n8n at this address (of `readAddress`). */
export function openN8n(url: string, apiKey: string): N8nApi {
	const call = callsTo(url, apiKey);
	const pages = async function* <Item extends z.ZodType>(path: string, scope: string, item: Item) {
		const cursors = new Set<string>();
		for (let cursor = ''; ;) {
			const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
			const answer = await call('GET', `${path}limit=${PAGE}${next}`, scope);
			const page = expected(listed(item), answer, url);
			yield page.data;
			cursor = page.nextCursor ?? '';
			if (cursor === '') return;
			if (cursors.has(cursor))
				throw N8nTrouble.notN8n(url, 'it gives the same page again and again');
			cursors.add(cursor);
		}
	};
	const workflowPages = async function* () {
		const list = (path: string) => pages(path, 'workflow:list', foundSchema);
		try {
			// what somebody pinned in the editor is customers' data
			yield* list('/workflows?excludePinnedData=true&');
		} catch (error) {
			if (!(error instanceof N8nTrouble)) throw error;
			// a list cannot be missing where there is n8n
			if (error.kind === 'missing') throw N8nTrouble.notN8n(url, 'it answers 404');
			throw error;
		}
	};
	const change = async (answer: Promise<unknown>): Promise<string> =>
		expected(savedSchema, await answer, url).id;
	return {
		url,
		workflowPages,
		credentials: async () =>
			await ifAllowed(async () => {
				const found: Credential[] = [];
				for await (const page of pages('/credentials?', 'credential:list', credentialSchema))
					found.push(...page);
				return found;
			}),
		pack: async () => {
			const known = await ifThere(async () => {
				await call('GET', `/credentials/schema/${OUR_CREDENTIAL}`, '');
				return true;
			});
			const packages = await ifAllowed(async () =>
				expected(
					packagesSchema,
					await call('GET', '/community-packages', 'communityPackage:list'),
					url,
				),
			);
			const ours = packages?.find(({ packageName }) => packageName === PACKAGE);
			return { there: known === true, version: ours?.installedVersion };
		},
		create: async (body) => await change(call('POST', '/workflows', 'workflow:create', body)),
		update: async (id, body, { publish }) => {
			const put = async (query: string) =>
				await change(call('PUT', `/workflows/${id}${query}`, 'workflow:update', body));
			try {
				return await put(`?publishIfActive=${publish}`);
			} catch (error) {
				// an earlier n8n 2 knows no such choice: it publishes what is published
				const isUnknown = error instanceof N8nTrouble && error.message.includes('publishIfActive');
				if (!isUnknown) throw error;
				return await put('');
			}
		},
		unpublish: async (id) => {
			await call('POST', `/workflows/${id}/deactivate`, 'workflow:deactivate');
		},
		remove: async (id) => {
			await call('DELETE', `/workflows/${id}`, 'workflow:delete');
		},
	};
}

/** Undefined where n8n does not find what is looked for. */
async function ifThere<Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> {
	try {
		return await look();
	} catch (error) {
		if (error instanceof N8nTrouble && error.kind === 'missing') return undefined;
		throw error;
	}
}

/** Undefined where the key may not, or this n8n does not know the call. */
async function ifAllowed<Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> {
	try {
		return await ifThere(look);
	} catch (error) {
		if (error instanceof N8nTrouble && error.kind === 'scope') return undefined;
		throw error;
	}
}

function expected<Answer>(schema: z.ZodType<Answer>, answer: unknown, url: string): Answer {
	const read = schema.safeParse(answer);
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
	throw N8nTrouble.notN8n(url, `its answer is another than n8n's (${where})`);
}
