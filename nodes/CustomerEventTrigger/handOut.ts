import type { IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { InboxBatch } from '../../ledger/ledger';
import { Drain, type Outcome } from './drain';
import { outputsOf } from './items';
import { ledgerOf } from './ledgerOf';
import { inboxOf, readSettings } from './settings';
import { onArrival } from './wake';

const DAY_MS = 86_400_000;
/** Enough for whatever one call in the editor brings. */
const MOST_IN_TEST = 5000;
const TEST_LEASE_MS = 1000;

/** Hands out what was taken in, as long as the workflow is published; in the editor what the call just brought. */
export async function handOut(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const settings = readSettings(context);
	if (context.getMode() === 'manual') {
		return {
			manualTriggerFunction: async () => {
				await showTest(context);
			},
		};
	}
	const inbox = inboxOf(context);
	// here, so that what cannot work keeps the workflow from being published
	await ledgerOf(context, 'live');
	const drain = new Drain({
		inbox,
		ledger: async () => await ledgerOf(context, 'live'),
		execute: async (batch) => await execute(context, batch),
		batchSize: settings.batchSize,
		batchesAtOnce: settings.batchesAtOnce,
		betweenMs: settings.secondsBetween * 1000,
		keepMs: settings.keepDays * DAY_MS,
		again: settings.onFailure === 'again',
		report: (sentence) => {
			context.logger.warn(`${context.getNode().name}: ${sentence}`);
		},
	});
	const forgetMe = onArrival(inbox, () => {
		drain.tell();
	});
	drain.start();
	return {
		closeFunction: async () => {
			forgetMe();
			await drain.close();
		},
	};
}

/** n8n starts at most one execution per key, so that of two processes that hold the same batch one alone does. */
async function execute(
	context: ITriggerFunctions,
	{ key, attempt, events }: InboxBatch,
): Promise<Outcome> {
	const done = context.helpers.createDeferredPromise<IRun | undefined>();
	context.emit(
		outputsOf(events, attempt),
		undefined,
		done as Parameters<ITriggerFunctions['emit']>[2],
		`digital-cs/${key}`,
	);
	const run = await done.promise;
	// undefined: the key was used before, so there is an execution
	const status = run?.status;
	return status === 'error' || status === 'crashed' || status === 'canceled' ? 'failed' : 'done';
}

async function showTest(context: ITriggerFunctions): Promise<void> {
	const ledger = await ledgerOf(context, 'test');
	const inbox = inboxOf(context);
	const now = Date.now();
	const query = { inbox, now, leaseMs: TEST_LEASE_MS, sizes: [MOST_IN_TEST] };
	const batch = await ledger.takeUp(query);
	if (batch !== undefined) await ledger.settle(inbox, batch.key, { done: true, at: now });
	context.emit(outputsOf(batch?.events ?? []));
}
