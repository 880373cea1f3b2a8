import type { INodeExecutionData } from 'n8n-workflow';
import { accountSchema, type Account } from '../../engine/accounts/account';
import { groupBy } from '../../engine/escalation/families';
import type { Enrollment, JourneyEvent } from '../../engine/journeys/memory';
import { foldProgress, type Progress } from '../../engine/journeys/progress';
import type { Walk } from '../../engine/stalls/walk';
import type { Ledger } from '../../ledger/ledger';
import { readId } from '../platform/readId';
import { isCustomer } from './isCustomer';
import type { StallSettings } from './readStalls';

/** Accounts read in one go: reading takes a moment in which n8n does nothing else. */
const PAGE = 2_000;

export type Walks = {
	readonly walks: Walk[];
	/** How many finished set-up or reached first value. */
	readonly arrived: number;
};

/**
 * How each account that began since `from` went through set-up: whom the journey enrolled, by the ledger and the CRM; and whom
 * the CRM alone knows, with what it says of set-up, as before the journey's go-live.
 */
export async function walksOf(
	ledger: Ledger,
	items: readonly INodeExecutionData[],
	settings: StallSettings & { from: number },
): Promise<Walks> {
	const records = recordsIn(items);
	const found: Went[] = [];
	// records that were merged are one customer, also where they stand on two pages
	const seen = new Set<string>();
	const { journeyId: journey, from, now } = settings;
	for (let after: string | undefined = ''; after !== undefined;) {
		const query = { journey, from, until: now + 1, after, limit: PAGE };
		const accountIds = await ledger.enrolledAccounts(query);
		const memory = await ledger.recall({ journey, dry: false, accountIds, addresses: [], now });
		const survivor = (id: string): string => memory.survivorOf.get(id) ?? id;
		const enrollments = groupBy(memory.enrollments, ({ accountId }) => survivor(accountId));
		const events = groupBy(memory.events, ({ accountId }) => survivor(accountId));
		for (const accountId of new Set(accountIds.map(survivor))) {
			if (seen.has(accountId)) continue;
			seen.add(accountId);
			const latest = latestOf(enrollments.get(accountId) ?? [], from);
			if (latest === undefined) continue;
			const record = records.get(accountId) ?? { accountId };
			found.push(enrolled(record, latest, events.get(accountId) ?? [], settings));
		}
		for (const id of accountIds) seen.add(id);
		after = accountIds.length < PAGE ? undefined : accountIds.at(-1);
	}
	for (const [accountId, record] of records) {
		if (!seen.has(accountId)) found.push(...known(record, settings));
	}
	return {
		walks: found.map(({ walk }) => walk),
		arrived: found.filter((one) => one.arrived).length,
	};
}

/** What the CRM knows of customers and their set-up, by account. */
function recordsIn(items: readonly INodeExecutionData[]): Map<string, Account> {
	const records = new Map<string, Account>();
	for (const { json } of items) {
		const accountId = readId(json.accountId);
		if (accountId === undefined || records.has(accountId) || !isCustomer(json)) continue;
		const { setup, timezone, createdAt, startedAt } = json;
		const given = { accountId, setup, timezone, createdAt, startedAt };
		const record = accountSchema.safeParse(given).data;
		if (record !== undefined) records.set(accountId, dated(record));
	}
	return records;
}

/** When a step without a date was done the journey knows, from the day on which it saw it first. */
function dated(account: Account): Account {
	const { setup } = account;
	if (setup === undefined) return account;
	const completed = setup.completed.filter(({ at }) => at !== undefined);
	return { ...account, setup: { ...setup, completed } };
}

function latestOf(enrollments: readonly Enrollment[], from: number): Enrollment | undefined {
	return enrollments
		.filter(({ anchorAt }) => anchorAt >= from)
		.toSorted((a, b) => b.cycle - a.cycle)[0];
}

type Went = { readonly walk: Walk; readonly arrived: boolean };

function enrolled(
	account: Account,
	{ anchorAt, state, endedAt }: Enrollment,
	events: readonly JourneyEvent[],
	settings: StallSettings,
): Went {
	const progress = progressOf(account, events, settings);
	return wentFrom(account, anchorAt, progress, { ...settings, endedAt, isOver: state === 'ended' });
}

/** Nothing where the CRM does not say when it began, or says nothing of set-up. */
function known(account: Account, settings: StallSettings & { from: number }): Went[] {
	const progress = progressOf(account, [], settings);
	const { startAt } = progress;
	const { from, now } = settings;
	if (account.setup === undefined || startAt === undefined) return [];
	if (startAt < from || startAt > now) return [];
	return [wentFrom(account, startAt, progress, settings)];
}

function progressOf(
	account: Account,
	events: readonly JourneyEvent[],
	{ checklist, zone, now }: StallSettings,
): Progress {
	return foldProgress(account, events, { checklist: [...checklist] }, zoneOf(account, zone), now);
}

function wentFrom(
	account: Account,
	startAt: number,
	{ firstValueAt, finishedAt, completed }: Progress,
	until: { now: number; zone: string; endedAt?: number | undefined; isOver?: boolean },
): Went {
	const { now, zone, endedAt, isOver = false } = until;
	const endAt = Math.min(firstValueAt ?? now, endedAt ?? now);
	const walk: Walk = {
		startAt,
		endAt: Math.max(endAt, startAt),
		goesOn: !isOver && firstValueAt === undefined,
		completed: new Map(completed.map(({ step, at }) => [step, at])),
		zone: zoneOf(account, zone),
	};
	return { walk, arrived: firstValueAt !== undefined || finishedAt !== undefined };
}

function zoneOf({ timezone }: Account, zone: string): string {
	return timezone ?? zone;
}
