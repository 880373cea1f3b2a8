import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	type IDataObject,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { Sender } from '../../engine/events/types';
import { CustomerEventTrigger } from '../../nodes/CustomerEventTrigger/CustomerEventTrigger.node';
import { secretFor, SENDING } from '../harness/senders';
import { ledgerOf } from './CustomerJourney.setup';

const URL_OF_N8N = 'https://n8n.example.com/webhook/0f2c/events';
const WORKFLOW = 'wf';

/** What a sender is answered, and what n8n is told. */
export type Answered = {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	told: IWebhookResponseData;
};
export type Emitted = { outputs: IDataObject[][]; key: string | undefined };
type Calling = { secret?: string; now?: number; url?: string; mode?: 'webhook' | 'manual' };

let made = 0;

/** A trigger on a canvas, and of n8n what it asks for. */
export class Trigger {
	readonly emitted: Emitted[] = [];
	readonly logged: string[] = [];
	/** What the credential holds; undefined: it cannot be read. */
	secrets: string | undefined;
	/** How executions end; undefined: n8n started none, because the key was used before. */
	ends: IRun['status'] | undefined = 'success';
	/** n8n reads some bodies only when it is asked to. */
	readsBodyLate = false;
	private readonly id = `node-${String(++made)}`;
	private readonly open: ITriggerResponse[] = [];

	constructor(
		private readonly sender: Sender = 'hmac',
		private readonly parameters: IDataObject = {},
	) {
		this.secrets = secretFor(sender);
	}

	get inbox(): string {
		return `${WORKFLOW}/${this.id}`;
	}

	/** Calls as the sender does. */
	async call(content: unknown, calling: Calling = {}): Promise<Answered> {
		const text = typeof content === 'string' ? content : JSON.stringify(content);
		const { secret = secretFor(this.sender), now = Date.now(), url = URL_OF_N8N } = calling;
		const { headers, body, query } = SENDING[this.sender](text, { secret, now, url });
		return await this.answerTo(headers, body, query ?? '', calling.mode ?? 'webhook');
	}

	/** What a sender does that only looks whether somebody is there. */
	async look(): Promise<number> {
		return (await this.answerTo({}, '', '', 'webhook', 'setup')).status;
	}

	/** As n8n does when the workflow is published, or somebody listens in the editor. */
	async start(mode: 'trigger' | 'manual' = 'trigger'): Promise<ITriggerResponse> {
		const context = this.context(mode, {
			helpers: { createDeferredPromise: deferred },
			emit: (
				outputs: INodeExecutionData[][],
				_response: unknown,
				done?: { resolve: (run: IRun | undefined) => void },
				key?: string,
			) => {
				this.emitted.push({ outputs: outputs.map((items) => items.map(({ json }) => json)), key });
				const run = { status: this.ends } as IRun;
				done?.resolve(this.ends === undefined ? undefined : run);
			},
		});
		const started = await new CustomerEventTrigger().trigger.call(
			context as unknown as ITriggerFunctions,
		);
		this.open.push(started);
		return started;
	}

	async stop(): Promise<void> {
		for (const { closeFunction } of this.open.splice(0)) await closeFunction?.();
	}

	/** What waits to be handed out. */
	async kept(mode: 'live' | 'test' = 'live'): Promise<IDataObject[]> {
		const query = { inbox: this.inbox, now: Date.now() + 1000, leaseMs: 1, sizes: [5000] };
		const batch = await ledgerOf(mode).takeUp(query);
		return (batch?.events ?? []).map((event) => JSON.parse(event) as IDataObject);
	}

	private async answerTo(
		headers: Record<string, string>,
		body: string,
		query: string,
		mode: 'webhook' | 'manual',
		name = 'default',
	): Promise<Answered> {
		let told: IWebhookResponseData = {};
		const server = createServer((request, response) => {
			const raw = { rawBody: Buffer.from(body) };
			const late = {
				readRawBody: async () => await Promise.resolve(Object.assign(request, raw)),
			};
			Object.assign(request, this.readsBodyLate ? late : raw);
			const context = this.context(mode, {
				getWebhookName: () => name,
				getRequestObject: () => request,
				getResponseObject: () => response,
				getHeaderData: () => request.headers,
				getQueryData: () => Object.fromEntries(new URLSearchParams(query)),
				getWebhookResourceUrl: () => URL_OF_N8N,
			});
			void new CustomerEventTrigger().webhook
				.call(context as unknown as IWebhookFunctions)
				.then((result) => (told = result))
				.finally(() => response.end());
		});
		try {
			const response = await fetch(await listen(server), { method: 'POST', headers });
			const answered = { status: response.status, body: await response.text() };
			return { ...answered, headers: Object.fromEntries(response.headers), told };
		} finally {
			server.close();
		}
	}

	private context(mode: string, more: object): object {
		const parameters: IDataObject = { sender: this.sender, ...this.parameters };
		const log = (sentence: string): void => {
			this.logged.push(sentence);
		};
		return {
			getMode: () => mode,
			getNodeParameter: (name: string, usual: unknown) => parameters[name] ?? usual,
			getNode: () => ({
				...{ id: this.id, name: 'Events', type: 'customerEventTrigger', typeVersion: 2 },
				...{ position: [0, 0], parameters },
				credentials: { digitalCsWebhookSecretApi: { id: this.id, name: 'Secret' } },
			}),
			getCredentials: async () => {
				if (this.secrets === undefined) throw new Error('The credential is gone');
				return await Promise.resolve({ secrets: this.secrets });
			},
			getWorkflow: () => ({ id: WORKFLOW }),
			logger: { warn: log, error: log },
			...more,
		};
	}
}

/** As n8n makes one. */
function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
	let resolve: (value: unknown) => void = () => undefined;
	const promise = new Promise((settle) => {
		resolve = settle;
	});
	return { promise, resolve };
}

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
