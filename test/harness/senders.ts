import { createHmac } from 'node:crypto';
import { Signature } from '@hubspot/api-client/lib/src/utils/signature';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { Sender } from '../../engine/events/types';

/** What is sent: headers in lower case, and a body. */
export type Sent = { headers: Record<string, string>; body: string; query?: string };

export type Sending = { secret: string; now: number; url?: string };

const STRIPE = new Stripe('sk_test_none');
const hmac = (
	algorithm: string,
	encoding: 'hex' | 'base64',
	secret: string,
	text: string,
): string => createHmac(algorithm, secret).update(text).digest(encoding);

/** A secret as Standard Webhooks writes them. */
export const STANDARD_SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;

/**
 * A call as the sender makes it: signed by the vendor's own library where there is one (HubSpot, Standard Webhooks,
 * Stripe), by what the vendor describes elsewhere.
 */
export const SENDING: Record<Sender, (body: string, sending: Sending) => Sent> = {
	customerio: (body, { secret, now }) => {
		const time = seconds(now);
		const signature = hmac('sha256', 'hex', secret, `v0:${time}:${body}`);
		return { headers: { 'x-cio-timestamp': time, 'x-cio-signature': signature }, body };
	},
	hmac: (body, { secret }) => ({
		headers: { 'x-signature': hmac('sha256', 'hex', secret, body) },
		body,
	}),
	hubspot: (body, { secret, now, url = '' }) => ({
		headers: {
			'x-hubspot-request-timestamp': String(now),
			'x-hubspot-signature-v3': Signature.getSignature('POST', 'v3', {
				clientSecret: secret,
				requestBody: body,
				url,
				timestamp: now,
				signature: '',
			}),
		},
		body,
	}),
	intercom: (body, { secret }) => ({
		headers: { 'x-hub-signature': `sha1=${hmac('sha1', 'hex', secret, body)}` },
		body,
	}),
	pagerduty: (body, { secret }) => ({
		headers: { 'x-pagerduty-signature': `v1=${hmac('sha256', 'hex', secret, body)}` },
		body,
	}),
	salesforce: (body, { secret }) => ({ headers: {}, body, query: `secret=${secret}` }),
	segment: (body, { secret }) => ({
		headers: { 'x-signature': hmac('sha1', 'hex', secret, body) },
		body,
	}),
	standardWebhooks: (body, { secret, now }) => ({
		headers: {
			'webhook-id': 'msg_1',
			'webhook-timestamp': seconds(now),
			'webhook-signature': new Webhook(secret).sign('msg_1', new Date(now), body),
		},
		body,
	}),
	stripe: (body, { secret, now }) => ({
		headers: {
			'stripe-signature': STRIPE.webhooks.generateTestHeaderString({
				payload: body,
				secret,
				timestamp: Math.floor(now / 1000),
			}),
		},
		body,
	}),
};

/** Senders that sign when they call, and whose copies are told by their age. */
export const TIMED: readonly Sender[] = ['customerio', 'hubspot', 'standardWebhooks', 'stripe'];
/** Senders that sign; Salesforce shows a secret. */
export const SIGNING: readonly Sender[] = [...TIMED, 'hmac', 'intercom', 'pagerduty', 'segment'];

export function secretFor(sender: Sender): string {
	return sender === 'standardWebhooks' ? STANDARD_SECRET : 'a-secret-of-ours';
}

function seconds(now: number): string {
	return String(Math.floor(now / 1000));
}
