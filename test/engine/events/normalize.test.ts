import { createHash } from 'node:crypto';
import { normalize, type Normalizing } from '../../../engine/events/normalize';
import {
	EVENT_TYPES,
	SENDERS,
	type CustomerEvent,
	type Sender,
} from '../../../engine/events/types';
import { asksForHuman } from '../../../engine/journeys/asksForHuman';

const RECEIVED = Date.parse('2026-03-02T09:00:00Z');
const how: Normalizing = {
	headers: {},
	receivedAt: RECEIVED,
	digest: (text) => createHash('sha256').update(text).digest('hex'),
};
const heard = (sender: Sender, body: unknown, over: Partial<Normalizing> = {}): CustomerEvent[] =>
	normalize(sender, body, { ...how, ...over });
const one = (sender: Sender, body: unknown, over: Partial<Normalizing> = {}): CustomerEvent => {
	const [event, ...more] = heard(sender, body, over);
	if (event === undefined || more.length > 0) throw new Error('Not one event');
	return event;
};

/** As HubSpot describes a notification. */
const hubspot = (over: object): object => ({
	eventId: 100,
	subscriptionId: 10,
	portalId: 62515,
	appId: 54321,
	occurredAt: 1772442000000,
	attemptNumber: 0,
	objectId: 123,
	changeSource: 'CRM',
	...over,
});
const property = (name: string, value: unknown, kind = 'company'): object =>
	hubspot({
		subscriptionType: `${kind}.propertyChange`,
		propertyName: name,
		propertyValue: value,
	});
const stripe = (type: string, object: object, previous?: object): object => ({
	id: 'evt_1',
	object: 'event',
	type,
	created: 1772442000,
	data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
});
const subscription = { object: 'subscription', id: 'sub_1', customer: 'cus_1', status: 'active' };
/** An invoice of a further period, with a line from and to each of these days. */
const cycle = (...periods: [string, string][]): object => ({
	customer: 'cus_1',
	billing_reason: 'subscription_cycle',
	lines: {
		data: periods.map(([start, end]) => ({
			period: { start: Date.parse(start) / 1000, end: Date.parse(end) / 1000 },
		})),
	},
});
const track = (event: string, properties: object = {}): object => ({
	type: 'track',
	messageId: 'm-1',
	event,
	userId: 'u-1',
	context: { groupId: 'A-1' },
	properties,
	timestamp: '2026-03-02T08:59:00.000Z',
});
const report = (metric: string, kind = 'email', data: object = {}): object => ({
	event_id: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
	object_type: kind,
	metric,
	timestamp: 1772442000,
	data: {
		customer_id: '0200102',
		identifiers: { id: '0200102', email: 'Ada@Acme.example' },
		recipient: 'ada@acme.example',
		delivery_id: 'RPILAgUBcRhIBqSfeiIwdIYJKxTY',
		...data,
	},
});
const intercom = (topic: string, item: object): object => ({
	type: 'notification_event',
	id: 'notif_1',
	topic,
	created_at: 1772442000,
	delivery_attempts: 1,
	data: { type: 'notification_event_data', item },
});
const CUSTOMER = { type: 'user', id: 'c-1', email: 'ada@acme.example' };
const TEAMMATE = { type: 'admin', id: '1', email: 'mia@us.example' };
const BOT = { type: 'bot', id: '2', email: 'operator+app@intercom.io' };
/** As Intercom describes a conversation: who began it is its author, what came after it are its parts. */
const conversation = (began: string, over: object = {}): object => ({
	type: 'conversation',
	id: '9',
	source: {
		type: 'conversation',
		delivered_as: began,
		author:
			began === 'customer_initiated' ? CUSTOMER : began === 'operator_initiated' ? BOT : TEAMMATE,
	},
	contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c-1' }] },
	...over,
});
const parts = (...authors: object[]): object => ({
	conversation_parts: {
		conversation_parts: authors.map((author) => ({ type: 'conversation_part', author })),
	},
});
/** "Content Stat notification object": what became of something that was sent from Intercom. */
const stat = (kind: string, type: string): object =>
	intercom(`content_stat.${kind}`, {
		type: `content_stat.${kind}`,
		created_at: '2026-03-02T08:59:00.000Z',
		content_stat: { id: 1, content_type: kind, content_id: 4, stat_type: type, series_id: 1 },
		contact: CUSTOMER,
	});
const incident = (type: string, over: object = {}): object => ({
	event: {
		id: '01CH754SM17TWPE2V2H4VPBRO7',
		event_type: type,
		resource_type: 'incident',
		occurred_at: '2026-03-02T08:59:00.000Z',
		data: { id: 'Q1', service: { id: 'PF9' }, urgency: 'high', ...over },
	},
});
const changed = (entity: string, type: string, fields: object, changedFields: string[] = []) => ({
	schema: 'x',
	payload: {
		ChangeEventHeader: {
			entityName: entity,
			changeType: type,
			recordIds: ['001A'],
			changedFields,
			commitTimestamp: 1772442000000,
			transactionKey: 'tx-1',
			sequenceNumber: 1,
		},
		...fields,
	},
	event: { replayId: 12 },
});

/** What the docs say each sender's event means. */
const MEANINGS: [Sender, object, string, string?][] = [
	['hubspot', property('lifecyclestage', 'customer'), 'customer_created'],
	['hubspot', property('lifecyclestage', 'lead'), 'unknown'],
	['hubspot', property('renewal_date', '1780272000000'), 'renewal_date_changed'],
	['hubspot', property('executive_sponsor', '7'), 'sponsor_changed'],
	['hubspot', property('hs_email_optout', 'true', 'contact'), 'unsubscribed'],
	['hubspot', property('hs_email_optout', 'false', 'contact'), 'unknown'],
	['hubspot', hubspot({ subscriptionType: 'company.creation' }), 'unknown'],
	['hubspot', hubspot({ subscriptionType: 'deal.creation' }), 'opportunity_opened'],
	['hubspot', hubspot({ subscriptionType: 'ticket.creation' }), 'ticket_opened'],
	['hubspot', property('hs_ticket_priority', 'URGENT', 'ticket'), 'ticket_opened'],
	['hubspot', property('hs_ticket_priority', 'HIGH', 'ticket'), 'unknown'],
	['hubspot', hubspot({ subscriptionType: 'contact.deletion' }), 'contact_left'],
	[
		'hubspot',
		hubspot({ subscriptionType: 'object.creation', objectTypeId: '0-5' }),
		'ticket_opened',
	],
	[
		'hubspot',
		hubspot({ subscriptionType: 'object.creation', objectTypeId: '0-19' }),
		'survey_answered',
	],
	['hubspot', hubspot({ subscriptionType: 'object.creation', objectTypeId: '2-77' }), 'unknown'],
	['stripe', stripe('customer.created', { object: 'customer', id: 'cus_1' }), 'customer_created'],
	// one of several, or the only one: the event does not say
	[
		'stripe',
		stripe('customer.subscription.deleted', { ...subscription, status: 'canceled' }),
		'unknown',
	],
	[
		'stripe',
		stripe('customer.subscription.deleted', {
			...subscription,
			status: 'canceled',
			cancellation_details: { reason: 'payment_failed' },
		}),
		'unknown',
	],
	// cancelled at once, so that nobody heard of it before
	[
		'stripe',
		stripe('customer.subscription.deleted', {
			...subscription,
			status: 'canceled',
			cancel_at_period_end: false,
			cancel_at: null,
			cancellation_details: { reason: 'cancellation_requested' },
		}),
		'cancellation_requested',
	],
	// the end of what was asked for when it was set to cancel
	[
		'stripe',
		stripe('customer.subscription.deleted', {
			...subscription,
			status: 'canceled',
			cancel_at_period_end: true,
			cancel_at: 1772442000,
			cancellation_details: { reason: 'cancellation_requested' },
		}),
		'unknown',
	],
	[
		'stripe',
		stripe('invoice.overdue', { object: 'invoice', customer: 'cus_1' }),
		'invoice_overdue',
	],
	[
		'stripe',
		stripe('invoice.paid', { customer: 'cus_1', billing_reason: 'subscription_cycle' }),
		'renewed',
	],
	['stripe', stripe('invoice.paid', cycle(['2026-01-01', '2027-01-01'])), 'renewed'],
	[
		'stripe',
		// beside a year what was added for some days
		stripe('invoice.paid', cycle(['2025-12-28', '2026-01-01'], ['2026-01-01', '2027-01-01'])),
		'renewed',
	],
	['stripe', stripe('invoice.paid', cycle(['2026-01-01', '2026-06-30'])), 'renewed'], // 180 days (P25)
	['stripe', stripe('invoice.paid', cycle(['2026-01-01', '2026-06-29'])), 'unknown'], // 179
	['stripe', stripe('invoice.paid', cycle(['2026-03-01', '2026-04-01'])), 'unknown'], // a month
	[
		'stripe',
		stripe('invoice.paid', { customer: 'cus_1', billing_reason: 'subscription_create' }),
		'unknown',
	],
	[
		'stripe',
		stripe(
			'customer.subscription.updated',
			{ ...subscription, cancel_at_period_end: true, cancel_at: 1780272000 },
			{ cancel_at_period_end: false, cancel_at: null },
		),
		'cancellation_requested',
	],
	[
		'stripe',
		stripe(
			'customer.subscription.updated',
			{ ...subscription, cancel_at_period_end: false, cancel_at: null },
			{ cancel_at_period_end: true, cancel_at: 1780272000 },
		),
		'unknown',
	],
	[
		'stripe',
		stripe(
			'customer.subscription.updated',
			{ ...subscription, status: 'past_due' },
			{ status: 'active' },
		),
		'invoice_overdue',
	],
	[
		'stripe',
		stripe(
			'customer.subscription.updated',
			{ ...subscription, items: { data: [{ current_period_end: 1780272000 }] } },
			{ items: { data: [{ current_period_end: 1777593600 }] } },
		),
		'renewal_date_changed',
	],
	['stripe', stripe('billing.alert.triggered', { customer: 'cus_1' }), 'plan_limit_approached'],
	['stripe', stripe('charge.succeeded', { customer: 'cus_1' }), 'unknown'],
	['segment', track('Account Created'), 'customer_created'],
	['segment', track('Account Deleted'), 'churned'],
	['segment', track('Account Removed User'), 'contact_left'],
	['segment', track('Email Link Clicked'), 'clicked'],
	['segment', track('Email Marked as Spam', { email: 'a@b.example' }), 'complained'],
	['segment', track('Unsubscribed', { email: 'a@b.example' }), 'unsubscribed'],
	['segment', track('First Value Reached'), 'first_value_reached'],
	['segment', track('set_up_step_completed', { step: 'connect' }), 'set_up_step_completed'],
	['segment', track('Plan Limit Approached'), 'plan_limit_approached'],
	['segment', track('Usage Reported'), 'usage_reported'],
	['segment', track('Button Pressed'), 'unknown'],
	['segment', { ...track('x'), type: 'page', name: 'Account Created' }, 'unknown'],
	['customerio', report('delivered'), 'delivered'],
	['customerio', report('opened'), 'opened'],
	['customerio', report('clicked'), 'clicked'],
	['customerio', report('bounced'), 'bounced'],
	['customerio', report('deferred'), 'delivery_delayed'],
	['customerio', report('spammed'), 'complained'],
	['customerio', report('unsubscribed', 'customer'), 'unsubscribed'],
	['customerio', report('bounced', 'push'), 'unknown'],
	['customerio', report('converted'), 'unknown'],
	['intercom', intercom('company.created', { type: 'company', id: 'x' }), 'customer_created'],
	['intercom', intercom('ticket.created', { type: 'ticket', id: '1' }), 'ticket_opened'],
	[
		'intercom',
		intercom('conversation.user.created', conversation('customer_initiated')),
		'ticket_opened',
	],
	[
		'intercom',
		intercom('conversation.user.replied', conversation('campaigns_initiated')),
		'reply_received',
	],
	['intercom', intercom('conversation.user.created', conversation('automated')), 'reply_received'],
	[
		'intercom',
		intercom('conversation.user.replied', conversation('admin_initiated')),
		'reply_received',
	],
	// a bot stood at the door: nothing of ours is answered
	[
		'intercom',
		intercom('conversation.user.created', conversation('operator_initiated')),
		'ticket_opened',
	],
	[
		'intercom',
		intercom('conversation.user.replied', conversation('operator_initiated')),
		'unknown',
	],
	[
		'intercom',
		intercom('conversation.user.replied', conversation('customer_initiated')),
		'unknown',
	],
	[
		'intercom',
		intercom('conversation.rating.added', conversation('customer_initiated')),
		'survey_answered',
	],
	['intercom', intercom('contact.archived', { type: 'contact', id: 'c-1' }), 'contact_left'],
	['intercom', { type: 'notification_event', topic: 'ping', id: null }, 'unknown'],
	['intercom', stat('email', 'receipt'), 'delivered'],
	['intercom', stat('email', 'open'), 'opened'],
	['intercom', stat('email', 'click'), 'clicked'],
	['intercom', stat('email', 'reply'), 'reply_received'],
	['intercom', stat('email', 'hard_bounce'), 'bounced'],
	['intercom', stat('email', 'soft_bounce'), 'delivery_delayed'],
	['intercom', stat('email', 'spam_complaint'), 'complained'],
	['intercom', stat('email', 'unsubscribe'), 'unsubscribed'],
	['intercom', stat('email', 'goal_success'), 'unknown'],
	['intercom', stat('chat', 'receipt'), 'delivered'],
	['intercom', stat('chat', 'reply'), 'reply_received'],
	['intercom', stat('post', 'click'), 'clicked'],
	// who wants no more text messages may be written mails
	['intercom', stat('sms', 'unsubscribe'), 'unknown'],
	['intercom', stat('series', 'receipt'), 'unknown'],
	// with a bot
	['intercom', stat('custom_bot', 'reply'), 'unknown'],
	[
		'intercom',
		intercom(
			'conversation.priority.updated',
			conversation('customer_initiated', { priority: 'priority' }),
		),
		'ticket_opened',
	],
	[
		'intercom',
		intercom(
			'conversation.priority.updated',
			conversation('customer_initiated', { priority: 'not_priority' }),
		),
		'unknown',
	],
	['pagerduty', incident('incident.triggered'), 'ticket_opened'],
	['pagerduty', incident('incident.resolved'), 'unknown'],
	['salesforce', changed('Opportunity', 'CREATE', { StageName: 'Proposal' }), 'opportunity_opened'],
	[
		'salesforce',
		changed('Opportunity', 'UPDATE', { StageName: 'Closed Won', Type: 'Renewal' }, ['StageName']),
		'renewed',
	],
	[
		'salesforce',
		changed('Opportunity', 'UPDATE', { StageName: 'Closed Won', Type: 'New Business' }, [
			'StageName',
		]),
		'unknown',
	],
	['salesforce', changed('Case', 'CREATE', { Status: 'New', Priority: 'P1' }), 'ticket_opened'],
	['salesforce', changed('Case', 'UPDATE', { Status: 'Closed' }, ['Status']), 'unknown'],
	['salesforce', changed('Case', 'UPDATE', { Priority: 'High' }, ['Priority']), 'ticket_opened'],
	['salesforce', changed('Case', 'UPDATE', { Priority: 'Low' }, ['Priority']), 'unknown'],
	// a field that is always sent along, for another's change
	['salesforce', changed('Case', 'UPDATE', { Priority: 'High' }, ['Status']), 'unknown'],
	['salesforce', changed('Account', 'CREATE', { Type: 'Customer - Direct' }), 'customer_created'],
	['salesforce', changed('Account', 'CREATE', { Type: 'Prospect' }), 'unknown'],
	[
		'salesforce',
		changed('Account', 'UPDATE', { Type: 'Customer - Channel' }, ['Type']),
		'customer_created',
	],
	['salesforce', changed('Account', 'UPDATE', { Type: 'Customer' }, ['Phone']), 'unknown'],
	[
		'salesforce',
		changed('Account', 'UPDATE', { Renewal_Date__c: '2026-06-01' }, ['Renewal_Date__c']),
		'renewal_date_changed',
	],
	[
		'salesforce',
		changed('Account', 'UPDATE', { Executive_Sponsor__c: '003' }, ['Executive_Sponsor__c']),
		'sponsor_changed',
	],
	[
		'salesforce',
		changed('Contract', 'UPDATE', { EndDate: '2026-06-01' }, ['EndDate']),
		'renewal_date_changed',
	],
	['salesforce', changed('Contact', 'DELETE', {}), 'contact_left'],
	[
		'salesforce',
		changed('Contact', 'UPDATE', { HasOptedOutOfEmail: true }, ['HasOptedOutOfEmail']),
		'unsubscribed',
	],
	[
		'salesforce',
		changed('Contact', 'UPDATE', { HasOptedOutOfEmail: false }, ['HasOptedOutOfEmail']),
		'unknown',
	],
	['salesforce', changed('Contact', 'UPDATE', { HasOptedOutOfEmail: true }, ['Phone']), 'unknown'],
	['salesforce', changed('Contact', 'CREATE', { HasOptedOutOfEmail: true }), 'unsubscribed'],
	// nothing but these is in it, unless somebody sends more fields along: it may be any sale
	[
		'salesforce',
		changed('Opportunity', 'UPDATE', { StageName: 'Closed Won', IsWon: true }, [
			'StageName',
			'IsWon',
		]),
		'unknown',
	],
	[
		'salesforce',
		{
			'detail-type': 'Digital_CS_Event__e',
			detail: { payload: { Type__c: 'churned', AccountId__c: '001A' }, event: { EventUuid: 'u' } },
		},
		'churned',
	],
	['hmac', { id: 'e', type: 'Customer Created', accountId: 'A-1' }, 'customer_created'],
	['hmac', { id: 'e', type: 'something.else' }, 'unknown'],
	[
		'standardWebhooks',
		{ type: 'first_value.reached', timestamp: '2026-03-02T08:59:00Z', data: { accountId: 'A-1' } },
		'first_value_reached',
	],
];

describe('what an event means', () => {
	test.each(MEANINGS)('%s %j is %s', (sender, body, type) => {
		expect(one(sender, body).type).toBe(type);
	});

	test('every type of the list is heard from somebody, or can be named', () => {
		for (const type of EVENT_TYPES)
			expect(one('hmac', { id: 'e', type, accountId: 'A-1' }).type).toBe(type);
	});
});

describe('every event', () => {
	test.each(MEANINGS)('%s %j has an id, a time and what it was called', (sender, body) => {
		const event = one(sender, body);
		expect(event.id).toMatch(/^.{1,500}$/);
		expect(event.occurredAt).toMatch(/^2026-03-02T(08:59|09:00):00\.000Z$/);
		expect(event.source).toBe(sender);
		expect(event.sourceType).toMatch(/\S/);
		expect(event.raw).toEqual(body);
	});

	test.each(MEANINGS)(
		'%s %j has the same id when it is sent again, and changes nothing it is given',
		(sender, body) => {
			const before = JSON.stringify(body);
			const again = JSON.parse(before) as Record<string, unknown>;
			if (sender === 'hubspot') again.attemptNumber = 3;
			if (sender === 'intercom') again.delivery_attempts = 4;
			const later = { receivedAt: RECEIVED + 86_400_000 };
			expect(one(sender, again, later).id).toBe(one(sender, body).id);
			expect(JSON.stringify(body)).toBe(before);
		},
	);

	test('of HubSpot is told from others though its eventId is not unique', () => {
		const events = [
			property('lifecyclestage', 'customer'),
			property('renewal_date', '1'),
			{ ...property('lifecyclestage', 'customer'), objectId: 124 },
			{ ...property('lifecyclestage', 'customer'), occurredAt: 1772442000001 },
			{ ...property('lifecyclestage', 'customer'), portalId: 1 },
		];
		expect(new Set(heard('hubspot', events).map(({ id }) => id)).size).toBe(events.length);
	});
});

describe('whom an event is about', () => {
	test.each<[Sender, object, object]>([
		[
			'hubspot',
			property('lifecyclestage', 'customer'),
			{ system: 'hubspot', kind: 'company', id: '123' },
		],
		[
			'hubspot',
			hubspot({ subscriptionType: 'deal.creation' }),
			{ system: 'hubspot', kind: 'deal', id: '123' },
		],
		[
			'stripe',
			stripe('invoice.overdue', { customer: 'cus_1' }),
			{ system: 'stripe', kind: 'customer', id: 'cus_1' },
		],
		[
			'stripe',
			stripe('customer.created', { object: 'customer', id: 'cus_2' }),
			{ system: 'stripe', kind: 'customer', id: 'cus_2' },
		],
		['customerio', report('opened'), { system: 'customerio', kind: 'person', id: '0200102' }],
		[
			'pagerduty',
			incident('incident.triggered'),
			{ system: 'pagerduty', kind: 'service', id: 'PF9' },
		],
		[
			'salesforce',
			changed('Account', 'UPDATE', {}),
			{ system: 'salesforce', kind: 'account', id: '001A' },
		],
		[
			'salesforce',
			changed('Case', 'CREATE', { AccountId: '001B' }),
			{ system: 'salesforce', kind: 'account', id: '001B' },
		],
		// where no account is sent along: what leads to it
		[
			'salesforce',
			changed('Contract', 'UPDATE', { EndDate: '2026-06-01' }, ['EndDate']),
			{ system: 'salesforce', kind: 'contract', id: '001A' },
		],
		[
			'salesforce',
			changed('Contact', 'DELETE', {}),
			{ system: 'salesforce', kind: 'contact', id: '001A' },
		],
		[
			'salesforce',
			changed('Contact', 'DELETE', { AccountId: '001B', Email: 'ada@acme.example' }),
			{ system: 'salesforce', kind: 'account', id: '001B' },
		],
	])('%s %j: the sender’s own key, and no account of ours', (sender, body, accountKey) => {
		expect(one(sender, body)).toMatchObject({ accountKey });
		expect(one(sender, body)).not.toHaveProperty('accountId');
	});

	test('where the sender’s ids of accounts are ours, they are taken; those of other records are not', () => {
		const keyIsAccount = true;
		expect(one('hubspot', property('x', '1'), { keyIsAccount }).accountId).toBe('123');
		const deal = hubspot({ subscriptionType: 'deal.creation' });
		expect(one('hubspot', deal, { keyIsAccount })).not.toHaveProperty('accountId');
		expect(one('customerio', report('opened'), { keyIsAccount })).not.toHaveProperty('accountId');
		const contact = changed('Contact', 'DELETE', {});
		expect(one('salesforce', contact, { keyIsAccount })).not.toHaveProperty('accountId');
	});

	test('who names an account of ours is believed: metadata in Stripe, the group in Segment, company_id in Intercom', () => {
		const object = { ...subscription, metadata: { accountId: 'A-1' } };
		expect(one('stripe', stripe('customer.subscription.created', object)).accountId).toBe('A-1');
		expect(one('segment', track('Account Created')).accountId).toBe('A-1');
		const company = { type: 'company', id: 'x', company_id: 'A-1' };
		expect(one('intercom', intercom('company.created', company)).accountId).toBe('A-1');
	});

	test('of a conversation in Intercom the customer, never a teammate or a bot', () => {
		const contact = (topic: string, began: string, over?: object): string | undefined =>
			one('intercom', intercom(`conversation.${topic}`, conversation(began, over))).contact;
		expect(contact('user.created', 'customer_initiated')).toBe('ada@acme.example');
		for (const began of ['admin_initiated', 'automated', 'campaigns_initiated']) {
			expect(contact('user.replied', began)).toBeUndefined();
			expect(contact('user.replied', began, parts(TEAMMATE, CUSTOMER))).toBe('ada@acme.example');
		}
		expect(contact('user.created', 'operator_initiated')).toBeUndefined();
		// somebody else of theirs joined in
		const eve = { ...CUSTOMER, id: 'c-2', email: 'eve@acme.example' };
		expect(contact('user.replied', 'customer_initiated', parts(BOT, eve, TEAMMATE))).toBe(
			'eve@acme.example',
		);
		expect(one('intercom', stat('email', 'unsubscribe')).contact).toBe('ada@acme.example');
	});

	test('an address is in lower case, and no address is none', () => {
		expect(
			one('customerio', report('opened', 'email', { recipient: 'ADA@Acme.example' })).contact,
		).toBe('ada@acme.example');
		expect(one('hmac', { id: 'e', type: 'clicked', contact: 'Ada' })).not.toHaveProperty('contact');
	});
});

describe('facts that decide', () => {
	/** Each sender's own highest severity is P1 (P18), in one word whatever the sender's is. */
	test.each<[Sender, object, string | undefined]>([
		['pagerduty', incident('incident.triggered', { priority: { summary: 'P1' } }), 'P1'],
		['pagerduty', incident('incident.triggered', { priority: { summary: 'SEV-1' } }), 'P1'],
		['pagerduty', incident('incident.triggered', { priority: { summary: 'P3' } }), 'P3'],
		['pagerduty', incident('incident.triggered', { urgency: 'high' }), 'P1'],
		['pagerduty', incident('incident.triggered', { urgency: 'low' }), 'low'],
		['salesforce', changed('Case', 'CREATE', { Priority: 'High' }), 'P1'],
		['salesforce', changed('Case', 'CREATE', { Priority: 'Critical' }), 'P1'],
		['salesforce', changed('Case', 'CREATE', { Priority: 'Medium' }), 'Medium'],
		['salesforce', changed('Case', 'CREATE', {}), undefined],
		[
			'intercom',
			intercom(
				'conversation.user.created',
				conversation('customer_initiated', { priority: 'priority' }),
			),
			'P1',
		],
		[
			'intercom',
			intercom(
				'conversation.user.created',
				conversation('customer_initiated', { priority: 'not_priority' }),
			),
			'not_priority',
		],
		...[
			[{ Priority: 'P1' }, 'P1'],
			[{ priority: 'urgent' }, 'P1'],
			[{ Area: 'Reports', Severity: 'Critical' }, 'P1'],
			[{ Priority: 'P3' }, 'P3'],
			[{ Area: 'P1' }, undefined],
		].map(([attributes, severity]): [Sender, object, string | undefined] => [
			'intercom',
			intercom('ticket.created', { type: 'ticket', id: '1', ticket_attributes: attributes }),
			severity as string | undefined,
		]),
		['hubspot', property('hs_ticket_priority', 'URGENT', 'ticket'), 'P1'],
		...[
			'P1',
			'p-1',
			'P 1',
			'1',
			'sev1',
			'SEV-1',
			'Severity 1',
			'urgent',
			'Critical',
			'HIGHEST',
			'blocker',
		].flatMap((word): [Sender, object, string][] => [
			['hmac', { id: 'e', type: 'ticket_opened', severity: word }, 'P1'],
			['hmac', { id: 'e', type: 'ticket_opened', data: { severity: word } }, 'P1'],
			['standardWebhooks', { id: 'e', type: 'ticket.opened', data: { priority: word } }, 'P1'],
			['segment', { type: 'track', event: 'Ticket Opened', properties: { severity: word } }, 'P1'],
			['salesforce', { payload: { Type__c: 'ticket_opened', Severity__c: word } }, 'P1'],
		]),
		['hmac', { id: 'e', type: 'ticket_opened', severity: 1 }, 'P1'],
		['hmac', { id: 'e', type: 'ticket_opened', severity: 'P2' }, 'P2'],
		['segment', { type: 'track', event: 'Ticket Opened', properties: { priority: 'low' } }, 'low'],
		['salesforce', { payload: { Type__c: 'ticket_opened', Severity__c: 'Normal' } }, 'Normal'],
	])('the severity of a ticket: %s %j is %s', (sender, body, severity) => {
		const event = one(sender, body);
		expect([event.type, event.severity]).toEqual(['ticket_opened', severity]);
		expect(asksForHuman({ type: event.type, data: { ...event } })).toBe(severity === 'P1');
	});

	test('a click is a person’s only where the sender can tell', () => {
		expect(one('customerio', report('clicked'))).not.toHaveProperty('human');
		expect(one('customerio', report('clicked', 'email', { machine: false })).human).toBe(true);
		expect(one('customerio', report('clicked', 'email', { machine: true })).human).toBe(false);
		expect(one('customerio', report('clicked', 'in_app')).human).toBe(true);
		expect(one('intercom', stat('email', 'click'))).not.toHaveProperty('human');
		expect(one('intercom', stat('chat', 'click')).human).toBe(true);
		expect(one('hmac', { id: 'e', type: 'clicked', human: true }).human).toBe(true);
	});

	test('the set-up step, and the new date of a renewal', () => {
		expect(one('segment', track('Set-Up Step Completed', { step: 'connect' })).step).toBe(
			'connect',
		);
		expect(one('hubspot', property('renewal_date', '1780272000000')).data).toMatchObject({
			renewalDate: '2026-06-01T00:00:00.000Z',
		});
	});
});

describe('when it happened', () => {
	test('of a call of Segment by the clock that Segment has put right, whatever the caller’s says', () => {
		const wrong = { originalTimestamp: '2026-02-01T00:00:00.000Z' };
		expect(one('segment', { ...track('Activated'), ...wrong }).occurredAt).toBe(
			'2026-03-02T08:59:00.000Z',
		);
		expect(one('segment', { ...track('Activated'), ...wrong, timestamp: null }).occurredAt).toBe(
			'2026-02-01T00:00:00.000Z',
		);
	});
});

describe('one thing that a sender tells may be several events', () => {
	test('a list of HubSpot is as many as it holds, and one that is none of HubSpot’s loses no neighbor', () => {
		const events = heard('hubspot', [property('lifecyclestage', 'customer'), 'nonsense', 7]);
		expect(events.map(({ type }) => type)).toEqual(['customer_created', 'unknown', 'unknown']);
		expect(events[1]).toMatchObject({
			raw: 'nonsense',
			data: { problem: expect.any(String) as string },
		});
	});

	test('a merge of companies is one per record that is gone', () => {
		const merge = hubspot({
			subscriptionType: 'company.merge',
			primaryObjectId: 1,
			mergedObjectIds: [2, 3],
			newObjectId: 9,
		});
		const events = heard('hubspot', merge, { keyIsAccount: true });
		expect(events.map(({ type, accountId, data }) => [type, accountId, data.mergedId])).toEqual([
			['merged', '9', '1'],
			['merged', '9', '2'],
			['merged', '9', '3'],
		]);
		expect(new Set(events.map(({ id }) => id)).size).toBe(3);
	});

	test('a contact that left a company is that company’s', () => {
		const left = hubspot({
			subscriptionType: 'contact.associationChange',
			associationType: 'CONTACT_TO_COMPANY',
			associationRemoved: true,
			fromObjectId: 55,
			toObjectId: 77,
		});
		expect(one('hubspot', left)).toMatchObject({
			type: 'contact_left',
			accountKey: { kind: 'company', id: '77' },
			data: { contactId: '55' },
		});
	});

	test('a subscription that is cancelled and overdue at once', () => {
		const both = stripe(
			'customer.subscription.updated',
			{ ...subscription, status: 'unpaid', cancel_at_period_end: true },
			{ status: 'active', cancel_at_period_end: false },
		);
		expect(heard('stripe', both).map(({ id, type }) => [id, type])).toEqual([
			['evt_1', 'cancellation_requested'],
			['evt_1/invoice_overdue', 'invoice_overdue'],
		]);
	});
});

describe('several things that one change of a record in Salesforce tells', () => {
	const both = changed(
		'Account',
		'UPDATE',
		{ Renewal_Date__c: '2026-06-01', Type: 'Customer - Direct', Executive_Sponsor__c: '003' },
		['Renewal_Date__c', 'Type', 'Executive_Sponsor__c'],
	);

	test('are an event each, under ids that a repeat has as well', () => {
		const events = heard('salesforce', both);
		expect(new Set(events.map(({ type }) => type))).toEqual(
			new Set(['customer_created', 'renewal_date_changed', 'sponsor_changed']),
		);
		const ids = events.map(({ id }) => id);
		expect(new Set(ids).size).toBe(3);
		expect(heard('salesforce', both, { receivedAt: RECEIVED + 1000 }).map(({ id }) => id)).toEqual(
			ids,
		);
		expect(events.find(({ type }) => type === 'renewal_date_changed')?.data).toMatchObject({
			renewalDate: '2026-06-01T00:00:00.000Z',
		});
	});

	test('but the same thing twice is one', () => {
		const dates = { Renewal_Date__c: '2026-06-01', Contract_End_Date__c: '2026-06-01' };
		expect(one('salesforce', changed('Account', 'UPDATE', dates, Object.keys(dates))).type).toBe(
			'renewal_date_changed',
		);
	});

	test('and a meaning of one’s own is one, in place of all', () => {
		const rules = [{ event: 'Account.UPDATE', type: 'first_value_reached' as const }];
		expect(heard('salesforce', both, { rules }).map(({ type }) => type)).toEqual([
			'first_value_reached',
		]);
	});
});

describe('an outbound message of Salesforce', () => {
	const message = (notifications: string): string =>
		`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00D5g000004cAbcEAE</OrganizationId>
   <ActionId>04k5g000000TestAAE</ActionId>
   <SessionId>a-session-that-opens-doors</SessionId>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/60.0</EnterpriseUrl>
   ${notifications}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
	const notification = (id: string, kind: string, fields: string): string =>
		`<Notification><Id>${id}</Id><sObject xsi:type="sf:${kind}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">${fields}</sObject></Notification>`;
	const two = message(
		notification(
			'04l1',
			'Opportunity',
			'<sf:Id>006A</sf:Id><sf:AccountId>001A</sf:AccountId><sf:StageName>Proposal &amp; Quote</sf:StageName>',
		) +
			notification(
				'04l2',
				'Case',
				'<sf:Id>500A</sf:Id><sf:AccountId>001B</sf:AccountId><sf:Priority>P1</sf:Priority><sf:Subject><![CDATA[<down>]]></sf:Subject>',
			),
	);

	test('is one event per notification, under its own id', () => {
		const events = heard('salesforce', two, { keyIsAccount: true });
		expect(new Set(events.map(({ id }) => id)).size).toBe(2);
		expect(events).toMatchObject([
			{
				type: 'opportunity_opened',
				accountId: '001A',
				data: { StageName: 'Proposal & Quote' },
			},
			{
				type: 'ticket_opened',
				accountId: '001B',
				severity: 'P1',
				data: { Subject: '<down>' },
			},
		]);
	});

	const of = (id: string, kind: string, fields: Record<string, string>): string =>
		message(
			notification(
				id,
				kind,
				Object.entries(fields)
					.map(([name, value]) => `<sf:${name}>${value}</sf:${name}>`)
					.join(''),
			),
		);

	test.each([
		['Opportunity', { Id: '006A', StageName: 'Proposal' }, { StageName: 'Negotiation' }],
		['Opportunity', { Id: '006A', StageName: 'Closed Won', Type: 'Renewal' }, { Amount: '7' }],
		['Case', { Id: '500A', Status: 'New', Priority: 'High' }, { Status: 'Working' }],
	])(
		'of one %s tells of it once, though every change of it is sent as a new one',
		(kind, fields, later) => {
			const first = one('salesforce', of('04l1', kind, fields));
			const second = one('salesforce', of('04l2', kind, { ...fields, ...later }));
			expect(second.type).toBe(first.type);
			expect(second.id).toBe(first.id);
			const another = one('salesforce', of('04l3', kind, { ...fields, Id: 'another' }));
			expect(another.id).not.toBe(first.id);
		},
	);

	test('of a case that becomes one of the highest severity is another event', () => {
		const low = one('salesforce', of('04l1', 'Case', { Id: '500A', Priority: 'Low' }));
		const high = one('salesforce', of('04l2', 'Case', { Id: '500A', Priority: 'High' }));
		expect(high).toMatchObject({ type: 'ticket_opened', severity: 'P1' });
		expect(high.id).not.toBe(low.id);
	});

	test('that has a meaning of its own is an event each time, under its own id', () => {
		const rules = [{ event: 'Opportunity', type: 'sponsor_changed' as const }];
		const ids = ['04l1', '04l2'].map(
			(id) => one('salesforce', of(id, 'Opportunity', { Id: '006A' }), { rules }).id,
		);
		expect(ids).toEqual(['04l1', '04l2']);
	});

	test('of a contact who wants no more mail', () => {
		const contact = { Id: '003A', Email: 'Ada@Acme.example', HasOptedOutOfEmail: 'true' };
		expect(one('salesforce', of('04l1', 'Contact', contact))).toMatchObject({
			type: 'unsubscribed',
			contact: 'ada@acme.example',
		});
	});

	test('never gives away the session it carries', () => {
		expect(JSON.stringify(heard('salesforce', two))).not.toContain('opens-doors');
	});

	test('can be given a meaning by the id of its action', () => {
		const rules = [{ event: '04k5g000000TestAAE', type: 'churned' as const }];
		expect(heard('salesforce', two, { rules }).map(({ type }) => type)).toEqual([
			'churned',
			'churned',
		]);
	});

	test.each([
		'<a>',
		'<a></b>',
		'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
		'<a/><b/>',
		'<a>'.repeat(100) + '</a>'.repeat(100),
		'<soapenv:Envelope><soapenv:Body/></soapenv:Envelope>',
	])('that is none is kept as it is: %s', (text) => {
		expect(one('salesforce', text)).toMatchObject({ type: 'unknown', raw: text });
	});
});

describe('own meanings', () => {
	test.each<[Sender, object, Parameters<typeof heard>[2]]>([
		[
			'segment',
			track('Report Published'),
			{ rules: [{ event: 'report published', type: 'first_value_reached' }] },
		],
		[
			'hubspot',
			property('next_contract', 'x'),
			{ rules: [{ event: 'company.propertyChange/next_contract', type: 'first_value_reached' }] },
		],
		[
			'hubspot',
			property('dealstage', 'closedwon', 'deal'),
			{
				rules: [
					{
						event: 'deal.propertyChange/dealstage',
						value: 'ClosedWon',
						type: 'first_value_reached',
					},
				],
			},
		],
		[
			'stripe',
			stripe('charge.succeeded', {}),
			{ rules: [{ event: 'charge.succeeded', type: 'first_value_reached' }] },
		],
		// what the pack would see otherwise
		[
			'segment',
			track('Account Created'),
			{ rules: [{ event: 'Account Created', type: 'first_value_reached' }] },
		],
	])('%s %j', (sender, body, over) => {
		expect(one(sender, body, over).type).toBe('first_value_reached');
	});

	test('hold only for their value, and the first that fits counts', () => {
		const rules = [
			{ event: 'deal.propertyChange/dealstage', value: 'closedwon', type: 'renewed' as const },
			{ event: 'deal.propertyChange', type: 'opportunity_opened' as const },
		];
		expect(one('hubspot', property('dealstage', 'closedwon', 'deal'), { rules }).type).toBe(
			'renewed',
		);
		expect(one('hubspot', property('dealstage', 'x', 'deal'), { rules }).type).toBe(
			'opportunity_opened',
		);
	});

	test('name the set-up step', () => {
		const rules = [
			{ event: 'Data Connected', type: 'set_up_step_completed' as const, step: 'connect-data' },
		];
		expect(one('segment', track('Data Connected'), { rules })).toMatchObject({
			type: 'set_up_step_completed',
			step: 'connect-data',
		});
	});
});

describe('what is not what a sender describes', () => {
	test.each(
		SENDERS.flatMap((sender) =>
			[null, 7, 'text', {}, [null], [[]], { type: 7 }, { __proto__: null }].map((body) => ({
				sender,
				body,
			})),
		),
	)('$sender $body is unknown, with all that was sent', ({ sender, body }) => {
		for (const event of heard(sender, body)) {
			expect(event.type).toBe('unknown');
			expect(event.id).not.toBe('');
			expect(event).toHaveProperty('raw');
		}
		expect(heard(sender, body).length).toBeGreaterThan(0);
	});

	const RECEIVED = '2026-03-02T09:00:00.000Z';
	const timeOf = (type: string, occurredAt: unknown): string =>
		one('hmac', { id: '1', type, step: 's', occurredAt }).occurredAt;
	const PLANNED = [
		...['customer_created', 'churned', 'customer_returned'],
		...['renewal_date_changed', 'contact_left'],
	];

	test.each(PLANNED)('%s can be planned, and counts on its day', (type) => {
		expect(timeOf(type, '2027-01-01')).toBe('2027-01-01T00:00:00.000Z');
		expect(timeOf(type, '2026-03-02T10:00:01Z')).toBe('2026-03-02T10:00:01.000Z');
	});

	test.each(EVENT_TYPES.filter((type) => !PLANNED.includes(type)))(
		'%s somebody did: it happened when it was received at the latest',
		(type) => {
			expect(timeOf(type, '2026-03-02T09:00:01Z')).toBe(RECEIVED);
			expect(timeOf(type, '2027-01-01')).toBe(RECEIVED);
		},
	);

	/** A clock that is ahead, milliseconds twice over, micro- and nanoseconds. */
	test.each([
		'2026-03-02T09:00:01Z',
		'2026-03-02T10:00:00Z',
		1_772_442_000_000 * 2,
		1.76e15,
		1.76e18,
	])('%p is no plan', (occurredAt) => {
		expect(timeOf('churned', occurredAt)).toBe(RECEIVED);
	});

	test('what an own meaning makes a plan of is one', () => {
		const rules = [{ event: 'Contract Ends', type: 'churned' as const }];
		const ends = { id: '1', type: 'Contract Ends', occurredAt: '2026-06-30' };
		expect(one('hmac', ends, { rules }).occurredAt).toBe('2026-06-30T00:00:00.000Z');
		expect(one('hmac', ends).occurredAt).toBe(RECEIVED);
	});

	test.each(['hmac', 'standardWebhooks'] as const)(
		'%s: what stands under __proto__ is no field of the event',
		(sender) => {
			const body: unknown = JSON.parse(
				'{"type":"churned","id":"1","__proto__":{"accountId":"evil","contact":"eve@x.example","human":true},"data":{"__proto__":{"step":"evil"}}}',
			);
			const event = one(sender, body);
			expect([event.accountId, event.contact, event.human, event.step]).toEqual([
				...[undefined, undefined, undefined, undefined],
			]);
			expect(Object.getPrototypeOf(event.data)).toBe(Object.prototype);
		},
	);

	test('a header that nobody signed is no id', () => {
		const headers = { 'webhook-id': 'msg_1' };
		const body = { type: 'churned' };
		expect(one('hmac', body, { headers }).id).toBe(one('hmac', body).id);
	});

	test('an id that no database keeps, and a time that is none, are replaced', () => {
		const event = one('hmac', { id: 'x'.repeat(600), type: 'churned', occurredAt: 'yesterday' });
		expect(event.id).toMatch(/^[0-9a-f]{64}$/);
		expect(event.occurredAt).toBe('2026-03-02T09:00:00.000Z');
	});

	test('an empty list is no event', () => {
		expect(heard('hubspot', [])).toEqual([]);
	});
});

describe('several events under one id in one body', () => {
	const one = { id: 'dup', type: 'churned', accountId: 'a' };
	const other = { id: 'dup', type: 'renewed', accountId: 'b' };
	const ids = (body: object[]): string[] => heard('hmac', body).map(({ id }) => id);

	test('that say different things are all kept, under the same ids when they are sent again', () => {
		const [first, second, third] = ids([one, other, { ...other, accountId: 'c' }]);
		expect(first).toBe('dup');
		expect(new Set([first, second, third]).size).toBe(3);
		expect(ids([one, other])).toEqual([first, second]);
	});

	test('that say the same are one', () => {
		expect(ids([one, { accountId: 'a', type: 'churned', id: 'dup' }])).toEqual(['dup', 'dup']);
	});
});

test('Standard Webhooks: the signed id of the delivery is the event’s, and tells those of a list apart that have none', () => {
	const headers = { 'webhook-id': 'msg_1' };
	expect(one('standardWebhooks', { type: 'churned', data: {} }, { headers }).id).toBe('msg_1');
	// the id of what it is about, which the next event about it has as well
	const body = { id: 'user_1', type: 'churned', data: {} };
	expect(one('standardWebhooks', body, { headers }).id).toBe('msg_1');
	const list = [{ type: 'churned' }, { type: 'renewed' }, { id: 'own', type: 'renewed' }];
	expect(heard('standardWebhooks', list, { headers }).map(({ id }) => id)).toEqual([
		'msg_1/0',
		'msg_1/1',
		'own',
	]);
});
