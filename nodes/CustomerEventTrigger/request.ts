import type { IWebhookFunctions } from 'n8n-workflow';
import type { Sender } from '../../engine/events/types';
import type { Call } from '../../services/webhooks/call';
import { own } from '../platform/own';
import type { Settings } from './settings';

/** The request as it came in; undefined where n8n kept no raw body, which nothing could be checked against. */
export function callOf(
	context: IWebhookFunctions,
	settings: Settings,
	now: number,
): Call | undefined {
	const request: unknown = context.getRequestObject();
	const body = own(request, 'rawBody') ?? Buffer.alloc(0);
	if (!Buffer.isBuffer(body)) return undefined;
	const headers = texts(context.getHeaderData());
	const query = texts(context.getQueryData());
	return { method: 'POST', headers, query, body, urls: urlsOf(context, settings), now };
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
