import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Reason } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import { LINK_PARAMETER, readLink, type Link } from '../../services/links/link';
import { pageOf, type Page } from '../../services/links/pages';
import { insist, within } from '../../services/patience';
import { asksToUnsubscribe } from '../../services/links/unsubscribing';
import { signOfScanner } from '../../services/links/visitor';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { own } from '../platform/own';
import { readText } from '../platform/readText';
import { isObject } from '../platform/rows';
import { runModeOf } from '../platform/runMode';
import { aboutTouch, clickEvent, openedOthers, scanEvent } from './linkEvents';
import {
	badLink,
	lookedOnly,
	notChecked,
	notCounted,
	notRecorded,
	notUnsubscribed,
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

/** A link, and whether what it asks for counts. */
type Visit = { link: Link; ledger: Ledger; counts: boolean; now: number };

/** Nobody waits longer than this (ms) for a ledger to read what they clicked. */
const PATIENCE_MS = 2000;
/** Waits (ms) before an unsubscribing is tried again: many mail programs ask once only. */
const UNSUBSCRIBE_PAUSES = [300, 1000];
/** Mail programs do not wait much longer (ms). What is written down after that counts all the same. */
const UNSUBSCRIBE_MS = 10_000;

/** What its owner should see without opening every item. */
const WITHOUT_LEDGER: ReadonlySet<Reason> = new Set([notRecorded, notUnsubscribed, notChecked]);

/** The secret never changes, and clicks lead on also while its ledger is away. */
const secrets = new WeakMap<Ledger, string>();

/**
 * Requests of n8n's Webhook in, one item each, with what to answer: a click is recorded and led to its target, a
 * request to unsubscribe is carried out, a mere look at an unsubscribe link gets a page with a button. What was not
 * signed by this ledger does nothing and leaves on Not Done. While the ledger is away clicks lead on unrecorded, and what
 * asks to unsubscribe leaves on Not Done with a 503 to try again.
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
	const missed = new Map<Reason, number>();
	for (const [index, item] of context.getInputData().entries()) {
		const { link, opened } = await read(item.json);
		const { done, ...said } = opened;
		const ledger = { opened: done, ...(link === undefined ? {} : factsOf(link)), ...said };
		outputs[done ? 'done' : 'notDone'].push(withAdded(item, index, 'ledger', ledger));
		for (const reason of opened.reasons)
			if (WITHOUT_LEDGER.has(reason)) missed.set(reason, (missed.get(reason) ?? 0) + 1);
	}
	for (const [{ text }, count] of missed)
		context.addExecutionHints({
			message: `${String(count)} ${count === 1 ? 'item' : 'items'}: ${text}`,
			type: 'warning',
			location: 'outputPane',
		});
	return [outputs.done, outputs.notDone];

	async function read(request: IDataObject): Promise<{ link?: Link; opened: Opened }> {
		const checked = { away: false };
		const link = await readLink(own(request.query, LINK_PARAMETER), async (test) => {
			const ledger = await ledgerFor(test);
			try {
				return await secretOf(ledger);
			} catch {
				checked.away = true;
				return '';
			}
		});
		if (checked.away) {
			const asked = asksToUnsubscribe(request.body);
			return { opened: notNow(asked ? 'notYet' : 'later', notChecked, company) };
		}
		if (link === undefined) return { opened: forged(company) };
		const ledger = await ledgerFor(link.test);
		const visit = { link, ledger, counts: !link.test && run === 'live', now };
		const opened =
			link.purpose === 'click'
				? await click(visit, link.target, request)
				: await unsubscribe(visit, asksToUnsubscribe(request.body), company);
		return { link, opened };
	}
}

async function secretOf(ledger: Ledger): Promise<string> {
	const known = secrets.get(ledger);
	if (known !== undefined) return known;
	const secret = await ledger.secret();
	secrets.set(ledger, secret);
	return secret;
}

async function click(visit: Visit, target: string, { headers }: IDataObject): Promise<Opened> {
	const answer: Answer = { status: 302, page: 'redirect', location: target, body: '' };
	const led = (reason: Reason, counted = false): Opened => ({
		done: true,
		counted,
		answer,
		reasons: [reason],
	});
	if (!visit.counts) return led(notCounted);
	try {
		return await within(PATIENCE_MS, async () => await recordClick());
	} catch {
		return led(notRecorded);
	}

	async function recordClick(): Promise<Opened> {
		const { link, ledger, now } = visit;
		const [touch] = await ledger.touchesByToken([link.token]);
		if (touch?.channel !== 'email') return led(unknownTouch);
		const sentAt = touch.state === 'sent' ? touch.changedAt : undefined;
		const sign = signOfScanner(isObject(headers) ? headers : {}, sentAt, now);
		const human = sign === undefined;
		const event = clickEvent(touch, link, { target, human, why: sign ?? 'person', now });
		await ledger.recordEvents([event], now);
		if (human && (await openedOthers(ledger, touch, target, now))) {
			await ledger.recordEvents([scanEvent(touch, link.token, now)], now);
			return { ...led(verdict('manyLinksAtOnce'), true), human: false };
		}
		return { ...led(verdict(sign ?? 'person'), true), human };
	}
}

async function unsubscribe(
	{ link, ledger, counts, now }: Visit,
	asked: boolean,
	company: string,
): Promise<Opened> {
	const show = (status: number, page: Page, reason: Reason, counted = false): Opened => ({
		done: page !== 'unknown',
		counted,
		answer: { status, page, body: pageOf(page, company) },
		reasons: [reason],
	});
	const carryOut = async (): Promise<Opened> => {
		const [touch] = await ledger.touchesByToken([link.token]);
		if (touch === undefined || touch.address === '') return show(404, 'unknown', unknownTouch);
		if (!asked) return show(200, 'confirm', lookedOnly);
		if (!counts) return show(200, 'test', notCounted);
		// the address first: should the process die in between, the person is left in peace all the same
		await ledger.suppress([{ address: touch.address, reason: 'unsubscribed' }], now);
		const id = `unsubscribed/${link.token}`;
		await ledger.recordEvents(
			[{ ...aboutTouch(touch), id, type: 'unsubscribed', occurredAt: now }],
			now,
		);
		return show(200, 'done', unsubscribed, true);
	};
	try {
		// done twice it is done once
		return await within(
			UNSUBSCRIBE_MS,
			async () => await insist(carryOut, asked ? UNSUBSCRIBE_PAUSES : []),
		);
	} catch {
		// the page needs no ledger; its button finds out whether there is one again
		if (!asked) return show(200, 'confirm', lookedOnly);
		return notNow('notYet', notUnsubscribed, company);
	}
}

function forged(company: string): Opened {
	const answer: Answer = { status: 400, page: 'invalid', body: pageOf('invalid', company) };
	return { done: false, counted: false, answer, reasons: [badLink] };
}

/** To be tried again: mail programs and people see that it did not work. */
function notNow(page: 'notYet' | 'later', reason: Reason, company: string): Opened {
	const answer: Answer = { status: 503, page, body: pageOf(page, company) };
	return { done: false, counted: false, answer, reasons: [reason] };
}

function factsOf(link: Link): object {
	return { purpose: link.purpose, test: link.test };
}
