import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { outcomesOf } from '../../engine/crm/batches';
import type { CrmTold } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { notDone } from './subjects';

const batchSchema = z.object({
	target: z.enum(['hubspot', 'salesforce']),
	accounts: z.array(z.object({ accountId: z.string(), told: z.string() })),
});
type Batch = z.infer<typeof batchSchema>;

/** The part of n8n's data proxy used here; n8n types it as `any`. */
type DataProxy = { $: (nodeName: string) => { itemMatching: (index: number) => unknown } };

/**
 * Remembers what the CRM was told, by its answer: record by record. What was refused, or of which the answer says nothing,
 * is told again by the next run. Output 1: each of those, with the code the CRM gave.
 */
export async function confirmCrmExport(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const isTest = runModeOf(context) === 'test';
	const batchOf = finderOf(context);
	const done: INodeExecutionData[] = [];
	const failed: INodeExecutionData[] = [];
	const told = new Map<Batch['target'], CrmTold[]>();
	for (const [index, item] of items.entries()) {
		if (readBatch(item.json) !== undefined) {
			const text =
				'the call to the CRM did not run, so nothing was written. Enable the node before this one.';
			failed.push(notDone(item, index, 'notCalled', text));
			continue;
		}
		const batch = batchOf(index);
		if (batch === undefined) {
			const text =
				'the batch it answers was not found. Put this node right behind the call that writes what Export for CRM gave.';
			failed.push(notDone(item, index, 'noBatch', text));
			continue;
		}
		const { target, accounts } = batch;
		const outcomes = outcomesOf(
			target,
			accounts.map(({ accountId }) => accountId),
			answerIn(item.json),
		);
		const written = accounts.filter((_account, place) => outcomes[place]?.done === true);
		told.set(target, [...(told.get(target) ?? []), ...written]);
		const counts = { confirmed: written.length, refused: accounts.length - written.length };
		done.push(withAdded(item, index, 'ledger', counts));
		for (const { accountId, done: isDone, why = 'noAnswer' } of outcomes) {
			if (isDone) continue;
			const text = `The CRM did not write the record of this account (${why}). It is told again by the next run.`;
			const ledger = { done: false, reasons: [{ code: why, text }] };
			failed.push({ json: { accountId, ledger }, pairedItem: { item: index } });
		}
	}
	if (isTest) {
		context.addExecutionHints({
			message:
				'Test run: nothing is remembered, so the published workflow tells the CRM once more.',
			type: 'info',
			location: 'outputPane',
		});
	} else {
		const now = readNow(context);
		const ledger = await openLedger(context, 'live');
		for (const [target, rows] of told) await ledger.toldCrm(target, rows, now);
	}
	return [done, failed];
}

/** The call's answer: in `body` where HTTP Request was asked for the full response. */
function answerIn(json: Readonly<Record<string, unknown>>): unknown {
	return 'statusCode' in json && 'body' in json ? json.body : json;
}

/** The call replaces the item, so the batch stands on the one it came from at Export for CRM. */
function finderOf(context: IExecuteFunctions): (index: number) => Batch | undefined {
	const exports = context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ parameters }) => parameters?.operation === 'exportForCrm')
		.reverse();
	const proxy: DataProxy | undefined =
		exports.length === 0 ? undefined : context.getWorkflowDataProxy(0);
	return (index) => {
		for (const { name } of exports) {
			try {
				const item = proxy?.$(name).itemMatching(index);
				const json: unknown =
					typeof item === 'object' && item !== null && 'json' in item ? item.json : undefined;
				const batch = readBatch(json);
				if (batch !== undefined) return batch;
			} catch {
				// n8n throws where an item's origin is lost or in another branch; that is said on its output
			}
		}
		return undefined;
	};
}

function readBatch(json: unknown): Batch | undefined {
	const crm: unknown =
		typeof json === 'object' && json !== null && 'crm' in json ? json.crm : undefined;
	return batchSchema.safeParse(crm).data;
}
