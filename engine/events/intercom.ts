import { z } from 'zod/v4';
import { unreadable, type Listener } from './heard';
import { at, firstAddress, firstId, idOf, listOf, present, textOf } from './read';
import type { AccountKey, EventType } from './types';

/** A notification of Intercom ("Webhook models"): `data.item` is a conversation, ticket, contact or company. */
const notification = z.looseObject({
	topic: z.string().min(1),
	id: z.string().nullish(),
	data: z.looseObject({ item: z.unknown().optional() }).optional(),
});

const TOPICS: ReadonlyMap<string, EventType> = new Map([
	['company.created', 'customer_created'],
	['company.contact.detached', 'contact_left'],
	['contact.archived', 'contact_left'],
	['contact.deleted', 'contact_left'],
	['contact.unsubscribed', 'unsubscribed'],
	['contact.user.unsubscribed', 'unsubscribed'],
	['user.unsubscribed', 'unsubscribed'],
	['conversation.rating.added', 'survey_answered'],
	['ticket.created', 'ticket_opened'],
]);

export const hearIntercom: Listener = (body) => {
	const parsed = notification.safeParse(body);
	if (!parsed.success)
		return [unreadable(body, 'It is not a notification of Intercom: it has no topic.')];
	const { topic, data, ...rest } = parsed.data;
	const item = data?.item;
	const company = at(item, 'company') ?? (at(item, 'type') === 'company' ? item : undefined);
	const contact = contactOf(item);
	return [
		{
			id: idOf(rest.id),
			identity: { ...parsed.data, delivery_attempts: undefined, first_sent_at: undefined },
			names: [topic],
			type: TOPICS.get(topic) ?? conversation(topic, item),
			// the id that your own system gave the company
			accountId: firstId(at(company, 'company_id')),
			accountKey: keyOf('company', at(company, 'id')) ?? keyOf('contact', at(contact, 'id')),
			contact: firstAddress(at(contact, 'email'), at(item, 'source', 'author', 'email')),
			occurredAt: rest.created_at,
			severity: textOf(at(item, 'ticket_attributes', 'priority') ?? at(item, 'priority')),
			data: present({
				itemType: at(item, 'type'),
				itemId: at(item, 'id'),
				subject: at(item, 'source', 'subject'),
				score: at(item, 'conversation_rating', 'rating'),
				comment: at(item, 'conversation_rating', 'remark'),
			}),
			raw: body,
		},
	];
};

/**
 * How a conversation began, where it was with something that was sent (`source.delivered_as`). The others are begun by the
 * customer: `customer_initiated`, and `operator_initiated`, where a bot stands at the door.
 */
const SENT: ReadonlySet<unknown> = new Set(['admin_initiated', 'automated', 'campaigns_initiated']);

/**
 * Somebody who answers what was sent to them has replied (P33); who begins a conversation asks support for something, as
 * with a ticket.
 */
function conversation(topic: string, item: unknown): EventType | undefined {
	const began = at(item, 'source', 'delivered_as');
	if (topic !== 'conversation.user.created' && topic !== 'conversation.user.replied')
		return undefined;
	if (SENT.has(began)) return 'reply_received';
	return topic === 'conversation.user.created' ? 'ticket_opened' : undefined;
}

function contactOf(item: unknown): unknown {
	if (at(item, 'type') === 'contact' || at(item, 'type') === 'user') return item;
	const [first] = listOf(at(item, 'contacts', 'contacts') ?? at(item, 'contacts'));
	return at(item, 'contact') ?? at(item, 'user') ?? first;
}

function keyOf(kind: string, id: unknown): AccountKey | undefined {
	const found = idOf(id);
	return found === undefined ? undefined : { system: 'intercom', kind, id: found };
}
