import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Enrollment, JourneyEvent } from '../../engine/journeys/memory';
import {
	CASE_JOURNEY,
	type Ledger,
	type LogEntry,
	type PauseOf,
	type Timeline,
} from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import {
	iso,
	neverInByAccount,
	NOWHERE,
	sayUndecided,
	sayUnknownAddress,
	sayUnknownJourney,
} from './neverIn';
import { readSubjects } from './subjects';

/** One thing that happened, or was decided; `order` is its time in ms since 1970. */
type Entry = { order: number; what: string; detail: object };

/**
 * Why an account did or did not get something: events, enrolments and every decision with its reason, live and dry,
 * oldest first; which journeys do not have the account, and which gates hold it; what waits and until when; and pauses.
 */
export async function lookUp(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const journey = readText(context, 'journeyId');
	const ids = readSubjects(context, 'lookUpField');
	// looking is safe: also from the editor it shows what customers really got
	const ledger = await openLedger(context, 'live');
	const now = readNow(context);
	const named = [...new Set(ids.filter((id) => id !== undefined))];
	const accountOf = await accountsAt(ledger, named, now);
	const told = await ledger.timeline([...new Set([...named, ...accountOf.values()])]);
	const pauses = await ledger.pauses(now);
	const timelines = byAccount(told, journey);
	const neverIn = neverInByAccount(told, journey);
	const known = journey === '' ? [] : await ledger.knownJourneys();
	// notices of cases are no journey's
	const isUnknownJourney = ![...known, CASE_JOURNEY, ''].includes(journey);
	const nobodys = await ledger.nobodysEvents(named);
	const survivor = (id: string): string => told.survivorOf.get(id) ?? id;
	// an id may look like an address
	const meant = (id: string): string =>
		timelines.has(survivor(id)) || neverIn.has(survivor(id))
			? survivor(id)
			: survivor(accountOf.get(id) ?? id);

	const found: INodeExecutionData[] = [];
	const unknown: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const id = ids[index];
		const account = id === undefined ? undefined : meant(id);
		const own = timelines.get(account ?? '') ?? [];
		const entries = [...own];
		for (const event of nobodys.filter(({ id: own, contact }) => isAbout(id, own, contact)))
			entries.push({ order: event.occurredAt, what: 'event', detail: nobodysDetail(event) });
		const { notIn, heldByGate } = neverIn.get(account ?? '') ?? NOWHERE;
		const isPaused = pauses.some(({ scope, id }) => scope === 'account' && id === account);
		const isFound = isPaused || entries.length + notIn.length + heldByGate.length > 0;
		const isDecided =
			notIn.length + heldByGate.length > 0 || own.some(({ what }) => what !== 'event');
		const reasons = isUnknownJourney ? [sayUnknownJourney(journey, known)] : [];
		if (own.length === 0 && !isDecided && id?.includes('@') === true && !accountOf.has(id))
			reasons.push(sayUnknownAddress());
		// what is no account's is told as such
		else if (!isDecided && (!isFound || isPaused || own.length > 0))
			reasons.push(sayUndecided(journey, own.length > 0));
		if (account === undefined || !isFound) {
			unknown.push(withAdded(item, index, 'ledger', { found: false, reasons }));
			continue;
		}
		const timeline = entries
			.sort((a, b) => a.order - b.order)
			.map(({ order, what, detail }) => ({ at: iso(order), what, ...detail }));
		const paused = pausesOf(pauses, account);
		found.push(
			withAdded(item, index, 'ledger', {
				found: true,
				accountId: account,
				...(id === undefined || survivor(id) === id ? {} : { mergedInto: account }),
				...(reasons.length === 0 ? {} : { reasons }),
				...(paused.length === 0 ? {} : { paused }),
				notIn,
				heldByGate,
				waiting: waitingOf(told.log, account, survivor, journey),
				timeline,
			}),
		);
	}
	return [found, unknown];
}

/** Of addresses: the account about which the last mail went there; where none did, whose contact it is said to be. */
async function accountsAt(
	ledger: Ledger,
	named: readonly string[],
	now: number,
): Promise<Map<string, string>> {
	const addresses = named.filter((id) => id.includes('@'));
	const traces = await ledger.traceMails(addresses.map((address) => ({ address, by: now })));
	const saidOf = await ledger.accountsOf(addresses);
	return new Map(
		addresses.flatMap((address, place): [string, string][] => {
			const account = traces[place]?.accountId ?? saidOf[place];
			return account === undefined ? [] : [[address, account]];
		}),
	);
}

function byAccount(told: Timeline, journey: string): Map<string, Entry[]> {
	const timelines = new Map<string, Entry[]>();
	const add = (accountId: string, order: number, what: string, detail: object): void => {
		const account = told.survivorOf.get(accountId) ?? accountId;
		const entry = { order, what, detail };
		const timeline = timelines.get(account);
		if (timeline === undefined) timelines.set(account, [entry]);
		else timeline.push(entry);
	};
	const asked = (one: { journey: string }): boolean => journey === '' || one.journey === journey;
	for (const event of told.events)
		add(event.accountId, event.occurredAt, 'event', eventDetail(event));
	for (const enrollment of told.enrollments.filter(asked)) {
		const { accountId, enrolledAt, endedAt } = enrollment;
		add(accountId, enrolledAt, 'enrolled', enrollmentDetail(enrollment));
		if (endedAt !== undefined) add(accountId, endedAt, 'ended', enrollmentDetail(enrollment));
	}
	for (const entry of told.log.filter(asked))
		add(entry.accountId, entry.at, entry.what, touchDetail(entry));
	return timelines;
}

/** What is held at the end of its log, and when it may go. */
function waitingOf(
	log: readonly LogEntry[],
	account: string,
	survivor: (id: string) => string,
	journey: string,
): object[] {
	const last = new Map(
		log
			.filter(
				(entry) =>
					survivor(entry.accountId) === account && (journey === '' || entry.journey === journey),
			)
			.map((entry) => [entry.touch, entry]),
	);
	return [...last.values()]
		.filter(({ what, nextAt }) => what === 'held' || (what === 'failed' && nextAt !== undefined))
		.map((entry) => touchDetail(entry));
}

function pausesOf(pauses: readonly PauseOf[], account: string): object[] {
	return pauses
		.filter(({ scope, id }) => scope === 'all' || (scope === 'account' && id === account))
		.map(({ scope, until, reason }) => ({
			what: scope === 'all' ? 'all sends' : 'account',
			...(until === undefined ? {} : { until: iso(until) }),
			reason,
		}));
}

function eventDetail({ type, step, data }: JourneyEvent): object {
	const human = data?.human;
	return {
		type,
		...(step === undefined ? {} : { step }),
		...(typeof human === 'boolean' ? { human } : {}),
	};
}

/** Whether what is asked about is one of these, an address in any case of letters. */
function isAbout(asked: string | undefined, ...names: (string | undefined)[]): boolean {
	return asked !== undefined && (names.includes(asked) || names.includes(asked.toLowerCase()));
}

/** All that was told, because nothing else says whose it is. */
function nobodysDetail({ type, data }: JourneyEvent): object {
	return { type, ofNoAccount: true, told: data ?? {} };
}

function enrollmentDetail({ journey, cycle, anchorAt, outcome, dry }: Enrollment): object {
	return {
		journey,
		cycle,
		day0: iso(anchorAt),
		...(outcome === undefined ? {} : { outcome }),
		dry,
	};
}

function touchDetail(entry: LogEntry): object {
	const { journey, stepId, topic, channel, nextAt, reasons, dry, touch } = entry;
	return {
		journey,
		step: stepId,
		...(topic === '' ? {} : { topic }),
		channel,
		...(nextAt === undefined ? {} : { nextAt: iso(nextAt) }),
		dry,
		key: touch,
		reasons,
	};
}
