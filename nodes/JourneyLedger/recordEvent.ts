import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { ACCOUNT_KINDS } from '../../engine/events/types';
import { said } from '../../engine/journeys/engagement';
import type { Reason } from '../../engine/journeys/memory';
import type { Ledger, Suppression } from '../../ledger/ledger';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { own } from '../platform/own';
import { readText } from '../platform/readText';
import { isObject } from '../platform/rows';
import { runModeOf, writtenAt } from '../platform/runMode';
import { closeCases } from './closeCases';
import { knownOfEachPerson } from './eachPerson';
import { eventFacts } from './eventFacts';
import { OF_MESSAGES, SILENCES, unknownTypesHint } from './eventTypes';
import { forOperations } from './forOperations';
import { toldIn, understand, type Readers, type Told, type Understood } from './readEvent';

/** An event as an item, and the item it came on. */
type Arrived = { item: INodeExecutionData; source: number };

/** Stores what customers did, once per event id, before anything else happens with it. */
export async function recordEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const arrived = arrivedEvents(context);
	const now = readNow(context);
	const readers = readersOf(context);
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const clock = { now, zone: context.getTimezone() };
	const read = arrived.map(({ item }) => toldIn(item.json, readers, clock));
	const told = await traced(ledger, read, now);
	const { understood, known } = await knownOfEachPerson(
		mode === 'live' ? ledger : undefined,
		told.map((one) => understand(one, now)),
	);
	const events = understood.map(({ event }) => event);
	const receivedAt = writtenAt(mode, now);
	// done before it is recorded, so that a crash in between is made good; what is known was done, and is not done again
	const isNew = (_one: unknown, index: number): boolean => known[index] !== true;
	await ledger.suppress(told.filter(isNew).flatMap(silencedBy), receivedAt);
	await ledger.linkAliases(
		understood.filter(isNew).flatMap(({ merge }) => merge ?? []),
		receivedAt,
	);
	await closeCases(
		ledger,
		events.filter(isNew).filter(({ accountId }) => accountId !== ''),
		{ now, receivedAt },
	);
	const fresh = await ledger.recordEvents(events, receivedAt);
	// whoever tries a flow sends the same event again and again
	const isRepeat = (index: number): boolean => mode === 'live' && fresh[index] !== true;
	// what was handed out again was perhaps never told: of a customer who waits operations hear twice rather than never
	const isNews = (index: number): boolean =>
		!isRepeat(index) || arrived[index]?.item.json.handedOutAgain === true;
	const news = understood.map((one, index) => (isNews(index) ? one : undefined));
	const tell = await forOperations(ledger, news, { mode, receivedAt, zone: clock.zone });
	const hint = unknownTypesHint(understood.filter(isRead).map(({ type }) => type));
	if (hint !== undefined) context.addExecutionHints(hint);
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, { item, source }] of arrived.entries()) {
		const one = understood[index];
		if (one === undefined) continue;
		const { problem } = one;
		const reason = isRepeat(index) && !tell.has(index) ? DUPLICATE : problem;
		outputs[reason === undefined ? 0 : 1].push(
			withAdded(item, source, 'ledger', {
				recorded: reason === undefined,
				...(isRead(one) ? { event: eventFacts(one.event) } : {}),
				...(reason === problem && problem !== undefined ? { keptAs: one.event.id } : {}),
				...(tell.has(index) ? { forOperations: true } : {}),
				reasons: reason === undefined ? [] : [{ ...reason, event: index + 1 }],
			}),
		);
	}
	return outputs;
}

function isRead({ problem }: Understood): boolean {
	return problem === undefined || problem.code === 'noAccount';
}

/**
 * Of what names no account of ours, that of the touch we sent along; else, of what answers a message, the one about which
 * we wrote to the address last: counted for every account of a person it would open cases that nobody meant. Who churned,
 * or renewed, or was merged may be another account of the same person.
 */
async function traced(ledger: Ledger, told: readonly Told[], now: number): Promise<Told[]> {
	const isOpen = ({ accountId, contact, type }: Told): boolean =>
		accountId === '' || (contact === '' && SILENCES.has(type));
	const open = told.filter(isOpen);
	if (open.length === 0) return [...told];
	const traces = await ledger.traceMails(
		open.map((one) => ({
			...(one.touch === '' ? {} : { touch: one.touch }),
			...(one.contact !== '' && answersMail(one) ? { address: one.contact } : {}),
			by: one.occurredAt ?? now,
		})),
	);
	const traceOf = new Map(open.map((one, index) => [one, traces[index]]));
	return told.map((one) => {
		const trace = traceOf.get(one);
		if (trace === undefined) return one;
		const isOurs = one.accountId === '' || one.accountId === trace.accountId;
		return {
			...one,
			contact: one.contact === '' ? trace.address : one.contact,
			...(isOurs ? { accountId: trace.accountId, answers: trace.touch } : {}),
		};
	});
}

/** An account in the sender's own words is one, and need not be that of a mail. */
function answersMail({ type, json }: Told): boolean {
	return OF_MESSAGES.has(type) && !ACCOUNT_KINDS.has(own(said(json, 'accountKey'), 'kind'));
}

/**
 * Whom nobody may write to any more, whatever else the event lacks (P12); a bounce that the sender calls passing
 * (`hard: false`) silences nobody.
 */
function silencedBy({ type, contact, json }: Told): Suppression[] {
	if (contact === '' || !SILENCES.has(type)) return [];
	return type === 'bounced' && said(json, 'hard') === false
		? []
		: [{ address: contact, reason: type }];
}

const DUPLICATE: Reason = {
	code: 'duplicate',
	text: 'This event was recorded before; nothing changes.',
};

/** The items themselves, or what stands in the list field of each: webhooks bring many events at once. */
function arrivedEvents(context: IExecuteFunctions): Arrived[] {
	const items = context.getInputData();
	const path = readText(context, 'listField');
	if (path === '') return items.map((item, source) => ({ item, source }));
	const readList = compileFieldPath(path);
	return items.flatMap(({ json }, source) => {
		const value = readList(json);
		const list: unknown[] = Array.isArray(value) ? value : [value];
		return list.map((event) => ({ item: { json: isObject(event) ? event : {} }, source }));
	});
}

/** @throws NodeOperationError when a field is not a path, or one that every event needs is empty */
function readersOf(context: IExecuteFunctions): Readers {
	const reader = (name: string, label: string): FieldReader => {
		try {
			return compileFieldPath(readText(context, name));
		} catch (error) {
			const message = error instanceof Error ? error.message : 'it is not a field path';
			throw new NodeOperationError(context.getNode(), `${label}: ${message}`, {
				description: 'Nothing was recorded.',
			});
		}
	};
	const optional = (name: string, label: string): FieldReader =>
		readText(context, name) === '' ? () => undefined : reader(name, label);
	return {
		id: reader('idField', 'Event ID Field'),
		type: reader('typeField', 'Event Type Field'),
		account: reader('accountField', 'Account ID Field'),
		time: optional('timeField', 'Occurred At Field'),
		step: optional('stepField', 'Set-Up Step Field'),
		contact: optional('contactField', 'Contact Field'),
	};
}
