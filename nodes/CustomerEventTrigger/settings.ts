import type { ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { EventRule } from '../../engine/events/rules';
import { EVENT_TYPES, SENDERS } from '../../engine/events/types';
import { ALGORITHMS } from '../../services/webhooks/signature';
import type { Trust } from '../../services/webhooks/verify';
import { parseConfiguration } from '../platform/problems';
import { rowsOf, textOf } from '../platform/rows';

export type Context = ITriggerFunctions | IWebhookFunctions;

const text = z.unknown().transform(textOf);
const header = text.transform((name) => name.toLowerCase());

const settingsSchema = z.object({
	sender: z.enum(SENDERS),
	keyIsAccount: z.boolean(),
	organizationId: text,
	hmac: z.object({
		header: header.transform((name) => (name === '' ? 'x-signature' : name)),
		algorithm: z.enum(ALGORITHMS),
		encoding: z.enum(['hex', 'base64']),
		timestampHeader: header.transform((name) => (name === '' ? undefined : name)),
	}),
	rules: z.array(
		z.object({
			event: text.refine((name) => name !== '', "needs the event's name"),
			type: z.enum(EVENT_TYPES),
			value: text.transform((value) => (value === '' ? undefined : value)),
			step: text.transform((value) => (value === '' ? undefined : value)),
		}),
	),
	batchSize: z.number().int().min(1).max(5000).default(500),
	batchesAtOnce: z.number().int().min(1).max(20).default(1),
	secondsBetween: z.number().min(1).max(86_400).default(1),
	includeRaw: z.boolean().default(false),
	keepDays: z.number().min(7).default(30),
	ageMinutes: z.number().positive().default(5),
	publicUrl: text,
	onFailure: z.enum(['again', 'leave']).default('again'),
});
export type Settings = Omit<z.infer<typeof settingsSchema>, 'rules'> & { rules: EventRule[] };

/** @throws NodeOperationError that names every wrong field */
export function readSettings(context: Context): Settings {
	const read = (name: string, usual: string | object): unknown =>
		context.getNodeParameter(name, usual);
	const options = read('options', {});
	return parseConfiguration(context.getNode(), 'Customer Event Trigger', settingsSchema, {
		...(typeof options === 'object' ? options : {}),
		sender: read('sender', 'hubspot'),
		keyIsAccount: read('accountIds', 'named') === 'key',
		organizationId: read('organizationId', ''),
		hmac: {
			header: read('signatureHeader', 'X-Signature'),
			algorithm: read('algorithm', 'sha256'),
			encoding: read('encoding', 'hex'),
			timestampHeader: read('timestampHeader', ''),
		},
		rules: rowsOf(read('rules', {}), 'rule'),
	});
}

/** One per line. @throws what n8n throws where the node has no credential */
export async function readSecrets(context: Context): Promise<string[]> {
	const { secrets } = await context.getCredentials('digitalCsWebhookSecretApi');
	return (typeof secrets === 'string' ? secrets : '')
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** What the sender is believed by. */
export function trustOf(settings: Settings, secrets: readonly string[]): Trust {
	return {
		secrets,
		ageWindowMs: settings.ageMinutes * 60_000,
		organizationId: settings.organizationId,
		hmac: settings.hmac,
	};
}

/** Whose events these are: two triggers never take each other's, also of one template imported twice. */
export function inboxOf(context: Context): string {
	return `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
}
