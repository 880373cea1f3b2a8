import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { isId } from '../../engine/accounts/account';
import { show, showType } from '../../engine/accounts/show';
import { parseLocal } from '../../engine/calendar/localTime';
import type { JourneyEvent, Reason } from '../../engine/journeys/memory';
import type { Suppression } from '../../ledger/ledger';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { isObject, textOf } from '../platform/rows';
import { runModeOf, writtenAt } from '../platform/runMode';
import { closeCases } from './closeCases';
import { eventFacts } from './eventFacts';
import { knownType, SILENCES, soundsLikeSilence, unknownTypesHint } from './eventTypes';

type Readers = Record<'id' | 'type' | 'account' | 'time' | 'step' | 'contact', FieldReader>;

/** The present, and the workflow's zone for times without an offset. */
type Clock = { now: number; zone: string };

/** An event as an item, and the item it came on. */
type Arrived = { item: INodeExecutionData; source: number };

/** Stores what customers did, once per event id, before anything else happens with it. */
export async function recordEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const arrived = arrivedEvents(context);
	const now = readNow(context);
	const readers = readersOf(context);
	const clock = { now, zone: context.getTimezone() };
	const read = arrived.map(({ item }) => eventOf(item.json, readers, clock));
	const events = read.filter((event): event is JourneyEvent => !('code' in event));
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const receivedAt = writtenAt(mode, now);
	// first, because an event that is known already is not told a second time
	await ledger.suppress(events.flatMap(silencedBy), receivedAt);
	await closeCases(ledger, events, { now, receivedAt });
	const fresh = await ledger.recordEvents(events, receivedAt);
	const hint = unknownTypesHint(events.map(({ type }) => type));
	if (hint !== undefined) context.addExecutionHints(hint);
	const done: INodeExecutionData[] = [];
	const notDone: INodeExecutionData[] = [];
	let position = 0;
	for (const [index, { item, source }] of arrived.entries()) {
		const event = read[index];
		if (event === undefined) continue;
		let reason: Reason | undefined;
		if ('code' in event) reason = { ...event, event: index + 1 };
		// whoever tries a flow sends the same event again and again
		else if (fresh[position++] !== true && mode === 'live') reason = DUPLICATE;
		const output = reason === undefined ? done : notDone;
		output.push(
			withAdded(item, source, 'ledger', {
				recorded: reason === undefined,
				...('code' in event ? {} : { event: eventFacts(event) }),
				reasons: reason === undefined ? [] : [reason],
			}),
		);
	}
	return [done, notDone];
}

/** Whom nobody may write to any more; a bounce that the sender calls passing (`hard: false`) silences nobody. */
function silencedBy({ type, contact, data }: JourneyEvent): Suppression[] {
	if (contact === undefined || !SILENCES.has(type)) return [];
	return type === 'bounced' && data?.hard === false ? [] : [{ address: contact, reason: type }];
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

function eventOf(json: IDataObject, readers: Readers, clock: Clock): JourneyEvent | Reason {
	const id = textOf(readers.id(json));
	const type = knownType(textOf(readers.type(json)));
	const accountId = textOf(readers.account(json));
	const missing = [
		id === '' && 'an event id',
		type === '' && 'an event type',
		accountId === '' && 'an account id',
	].filter((what) => what !== false);
	if (missing.length > 0) {
		return {
			code: 'incomplete',
			text: `The event lacks ${missing.join(' and ')}; check the field settings of the node against what the sender sends.`,
		};
	}
	const step = textOf(readers.step(json));
	const odd = Object.entries({ 'event id': id, type, 'account id': accountId, 'set-up step': step })
		.filter(([, text]) => text !== '' && !isId(text))
		.map(([what]) => what);
	if (odd.length > 0) {
		return {
			code: 'badId',
			text: `The event's ${odd.join(' and ')} cannot be kept: at most 500 characters, whole ones, and no NUL.`,
		};
	}
	if (soundsLikeSilence(type)) {
		return {
			code: 'unknownType',
			text: `The event sounds as if somebody is not to be written to any more, and its type ${showType(type)} is not known: send it as unsubscribed, bounced or complained. It was not recorded.`,
		};
	}
	const time = readers.time(json);
	const occurredAt = timeOf(time, clock);
	if (occurredAt === undefined) {
		return {
			code: 'badTime',
			text: `The event's time is not an ISO date-time such as 2026-03-01T09:00:00Z (found ${show(time)}).`,
		};
	}
	const contact = addressIn(textOf(readers.contact(json)));
	if (SILENCES.has(type) && contact === '') {
		return {
			code: 'incomplete',
			text: `The event says that somebody is not to be written to any more (${type}), but holds no e-mail address to silence; check the Contact Field.`,
		};
	}
	if (type === 'set_up_step_completed' && step === '') {
		return {
			code: 'incomplete',
			text: 'The event says that a set-up step was completed, but not which.',
		};
	}
	return {
		id,
		accountId,
		type,
		occurredAt,
		...(step === '' ? {} : { step }),
		...(contact === '' ? {} : { contact }),
		data: { ...json },
	};
}

/** The address in `ann@example.com` or `Ann <ann@example.com>`, in lower case; '' where there is none. */
function addressIn(text: string): string {
	const [, inBrackets = text] = /<([^<>]*)>\s*$/.exec(text) ?? [];
	const address = z.email().safeParse(inBrackets.trim().toLowerCase());
	return address.success ? address.data : '';
}

/** Seconds since 1970 reach this number in the year 5138, milliseconds reached it in 1973. */
const MILLIS_FROM = 100_000_000_000;

/** ISO text, or a number since 1970: milliseconds as HubSpot and others send them, seconds as Stripe does. */
function timeOf(value: unknown, { now, zone }: Clock): number | undefined {
	if (value === undefined || value === null || value === '') return now;
	if (typeof value === 'string') {
		// a date or time without an offset is a local one (P01)
		return /^\d{10,}$/.test(value) ? sinceEpoch(Number(value)) : parseLocal(value, zone);
	}
	return typeof value === 'number' ? sinceEpoch(value) : undefined;
}

function sinceEpoch(value: number): number | undefined {
	if (!Number.isFinite(value) || value <= 0) return undefined;
	return Math.round(value < MILLIS_FROM ? value * 1000 : value);
}
