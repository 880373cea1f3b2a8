import type { IDataObject } from 'n8n-workflow';
import { tokenOf } from '../../ledger/token';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { linkUrl, type Link } from '../../services/links/link';
import { runNode, type NodeRun, type NodeToRun, type TestItems } from '../harness/runWorkflow';
import { claim, ledgerOf, NOW, touch } from './JourneyEmail.setup';

export const BASE = 'https://n8n.example.com/webhook/digital-cs/link';
export const HOUR = 3_600_000;

/** What a person's browser says of itself. */
export const PERSON = {
	'user-agent':
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
	'accept-language': 'en-US',
	'sec-fetch-mode': 'navigate',
	'sec-fetch-dest': 'document',
};
/** What a mail program posts (RFC 8058). */
export const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

export type Ledgers = 'live' | 'test';

/** A touch that was sent at NOW, as Journey Email does. */
export async function sent(
	number: number,
	over: Parameters<typeof touch>[1] = {},
	ledger: Ledgers = 'live',
): Promise<string> {
	const one = touch(number, over);
	await claim(ledgerOf(ledger), [one]);
	await ledgerOf(ledger).beginSending([one.key], NOW);
	await ledgerOf(ledger).confirm([one.key], NOW);
	return one.key;
}

export async function linkOf(
	key: string,
	link: { purpose: 'unsubscribe' } | { purpose: 'click'; target: string },
	ledger: Ledgers = 'live',
): Promise<string> {
	const whole: Link = { ...link, token: tokenOf(key), test: ledger === 'test' };
	return linkUrl(BASE, whole, await ledgerOf(ledger).secret());
}

/** The item of n8n's Webhook for a request. */
export function request(url: string, over: { body?: object; headers?: object } = {}): IDataObject {
	return {
		headers: { host: 'n8n.example.com', ...(over.headers ?? PERSON) },
		params: {},
		query: Object.fromEntries(new URL(url).searchParams),
		body: { ...over.body },
	};
}

export async function runLedger(
	operation: 'openLink' | 'readMail',
	input: TestItems,
	over: { now?: number; mode?: NodeToRun['mode']; companyName?: string } = {},
): Promise<NodeRun> {
	const { now = NOW + HOUR, mode = 'webhook', companyName = '' } = over;
	return await runNode(new JourneyLedger(), {
		mode,
		input,
		parameters: { operation, companyName, options: { now: new Date(now).toISOString() } },
	});
}

/** What the node added to its items, per output. */
export function said(run: NodeRun): IDataObject[][] {
	return run.outputs.map((items) => items.map(({ json }) => json.ledger as IDataObject));
}

/** What happened to an account, without the times. */
export async function eventsOf(
	accountId: string,
): Promise<{ type: string; touch?: string; contact?: string; data?: Record<string, unknown> }[]> {
	const { events } = await ledgerOf().timeline([accountId]);
	return events.map(({ type, touch: key, contact, data }) => ({ type, touch: key, contact, data }));
}

export async function suppressedOf(...addresses: string[]): Promise<string[]> {
	const query = { journey: 'onboarding', dry: false, accountIds: [], addresses, now: NOW };
	return [...(await ledgerOf().recall(query)).suppressed];
}
