import type { N8nClient } from './client';
import { SENT_AT, type Sender } from './senderFlow';

/** Senders as people set them up behind Customer Journey. */

export type Credential = { id: string; name: string };

/** A credential for a mail server on this machine. */
export async function smtpCredential(client: N8nClient, port: number): Promise<Credential> {
	const login = { user: '', password: '', hostName: '' };
	const data = { host: '127.0.0.1', port, secure: false, disableStartTls: true, ...login };
	const name = 'SMTP account';
	return { id: await client.createCredential({ name, type: 'smtp', data }), name };
}

export function journeyEmail(
	smtp: Credential,
	over: Partial<Sender> = {},
	options: object = {},
): Sender {
	return {
		type: 'n8n-nodes-digital-cs.journeyEmail',
		credentials: { smtp },
		onError: 'continueRegularOutput',
		...over,
		parameters: {
			fromEmail: 'success@vendor.example',
			subject: 'Welcome {{ account.accountId }}',
			message: 'Hello',
			...over.parameters,
			options: { now: SENT_AT, ...options },
		},
	};
}

/** n8n's own, which can set no Message-ID. */
export function sendEmail(smtp: Credential, over: Partial<Sender> = {}): Sender {
	return {
		type: 'n8n-nodes-base.emailSend',
		typeVersion: 2.1,
		credentials: { smtp },
		parameters: {
			operation: 'send',
			fromEmail: 'success@vendor.example',
			toEmail: '={{ $json.journey.to }}',
			subject: '=Welcome {{ $json.accountId }}',
			emailFormat: 'text',
			text: 'Hello',
			options: { appendAttribution: false },
		},
		...over,
	};
}

/** To a vendor that takes an idempotency key (httpSink.ts). */
export function httpRequest(url: string, over: Partial<Sender> = {}): Sender {
	const headers = [
		{ name: 'Idempotency-Key', value: '={{ $json.journey.key }}' },
		{ name: 'X-Account', value: '={{ $json.accountId }}' },
	];
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url,
			sendHeaders: true,
			headerParameters: { parameters: headers },
			options: {},
		},
		...over,
	};
}
