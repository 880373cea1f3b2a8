import { z } from 'zod/v4';
import { unreadable, type Heard, type Listener } from './heard';
import { at, firstAddress, firstId, present } from './read';
import type { EventType } from './types';

/** A reporting webhook of Customer.io, https://docs.customer.io/integrations/api/webhooks/ */
const report = z.looseObject({
	event_id: z.string().min(1),
	metric: z.string().min(1),
	object_type: z.string().default(''),
});

const METRICS: ReadonlyMap<string, EventType> = new Map([
	['delivered', 'delivered'],
	['opened', 'opened'],
	['clicked', 'clicked'],
	['bounced', 'bounced'],
	['deferred', 'delivery_delayed'],
	['spammed', 'complained'],
	['unsubscribed', 'unsubscribed'],
]);
/** Nothing but an e-mail address can be silenced. */
const OF_EMAIL: ReadonlySet<string> = new Set(['bounced', 'spammed', 'deferred']);
const EMAIL: ReadonlySet<string> = new Set(['email', 'customer', '']);

export const hearCustomerio: Listener = (body) => {
	const list: unknown[] = Array.isArray(body) ? body : [body];
	return list.map((one) => {
		const parsed = report.safeParse(one);
		return parsed.success
			? hear(parsed.data)
			: unreadable(one, 'It is not a report of Customer.io: it has no event_id or no metric.');
	});
};

function hear(one: z.infer<typeof report>): Heard {
	const { metric, object_type: kind } = one;
	const silences = OF_EMAIL.has(metric) || metric === 'unsubscribed';
	const person = firstId(
		at(one, 'data', 'identifiers', 'id'),
		at(one, 'data', 'customer_id'),
		at(one, 'data', 'identifiers', 'cio_id'),
	);
	const contact = firstAddress(
		at(one, 'data', 'recipient'),
		at(one, 'data', 'email_address'),
		at(one, 'data', 'identifiers', 'email'),
	);
	return {
		id: one.event_id,
		names: [`${kind}.${metric}`, metric],
		type: silences && !EMAIL.has(kind) ? undefined : METRICS.get(metric),
		accountKey:
			person === undefined ? undefined : { system: 'customerio', kind: 'person', id: person },
		contact,
		occurredAt: one.timestamp,
		...(metric === 'clicked' ? clicker(kind, at(one, 'data', 'machine')) : {}),
		...(metric === 'bounced' ? { hard: true } : {}),
		data: present({
			channel: kind === '' ? undefined : kind,
			deliveryId: at(one, 'data', 'delivery_id'),
			campaignId: at(one, 'data', 'campaign_id'),
			broadcastId: at(one, 'data', 'broadcast_id'),
			subject: at(one, 'data', 'subject'),
			href: at(one, 'data', 'href'),
			failure: at(one, 'data', 'failure_message'),
		}),
		raw: one,
	};
}

/**
 * Of a click in an e-mail Customer.io says whether a machine made it; where it does not say, nobody knows (P13). Inside an
 * app nobody clicks but a person.
 */
function clicker(kind: string, machine: unknown): { human?: boolean } {
	if (kind === 'in_app') return { human: true };
	return typeof machine === 'boolean' ? { human: !machine } : {};
}
