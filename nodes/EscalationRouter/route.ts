import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Call, CaseMemory, Notice } from '../../engine/escalation/memory';
import { endsOf, occurrenceOf } from '../../engine/escalation/occurrence';
import { routeCalls, type RouteOutcome } from '../../engine/escalation/routeCalls';
import type { Reason, Touch } from '../../engine/journeys/memory';
import { HUMAN_PRIORITY } from '../../engine/journeys/priority';
import type { CaseWork } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { sendDigests } from './several';
import { readLinks } from './links';
import { claimOf, confirmTold, readDelivery, touchFields, type Delivery } from './notices';
import { ROUTE_OUTPUTS } from './outputs';
import { PACKED_AT_ONCE, packsFor, type Packed } from './pack';
import { presentCase } from './present';
import type { Read } from './readCalls';
import { readRoute, type RouteSettings } from './readRoute';
import { NOTHING, sayRouted } from './routeHints';
import { openSession, type Session } from './session';
import { unwritten } from './unwritten';

/** Calls decided in one transaction; between two, other work gets its turn. */
const CHUNK = 500;
/** Items looked at before other work gets its turn. */
const READ_AT_ONCE = 5_000;
/** A run from the editor routes this many accounts at most. */
const TEST_ACCOUNTS = 10;

const NO_ENDS: ReadonlyMap<string, number> = new Map();

type Wanted = Extract<Read, { call: Call }>;

/** New, Updated, Unchanged, Digest, Not Routed. */
export async function route(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const { ledger, now } = session;
	const settings = readRoute(context, now);
	const delivery = readDelivery(session, [
		ROUTE_OUTPUTS.new,
		ROUTE_OUTPUTS.updated,
		ROUTE_OUTPUTS.digest,
	]);
	const links = await readLinks(session);
	if (session.mode === 'test' && settings.fresh) await ledger.forgetCases();

	const items = context.getInputData();
	const outputs: INodeExecutionData[][] = [[], [], [], [], []];
	const emit = (output: number, index: number, escalation: object): void => {
		const item = items[index] ?? { json: {} };
		outputs[output]?.push(withAdded(item, index, 'escalation', escalation));
	};
	const wanted: Wanted[] = [];
	const leftOut = new Map<keyof typeof NOTHING, number>();
	for (const [index, { json }] of items.entries()) {
		if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await new Promise(setImmediate);
		const read = settings.readCall(json, index);
		if ('problem' in read) emit(ROUTE_OUTPUTS.notRouted, index, unreadable(read.problem, index));
		else if ('nothing' in read) {
			leftOut.set(read.nothing, (leftOut.get(read.nothing) ?? 0) + 1);
			const reasons = [{ code: read.nothing, text: NOTHING[read.nothing] }];
			emit(ROUTE_OUTPUTS.unchanged, index, { state: 'none', notify: false, reasons });
		} else wanted.push(read);
	}
	const page = session.mode === 'test' ? wanted.slice(0, TEST_ACCOUNTS) : wanted;

	const counts = {
		opened: 0,
		raised: 0,
		reopened: 0,
		joined: 0,
		reassigned: 0,
		known: 0,
		waiting: 0,
	};
	let ofStrangers = 0;
	for (let start = 0; start < page.length; start += CHUNK) {
		const chunk = page.slice(start, start + CHUNK);
		const { outcomes, ofStrangers: left } = await decide(session, settings, chunk, delivery.dry);
		ofStrangers = left;
		delivery.told.push(...noticesOf(outcomes));
		const pack = await packsFor(
			session,
			links,
			outcomes.flatMap(({ notice, case: one }) => (notice === undefined ? [] : [one])),
		);
		for (const [place, outcome] of outcomes.entries()) {
			const read = chunk[place];
			if (read === undefined) continue;
			const { index, unread } = read;
			if (place % PACKED_AT_ONCE === 0) await new Promise(setImmediate);
			counts[outcome.what]++;
			if (outcome.case.digest === 'waiting') counts.waiting++;
			const json = items[index]?.json ?? {};
			emit(
				outputOf(outcome),
				index,
				outcomeFields(outcome, unread, session, delivery, (notice) => pack(notice, json)),
			);
		}
	}
	const digests = await sendDigests(session, settings.router, { delivery, links });
	outputs[ROUTE_OUTPUTS.digest]?.push(...digests);
	await confirmTold(session, delivery);
	sayRouted(context, {
		counts,
		leftOut,
		withoutRate: settings.withoutRate,
		unread: page.flatMap(({ unread }) => unread),
		delivery,
		digests: digests.length,
		ofStrangers,
		more: wanted.length - page.length,
	});
	return outputs;
}

/** @property ofStrangers open cases, as they were before, of people who are not in the policy any more */
type Decided = { outcomes: RouteOutcome[]; ofStrangers: number };

/** Decides and writes a chunk in one transaction; hand-overs of journeys are the case's from then on. */
async function decide(
	{ ledger, now, receivedAt, began }: Session,
	{ router }: RouteSettings,
	chunk: readonly Wanted[],
	dry: boolean,
): Promise<Decided> {
	const accountIds = chunk.map(({ call }) => call.accountId);
	const keys = [...new Set(chunk.flatMap(({ handOver }) => handOver ?? []))];
	return await ledger.changeCases(
		{ accountIds, loads: true, now, receivedAt },
		(memory: CaseMemory, handOvers: ReadonlyMap<string, Touch>): CaseWork<Decided> => {
			const ends = chunk.some(({ recurs }) => recurs) ? endsOf(memory.cases) : NO_ENDS;
			const calls = chunk
				.map(({ call, recurs }) => (recurs ? recurring(call, ends, began) : call))
				.map((call) => silencing(call, handOvers));
			const { outcomes, changes } = routeCalls(router, memory, calls, now);
			let ofStrangers = 0;
			for (const [email, { cases }] of memory.loads) if (!router.has(email)) ofStrangers += cases;
			const answer = { outcomes, ofStrangers };
			if (dry) return unwritten(answer);
			const claims = changes.notices.map((notice) => claimOf(notice, now));
			return { changes, claims, confirm: keys, answer };
		},
		keys,
	);
}

/** Told anew after its case was resolved, it is a new need. */
function recurring(call: Call, ends: ReadonlyMap<string, number>, began: number): Call {
	const reasons = call.reasons.map((reason) => ({
		...reason,
		key: occurrenceOf(reason.key, ends, began),
	}));
	return { ...call, reasons };
}

/** What an escalation stops is told by its hand-over: every journey, or with sales expansion only (P06). */
function silencing(call: Call, handOvers: ReadonlyMap<string, Touch>): Call {
	const reasons = call.reasons.map((reason) =>
		reason.kind === 'escalation'
			? { ...reason, silences: handOvers.get(reason.key)?.priority ?? HUMAN_PRIORITY }
			: reason,
	);
	return { ...call, reasons };
}

function noticesOf(outcomes: readonly RouteOutcome[]): Notice[] {
	return outcomes.flatMap(({ notice }) => notice ?? []);
}

function outputOf({ what }: RouteOutcome): number {
	if (what === 'known') return ROUTE_OUTPUTS.unchanged;
	return what === 'opened' || what === 'reopened' ? ROUTE_OUTPUTS.new : ROUTE_OUTPUTS.updated;
}

function outcomeFields(
	{ what, case: one, notice, reasons }: RouteOutcome,
	unread: readonly Reason[],
	session: Session,
	delivery: Delivery,
	pack: (notice: Notice) => Packed,
): object {
	return {
		...presentCase(one, session.now),
		what,
		...(notice === undefined
			? { notify: false, mode: delivery.dry ? 'dry' : session.mode }
			: { ...touchFields(notice, session, delivery), ...pack(notice) }),
		...(one.digest === 'waiting' ? { inDigest: true } : {}),
		reasons: [...reasons, ...unread],
	};
}

function unreadable(problem: string, index: number): object {
	return {
		state: 'notRouted',
		notify: false,
		reasons: [{ code: 'notAnAccount', text: `Item ${String(index + 1)} ${problem}.` }],
	};
}
