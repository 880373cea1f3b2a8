/**
 * What a customer or a system can have done, in the words that journeys read (docs/customer-event-trigger.md says which
 * sender's event is which). A type that a journey acts on is spelled as `Journey Ledger` knows it.
 */
export const EVENT_TYPES = [
	'customer_created',
	'set_up_step_completed',
	'first_value_reached',
	'usage_reported',
	'plan_limit_approached',
	'ticket_opened',
	'survey_answered',
	'reply_received',
	'human_requested',
	'cancellation_requested',
	'delivered',
	'opened',
	'clicked',
	'in_app_answered',
	'booked',
	'delivery_delayed',
	'bounced',
	'complained',
	'unsubscribed',
	'renewal_date_changed',
	'renewed',
	'churned',
	'customer_returned',
	'onboarding_restarted',
	'case_resolved',
	'merged',
	'contact_left',
	'sponsor_changed',
	'invoice_overdue',
	'opportunity_opened',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** An event that is none of them: handed out as it came, never lost. */
export const UNKNOWN = 'unknown';

export const SENDERS = [
	'customerio',
	'hmac',
	'hubspot',
	'intercom',
	'pagerduty',
	'salesforce',
	'segment',
	'standardWebhooks',
	'stripe',
] as const;
export type Sender = (typeof SENDERS)[number];

/** A record in the sender's own system: `{ system: 'stripe', kind: 'customer', id: 'cus_1' }`. */
export type AccountKey = { system: string; kind: string; id: string };
/** Kinds of records that are an account, of all that senders name. */
export const ACCOUNT_KINDS: ReadonlySet<unknown> = new Set([
	'account',
	'company',
	'customer',
	'group',
]);

/** Facts that decide something, where the sender tells them; journeys read them beside the event's own fields. */
export type EventFacts = {
	/** Of a ticket: `P1` is the highest of its sender, and always reaches a human (P18). */
	severity?: string;
	/** Of a bounce: false where the address may work tomorrow. */
	hard?: boolean;
	/** Of a click: a person's, not a scanner's (P13). */
	human?: boolean;
};

/** What leaves the trigger, one item each. Times are ISO date-times. */
export type CustomerEvent = EventFacts & {
	/** The sender's own; where it has none, a hash of what tells the event from every other. */
	id: string;
	type: EventType | typeof UNKNOWN;
	/** Only where the sender names an account of ours. */
	accountId?: string;
	/** Whom the sender names instead, or as well: to be mapped to an account behind the trigger. */
	accountKey?: AccountKey;
	/** Lower-case e-mail address of the person, where the sender tells it. */
	contact?: string;
	occurredAt: string;
	source: Sender;
	/** What the sender calls it. */
	sourceType: string;
	/** The set-up step, of `set_up_step_completed`. */
	step?: string;
	/** What else is worth reading, by the names in the docs. */
	data: Record<string, unknown>;
	/** What the sender sent; always there where the type is unknown. */
	raw?: unknown;
};
