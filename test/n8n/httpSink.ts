import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HttpSink = {
	url: string;
	/** The idempotency keys of all requests that were not refused, in order of arrival: what a sink that looks at none has. */
	arrived: string[];
	/** Each account that was written to, and under how many keys: what a sink that looks at keys has. */
	accepted: () => Map<string, Set<string>>;
	/** Requests for this account are answered with 400. */
	refuse: (accountId: string) => void;
	/** Milliseconds before each answer. */
	delay: (ms: number) => void;
	close: () => Promise<void>;
};

/** A channel as a vendor offers it: `POST {accountId}` with an `Idempotency-Key`. */
export async function startHttpSink(): Promise<HttpSink> {
	const arrived: string[] = [];
	const accepted = new Map<string, Set<string>>();
	const refused = new Set<string>();
	let delayMs = 0;
	const server = createServer((request, response) => {
		const key = String(request.headers['idempotency-key'] ?? '');
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const accountId = String(request.headers['x-account'] ?? '');
			const bad = refused.has(accountId);
			if (!bad) {
				arrived.push(key);
				accepted.set(accountId, (accepted.get(accountId) ?? new Set()).add(key));
			}
			setTimeout(() => {
				response.writeHead(bad ? 400 : 200, { 'content-type': 'application/json' });
				response.end(bad ? '{"message":"no such recipient"}' : '{"queued":true}');
			}, delayMs);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}/messages`,
		arrived,
		accepted: () => accepted,
		refuse: (accountId) => refused.add(accountId),
		delay: (ms) => {
			delayMs = ms;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
