import type { INodeProperties } from 'n8n-workflow';

const show = { sender: ['hmac'] };

/** How a sender of one's own signs. */
export const hmacProperties: INodeProperties[] = [
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: 'X-Signature',
		placeholder: 'e.g. X-Signature',
		description: 'Header that holds the signature, also as in sha256=…',
		displayOptions: { show },
	},
	{
		displayName: 'Algorithm',
		name: 'algorithm',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'SHA-1', value: 'sha1' },
			{ name: 'SHA-256', value: 'sha256' },
			{ name: 'SHA-512', value: 'sha512' },
		],
		default: 'sha256',
		displayOptions: { show },
	},
	{
		displayName: 'Encoding',
		name: 'encoding',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
		],
		default: 'hex',
		displayOptions: { show },
	},
	{
		displayName: 'Timestamp Header',
		name: 'timestampHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. X-Timestamp',
		description:
			'Header that holds the time in seconds or milliseconds since 1970; the sender then signs time, a dot and the body. Empty: it signs the body alone, and a copy of an old call is told by its event ID only.',
		displayOptions: { show },
	},
];
