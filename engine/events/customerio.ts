import { z } from 'zod/v4';
import { unreadable, type Heard, type Listener } from './heard';
import { at, firstAddress, firstId, present } from './read';
import type { EventType } from './types';

/** A reporting webhook of Customer.io. */
const report = z.looseObject({
	event_id: z.string().min(1),
	metric: z.string().min(1),
	object_type: z.string().default(''),
});

const METRICS: ReadonlyMap<string, EventType> = new Map([
	['delivered', 'delivered'],
	['opened', 'opened'],
	['human_opened', 'opened'],
	['clicked', 'clicked'],
	['human_clicked', 'clicked'],
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
	// nobody clicks inside an app but a person
	const human = metric === 'human_clicked' || (metric === 'clicked' && kind === 'in_app');
	return {
		id: one.event_id,
		names: [`${kind}.${metric}`, metric],
		type: silences && !EMAIL.has(kind) ? undefined : METRICS.get(metric),
		accountKey:
			person === undefined ? undefined : { system: 'customerio', kind: 'person', id: person },
		contact,
		occurredAt: one.timestamp,
		...(human ? { human: true } : {}),
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
