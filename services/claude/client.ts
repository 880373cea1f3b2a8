import Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod/v4';

const ANTHROPIC = 'https://api.anthropic.com';
/** Visible ASCII: anything else in a header throws an error that quotes it, key and all. */
const headerText = z
	.string()
	.trim()
	.regex(/^[\x20-\x7E]*$/, 'has characters that no header may have');

/** n8n's own `anthropicApi` credential. */
export const anthropicCredential = z.looseObject({
	apiKey: headerText.min(1, 'is empty'),
	url: z
		.string()
		.trim()
		.default('')
		.transform((url) => (url === '' ? ANTHROPIC : url))
		.pipe(z.url({ protocol: /^https?$/, error: 'is no http or https address' })),
	header: z.boolean().default(false),
	headerName: z
		.string()
		.trim()
		.regex(/^[\w!#$%&'*+.^`|~-]*$/, 'is no name of a header')
		.default(''),
	headerValue: headerText.default(''),
});
export type AnthropicCredential = z.infer<typeof anthropicCredential>;

/**
 * n8n's credential, checked.
 * @throws Error that names the field, and nothing of what it holds
 */
export function readCredential(credential: unknown): AnthropicCredential {
	const parsed = anthropicCredential.safeParse(credential);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new Error(
		`Anthropic credential: '${issue?.path.join('.') ?? ''}' ${issue?.message ?? 'is missing'}`,
	);
}

/** How requests travel where the process's own `fetch` does not do, behind a proxy for example. */
export type Fetch = typeof fetch;

/**
 * The SDK's client, which does nothing by itself: no retries, no logs, no traces, no redirects (they would take the key
 * along). The key goes as `x-api-key`, as n8n's own nodes send it: gateways behind a base URL know that header.
 */
export function openClient(credential: AnthropicCredential, viaFetch?: Fetch): Anthropic {
	const { apiKey, url, header, headerName, headerValue } = credential;
	return new Anthropic({
		apiKey,
		baseURL: url.replace(/\/+$/, ''),
		maxRetries: 0,
		logLevel: 'off',
		openTelemetry: false,
		webhookKey: null,
		defaultHeaders: {
			Authorization: null,
			'x-api-key': apiKey,
			...(header && headerName !== '' ? { [headerName]: headerValue } : {}),
		},
		fetchOptions: { redirect: 'manual' },
		...(viaFetch === undefined ? {} : { fetch: viaFetch }),
	});
}
