import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isoIn } from '../../engine/calendar/isoIn';
import { startOfLocalDate } from '../../engine/calendar/localTime';
import type { CrmTouch } from '../../engine/crm/facts';
import { compileAmount } from '../../engine/tiers/amount';
import { readHealth, type TriageAccount } from '../../engine/triage/account';
import { listsOf, sayEntries, type Entry, type OwnerList } from '../../engine/triage/lists';
import { triageQueue } from '../../engine/triage/queue';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { readId } from '../platform/readId';
import { textOf } from '../platform/rows';
import { sayTriage } from './hints';
import { isCustomer } from './isCustomer';
import { readTriage, type TriageSettings } from './readTriage';

/** The queue is put in order as a whole; beyond this a team has another problem. */
const MOST_CASES = 20_000;

/**
 * The triage queue (R27): on output 0 each account that needs a look, the most pressing first; on output 1 a list for each
 * owner. Asks the ledger twice, however many accounts there are.
 */
export async function triage(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readTriage(context);
	const { now, zone, mostAccounts } = settings;
	const { accounts, places, withHealth } = readAccounts(context, settings);
	// looking is safe: also from the editor it shows what is open in truth
	const ledger = await openLedger(context, 'live');
	const alerted = accounts.filter(({ alerts }) => alerts.length > 0);
	const { cases, survivorOf } = await ledger.cases({
		accountIds: alerted.map(({ accountId }) => accountId),
		open: { limit: MOST_CASES },
		now,
	});
	const queue = triageQueue(accounts, {
		cases,
		survivorOf,
		now,
		endOfDay: startOfLocalDate(now, 1, zone),
	});
	const shown = queue.slice(0, mostAccounts);
	const ids = shown.map(({ account }) => account.accountId);
	// of no CRM: what it was told is of no interest here
	const facts = new Map((await ledger.crmFacts('', ids)).map((one) => [one.accountId, one]));
	const entries = sayEntries(shown, (accountId) => facts.get(accountId), settings);
	const lists = entries.length === 0 && !settings.listWhenEmpty ? [] : listsOf(entries, settings);
	context.addExecutionHints(
		...sayTriage({
			shown: shown.length,
			wanted: queue.length,
			accounts: accounts.length,
			withHealth,
		}),
	);
	const items = context.getInputData();
	const itemOf = (entry: Entry): INodeExecutionData => {
		const place = places.get(entry.account.accountId);
		const item = place === undefined ? undefined : items[place];
		const report = presentEntry(entry, settings);
		if (place === undefined || item === undefined) {
			const { accountId, name, arr, csm } = entry.account;
			return { json: { accountId, name, arr, csm, report }, pairedItem: { item: 0 } };
		}
		return withAdded(item, place, 'report', report);
	};
	const listItem = (list: OwnerList): INodeExecutionData => ({
		json: { report: presentList(list) },
		pairedItem: list.entries.length === 0 ? { item: 0 } : list.entries.map(pairOf),
	});
	const pairOf = ({ account }: Entry): { item: number } => ({
		item: places.get(account.accountId) ?? 0,
	});
	return [entries.map(itemOf), lists.map(listItem)];
}

type ReadAccounts = {
	accounts: TriageAccount[];
	/** Of each account its first item. */
	places: ReadonlyMap<string, number>;
	/** How many have been scored. */
	withHealth: number;
};

function readAccounts(
	context: IExecuteFunctions,
	{ currency, rates }: Pick<TriageSettings, 'currency' | 'rates'>,
): ReadAccounts {
	const amountOf = compileAmount(currency, rates);
	const places = new Map<string, number>();
	const accounts: TriageAccount[] = [];
	let withHealth = 0;
	for (const [place, { json }] of context.getInputData().entries()) {
		const accountId = readId(json.accountId);
		if (accountId === undefined || places.has(accountId)) continue;
		places.set(accountId, place);
		const health = readHealth(json.health);
		if (health !== undefined) withHealth++;
		const arr = amountOf(json.arr, json.currency);
		accounts.push({
			accountId,
			name: textOf(json.name) || undefined,
			arr: typeof arr === 'number' ? arr : undefined,
			csm: textOf(json.csm) || undefined,
			score: health?.score,
			band: health?.band,
			// nobody looks after a test account, or one that has left; a case of theirs is somebody's all the same
			alerts: isCustomer(json) ? (health?.alerts ?? []) : [],
			lowers: health?.lowers ?? [],
			fall: health?.fall ?? 0,
		});
	}
	return { accounts, places, withHealth };
}

function presentEntry(entry: Entry, { zone }: Pick<TriageSettings, 'zone'>): IDataObject {
	const { rank, pressing, owner, reasons, nextStep, account, facts } = entry;
	const dueAt = entry.case?.due?.dueAt;
	return {
		rank,
		pressing,
		owner: { ...owner },
		...(account.arr === undefined ? {} : { arr: account.arr }),
		reasons: reasons.map((reason) => ({ ...reason })),
		nextStep: { ...nextStep },
		...(entry.case === undefined ? {} : { case: entry.case.case.no }),
		...(dueAt === undefined ? {} : { dueAt: isoIn(dueAt, zone) }),
		...touch('lastTouch', facts?.lastTouch, zone),
		...touch('nextTouch', facts?.nextTouch, zone),
		journeys: facts?.journeys ?? [],
	};
}

function touch(name: string, found: CrmTouch | undefined, zone: string): IDataObject {
	if (found === undefined) return {};
	const { at, journey, stepId: step, channel } = found;
	return { [name]: { at: isoIn(at, zone), journey, step, channel } };
}

function presentList({
	owner,
	entries,
	count,
	urgent,
	subject,
	html,
	slack,
}: OwnerList): IDataObject {
	const accounts = entries.map(({ account }) => account.accountId);
	return { owner: { ...owner }, count, urgent, subject, html, slack, accounts };
}
