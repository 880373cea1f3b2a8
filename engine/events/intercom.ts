import { z } from 'zod/v4';
import { unreadable, type Listener } from './heard';
import { at, firstAddress, firstId, idOf, isFields, listOf, present } from './read';
import { P1, severityOf } from './severity';
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

/** What becomes of a message that Intercom sent (`content_stat.email` and others, since API version 2.6). */
const STATS: ReadonlyMap<unknown, EventType> = new Map([
	['receipt', 'delivered'],
	['open', 'opened'],
	['click', 'clicked'],
	['reply', 'reply_received'],
]);
/** What only a mail can come to. */
const OF_EMAIL: ReadonlyMap<unknown, EventType> = new Map([
	['hard_bounce', 'bounced'],
	['soft_bounce', 'delivery_delayed'],
	['spam_complaint', 'complained'],
	['unsubscribe', 'unsubscribed'],
]);
const EMAIL = 'content_stat.email';
/** Messages inside your product, where nobody clicks but a person (P13). */
const IN_APP: ReadonlySet<string> = new Set(
	['banner', 'chat', 'news_item', 'post'].map((kind) => `content_stat.${kind}`),
);

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
			type: TOPICS.get(topic) ?? statOf(topic, item) ?? conversation(topic, item),
			// the id that your own system gave the company
			accountId: firstId(at(company, 'company_id')),
			accountKey: keyOf('company', at(company, 'id')) ?? keyOf('contact', at(contact, 'id')),
			contact: firstAddress(at(contact, 'email'), ...writersOf(item)),
			occurredAt: rest.created_at,
			severity: severity(item),
			...(IN_APP.has(topic) && statOf(topic, item) === 'clicked' ? { human: true } : {}),
			data: present({
				itemType: at(item, 'type'),
				itemId: at(item, 'id'),
				subject: at(item, 'source', 'subject'),
				score: at(item, 'conversation_rating', 'rating'),
				comment: at(item, 'conversation_rating', 'remark'),
				priority: at(item, 'priority'),
				content: at(item, 'content_stat', 'content_title'),
				contentId: at(item, 'content_stat', 'content_id'),
				seriesId: at(item, 'content_stat', 'series_id'),
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
	if (topic === 'conversation.priority.updated')
		return severity(item) === P1 ? 'ticket_opened' : undefined;
	const began = at(item, 'source', 'delivered_as');
	if (topic !== 'conversation.user.created' && topic !== 'conversation.user.replied')
		return undefined;
	if (SENT.has(began)) return 'reply_received';
	return topic === 'conversation.user.created' ? 'ticket_opened' : undefined;
}

function statOf(topic: string, item: unknown): EventType | undefined {
	const stat = at(item, 'content_stat', 'stat_type');
	if (topic === EMAIL) return STATS.get(stat) ?? OF_EMAIL.get(stat);
	return IN_APP.has(topic) ? STATS.get(stat) : undefined;
}

/** Of a ticket's own attributes, the one that says how bad it is; a conversation has priority or has none. */
const SEVERITY = /^(?:priority|severity)$/i;

function severity(item: unknown): string | undefined {
	const attributes = at(item, 'ticket_attributes');
	const said = Object.entries(isFields(attributes) ? attributes : {})
		.filter(([name]) => SEVERITY.test(name))
		.map(([, value]) => severityOf(value))
		.filter((one) => one !== undefined);
	return said.find((one) => one === P1) ?? said[0] ?? severityOf(at(item, 'priority'), 'priority');
}

const CUSTOMERS: ReadonlySet<unknown> = new Set(['contact', 'lead', 'user', 'visitor']);

/** The addresses of customers who wrote in a conversation, the latest first; teammates and bots write in it too. */
function writersOf(item: unknown): unknown[] {
	const parts = listOf(at(item, 'conversation_parts', 'conversation_parts'));
	return [...parts.toReversed(), at(item, 'source')]
		.map((part) => at(part, 'author'))
		.filter((author) => CUSTOMERS.has(at(author, 'type')))
		.map((author) => at(author, 'email'));
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
