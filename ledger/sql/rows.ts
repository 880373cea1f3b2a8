import type { z } from 'zod/v4';
import {
	CHANNELS,
	TOUCH_KINDS,
	TOUCH_STATES,
	type Enrollment,
	type JourneyEvent,
	type Reason,
	type Touch,
} from '../../engine/journeys/memory';
import { tokenOf } from '../token';
import type { Cell, Columns, Row } from './database';
import { storable } from './storable';

export { storable };

/**
 * Rows as the stores keep them, in the engine's words and back. Read by hand rather than through a schema, because a
 * sweep reads hundreds of thousands; a row that does not fit is a damaged ledger and is said so.
 */

/** What changes of a touch on its way, by its key. */
export const PROGRESS_COLUMNS: Columns = {
	key: 'text',
	state: 'text',
	next_at: 'bigint',
	lease_until: 'bigint',
	attempts: 'bigint',
	changed_at: 'bigint',
	open_since: 'bigint',
	reasons: 'text',
};

export function progressRow(t: Touch): Record<string, Cell> {
	return {
		key: storable(t.key),
		state: t.state,
		next_at: t.nextAt ?? null,
		lease_until: t.leaseUntil ?? null,
		attempts: t.attempts,
		changed_at: t.changedAt,
		open_since: t.openSince ?? null,
		reasons: JSON.stringify(t.reasons),
	};
}

/** Only what this pack sends itself has links and a Message-ID, and so a token, from then on. */
export const SENDING_COLUMNS: Columns = { ...PROGRESS_COLUMNS, token: 'text' };

export function sendingRow(t: Touch): Record<string, Cell> {
	return { ...progressRow(t), token: tokenOf(t.key) };
}

export const TOUCH_COLUMNS: Columns = {
	...PROGRESS_COLUMNS,
	journey: 'text',
	dry: 'bigint',
	account_id: 'text',
	cycle: 'bigint',
	step_id: 'text',
	topic: 'text',
	channel: 'text',
	kind: 'text',
	priority: 'bigint',
	address: 'text',
	due_at: 'bigint',
};

export function touchRow(t: Touch): Record<string, Cell> {
	return {
		...progressRow(t),
		journey: t.journey,
		dry: t.dry ? 1 : 0,
		account_id: storable(t.accountId),
		cycle: t.cycle,
		step_id: t.stepId,
		topic: storable(t.topic),
		channel: t.channel,
		kind: t.kind,
		priority: t.priority,
		address: storable(t.address),
		due_at: t.dueAt,
	};
}

export function touchOf(row: Row): Touch {
	const r = reader('touch', row);
	return {
		key: r.text('key'),
		journey: r.text('journey'),
		dry: r.number('dry') === 1,
		accountId: r.text('account_id'),
		cycle: r.number('cycle'),
		stepId: r.text('step_id'),
		topic: r.text('topic'),
		channel: r.oneOf('channel', CHANNELS),
		kind: r.oneOf('kind', TOUCH_KINDS),
		priority: r.number('priority'),
		address: r.text('address'),
		state: r.oneOf('state', TOUCH_STATES),
		dueAt: r.number('due_at'),
		nextAt: r.optionalNumber('next_at'),
		leaseUntil: r.optionalNumber('lease_until'),
		attempts: r.number('attempts'),
		changedAt: r.number('changed_at'),
		openSince: r.optionalNumber('open_since'),
		reasons: r.reasons('reasons'),
	};
}

export const EVENT_COLUMNS: Columns = {
	account_id: 'text',
	type: 'text',
	id: 'text',
	occurred_at: 'bigint',
	step: 'text',
	contact: 'text',
	touch: 'text',
	data: 'text',
};

export function eventRow(e: JourneyEvent): Record<string, Cell> {
	return {
		account_id: storable(e.accountId),
		type: storable(e.type),
		id: storable(e.id),
		occurred_at: e.occurredAt,
		step: e.step === undefined ? null : storable(e.step),
		contact: e.contact === undefined ? null : storable(e.contact),
		touch: e.touch === undefined ? null : storable(e.touch),
		data: e.data === undefined ? null : JSON.stringify(e.data),
	};
}

export function eventOf(row: Row): JourneyEvent {
	const r = reader('event', row);
	return {
		id: r.text('id'),
		accountId: r.text('account_id'),
		type: r.text('type'),
		occurredAt: r.number('occurred_at'),
		step: r.optionalText('step'),
		contact: r.optionalText('contact'),
		touch: r.optionalText('touch'),
		data: r.optionalObject('data'),
	};
}

export const ENROLLMENT_COLUMNS: Columns = {
	journey: 'text',
	dry: 'bigint',
	account_id: 'text',
	cycle: 'bigint',
	anchor_at: 'bigint',
	enrolled_at: 'bigint',
	state: 'text',
	outcome: 'text',
	ended_at: 'bigint',
	version: 'text',
};

export function enrollmentRow(e: Enrollment): Record<string, Cell> {
	return {
		journey: e.journey,
		dry: e.dry ? 1 : 0,
		account_id: storable(e.accountId),
		cycle: e.cycle,
		anchor_at: e.anchorAt,
		enrolled_at: e.enrolledAt,
		state: e.state,
		outcome: e.outcome ?? null,
		ended_at: e.endedAt ?? null,
		version: e.version,
	};
}

export function enrollmentOf(row: Row): Enrollment {
	const r = reader('enrollment', row);
	return {
		journey: r.text('journey'),
		dry: r.number('dry') === 1,
		accountId: r.text('account_id'),
		cycle: r.number('cycle'),
		anchorAt: r.number('anchor_at'),
		enrolledAt: r.number('enrolled_at'),
		state: r.oneOf('state', ['active', 'ended']),
		outcome: r.optionalText('outcome'),
		endedAt: r.optionalNumber('ended_at'),
		version: r.text('version'),
	};
}

export type Reader = {
	text: (name: string) => string;
	optionalText: (name: string) => string | undefined;
	number: (name: string) => number;
	optionalNumber: (name: string) => number | undefined;
	oneOf: <Word extends string>(name: string, words: readonly Word[]) => Word;
	optionalObject: (name: string) => Record<string, unknown> | undefined;
	reasons: (name: string) => Reason[];
	/** JSON that fits a schema; `expected` is what a sentence calls it. */
	fitting: <Value>(name: string, schema: z.ZodType<Value>, expected: string) => Value;
};

/** Reads the columns of one row; each throws an Error that names the kind of row and the column that does not fit. */
export function reader(what: string, row: Row): Reader {
	const damaged = (name: string, expected: string): Error =>
		new Error(
			`The ledger holds a damaged ${what}: ${name} is not ${expected}; restore it from a backup`,
		);
	const json = (name: string): unknown => {
		try {
			return JSON.parse(String(row[name]));
		} catch {
			throw damaged(name, 'JSON');
		}
	};
	return {
		text: (name) => {
			const cell = row[name];
			if (typeof cell !== 'string') throw damaged(name, 'a text');
			return cell;
		},
		optionalText: (name) => {
			const cell = row[name] ?? undefined;
			if (cell !== undefined && typeof cell !== 'string') throw damaged(name, 'a text');
			return cell;
		},
		number: (name) => {
			const cell = row[name];
			if (typeof cell !== 'number') throw damaged(name, 'a number');
			return cell;
		},
		optionalNumber: (name) => {
			const cell = row[name] ?? undefined;
			if (cell !== undefined && typeof cell !== 'number') throw damaged(name, 'a number');
			return cell;
		},
		oneOf: (name, words) => {
			const word = words.find((known) => known === row[name]);
			if (word === undefined) throw damaged(name, `one of ${words.join(', ')}`);
			return word;
		},
		optionalObject: (name) => {
			if (row[name] === null || row[name] === undefined) return undefined;
			const value = json(name);
			if (!isObject(value)) throw damaged(name, 'an object');
			return value;
		},
		reasons: (name) => {
			const value = json(name);
			if (!Array.isArray(value) || !value.every(isReason)) throw damaged(name, 'a list of reasons');
			return value;
		},
		fitting: (name, schema, expected) => {
			const parsed = schema.safeParse(json(name));
			if (!parsed.success) throw damaged(name, expected);
			return parsed.data;
		},
	};
}

function isReason(value: unknown): value is Reason {
	return isObject(value) && typeof value.code === 'string' && typeof value.text === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
