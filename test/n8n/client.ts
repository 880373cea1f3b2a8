import { z } from 'zod/v4';
import { ask } from './ask';
import { waitFor } from './processes';

export const owner = {
	email: 'owner@example.com',
	firstName: 'Owner',
	lastName: 'Example',
	password: 'Passw0rd123',
};

const nodeSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	type: z.string(),
	disabled: z.boolean().optional(),
	parameters: z.record(z.string(), z.unknown()),
	credentials: z.record(z.string(), z.unknown()).optional(),
});
/** A workflow file as n8n exports it. */
export const workflowSchema = z.looseObject({
	id: z.string().optional(),
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(z.string(), z.unknown()),
	settings: z.record(z.string(), z.unknown()).optional(),
});
export type WorkflowFile = z.infer<typeof workflowSchema>;
export type WorkflowNode = z.infer<typeof nodeSchema>;

const itemSchema = z.looseObject({ json: z.record(z.string(), z.unknown()) });
const nodeRunSchema = z.looseObject({
	startTime: z.number(),
	executionTime: z.number(),
	executionStatus: z.string().optional(),
	error: z.looseObject({ message: z.string() }).optional(),
	data: z.looseObject({ main: z.array(z.array(itemSchema).nullable()).optional() }).optional(),
});
const executionSchema = z.looseObject({
	id: z.coerce.string(),
	status: z.string(),
	mode: z.string(),
	finished: z.boolean().nullish(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
	workflowId: z.string(),
	data: z
		.looseObject({
			resultData: z.looseObject({
				runData: z.record(z.string(), z.array(nodeRunSchema)),
				error: z.looseObject({ message: z.string() }).optional(),
			}),
		})
		.nullish(),
});
export type Execution = z.infer<typeof executionSchema>;

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Drives a running n8n as its owner, the way the editor (`/rest`) and scripts (`/api/v1`) do. */
export type N8nClient = {
	url: string;
	/** The owner's session, for requests of your own. */
	cookie: string;
	/** `/rest/…` with the owner's session; gives what stands under `data`. Throws on any answer but 2xx. */
	rest: (method: string, path: string, body?: unknown) => Promise<unknown>;
	/** `/api/v1/…` with an API key. Throws on any answer but 2xx. */
	api: (method: string, path: string, body?: unknown) => Promise<unknown>;
	/** Gives the new credential's id. */
	createCredential: (credential: { name: string; type: string; data: object }) => Promise<string>;
	updateCredential: (
		id: string,
		credential: { name: string; type: string; data: object },
	) => Promise<void>;
	/** The id of the credential with this name and type, if there is one. */
	findCredential: (name: string, type: string) => Promise<string | undefined>;
	/** Creates the workflow and keeps the id of the file, as `n8n import:workflow` does. Gives the id. */
	importWorkflow: (workflow: WorkflowFile) => Promise<string>;
	findWorkflow: (id: string) => Promise<(WorkflowFile & { active: boolean }) | undefined>;
	deleteWorkflow: (id: string) => Promise<void>;
	/** Publishes what is saved; fails where n8n refuses (a missing credential, a wrong parameter). */
	publish: (id: string) => Promise<void>;
	unpublish: (id: string) => Promise<void>;
	/** Publishing answers before the webhook listens; this waits until it does, without starting an execution. */
	waitForWebhook: (path: string, method?: string, kind?: 'webhook' | 'form') => Promise<void>;
	callWebhook: (
		path: string,
		body: unknown,
		headers?: Record<string, string>,
	) => Promise<{ status: number; body: string }>;
	/** Newest first. Data is there only where the workflow saves it. */
	executions: (
		workflowId: string,
		options?: { limit?: number; data?: boolean },
	) => Promise<Execution[]>;
	/** Waits until the workflow has `count` ended executions, and gives them, newest first. Only where the workflow saves them. */
	waitForExecutions: (
		workflowId: string,
		count: number,
		timeoutMs?: number,
	) => Promise<Execution[]>;
	/** Items of a node's last run on one output. */
	itemsOf: (execution: Execution, node: string, output?: number) => Record<string, unknown>[];
};

/** Sets the owner up where there is none, signs in, and gives a client. */
export async function connect(url: string): Promise<N8nClient> {
	const send = async (
		method: string,
		path: string,
		body: unknown,
		headers: Record<string, string>,
	): Promise<Response> => {
		const response = await ask(url + path, {
			method,
			headers: { 'content-type': 'application/json', ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (response.ok) return response;
		const text = await response.text();
		throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 1000)}`);
	};
	const cookie = await signIn(url, send);
	const rest: N8nClient['rest'] = async (method, path, body) => {
		const answer = await parsed(await send(method, `/rest${path}`, body, { cookie }));
		const wrapped = z.object({ data: z.unknown() }).safeParse(answer);
		return wrapped.success ? wrapped.data.data : answer;
	};
	let key: Promise<string> | undefined;
	const api: N8nClient['api'] = async (method, path, body) => {
		key ??= makeKey(rest);
		return await parsed(await send(method, `/api/v1${path}`, body, { 'X-N8N-API-KEY': await key }));
	};
	const executions: N8nClient['executions'] = async (
		workflowId,
		{ limit = 100, data = true } = {},
	) => {
		const query = new URLSearchParams({
			workflowId,
			limit: String(limit),
			includeData: String(data),
		});
		return z
			.object({ data: z.array(executionSchema) })
			.parse(await api('GET', `/executions?${query.toString()}`)).data;
	};
	const withId = z.looseObject({ id: z.string() });
	return {
		url,
		cookie,
		rest,
		api,
		createCredential: async (credential) =>
			withId.parse(await api('POST', '/credentials', credential)).id,
		updateCredential: async (id, credential) => {
			await rest('PATCH', `/credentials/${id}`, credential);
		},
		findCredential: async (name, type) => {
			const all = z
				.array(z.looseObject({ id: z.string(), name: z.string(), type: z.string() }))
				.parse(await rest('GET', '/credentials'));
			return all.find((credential) => credential.name === name && credential.type === type)?.id;
		},
		importWorkflow: async (workflow) =>
			withId.parse(await rest('POST', '/workflows', { ...workflow, active: false })).id,
		findWorkflow: async (id) => {
			const response = await ask(`${url}/rest/workflows/${id}`, { headers: { cookie } });
			if (!response.ok) return undefined;
			return z
				.object({ data: workflowSchema.extend({ active: z.boolean() }) })
				.parse(await response.json()).data;
		},
		deleteWorkflow: async (id) => {
			await api('DELETE', `/workflows/${id}`);
		},
		publish: async (id) => {
			await api('POST', `/workflows/${id}/activate`, {});
		},
		unpublish: async (id) => {
			await api('POST', `/workflows/${id}/deactivate`, {});
		},
		waitForWebhook: async (path, method = 'POST', kind = 'webhook') => {
			await waitFor(`${kind} ${path} listening`, async () => {
				// n8n answers a pre-flight request with the methods that listen on a path, and starts nothing
				const response = await ask(`${url}/${kind}/${path}`, {
					method: 'OPTIONS',
					headers: { origin: url },
				});
				return response.headers.get('access-control-allow-methods')?.includes(method) === true
					? true
					: undefined;
			});
		},
		callWebhook: async (path, body, headers = {}) => {
			const response = await ask(`${url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			return { status: response.status, body: await response.text() };
		},
		executions,
		waitForExecutions: async (workflowId, count, timeoutMs = 60_000) =>
			await waitFor(
				`${count} executions of workflow ${workflowId}`,
				async () => {
					const seen = await executions(workflowId, { data: false });
					const ended = seen.filter(({ status }) => ENDED.has(status));
					return ended.length >= count ? await executions(workflowId) : undefined;
				},
				{ timeoutMs },
			),
		itemsOf: (execution, node, output = 0) => {
			const run = execution.data?.resultData.runData[node]?.at(-1);
			return (run?.data?.main?.[output] ?? []).map(({ json }) => json);
		},
	};
}

async function signIn(
	url: string,
	send: (
		method: string,
		path: string,
		body: unknown,
		headers: Record<string, string>,
	) => Promise<Response>,
): Promise<string> {
	// answers 400 when there is an owner already
	const setUp = await ask(`${url}/rest/owner/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(owner),
	});
	await setUp.text();
	const login = await send(
		'POST',
		'/rest/login',
		{ emailOrLdapLoginId: owner.email, password: owner.password },
		{},
	);
	return login.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');
}

async function makeKey(rest: N8nClient['rest']): Promise<string> {
	const scopes = await rest('GET', '/api-keys/scopes');
	const made = await rest('POST', '/api-keys', {
		label: `key ${Date.now()}`,
		expiresAt: null,
		scopes,
	});
	return z.looseObject({ rawApiKey: z.string() }).parse(made).rawApiKey;
}

async function parsed(response: Response): Promise<unknown> {
	const text = await response.text();
	if (text === '') return undefined;
	const value: unknown = JSON.parse(text);
	return value;
}
