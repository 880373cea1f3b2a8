import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { bodyOf, MOST_PER_CALL, type CrmChange } from '../../engine/crm/batches';
import { isNews, recordOf, textOfRecord } from '../../engine/crm/record';
import { localDay } from '../../engine/health/history/localDay';
import type { Ledger } from '../../ledger/ledger';
import { LIMITS_MODEL } from '../platform/limitsModel';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { runModeOf } from '../platform/runMode';

/** Accounts looked at in one go: reading takes a moment in which n8n does nothing else. */
const PAGE = 500;
/** Somebody who tries the flow sees what it writes, of a few. */
const MOST_IN_TEST = 3;

const targetSchema = z.enum(['hubspot', 'salesforce']).catch('hubspot');
const limitSchema = z.number().min(1).catch(10_000);

/** How many changes are wanted yet, and what was found. */
type Search = { target: string; wanted: number; changes: CrmChange[]; last: string };

/**
 * One item per call to the CRM, each with the body of the call: accounts whose record shows something else than the ledger
 * knows. The next run begins behind the last account of this one, so that records which a CRM refuses keep nobody
 * waiting. What was written is not told again once *Confirm CRM Export* has run.
 */
export async function exportForCrm(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const target = targetSchema.parse(context.getNodeParameter('crm', 0, 'hubspot'));
	const limit = limitSchema.parse(context.getNodeParameter('accountsPerRun', 0, 10_000));
	const model = readText(context, 'healthModel');
	const today = localDay(readNow(context), context.getTimezone());
	const isTest = runModeOf(context) === 'test';
	// looking is safe, and shows what the CRM would be told in truth
	const ledger = await openLedger(context, 'live');
	const options = {
		...(model === '' ? {} : { model }),
		today,
		notModels: [LIMITS_MODEL],
	};
	const begin = await ledger.crmCursor(target);
	const search: Search = {
		target,
		wanted: isTest ? Math.min(limit, MOST_IN_TEST) : limit,
		changes: [],
		last: begin,
	};
	const recordFor = (facts: Parameters<typeof recordOf>[0]) => recordOf(facts, options);
	await collect(ledger, search, recordFor, { from: begin });
	if (search.changes.length < search.wanted && begin !== '')
		await collect(ledger, search, recordFor, { from: '', upTo: begin });
	if (!isTest && search.last !== begin) await ledger.moveCrmCursor(target, search.last);
	say(context, search.changes.length, isTest);
	const idProperty = target === 'hubspot' ? readText(context, 'idProperty') : '';
	const items: INodeExecutionData[] = [];
	for (let start = 0; start < search.changes.length; start += MOST_PER_CALL[target]) {
		const batch = search.changes.slice(start, start + MOST_PER_CALL[target]);
		const accounts = batch.map(({ accountId, record }) => ({
			accountId,
			told: textOfRecord(record),
		}));
		const crm = { target, body: bodyOf(target, batch, idProperty), accounts };
		items.push({ json: { crm }, pairedItem: { item: 0 } });
	}
	return [items, []];
}

/** Adds changes of the accounts after `from`, in the ledger's order, until enough are found. */
async function collect(
	ledger: Ledger,
	search: Search,
	recordFor: (facts: Parameters<typeof recordOf>[0]) => ReturnType<typeof recordOf>,
	{ from, upTo }: { from: string; upTo?: string },
): Promise<void> {
	let after = from;
	for (;;) {
		const ids = await ledger.knownAccounts(after, PAGE);
		const facts = await ledger.crmFacts(search.target, ids);
		for (const known of facts) {
			if (search.changes.length >= search.wanted) return;
			const record = recordFor(known);
			if (isNews(record, known.told)) {
				search.changes.push({ accountId: known.accountId, record });
				search.last = known.accountId;
			}
			if (known.accountId === upTo) return;
		}
		const last = ids.at(-1);
		if (last === undefined || ids.length < PAGE) return;
		after = last;
	}
}

function say(context: IExecuteFunctions, count: number, isTest: boolean): void {
	const message =
		count === 0
			? 'The CRM knows everything: no record shows anything else than the ledger.'
			: isTest
				? `Test run: at most ${String(MOST_IN_TEST)} changed records. What stands behind this node writes them to your CRM.`
				: `${String(count)} changed ${count === 1 ? 'record' : 'records'} for the CRM.`;
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}
