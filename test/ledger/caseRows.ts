import type { Case, CaseReason, Load } from '../../engine/escalation/case';
import type { CaseChanges, CaseMemory } from '../../engine/escalation/memory';
import type { JourneyEvent } from '../../engine/journeys/memory';
import {
	CASE_JOURNEY,
	type CaseQuery,
	type CaseWork,
	type Claim,
	type Ledger,
} from '../../ledger/ledger';
import { claimOf, eventOf, T0, touchOf } from './rows';

/** Cases with every field filled in, and the plainest router there is: what the ledger holds is to be right whoever decides. */

export const SLA = JSON.stringify({ calendar: 'Europe/Berlin', targets: [] });
export const FALLBACK = 'desk@vendor.example';

export function reasonOf(key: string, over: Partial<CaseReason> = {}): CaseReason {
	return {
		key,
		code: 'ticketP1',
		kind: 'escalation',
		priority: 'high',
		at: T0,
		text: `Because of ${key}`,
		...over,
	};
}

export function caseOf(no: number, over: Partial<Case> = {}): Case {
	return {
		no,
		accountId: 'acme',
		open: true,
		kind: 'escalation',
		priority: 'high',
		owner: { email: 'olga@vendor.example', name: 'Olga' },
		pool: 'emea',
		facts: { name: 'Acme', arr: 12_000 },
		openedAt: T0,
		escalatedAt: T0,
		reopened: 0,
		reasons: [reasonOf(`reason-${String(no)}`)],
		clocks: [{ kind: 'escalation', priority: 'high', startedAt: T0 }],
		pauses: [],
		told: [],
		pending: [],
		sla: SLA,
		...over,
	};
}

/** An account of its own for each. */
export function casesOf(count: number, over: (no: number) => Partial<Case> = () => ({})): Case[] {
	return Array.from({ length: count }, (_nothing, index) =>
		caseOf(index + 1, { accountId: `a${String(index + 1)}`, ...over(index + 1) }),
	);
}

export const closed = (resolvedAt: number, over: Partial<Case> = {}): Partial<Case> => ({
	open: false,
	outcome: 'solved',
	resolvedAt,
	...over,
});

/** The notice of a case as a touch. */
export function noticeOf(key: string, over: { accountId?: string; address?: string } = {}): Claim {
	return claimOf(
		touchOf(key, {
			journey: CASE_JOURNEY,
			stepId: 'opened',
			channel: 'alert',
			priority: 1,
			address: 'olga@vendor.example',
			...over,
		}),
		{ maxAttempts: 2 },
	);
}

export function workOf<Answer>(
	answer: Answer,
	{ claims = [], confirm = [], ...changes }: Partial<CaseChanges & CaseWork<Answer>>,
): CaseWork<Answer> {
	return {
		changes: { cases: [], days: [], notices: [], events: [], ...changes },
		claims,
		confirm,
		answer,
	};
}

/** Writes these, whatever is there. */
export async function write(
	ledger: Ledger,
	work: Partial<CaseChanges & CaseWork<undefined>>,
	now = T0,
): Promise<void> {
	await ledger.changeCases({ now }, () => workOf(undefined, work));
}

export async function casesIn(ledger: Ledger, query: Partial<CaseQuery>): Promise<readonly Case[]> {
	return (await ledger.cases({ now: T0, ...query })).cases;
}

export const nosIn = async (ledger: Ledger, query: Partial<CaseQuery>): Promise<number[]> =>
	(await casesIn(ledger, query)).map(({ no }) => no);

export type RoutedCall = { accountId: string; reason: CaseReason };
/** Who takes how many at a time. */
export type Rooms = Readonly<Record<string, number>>;
export type Routed = { opened: number[]; joined: number[]; most: Readonly<Record<string, number>> };

/** Opens a case or joins the open one; the first who has room gets it. */
export function route(
	memory: CaseMemory,
	calls: readonly RoutedCall[],
	rooms: Rooms,
): CaseWork<Routed> {
	const familyOf = (id: string): string => memory.survivorOf.get(id) ?? id;
	const open = new Map(
		memory.cases.filter((one) => one.open).map((one) => [familyOf(one.accountId), one]),
	);
	const loads = new Map<string, Load>(memory.loads);
	const changed = new Map<number, Case>();
	const events: JourneyEvent[] = [];
	const routed = { opened: [] as number[], joined: [] as number[] };
	let { nextNo } = memory;
	for (const { accountId, reason } of calls) {
		const family = familyOf(accountId);
		const before = open.get(family);
		if (before?.reasons.some(({ key }) => key === reason.key) === true) continue;
		let after: Case;
		if (before !== undefined) {
			after = { ...before, reasons: [...before.reasons, reason] };
			routed.joined.push(after.no);
		} else {
			const casesOfThem = (email: string): number => loads.get(email)?.cases ?? 0;
			const email =
				Object.entries(rooms).find(([who, room]) => casesOfThem(who) < room)?.[0] ?? FALLBACK;
			const no = nextNo++;
			after = caseOf(no, { accountId, owner: { email, name: email }, reasons: [reason] });
			const load = loads.get(email) ?? { cases: 0, arr: 0, lastNo: 0 };
			loads.set(email, {
				cases: load.cases + 1,
				arr: load.arr + (after.facts.arr ?? 0),
				lastNo: no,
			});
			routed.opened.push(no);
			events.push(
				eventOf(`case/${String(no)}/opened`, { accountId, type: 'case_opened', data: { no } }),
			);
		}
		open.set(family, after);
		changed.set(after.no, after);
	}
	const claims = routed.opened.map((no) =>
		noticeOf(`case/${String(no)}/opened`, { accountId: changed.get(no)?.accountId }),
	);
	const most = Object.fromEntries([...loads].map(([who, { cases }]) => [who, cases]));
	return workOf({ ...routed, most }, { cases: [...changed.values()], events, claims });
}

/** As a node does it: so many accounts at a time. */
export async function routeAll(
	ledger: Ledger,
	calls: readonly RoutedCall[],
	rooms: Rooms = {},
	{ now = T0, page = 2_000 }: { now?: number; page?: number } = {},
): Promise<Routed> {
	const all: Routed = { opened: [], joined: [], most: {} };
	for (let start = 0; start < calls.length; start += page) {
		const some = calls.slice(start, start + page);
		const { opened, joined, most } = await ledger.changeCases(
			{ accountIds: some.map(({ accountId }) => accountId), loads: true, now },
			(memory) => route(memory, some, rooms),
		);
		all.opened.push(...opened);
		all.joined.push(...joined);
		all.most = most;
	}
	return all;
}
