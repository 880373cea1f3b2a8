import { createHash } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { normalize } from '../../engine/events/normalize';
import { UNKNOWN, type CustomerEvent } from '../../engine/events/types';
import type { ArrivedEvent, Ledger } from '../../ledger/ledger';
import { within } from '../../services/patience';
import type { Call, Verdict } from '../../services/webhooks/call';
import { verify } from '../../services/webhooks/verify';
import { accept, here, later, refuse, tooMuch } from './answers';
import { fits, MOST_EVENTS } from './fits';
import { ledgerOf } from './ledgerOf';
import { callOf, contentOf } from './request';
import { Recent } from './recent';
import { inboxOf, readSecrets, readSettings, trustOf, type Settings } from './settings';
import { wake } from './wake';

/** Customer.io waits 4 s for an answer, HubSpot and Intercom 5. What is kept after that counts all the same. */
const PATIENCE_MS = 3000;

const secretsRead = new Recent<string[]>();
const ledgers = new Recent<Ledger>();

/**
 * One call of a sender: checked, its events kept under their ids, answered; no execution. Whatever goes wrong is a 503,
 * upon which senders try again; an error thrown here would have n8n answer and start an execution.
 */
export async function takeIn(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === 'setup') return here(context);
	const now = Date.now();
	const isTest = context.getMode() === 'manual';
	try {
		const settings = readSettings(context);
		const call = await callOf(context, settings, now);
		if (call === undefined) return refuse(context, 'noSignature');
		const verdict = await check(context, settings, call);
		if (!verdict.ok) return refuse(context, verdict.why);
		const content = contentOf(settings.sender, call);
		if (!fits(settings.sender, content)) return unfit(context);
		const events = normalize(settings.sender, content, {
			headers: call.headers,
			receivedAt: now,
			rules: settings.rules,
			keyIsAccount: settings.keyIsAccount,
			digest,
		});
		// one notification may tell of many
		if (events.length > MOST_EVENTS) return unfit(context);
		const inbox = inboxOf(context);
		await within(PATIENCE_MS, async () => {
			const ledger = await ledgers.get(
				`${isTest ? 'test' : 'live'}/${inbox}`,
				async () => await ledgerOf(context, isTest ? 'test' : 'live'),
			);
			const suffix = isTest ? `/${String(now)}` : '';
			const arrived = events.map((event) => arrivedOf(keptOf(event, settings), suffix));
			return await ledger.receive(inbox, arrived, now);
		});
		wake(inbox);
		const answered = accept(context, settings.sender, events.length, typeof content === 'string');
		// somebody who listens in the editor sees the events: n8n starts a run, and asks the trigger for them
		return isTest ? { ...answered, workflowData: [[{ json: {} }]] } : answered;
	} catch (error) {
		context.logger.error(
			`Customer Event Trigger could not take in a call: ${error instanceof Error ? error.message : 'unknown error'}`,
		);
		return later(context);
	}
}

/** Whoever sent it may not look at what it is answered. */
function unfit(context: IWebhookFunctions): IWebhookResponseData {
	context.logger.error(
		'Customer Event Trigger refused a call with too many events, or nested too deep',
	);
	return tooMuch(context);
}

/** Without a credential that can be read nothing is believed. */
async function check(context: IWebhookFunctions, settings: Settings, call: Call): Promise<Verdict> {
	let trust;
	try {
		const secrets = await secretsRead.get(
			`secrets/${JSON.stringify(context.getNode().credentials)}`,
			async () => await readSecrets(context),
		);
		trust = trustOf(settings, secrets);
	} catch {
		return { ok: false, why: 'noSecret' };
	}
	return verify(settings.sender, call, trust);
}

/** What is handed out: of what journeys understand not what was sent, unless somebody asks for it. */
function keptOf(event: CustomerEvent, { includeRaw }: Settings): CustomerEvent {
	if (includeRaw || event.type === UNKNOWN) return event;
	const { raw: _raw, ...kept } = event;
	return kept;
}

/** @param suffix who tries a flow sends the same event again and again */
function arrivedOf(event: CustomerEvent, suffix: string): ArrivedEvent {
	const { id, accountId } = event;
	return { id: id + suffix, accountId, event: JSON.stringify(event) };
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
