import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Enrollment, JourneyEvent } from '../../engine/journeys/memory';
import type { Ledger, LogEntry, PauseOf, Timeline } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { readSubjects } from './subjects';

/** One thing that happened, or was decided; `order` is its time in ms since 1970. */
type Entry = { order: number; what: string; detail: object };

/**
 * Why an account did or did not get something: events, enrolments and every decision with its reason, live and dry,
 * oldest first; what waits and until when; and pauses.
 */
export async function lookUp(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const journey = readText(context, 'journeyId');
	const ids = readSubjects(context, 'lookUpField');
	// looking is safe: also from the editor it shows what customers really got
	const ledger = await openLedger(context, 'live');
	const now = readNow(context);
	const named = [...new Set(ids.filter((id) => id !== undefined))];
	const accountOf = await accountsWrittenTo(ledger, named, now);
	const told = await ledger.timeline([...new Set([...named, ...accountOf.values()])]);
	const pauses = await ledger.pauses(now);
	const timelines = byAccount(told, journey);
	const nobodys = await ledger.nobodysEvents(named);
	const survivor = (id: string): string => told.survivorOf.get(id) ?? id;
	// an id may look like an address
	const meant = (id: string): string =>
		timelines.has(survivor(id)) ? survivor(id) : survivor(accountOf.get(id) ?? id);

	const found: INodeExecutionData[] = [];
	const unknown: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const id = ids[index];
		const account = id === undefined ? undefined : meant(id);
		const entries = account === undefined ? [] : [...(timelines.get(account) ?? [])];
		for (const event of nobodys.filter(({ id: own, contact }) => isAbout(id, own, contact)))
			entries.push({ order: event.occurredAt, what: 'event', detail: nobodysDetail(event) });
		if (account === undefined || entries.length === 0) {
			unknown.push(withAdded(item, index, 'ledger', nothingKnown(journey)));
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
				...(paused.length === 0 ? {} : { paused }),
				waiting: waitingOf(told.log, account, survivor, journey),
				timeline,
			}),
		);
	}
	return [found, unknown];
}

/** Of addresses: the account about which the last mail went there. */
async function accountsWrittenTo(
	ledger: Ledger,
	named: readonly string[],
	now: number,
): Promise<Map<string, string>> {
	const addresses = named.filter((id) => id.includes('@'));
	const traces = await ledger.traceMails(addresses.map((address) => ({ address, by: now })));
	return new Map(
		traces.flatMap((trace, place) => {
			const address = addresses[place];
			return trace === undefined || address === undefined ? [] : [[address, trace.accountId]];
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

function nothingKnown(journey: string): object {
	const where = journey === '' ? '' : ` in '${journey}'`;
	return {
		found: false,
		reasons: [
			{
				code: 'unknownAccount',
				text: `The ledger has seen nothing of this account${where}. Check the account id and the journey id. Where both are right, no journey has taken it in: its row could not be read, a gate held it, or it does not meet what the journey begins with. A run of the journey from the editor shows which.`,
			},
		],
	};
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

function iso(at: number): string {
	return DateTime.fromMillis(at, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? '';
}
