import { z } from 'zod/v4';
import {
	CHANNELS,
	type Enrollment,
	type JourneyEvent,
	type Touch,
} from '../engine/journeys/memory';
import { reasonSchema } from '../engine/reasons';

/** Rows as the stores give them, read into the engine's words. A row that does not fit is a damaged ledger and is said so. */

const optionalText = z
	.string()
	.nullable()
	.transform((text) => text ?? undefined);
const optionalTime = z
	.number()
	.nullable()
	.transform((time) => time ?? undefined);
const flag = z.union([z.boolean(), z.number()]).transform((value) => value === true || value === 1);
const json = <T>(schema: z.ZodType<T>) =>
	z.string().transform((text): T => schema.parse(JSON.parse(text)));

/** @throws Error that names the kind of row and what does not fit */
function readRow<T>(what: string, schema: z.ZodType<T>, row: unknown): T {
	let problem = 'it holds text that is not JSON';
	try {
		const read = schema.safeParse(row);
		if (read.success) return read.data;
		const [issue] = read.error.issues;
		if (issue !== undefined) problem = `${issue.path.map(String).join('.')}: ${issue.message}`;
	} catch (error) {
		if (error instanceof z.ZodError) problem = error.issues[0]?.message ?? problem;
	}
	throw new Error(`The ledger holds a damaged ${what}: ${problem}; restore it from a backup`);
}

const touchRow = z.object({
	key: z.string(),
	journey: z.string(),
	dry: flag,
	account_id: z.string(),
	cycle: z.number(),
	step_id: z.string(),
	topic: z.string(),
	channel: z.enum(CHANNELS),
	address: z.string(),
	state: z.enum(['held', 'claimed', 'sending', 'sent', 'failed', 'lapsed', 'dry']),
	due_at: z.number(),
	next_at: optionalTime,
	lease_until: optionalTime,
	attempts: z.number(),
	changed_at: z.number(),
	reasons: json(z.array(reasonSchema)),
});

export function touchOf(row: unknown): Touch {
	const r = readRow('touch', touchRow, row);
	return {
		key: r.key,
		journey: r.journey,
		dry: r.dry,
		accountId: r.account_id,
		cycle: r.cycle,
		stepId: r.step_id,
		topic: r.topic,
		channel: r.channel,
		address: r.address,
		state: r.state,
		dueAt: r.due_at,
		nextAt: r.next_at,
		leaseUntil: r.lease_until,
		attempts: r.attempts,
		changedAt: r.changed_at,
		reasons: r.reasons,
	};
}

const eventRow = z.object({
	id: z.string(),
	account_id: z.string(),
	type: z.string(),
	occurred_at: z.number(),
	step: optionalText,
	contact: optionalText,
	data: json(z.record(z.string(), z.unknown())).nullable(),
});

export function eventOf(row: unknown): JourneyEvent {
	const r = readRow('event', eventRow, row);
	return {
		id: r.id,
		accountId: r.account_id,
		type: r.type,
		occurredAt: r.occurred_at,
		step: r.step,
		contact: r.contact,
		data: r.data ?? undefined,
	};
}

const enrollmentRow = z.object({
	journey: z.string(),
	dry: flag,
	account_id: z.string(),
	cycle: z.number(),
	anchor_at: z.number(),
	enrolled_at: z.number(),
	state: z.enum(['active', 'ended']),
	outcome: optionalText,
	ended_at: optionalTime,
	version: z.string(),
});

export function enrollmentOf(row: unknown): Enrollment {
	const r = readRow('enrollment', enrollmentRow, row);
	return {
		journey: r.journey,
		dry: r.dry,
		accountId: r.account_id,
		cycle: r.cycle,
		anchorAt: r.anchor_at,
		enrolledAt: r.enrolled_at,
		state: r.state,
		outcome: r.outcome,
		endedAt: r.ended_at,
		version: r.version,
	};
}
