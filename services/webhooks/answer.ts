import { ServerResponse } from 'node:http';

export type Answer = {
	status: number;
	headers?: Readonly<Record<string, string>>;
	/** A text as it is, anything else as JSON; left out: nothing. */
	body?: unknown;
};

/**
 * Answers a call itself, as Node does.
 * @throws Error where the response is none, or was sent before
 */
export function answer(response: unknown, { status, headers = {}, body }: Answer): void {
	if (!(response instanceof ServerResponse)) throw new Error('There is no response to answer with');
	const isText = typeof body === 'string';
	const type = isText ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8';
	const content = body === undefined ? '' : isText ? body : JSON.stringify(body);
	response.writeHead(status, {
		...(body === undefined ? {} : { 'content-type': type }),
		'content-length': String(Buffer.byteLength(content)),
		...headers,
	});
	response.end(content);
}
