import type { Sender } from '../../engine/events/types';
import { readOutboundMessage } from '../../engine/events/outboundMessage';
import { AGE_WINDOW_MS, checkAge } from './age';
import { ACCEPTED, refused, type Call, type Verdict } from './call';
import { hubspotContents } from './hubspotUri';
import { checkSecret, checkSignature, type Algorithm, type Encoding } from './signature';

/** Header and query parameter in which senders that cannot sign show the secret. */
export const SECRET_HEADER = 'x-digital-cs-secret';
export const SECRET_PARAMETER = 'secret';

export type Trust = {
	/** Each may have signed: while a secret is changed both do. */
	secrets: readonly string[];
	/** ms that a signed timestamp may be away from now; default 5 minutes. */
	ageWindowMs?: number;
	/** Of Salesforce: the organization whose outbound messages are believed, 15 or 18 characters. */
	organizationId?: string;
	/** Of plain HMAC. */
	hmac?: PlainHmac;
};

/** How a sender that anybody programmed signs. */
export type PlainHmac = {
	/** Lower-case name of the header with the signature. */
	header: string;
	algorithm: Algorithm;
	encoding: Encoding;
	/** Lower-case name of the header with the time in seconds or milliseconds; with it `<time>.<body>` is signed, else the body alone. */
	timestampHeader?: string;
};

export const USUAL_HMAC: PlainHmac = {
	header: 'x-signature',
	algorithm: 'sha256',
	encoding: 'hex',
};

type Check = (call: Call, trust: Trust) => Verdict;

const CHECKS: Readonly<Record<Sender, Check>> = {
	customerio: ({ headers, body, now }, trust) => {
		const time = headers['x-cio-timestamp'];
		return both(
			checkSignature({
				...hex('sha256', [`v0:${time ?? ''}:`, body], [headers['x-cio-signature'] ?? '']),
				secrets: trust.secrets,
			}),
			checkAge(time, 's', now, windowOf(trust)),
		);
	},
	hmac: ({ headers, body, now }, trust) => {
		const { header, algorithm, encoding, timestampHeader } = trust.hmac ?? USUAL_HMAC;
		const time = timestampHeader === undefined ? undefined : headers[timestampHeader];
		const given = headers[header] ?? '';
		const prefix = `${algorithm}=`;
		const signature = given.startsWith(prefix) ? given.slice(prefix.length) : given;
		const signed = timestampHeader === undefined ? [body] : [`${time ?? ''}.`, body];
		return both(
			checkSignature({
				algorithm,
				encoding,
				contents: [signed],
				signatures: [signature],
				secrets: trust.secrets,
			}),
			timestampHeader === undefined ? ACCEPTED : checkAge(time, 'either', now, windowOf(trust)),
		);
	},
	hubspot: (call, trust) => {
		const time = call.headers['x-hubspot-request-timestamp'];
		return both(
			checkSignature({
				algorithm: 'sha256',
				encoding: 'base64',
				contents: hubspotContents(call, time ?? ''),
				signatures: [call.headers['x-hubspot-signature-v3'] ?? ''],
				secrets: trust.secrets,
			}),
			checkAge(time, 'ms', call.now, windowOf(trust)),
		);
	},
	intercom: ({ headers, body }, { secrets }) => {
		const given = headers['x-hub-signature'] ?? '';
		const signature = given.startsWith('sha1=') ? given.slice('sha1='.length) : '';
		return checkSignature({ ...hex('sha1', [body], [signature]), secrets });
	},
	pagerduty: ({ headers, body }, { secrets }) =>
		checkSignature({
			...hex('sha256', [body], tagged(headers['x-pagerduty-signature'], ',', 'v1=')),
			secrets,
		}),
	salesforce: (call, { secrets, organizationId }) => {
		const shown = call.headers[SECRET_HEADER] ?? call.query[SECRET_PARAMETER];
		const verdict = checkSecret(shown, secrets);
		return verdict.ok ? checkOrganization(call, organizationId) : verdict;
	},
	segment: ({ headers, body }, { secrets }) =>
		checkSignature({ ...hex('sha1', [body], [headers['x-signature'] ?? '']), secrets }),
	standardWebhooks: ({ headers, body, now }, trust) => {
		const [id, time] = [headers['webhook-id'] ?? '', headers['webhook-timestamp']];
		return both(
			checkSignature({
				algorithm: 'sha256',
				encoding: 'base64',
				contents: [[`${id}.${time ?? ''}.`, body]],
				signatures: id === '' ? [] : tagged(headers['webhook-signature'], ' ', 'v1,'),
				secrets: trust.secrets.map(standardKey),
			}),
			checkAge(time, 's', now, windowOf(trust)),
		);
	},
	stripe: ({ headers, body, now }, trust) => {
		const header = headers['stripe-signature'];
		const [time] = tagged(header, ',', 't=');
		return both(
			checkSignature({
				...hex('sha256', [`${time ?? ''}.`, body], tagged(header, ',', 'v1=')),
				secrets: trust.secrets,
			}),
			checkAge(time, 's', now, windowOf(trust)),
		);
	},
};

/**
 * Whether a call comes from its sender, whole and unchanged, and not long ago where the sender says when: by the table
 * in docs/customer-event-trigger.md. Without a secret nothing is believed.
 */
export function verify(sender: Sender, call: Call, trust: Trust): Verdict {
	return CHECKS[sender](call, trust);
}

/** The signature first: a time that nobody signed says nothing. */
function both(signature: Verdict, age: Verdict): Verdict {
	return signature.ok ? age : signature;
}

function windowOf({ ageWindowMs }: Trust): number {
	return ageWindowMs ?? AGE_WINDOW_MS;
}

function hex(
	algorithm: Algorithm,
	content: readonly (string | Buffer)[],
	signatures: readonly string[],
): {
	algorithm: Algorithm;
	encoding: Encoding;
	contents: (readonly (string | Buffer)[])[];
	signatures: readonly string[];
} {
	return { algorithm, encoding: 'hex', contents: [content], signatures };
}

/** Of `t=1,v1=abc` what stands behind a tag, each. */
function tagged(header: string | undefined, separator: string, tag: string): string[] {
	return (header ?? '')
		.split(separator)
		.map((part) => part.trim())
		.filter((part) => part.startsWith(tag))
		.map((part) => part.slice(tag.length));
}

/** A secret of Standard Webhooks is base64, usually behind `whsec_`. */
function standardKey(secret: string): Buffer {
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/** Outbound messages name their organization; relays of platform events do not, and have the secret only. */
function checkOrganization({ body }: Call, organizationId: string | undefined): Verdict {
	const text = body.toString('utf8');
	if (
		!text
			.trimStart()
			.replace(/^\uFEFF/, '')
			.startsWith('<')
	)
		return ACCEPTED;
	if (organizationId === undefined || organizationId === '') return refused('wrongOrganization');
	const message = readOutboundMessage(text);
	// the 15 characters are the id; the other three only tell its capitals
	const isOurs = message?.organizationId?.slice(0, 15) === organizationId.slice(0, 15);
	return isOurs ? ACCEPTED : refused('wrongOrganization');
}
