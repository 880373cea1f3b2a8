import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { JourneyEvent, Reason, Touch } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import { LINK_PARAMETER, readLink, type Link } from '../../services/links/link';
import { pageOf, type Page } from '../../services/links/pages';
import { asksToUnsubscribe } from '../../services/links/unsubscribing';
import { AT_ONCE_MS, signOfScanner } from '../../services/links/visitor';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { runModeOf } from '../platform/runMode';
import {
	badLink,
	notCounted,
	notRecorded,
	lookedOnly,
	unknownTouch,
	unsubscribed,
	verdict,
} from './linkReasons';

/** What the webhook is to answer. */
type Answer = { status: number; page: Page | 'redirect'; location?: string; body: string };
type Opened = {
	done: boolean;
	counted: boolean;
	human?: boolean;
	answer: Answer;
	reasons: Reason[];
};

/** A link, the touch it came with, and whether what it asks for counts. */
type Visit = { link: Link; touch: Touch | undefined; ledger: Ledger; counts: boolean; now: number };

/**
 * Requests of n8n's Webhook in, one item each, with what to answer: a click is recorded and led to its target, a
 * request to unsubscribe is carried out, a mere look at an unsubscribe link gets a page with a button. What was not
 * signed by this ledger does nothing and leaves on Not Done.
 */
export async function openLinks(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const company = readText(context, 'companyName');
	const run = runModeOf(context);
	const ledgerFor = async (test: boolean): Promise<Ledger> =>
		await openLedger(context, test ? 'test' : 'live');
	const outputs: { done: INodeExecutionData[]; notDone: INodeExecutionData[] } = {
		done: [],
		notDone: [],
	};
	for (const [index, item] of context.getInputData().entries()) {
		const link = await readLink(
			own(item.json.query, LINK_PARAMETER),
			async (test) => await (await ledgerFor(test)).secret(),
		);
		const opened = link === undefined ? forged(company) : await open(link, item.json);
		const { done, ...said } = opened;
		const ledger = { opened: done, ...(link === undefined ? {} : factsOf(link)), ...said };
		outputs[done ? 'done' : 'notDone'].push(withAdded(item, index, 'ledger', ledger));
	}
	return [outputs.done, outputs.notDone];

	async function open(link: Link, request: IDataObject): Promise<Opened> {
		const ledger = await ledgerFor(link.test);
		const [touch] = await ledger.touchesByToken([link.token]);
		const visit = { link, touch, ledger, counts: !link.test && run === 'live', now };
		return link.purpose === 'click'
			? await click(visit, link.target, request)
			: await unsubscribe(visit, asksToUnsubscribe(request.body), company);
	}
}

async function click(
	{ link, touch, ledger, counts, now }: Visit,
	target: string,
	{ headers }: IDataObject,
): Promise<Opened> {
	const answer: Answer = { status: 302, page: 'redirect', location: target, body: '' };
	const led = (reason: Reason, counted = false): Opened => ({
		done: true,
		counted,
		answer,
		reasons: [reason],
	});
	if (!counts) return led(notCounted);
	if (touch?.channel !== 'email') return led(unknownTouch);
	const sentAt = touch.state === 'sent' ? touch.changedAt : undefined;
	const sign = signOfScanner(isObject(headers) ? headers : {}, sentAt, now);
	const human = sign === undefined;
	const event = clickEvent(touch, link, { target, human, why: sign ?? 'person', now });
	// nobody waits for a ledger to read what they clicked
	try {
		await ledger.recordEvents([event], now);
		if (human && (await openedOthers(ledger, touch, target, now))) {
			await ledger.recordEvents([scanEvent(touch, link.token, now)], now);
			return { ...led(verdict('manyLinksAtOnce'), true), human: false };
		}
	} catch {
		return led(notRecorded);
	}
	return { ...led(verdict(sign ?? 'person'), true), human };
}

async function unsubscribe(visit: Visit, asked: boolean, company: string): Promise<Opened> {
	const { link, touch, ledger, counts, now } = visit;
	const show = (status: number, page: Page, reason: Reason, counted = false): Opened => ({
		done: page !== 'unknown',
		counted,
		answer: { status, page, body: pageOf(page, company) },
		reasons: [reason],
	});
	if (touch === undefined || touch.address === '') return show(404, 'unknown', unknownTouch);
	if (!asked) return show(200, 'confirm', lookedOnly);
	if (!counts) return show(200, 'test', notCounted);
	// the address first: should the process die in between, the person is left in peace all the same
	await ledger.suppress([{ address: touch.address, reason: 'unsubscribed' }], now);
	await ledger.recordEvents(
		[
			{
				...aboutTouch(touch),
				id: `unsubscribed/${link.token}`,
				type: 'unsubscribed',
				occurredAt: now,
			},
		],
		now,
	);
	return show(200, 'done', unsubscribed, true);
}

/**
 * Whether another link of the same mail was opened within seconds. Asked after the own click is written down, so that
 * of two at the same moment one sees the other.
 */
async function openedOthers(
	ledger: Ledger,
	touch: Touch,
	target: string,
	now: number,
): Promise<boolean> {
	const { events } = await ledger.timeline([touch.accountId]);
	return events.some(
		(event) =>
			event.type === 'clicked' &&
			event.touch === touch.key &&
			Math.abs(event.occurredAt - now) <= AT_ONCE_MS &&
			event.data?.target !== target,
	);
}

function clickEvent(
	touch: Touch,
	{ token }: Link,
	{ target, human, why, now }: { target: string; human: boolean; why: string; now: number },
): JourneyEvent {
	// a person after a scanner on the same day is two events, each of them once
	const day = new Date(now).toISOString().slice(0, 10);
	const which = createHash('sha256').update(target).digest('hex').slice(0, 12);
	const id = `clicked/${token}/${which}/${day}/${human ? 'human' : 'scanner'}`;
	return {
		...aboutTouch(touch),
		id,
		type: 'clicked',
		occurredAt: now,
		data: { human, automatic: !human, why, target },
	};
}

/** Takes back the human clicks of the same mail around this time: several links at once are a scanner's. */
function scanEvent(touch: Touch, token: string, now: number): JourneyEvent {
	const id = `links_scanned/${token}/${String(Math.floor(now / AT_ONCE_MS))}`;
	return {
		...aboutTouch(touch),
		id,
		type: 'links_scanned',
		occurredAt: now,
		data: { withinMs: AT_ONCE_MS },
	};
}

function aboutTouch({
	accountId,
	address,
	key,
}: Touch): Pick<JourneyEvent, 'accountId' | 'contact' | 'touch'> {
	return { accountId, contact: address, touch: key };
}

function forged(company: string): Opened {
	const answer: Answer = { status: 400, page: 'invalid', body: pageOf('invalid', company) };
	return { done: false, counted: false, answer, reasons: [badLink] };
}

function factsOf(link: Link): object {
	return { purpose: link.purpose, test: link.test };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? Reflect.get(value, name)
		: undefined;
}
