import type { IWebhookFunctions } from 'n8n-workflow';
import type { Sender } from '../../engine/events/types';
import type { Call } from '../../services/webhooks/call';
import { own } from '../platform/own';
import type { Settings } from './settings';

/** The request as it came in; undefined where there is no raw body, which nothing could be checked against. */
export async function callOf(
	context: IWebhookFunctions,
	settings: Settings,
	now: number,
): Promise<Call | undefined> {
	const body = await rawBodyOf(context.getRequestObject());
	if (body === undefined) return undefined;
	const headers = texts(context.getHeaderData());
	const query = texts(context.getQueryData());
	return { method: 'POST', headers, query, body, urls: urlsOf(context, settings), now };
}

/** n8n reads the bodies of types it knows; of any other it has to be told to. */
async function rawBodyOf(request: unknown): Promise<Buffer | undefined> {
	const read = own(request, 'readRawBody');
	if (own(request, 'rawBody') === undefined && typeof read === 'function')
		await Reflect.apply(read, request, []);
	const body = own(request, 'rawBody');
	return Buffer.isBuffer(body) ? body : undefined;
}

/** What a body says: JSON where it is some, else its text. */
export function contentOf(sender: Sender, { body }: Call): unknown {
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	if (sender === 'salesforce' && text.trimStart().startsWith('<')) return text;
	try {
		return JSON.parse(text);
	} catch {
		return { text };
	}
}

/** Where the sender believes it called: what n8n tells people to give it (WEBHOOK_URL), or what they gave it instead. */
function urlsOf(context: IWebhookFunctions, { publicUrl }: Settings): string[] {
	const url = publicUrl === '' ? context.getWebhookResourceUrl('default') : publicUrl;
	if (url === undefined) return [];
	const request: unknown = context.getRequestObject();
	const asked: unknown =
		typeof request === 'object' ? Reflect.get(request ?? {}, 'originalUrl') : '';
	const [, query] = typeof asked === 'string' ? (/^[^?]*\?(.*)$/s.exec(asked) ?? []) : [];
	return query === undefined || url.includes('?') ? [url] : [`${url}?${query}`];
}

function texts(values: object): Record<string, string | undefined> {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]: [string, unknown]): [string, string][] => {
			const first: unknown = Array.isArray(value) ? value[0] : value;
			return typeof first === 'string' ? [[name.toLowerCase(), first]] : [];
		}),
	);
}
