import { z } from 'zod/v4';
import { unreadable, type Heard, type Listener } from './heard';
import { typeNamed } from './names';
import { at, firstAddress, firstId, idOf, isFields, textOf } from './read';
import { severityOf } from './severity';

/**
 * Our own event body, for whatever can be programmed: Standard Webhooks and plain HMAC. `{ id, type, accountId, occurredAt,
 * contact, step, severity, data }`, one or a list, also as `{ type, timestamp, data }` of Standard Webhooks, where what is
 * not beside `data` is looked for in it.
 */
const event = z.looseObject({ type: z.string().min(1) });

/** Fields of the event itself; all others are its data. */
const NAMED = new Set([
	...['id', 'type', 'timestamp', 'occurredAt', 'data', 'accountId', 'account_id', 'accountKey'],
	...['contact', 'step', 'severity', 'human', 'hard'],
]);

export const hearOwn: Listener = (body) => hearEvents(body);

/** The id of the delivery is signed, and told once; one in the body may be that of what the event is about. */
export const hearStandardWebhooks: Listener = (body, { headers }) =>
	hearEvents(body, idOf(headers['webhook-id']));

function hearEvents(body: unknown, delivery?: string): Heard[] {
	const events = at(body, 'events');
	const isList = Array.isArray(body) || Array.isArray(events);
	const list: unknown[] = Array.isArray(body) ? body : Array.isArray(events) ? events : [body];
	return list.map((one, index) => {
		const parsed = event.safeParse(one);
		return parsed.success
			? hear(parsed.data, delivery, isList ? index : undefined)
			: unreadable(one, 'The event has no type.');
	});
}

function hear(
	one: z.infer<typeof event>,
	delivery: string | undefined,
	place: number | undefined,
): Heard {
	// its own fields only: what stands under __proto__ is none
	const told = at(one, 'data');
	const inner = isFields(told) ? told : {};
	const field = (name: string): unknown => at(one, name) ?? at(inner, name);
	const own = idOf(at(one, 'id'));
	const inList = delivery === undefined ? undefined : `${delivery}/${String(place)}`;
	const rest = Object.entries(one).filter(([name]) => !NAMED.has(name));
	const account = idOf(field('accountId')) ?? idOf(field('account_id'));
	const key = field('accountKey');
	return {
		id: place === undefined ? (delivery ?? own) : (own ?? inList),
		identity: one,
		names: [one.type],
		value: textOf(field('value')),
		type: typeNamed(one.type),
		accountId: account,
		accountKey: readKey(key),
		contact: firstAddress(field('contact'), field('email')),
		occurredAt: field('occurredAt') ?? at(one, 'timestamp'),
		step: textOf(field('step')),
		severity: severityOf(field('severity') ?? field('priority')),
		...(typeof field('human') === 'boolean' ? { human: field('human') === true } : {}),
		...(typeof field('hard') === 'boolean' ? { hard: field('hard') === true } : {}),
		data: { ...Object.fromEntries(rest), ...inner },
		raw: one,
	};
}

function readKey(key: unknown): Heard['accountKey'] {
	const [system, id] = [textOf(at(key, 'system')), firstId(at(key, 'id'))];
	if (system === undefined || id === undefined) return undefined;
	return { system, kind: textOf(at(key, 'kind')) ?? 'account', id };
}
