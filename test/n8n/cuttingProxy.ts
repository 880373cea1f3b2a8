import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in front of an n8n and passes everything on, until it is told to cut the wire. */
export type CuttingProxy = {
	url: string;
	/**
	 * The n-th such call from now on (0 is the next) and all calls after it find the wire cut; `after`: n8n has done that
	 * one, and only its answer is lost.
	 */
	cutAt: (nth: number, when: 'before' | 'after', what: 'read' | 'write') => void;
	mend: () => void;
	close: () => Promise<void>;
};

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
	let cut: { in: number; when: 'before' | 'after'; what: 'read' | 'write' } | undefined;
	let isCut = false;
	const server = createServer((request, response) => {
		void (async () => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const { method = 'GET', url = '/', headers } = request;
			let loses = false;
			if (cut?.what === (method === 'GET' ? 'read' : 'write')) {
				if (cut.in === 0) {
					isCut = isCut || cut.when === 'before';
					loses = cut.when === 'after';
				}
				cut = { ...cut, in: cut.in - 1 };
			}
			if (isCut) return void request.socket.destroy();
			const answer = await fetch(target + url, {
				method,
				headers: {
					accept: 'application/json',
					'content-type': headers['content-type'] ?? 'application/json',
					'x-n8n-api-key': String(headers['x-n8n-api-key']),
				},
				body: chunks.length === 0 ? undefined : Buffer.concat(chunks),
			});
			const body = Buffer.from(await answer.arrayBuffer());
			if (loses) {
				isCut = true;
				return void request.socket.destroy();
			}
			response
				.writeHead(answer.status, {
					'content-type': answer.headers.get('content-type') ?? 'text/plain',
				})
				.end(body);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		cutAt: (nth, when, what) => {
			cut = { in: nth, when, what };
		},
		mend: () => {
			cut = undefined;
			isCut = false;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
