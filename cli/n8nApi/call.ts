import { N8nTrouble, troubleOf } from './trouble';

const READ_MS = 30_000;
const WRITE_MS = 60_000;
/** How often a call that was not carried out is tried again. */
const AGAIN = 2;

/** One call of n8n's public API, under `/api/v1`; `scope` is what the key needs for it. */
export type Call = (
	method: 'GET' | 'POST' | 'PUT' | 'DELETE',
	path: string,
	scope: string,
	body?: unknown,
) => Promise<unknown>;

/** Calls the n8n at this address. Each call throws N8nTrouble with what to do; the key is in no message. */
export function callsTo(url: string, apiKey: string): Call {
	const callOnce: Call = async (method, path, scope, body) => {
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
			throw N8nTrouble.unreachable(url, error, isRead);
		}
		if (!response.ok) throw troubleOf(response, text, { url, scope, isRead });
		return parsed(text, url, response);
	};
	return async (...call) => {
		for (let tries = 1; ; tries += 1) {
			try {
				return await callOnce(...call);
			} catch (error) {
				const pause = error instanceof N8nTrouble ? error.againAfterMs : undefined;
				if (pause === undefined || tries > AGAIN) throw error;
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
		}
	};
}

function parsed(text: string, url: string, response: Response): unknown {
	if (text === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		throw N8nTrouble.notN8n(
			url,
			`it answered ${response.headers.get('content-type') ?? 'something'} in place of JSON; perhaps a proxy asks for a login first`,
		);
	}
}
