import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { z } from 'zod/v4';
import { openPostOffice, smtpCredential } from '../../services/mail/postOffice';
import { readerOfHandedOut } from '../platform/handedOut';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { parseConfiguration } from '../platform/problems';
import { runModeOf } from '../platform/runMode';
import { deliverAll } from './delivery';
import { hintsOf } from './hints';
import { readReview, rememberUse } from './inUse';
import type { Delivered, Sendable } from './oneMail';
import { paceOf } from './pace';
import { notForUs } from './reasons';
import { isReason, touchOf } from './touch';
import { compileWriter, makesLinks } from './writer';

/**
 * The node: touches in, `[sent, not sent]` out, each item on exactly one of them with its `delivery`.
 * @throws NodeOperationError when the node itself is not set up, before anything is sent; when it continues on fail,
 * the items go to *not sent* instead, because n8n would pass them on as if they were sent
 */
export async function sendTouches(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const deliveries = await deliverOrHold(context, items);
	const outputs: { sent: INodeExecutionData[]; notSent: INodeExecutionData[] } = {
		sent: [],
		notSent: [],
	};
	items.forEach((item, index) => {
		const delivered = deliveries.get(index);
		if (delivered === undefined) return;
		const delivery = { ...delivered, at: new Date(delivered.at).toISOString() };
		outputs[delivered.state].push(withAdded(item, index, 'delivery', delivery));
	});
	const hints = hintsOf([...deliveries.values()]);
	if (hints.length > 0) context.addExecutionHints(...hints);
	return [outputs.sent, outputs.notSent];
}

async function deliverOrHold(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<Map<number, Delivered>> {
	if (!context.continueOnFail()) return await deliver(context, items);
	try {
		return await deliver(context, items);
	} catch (error) {
		const text = error instanceof NodeOperationError ? error.message : 'the node could not start';
		const reasons = [{ code: 'notSetUp', text: `Not sent: ${text}.` }];
		return new Map(
			items.map((_item, index) => [index, { state: 'notSent', at: Date.now(), reasons }]),
		);
	}
}

async function deliver(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<Map<number, Delivered>> {
	const run = runModeOf(context);
	const clock = clockFrom(readNow(context));
	const credential = parseConfiguration(
		context.getNode(),
		'SMTP credential',
		smtpCredential,
		await context.getCredentials('smtp'),
	);
	const review = readReview(context);
	const ledger = await openLedger(context, run);
	const write = compileWriter(context, {
		// a tester sends the same touch again and again, and mailboxes hide a second mail with the same Message-ID
		attempt: run === 'test' ? ` ${context.getExecutionId()}` : '',
		secret: makesLinks(context) ? await ledger.secret() : '',
		test: run === 'test',
	});

	const handedOut = readerOfHandedOut(context);
	const results = new Map<number, Delivered>();
	const sendable: Sendable[] = [];
	const seen = new Set<string>();
	items.forEach((item, index) => {
		const touch = touchOf(handedOut(item.json), run);
		const reason = isReason(touch) ? touch : seen.has(touch.key) ? notForUs.repeated() : undefined;
		if (isReason(touch) || reason !== undefined) {
			results.set(index, {
				state: 'notSent',
				at: clock(),
				reasons: reason === undefined ? [] : [reason],
			});
			return;
		}
		seen.add(touch.key);
		const { key, toHuman } = touch;
		sendable.push({ index, key, toHuman, write: () => write(touch, item, index) });
	});
	if (sendable.length === 0) return results;

	const post = openPostOffice(credential, {
		allowUnauthorizedCerts:
			context.getNodeParameter('options.allowUnauthorizedCerts', 0, false) === true,
	});
	const signal = context.getExecutionCancelSignal();
	const stopped = (): boolean => signal?.aborted === true;
	const pace = paceOf(
		Number(context.getNodeParameter('options.mailsPerMinute', 0, 0)),
		clock,
		stopped,
	);
	const leases =
		pace === undefined ? new Map<string, number>() : await leasesOf(items, ledger, clock());
	try {
		const delivered = await deliverAll(sendable, {
			ledger,
			post,
			clock,
			stopped,
			resend: context.getNodeParameter('options.fateUnknown', 0, 'hold') === 'sendAgain',
			pace,
			leaseEnds: (key) => leases.get(key) ?? Infinity,
			confirmPauses: CONFIRM_PAUSES,
		});
		const toCustomer = new Set(
			sendable.filter(({ toHuman }) => !toHuman).map(({ index }) => index),
		);
		const isInUse = [...delivered].some(
			([index, { state }]) => state === 'sent' && toCustomer.has(index),
		);
		if (run === 'live' && isInUse) await rememberUse(context, ledger, review, clock());
		const { reviewedAt } = review;
		const handedOn = reviewedAt === undefined ? {} : { reviewedAt };
		return new Map(
			[...results, ...delivered].map(([index, one]) => [index, { ...one, ...handedOn }]),
		);
	} finally {
		post.close();
	}
}

/** A database that restarts or is locked is there again within seconds; together about ten. */
const CONFIRM_PAUSES = [250, 500, 1000, 2000, 3000, 3000];

const claimedItem = z.looseObject({
	accountId: z.string().catch(''),
	journey: z.looseObject({ journey: z.string() }).optional().catch(undefined),
	escalation: z.looseObject({ key: z.string() }).optional().catch(undefined),
});

/** Under what the ledger keeps notices of cases. */
const NOTICES = 'escalations';

/** When the claims end, by key. What is not found is left to `beginSending` to refuse. */
async function leasesOf(
	items: readonly INodeExecutionData[],
	ledger: Ledger,
	now: number,
): Promise<ReadonlyMap<string, number>> {
	const accounts = new Map<string, string[]>();
	const note = (journey: string, accountId: string): void => {
		const others = accounts.get(journey);
		if (others === undefined) accounts.set(journey, [accountId]);
		else others.push(accountId);
	};
	for (const { json } of items) {
		const { data } = claimedItem.safeParse(json);
		if (data?.journey !== undefined) note(data.journey.journey, data.accountId);
		if (data?.escalation !== undefined) note(NOTICES, data.accountId);
	}
	const leases = new Map<string, number>();
	for (const [journey, accountIds] of accounts) {
		const query = { journey, dry: false, accountIds, addresses: [], now };
		for (const { key, leaseUntil } of (await ledger.recall(query)).touches)
			if (leaseUntil !== undefined) leases.set(key, leaseUntil);
	}
	return leases;
}

/** Runs on from the node's present: a lease that ends during a long batch has to be seen. */
function clockFrom(now: number): () => number {
	const started = performance.now();
	return () => Math.round(now + performance.now() - started);
}
