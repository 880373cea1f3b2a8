import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveFlowSchema, type LiveFlow } from '../../../engine/install/flow';
import type { Credential } from '../../../engine/install/credentials';
import { isRecord } from '../../../engine/install/canonical';

type Fault = 'cut' | 'cutAfter' | 500 | 429 | 401 | 403 | 400;

/** Enough of n8n's public API to install against: what the real one takes is held by test/n8n/install.test.ts. */
export type N8nStub = {
	url: string;
	key: string;
	workflows: Map<string, LiveFlow>;
	credentials: Credential[];
	/** Whether the pack is installed, and what it tells the key to know. */
	pack: { there: boolean; version?: string };
	/** What happens to the n-th write from now on (0 is the next), and to all after it where it is `cut`. */
	fail: (nth: number, fault: Fault) => void;
	/** Answers as usual again. */
	recover: () => void;
	/** Calls that were to change something. */
	writes: () => string[];
	mayList: boolean;
	/** Whether it may be told not to publish what is saved; an earlier n8n 2 refuses to be. */
	knowsDrafts: boolean;
	/** Reads from now on are answered so many times, then the wire is cut. */
	cutReadsAfter: (reads: number) => void;
	close: () => Promise<void>;
};

export async function startN8nStub(): Promise<N8nStub> {
	let fault: { in: number; fault: Fault } | undefined;
	let isDown = false;
	let readsLeft = Infinity;
	let made = 0;
	let clock = Date.UTC(2026, 0, 1);
	const writes: string[] = [];
	const now = (): string => new Date((clock += 1000)).toISOString();
	const stub: Omit<N8nStub, 'url' | 'close'> = {
		key: 'n8n-key-of-the-test',
		workflows: new Map(),
		credentials: [],
		pack: { there: true },
		mayList: true,
		knowsDrafts: true,
		cutReadsAfter: (reads) => {
			readsLeft = reads;
		},
		fail: (nth, what) => {
			fault = { in: nth, fault: what };
		},
		recover: () => {
			fault = undefined;
			isDown = false;
			readsLeft = Infinity;
		},
		writes: () => writes,
	};
	const save = (id: string, body: unknown, before?: LiveFlow, publish = true): LiveFlow => {
		made += 1;
		const saved = liveFlowSchema.parse({
			...(isRecord(body) ? body : {}),
			id,
			active: before?.active ?? false,
			isArchived: false,
			createdAt: before?.createdAt ?? now(),
			updatedAt: now(),
			versionId: `v${made}`,
			activeVersionId:
				before?.active === true ? (publish ? `v${made}` : before.activeVersionId) : null,
		});
		// as n8n does for the nodes that have one
		for (const node of saved.nodes)
			if (/webhook$|formTrigger$|EventTrigger$/.test(node.type)) node.webhookId ??= `hook-${made}`;
		stub.workflows.set(id, saved);
		return saved;
	};
	const answer = (
		method: string,
		path: string,
		body: unknown,
	): { status: number; body: unknown } => {
		const [, kind, id, action] =
			/^\/api\/v1\/([\w-]+)(?:\/([\w-]+))?(?:\/([\w-]+))?/.exec(path) ?? [];
		if (kind === 'credentials' && id === 'schema')
			return stub.pack.there ? { status: 200, body: {} } : missing;
		if (kind === 'credentials')
			return stub.mayList
				? pageOf(stub.credentials, path)
				: { status: 403, body: { message: 'Forbidden' } };
		if (kind === 'community-packages')
			return stub.pack.version === undefined
				? { status: 403, body: { message: 'Forbidden' } }
				: {
						status: 200,
						body: [{ packageName: 'n8n-nodes-digital-cs', installedVersion: stub.pack.version }],
					};
		if (kind !== 'workflows') return missing;
		if (method === 'GET') return pageOf([...stub.workflows.values()], path);
		if (method === 'POST' && id === undefined) {
			const refused = refusal(body);
			return refused ?? { status: 200, body: save(`wf${stub.workflows.size}x${made}`, body) };
		}
		const live = stub.workflows.get(id ?? '');
		if (live === undefined) return missing;
		if (method === 'PUT') {
			const publish = new URL(path, 'http://stub').searchParams.get('publishIfActive');
			if (publish !== null && !stub.knowsDrafts)
				return { status: 400, body: { message: "Unknown query parameter 'publishIfActive'" } };
			return refusal(body) ?? { status: 200, body: save(live.id, body, live, publish !== 'false') };
		}
		if (action === 'deactivate') live.active = false;
		if (method === 'DELETE') stub.workflows.delete(live.id);
		return { status: 200, body: live };
	};
	const server = createServer((request, response) => {
		void read(request).then((body) => {
			const { method = 'GET', url = '/' } = request;
			const isWrite = method !== 'GET';
			if (!isWrite) readsLeft -= 1;
			if (isDown || readsLeft < 0) return void request.socket.destroy();
			if (request.headers['x-n8n-api-key'] !== stub.key)
				return void response.writeHead(401).end('{"message":"unauthorized"}');
			let broken: Fault | undefined;
			if (isWrite && fault !== undefined) {
				if (fault.in === 0) broken = fault.fault;
				fault = fault.in === 0 && broken !== 'cut' ? undefined : { ...fault, in: fault.in - 1 };
			}
			if (broken === 'cut') {
				isDown = true;
				return void request.socket.destroy();
			}
			if (typeof broken === 'number')
				return void response
					.writeHead(broken, { 'retry-after': '0' })
					.end(JSON.stringify({ message: 'So be it' }));
			if (isWrite) writes.push(`${method} ${url}`);
			const { status, body: told } = answer(method, url, body);
			if (broken === 'cutAfter') return void request.socket.destroy();
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
		});
	});
	const port = await listen(server);
	return Object.assign(stub, {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

const missing = { status: 404, body: { message: 'Not Found' } };
const TAKEN = new Set(['name', 'nodes', 'connections', 'settings', 'nodeGroups', 'staticData']);

function refusal(body: unknown): { status: number; body: unknown } | undefined {
	const strange = Object.keys(isRecord(body) ? body : {}).find((field) => !TAKEN.has(field));
	return strange === undefined
		? undefined
		: { status: 400, body: { message: `request/body/${strange} is read-only` } };
}

function pageOf(items: readonly unknown[], path: string): { status: number; body: unknown } {
	const query = new URL(path, 'http://stub').searchParams;
	const start = Number(query.get('cursor') ?? 0);
	const end = start + 5;
	const nextCursor = end < items.length ? String(end) : null;
	return { status: 200, body: { data: items.slice(start, end), nextCursor } };
}

async function read(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	return text === '' ? undefined : JSON.parse(text);
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
