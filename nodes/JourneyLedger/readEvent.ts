import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isId } from '../../engine/accounts/account';
import { show, showType } from '../../engine/accounts/show';
import { parseLocal } from '../../engine/calendar/localTime';
import { happenedAt } from '../../engine/events/happenedAt';
import { UNKNOWN } from '../../engine/events/types';
import { said } from '../../engine/journeys/engagement';
import type { JourneyEvent, Reason } from '../../engine/journeys/memory';
import type { FieldReader } from '../platform/fieldPath';
import { readId } from '../platform/readId';
import { textOf } from '../platform/rows';
import { knownType, SILENCES, soundsLikeSilence, UNREADABLE } from './eventTypes';

export type Readers = Record<'id' | 'type' | 'account' | 'time' | 'step' | 'contact', FieldReader>;

/** The present, and the workflow's zone for times without an offset. */
type Clock = { now: number; zone: string };

/** What an item says, field by field; '' where it says nothing. */
export type Told = {
	json: IDataObject;
	id: string;
	type: string;
	accountId: string;
	step: string;
	contact: string;
	/** Of a touch of ours, where the sender gives back what we sent along. */
	touch: string;
	/** The touch it answers, once that is found. */
	answers?: string;
	/** Undefined where the time is none. */
	occurredAt: number | undefined;
	time: unknown;
};

/** What is recorded, and why nothing can come of it: it is of no account then (`accountId` ''). */
export type Understood = {
	/** What the sender says it is, also where the event is kept as unreadable. */
	type: string;
	event: JourneyEvent;
	problem?: Reason;
	merge?: { alias: string; accountId: string };
};

export function toldIn(json: IDataObject, readers: Readers, clock: Clock): Told {
	const time = readers.time(json);
	const at = timeOf(time, clock);
	const type = typeOf(json, textOf(readers.type(json)));
	return {
		json,
		id: textOf(readers.id(json)),
		type,
		accountId: textOf(readers.account(json)),
		step: textOf(readers.step(json)),
		contact: addressIn(textOf(readers.contact(json))),
		touch: textOf(said(json, 'touch')),
		occurredAt: at === undefined ? undefined : happenedAt(type, at, clock.now),
		time,
	};
}

/** What Customer Event Trigger could not name has the name its sender gave it: no likeness makes it something else. */
function typeOf({ type }: IDataObject, told: string): string {
	return type === UNKNOWN ? told : knownType(told);
}

/** Customer.io names the channel of all it reports, so that what the trigger could not name is of no mail. */
function isOfNoMail({ type, source }: IDataObject): boolean {
	return type === UNKNOWN && source === 'customerio';
}

export function understand(told: Told, now: number): Understood {
	const { json, id, type, accountId, step, contact, answers, occurredAt = now } = told;
	const event = {
		id,
		accountId,
		type,
		occurredAt,
		...(step === '' ? {} : { step }),
		...(contact === '' ? {} : { contact }),
		...(answers === undefined ? {} : { touch: answers }),
		data: { ...json },
	};
	const problem = problemOf(told);
	if (problem !== undefined) {
		const kept = isId(id) ? id : hashOf(json);
		const unread = { id: kept, accountId: '', type: UNREADABLE, occurredAt, data: { ...json } };
		return { type, event: contact === '' ? unread : { ...unread, contact }, problem };
	}
	// an address that is left alone is all that such an event asks for (P12)
	if (accountId === '')
		return SILENCES.has(type) ? { type, event } : { type, event, problem: NO_ACCOUNT };
	const alias = readId(said(json, 'mergedId'));
	return type === 'merged' && alias !== undefined
		? { type, event, merge: { alias, accountId } }
		: { type, event };
}

const NO_ACCOUNT: Reason = {
	code: 'noAccount',
	text: 'The event names no account of yours, and the ledger wrote to nobody by that address. It is kept: Look Up finds it by the address or the id of the event. Look the account up between the trigger and this node.',
};

/** Why no journey can understand it; undefined where it can. */
function problemOf(told: Told): Reason | undefined {
	const { json, id, type, accountId, step, contact, occurredAt, time } = told;
	const missing = [id === '' && 'an event id', type === '' && 'an event type'].filter(
		(what) => what !== false,
	);
	if (missing.length > 0) {
		return {
			code: 'incomplete',
			text: `The event lacks ${missing.join(' and ')}; check the field settings of the node against what the sender sends.`,
		};
	}
	const odd = Object.entries({ 'event id': id, type, 'account id': accountId, 'set-up step': step })
		.filter(([, text]) => text !== '' && !isId(text))
		.map(([what]) => what);
	if (odd.length > 0) {
		return {
			code: 'badId',
			text: `The event's ${odd.join(' and ')} cannot be kept: at most 500 characters, whole ones, and no NUL.`,
		};
	}
	if (soundsLikeSilence(type) && !isOfNoMail(json)) {
		return {
			code: 'unknownType',
			text: `The event sounds as if somebody is not to be written to any more, and its type ${showType(type)} is not known: send it as unsubscribed, bounced or complained. It was not recorded.`,
		};
	}
	if (occurredAt === undefined) {
		return {
			code: 'badTime',
			text: `The event's time is not an ISO date-time such as 2026-03-01T09:00:00Z (found ${show(time)}).`,
		};
	}
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
	if (type === 'merged' && [undefined, accountId].includes(readId(said(json, 'mergedId')))) {
		return {
			code: 'incomplete',
			text: 'The event says that two records became one, but not which one is gone (mergedId).',
		};
	}
	return undefined;
}

/** Of what has no id of its own: the same for the same, however often it is handed out. */
function hashOf({ handedOutAgain: _again, ...json }: IDataObject): string {
	return `unread/${createHash('sha256').update(JSON.stringify(json)).digest('hex').slice(0, 32)}`;
}

/** The address in `ann@example.com` or `Ann <ann@example.com>`, in lower case; '' where there is none. */
function addressIn(text: string): string {
	const [, inBrackets = text] = /<([^<>]*)>\s*$/.exec(text) ?? [];
	const address = z.email().safeParse(inBrackets.trim().toLowerCase());
	return address.success ? address.data : '';
}

/** Seconds since 1970 reach this number in the year 5138, milliseconds reached it in 1973. */
const MILLIS_FROM = 100_000_000_000;
/** The year 5138: from there on it is micro- or nanoseconds, which nobody who means milliseconds writes. */
const NO_MILLIS_FROM = 1e14;

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
	if (!(value > 0 && value < NO_MILLIS_FROM)) return undefined;
	return Math.round(value < MILLIS_FROM ? value * 1000 : value);
}
