import { z } from 'zod/v4';
import { usesThePack, type Given } from '../../engine/doctor/examine';
import { CouldNotLook } from './couldNotLook';

const PAGE = 100;
const TIMEOUT_MS = 30_000;
const PATIENCE_MS = 2_000;

const foundSchema = z.looseObject({
	id: z.string(),
	isArchived: z.boolean().nullish(),
	versionId: z.string().nullish(),
	/** What runs, since n8n 2; the workflow's own nodes are the draft. */
	activeVersion: z
		.looseObject({ versionId: z.string(), nodes: z.unknown(), connections: z.unknown() })
		.nullish(),
});

const pageSchema = z.object({
	data: z.array(foundSchema),
	nextCursor: z.string().nullish(),
});

export type Asking = {
	/** Of the n8n, with or without a path; `/api/v1` is added. */
	readonly url: string;
	readonly apiKey: string;
	/** Also workflows without a node of the pack. */
	readonly all: boolean;
	readonly complain: (text: string) => void;
};

/**
 * Reads the workflows of a running n8n over its public API, page by page; archived ones are left out.
 * @throws CouldNotLook with what to do, where it cannot be reached, refuses, or is no n8n
 */
export async function fetchWorkflows(asking: Asking): Promise<Given[]> {
	const base = baseOf(asking.url);
	const given: Given[] = [];
	let read = 0;
	let told = Date.now();
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (;;) {
		const page = await fetchPage(base, asking.apiKey, cursor);
		read += page.data.length;
		for (const found of page.data)
			if (found.isArchived !== true)
				given.push(
					...versionsOf(found, base).filter(({ json }) => asking.all || usesThePack(json)),
				);
		cursor = page.nextCursor ?? undefined;
		if (Date.now() - told > PATIENCE_MS) {
			told = Date.now();
			asking.complain(`… ${String(read)} workflows read\n`);
		}
		if (cursor === undefined || cursor === '') break;
		if (cursors.has(cursor))
			throw new CouldNotLook(`${shown(base)} gives the same page again and again: is it n8n?`);
		cursors.add(cursor);
	}
	if (given.length === 0)
		throw new CouldNotLook(
			`None of the ${String(read)} workflows of ${shown(base)} that this key may see uses a node of this pack. --all looks at the others too.`,
		);
	return given;
}

/** What runs, and the draft where it was changed since. */
function versionsOf({ activeVersion, ...draft }: z.infer<typeof foundSchema>, base: URL): Given[] {
	const source = `${shown(base)}/workflow/${draft.id}`;
	if (activeVersion === undefined || activeVersion === null) return [{ source, json: draft }];
	const { versionId, nodes, connections } = activeVersion;
	if (versionId === draft.versionId) return [{ source, json: draft }];
	return [
		{ source, json: { ...draft, nodes, connections } },
		{ source: `${source}, not published yet`, json: { ...draft, active: false } },
	];
}

function baseOf(url: string): URL {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
		throw new CouldNotLook(
			`--url ${url} is no address such as https://n8n.example.com or http://localhost:5678.`,
		);
	const base = new URL(url);
	base.pathname = base.pathname.replace(/\/(api\/v1)?\/?$/, '');
	base.search = '';
	base.hash = '';
	return base;
}

/** Without a password that may stand in it. */
function shown(base: URL): string {
	return `${base.origin}${base.pathname.replace(/\/$/, '')}`;
}

async function fetchPage(
	base: URL,
	apiKey: string,
	cursor: string | undefined,
): Promise<z.infer<typeof pageSchema>> {
	const query = new URLSearchParams({
		limit: String(PAGE),
		// what somebody pinned in the editor is customers' data
		excludePinnedData: 'true',
		...(cursor === undefined ? {} : { cursor }),
	});
	const address = `${shown(base)}/api/v1/workflows?${query.toString()}`;
	const response = await ask(address, apiKey, shown(base));
	if (!response.ok) throw new CouldNotLook(whyRefused(response.status, shown(base)));
	const parsed = pageSchema.safeParse(await jsonOf(response));
	if (parsed.success) return parsed.data;
	throw new CouldNotLook(
		`${shown(base)} answered, but not as n8n's API does: is the address that of n8n itself, and does no proxy ask for a login first?`,
	);
}

async function ask(address: string, apiKey: string, base: string): Promise<Response> {
	try {
		return await fetch(address, {
			headers: { 'X-N8N-API-KEY': apiKey, accept: 'application/json' },
			signal: AbortSignal.timeout(TIMEOUT_MS),
			// a key goes to the address that was named, and nowhere else
			redirect: 'manual',
		});
	} catch (error) {
		const timedOut = error instanceof Error && error.name === 'TimeoutError';
		throw new CouldNotLook(
			timedOut
				? `${base} did not answer within ${String(TIMEOUT_MS / 1_000)} seconds.`
				: `${base} cannot be reached: does n8n run there, and may this machine call it?`,
			{ cause: error },
		);
	}
}

async function jsonOf(response: Response): Promise<unknown> {
	try {
		return await response.json();
	} catch {
		return undefined;
	}
}

function whyRefused(status: number, base: string): string {
	if (status >= 300 && status < 400)
		return `${base} leads on to another address (${String(status)}): give that one to --url.`;
	switch (status) {
		case 401:
			return `${base} does not know the API key: make one in n8n under Settings → n8n API.`;
		case 403:
			return `${base} knows the API key and does not let it read workflows: it needs the scope workflow:list.`;
		case 404:
			return `There is no API of n8n at ${base}: is the path right, and is the public API switched on?`;
		default:
			return `${base} answered ${String(status)}: look at n8n's log, or try again later.`;
	}
}
