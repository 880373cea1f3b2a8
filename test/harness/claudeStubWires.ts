import type { IncomingMessage, ServerResponse } from 'node:http';

/** What may happen to a connection, or on the way: a proxy, a captive portal, a cable. */
export const WIRES = [
	'slow',
	'hang',
	'hangWithin',
	'resetBefore',
	'resetWithin',
	'emptyBody',
	'html',
	'brokenJson',
	'wrongType',
	'redirect',
	'windowUsedUp',
] as const;
export type WireBehavior = (typeof WIRES)[number];
type Line = {
	request: IncomingMessage;
	response: ServerResponse;
	send: (status: number, body: string, headers?: Record<string, string>) => void;
	give: () => string;
	later: (ms: number, work: () => void) => void;
	slowMs: number;
};

/** A good answer, unless the line or whoever sits on it has other plans. */
export function misbehave(behavior: string, line: Line): void {
	const { request, response, send, give, later, slowMs } = line;
	const half = (then: () => void) => {
		const body = give();
		response.writeHead(200, {
			'content-type': 'application/json',
			'content-length': String(Buffer.byteLength(body)),
		});
		response.write(body.slice(0, body.length / 2), () => {
			later(5, then);
		});
	};
	switch (behavior) {
		case 'hang':
			return;
		case 'hangWithin':
			half(() => undefined);
			return;
		case 'slow':
			later(slowMs, () => {
				send(200, give());
			});
			return;
		case 'resetBefore':
			request.socket.resetAndDestroy();
			return;
		case 'resetWithin':
			half(() => request.socket.resetAndDestroy());
			return;
		case 'emptyBody':
			send(200, '', { 'content-length': '0' });
			return;
		case 'html':
			send(200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' });
			return;
		case 'brokenJson':
			send(200, give().slice(0, -20));
			return;
		case 'wrongType':
			send(200, give(), { 'content-type': 'text/plain' });
			return;
		case 'redirect':
			send(307, '', { location: 'http://127.0.0.1:9/v1/messages' });
			return;
		case 'windowUsedUp':
			send(200, give(), {
				'anthropic-ratelimit-requests-remaining': '0',
				'anthropic-ratelimit-requests-reset': new Date(Date.now() + 300).toISOString(),
			});
			return;
		default:
			send(200, give());
	}
}
