import { z } from 'zod/v4';
import type { Credential } from '../../engine/install/credentials';
import { liveFlowSchema, type FlowBody, type LiveFlow } from '../../engine/install/flow';
import { N8nTrouble, troubleOf } from './trouble';

const READ_MS = 30_000;
const WRITE_MS = 60_000;
const AGAIN_MS = 500;
const PAGE = 50;
/** A credential type of the pack: n8n knows it where the pack is installed, and tells so to any key. */
const OUR_CREDENTIAL = 'digitalCsWebhookSecretApi';
const PACKAGE = 'n8n-nodes-digital-cs';

const listed = <Item extends z.ZodType>(item: Item) =>
	z.looseObject({ data: z.array(item), nextCursor: z.string().nullish() });
const credentialSchema = z.looseObject({ id: z.string(), name: z.string(), type: z.string() });
const packagesSchema = z.array(
	z.looseObject({ packageName: z.string(), installedVersion: z.string() }),
);

/** Whether the pack's nodes are there, and of which version where the key may know. */
export type PackState = { there: boolean; version?: string };

/** The calls of n8n's public API that installing needs. Each throws N8nTrouble, with a sentence on what to do. */
export type N8nApi = {
	url: string;
	workflows: () => Promise<LiveFlow[]>;
	/** Undefined where the key may not list them. */
	credentials: () => Promise<Credential[] | undefined>;
	pack: () => Promise<PackState>;
	create: (body: FlowBody) => Promise<LiveFlow>;
	/** Where the workflow is published, n8n publishes what is saved. */
	update: (id: string, body: FlowBody) => Promise<LiveFlow>;
	unpublish: (id: string) => Promise<void>;
	remove: (id: string) => Promise<void>;
};

/** Where a workflow is looked at in the editor. */
export function editorAddress(url: string, id: string): string {
	return `${url}/workflow/${id}`;
}

/**
 * The address without what belongs to the API or the editor.
 * @throws N8nTrouble where it is none
 */
export function readAddress(given: string): string {
	const url = URL.canParse(given) ? new URL(given) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol))
		throw new N8nTrouble(
			'address',
			`--url ${given} is no address. Give the one under which you open n8n, such as https://n8n.example.com`,
		);
	const path = url.pathname.replace(
		/\/(api|home|workflow|workflows|projects|settings)(\/.*)?$/,
		'',
	);
	return `${url.origin}${path.replace(/\/+$/, '')}`;
}

/** A client for the n8n at this address (of `readAddress`). The key is in no message. */
export function openN8n(url: string, apiKey: string): N8nApi {
	const callOnce = async (method: string, path: string, scope: string, body?: unknown) => {
		const isRead = method === 'GET';
		let response: Response;
		let text: string;
		try {
			response = await fetch(`${url}/api/v1${path}`, {
				method,
				headers: {
					accept: 'application/json',
					'X-N8N-API-KEY': apiKey,
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				body: body === undefined ? undefined : JSON.stringify(body),
				// the key goes to the address that the user gave, and to no other
				redirect: 'manual',
				signal: AbortSignal.timeout(isRead ? READ_MS : WRITE_MS),
			});
			text = await response.text();
		} catch (error) {
			throw N8nTrouble.unreachable(url, error, !isRead);
		}
		if (!response.ok) throw troubleOf(response, text, { url, scope, isRead });
		return parsed(text, url, response);
	};
	const call = async (method: string, path: string, scope: string, body?: unknown) => {
		try {
			return await callOnce(method, path, scope, body);
		} catch (error) {
			// a connection that n8n has closed is noticed only when it is used; what reads may be asked twice
			if (!(method === 'GET' && error instanceof N8nTrouble && error.kind === 'unreachable'))
				throw error;
			await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
			return await callOnce(method, path, scope, body);
		}
	};
	const all = async <Item extends z.ZodType>(path: string, scope: string, item: Item) => {
		const found: z.infer<Item>[] = [];
		let cursor: string | null | undefined;
		do {
			const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor ?? '')}`;
			const answer = await call(
				'GET',
				`${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${next}`,
				scope,
			);
			const page = expected(listed(item), answer, url);
			found.push(...page.data);
			cursor = page.nextCursor ?? null;
		} while (cursor !== null);
		return found;
	};
	const saved = (answer: unknown): LiveFlow => expected(liveFlowSchema, answer, url);
	return {
		url,
		workflows: async () => {
			const list = async (path: string) => await all(path, 'workflow:list', liveFlowSchema);
			try {
				return await list('/workflows?excludePinnedData=true');
			} catch (error) {
				if (!(error instanceof N8nTrouble)) throw error;
				// an older n8n does not know how to leave the pinned data out
				if (error.kind === 'refused') return await list('/workflows');
				// a list cannot be missing where there is n8n
				throw error.kind === 'missing' ? N8nTrouble.notN8n(url, 'it answers 404') : error;
			}
		},
		credentials: async () =>
			await ifAllowed(async () => await all('/credentials', 'credential:list', credentialSchema)),
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
		create: async (body) => saved(await call('POST', '/workflows', 'workflow:create', body)),
		update: async (id, body) =>
			saved(await call('PUT', `/workflows/${id}`, 'workflow:update', body)),
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

function parsed(text: string, url: string, response: Response): unknown {
	if (text === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		throw N8nTrouble.notN8n(
			url,
			`it answered ${response.headers.get('content-type') ?? 'something'} in place of JSON`,
		);
	}
}

function expected<Answer>(schema: z.ZodType<Answer>, answer: unknown, url: string): Answer {
	const read = schema.safeParse(answer);
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
	throw N8nTrouble.notN8n(url, `its answer is another than n8n's (${where})`);
}
