import { z } from 'zod/v4';
import { unreadable, withMeanings, type Heard, type Listener, type Meaning } from './heard';
import { at, firstAddress, firstId, idOf, isoOf, listOf, present, timeOf } from './read';
import type { EventType } from './types';

/** Stripe's Event object, the snapshot kind (API reference, "The Event object"); thin events have no `data.object`. */
const event = z.looseObject({
	id: z.string().min(1),
	type: z.string().min(1),
	created: z.unknown().optional(),
	data: z.looseObject({ previous_attributes: z.unknown().optional() }).optional(),
});

const TYPES: ReadonlyMap<string, EventType> = new Map([
	['customer.created', 'customer_created'],
	['invoice.overdue', 'invoice_overdue'],
	['billing.alert.triggered', 'plan_limit_approached'],
]);
const UNPAID: ReadonlySet<unknown> = new Set(['past_due', 'unpaid']);

export const hearStripe: Listener = (body) => {
	const parsed = event.safeParse(body);
	if (!parsed.success)
		return [unreadable(body, 'It is not an event of Stripe: it has no id or no type.')];
	const { id, type, created, data, ...rest } = parsed.data;
	const object = data?.object;
	const customer = firstId(
		at(object, 'customer', 'id'),
		at(object, 'customer'),
		at(object, 'object') === 'customer' ? at(object, 'id') : undefined,
		at(rest, 'related_object', 'type') === 'customer'
			? at(rest, 'related_object', 'id')
			: undefined,
	);
	const metadata = [at(object, 'metadata'), at(object, 'subscription_details', 'metadata')];
	const heard: Heard = {
		id,
		names: [type],
		occurredAt: created,
		accountId: firstId(...metadata.flatMap((one) => [at(one, 'accountId'), at(one, 'account_id')])),
		accountKey:
			customer === undefined ? undefined : { system: 'stripe', kind: 'customer', id: customer },
		contact: firstAddress(
			at(object, 'object') === 'customer' ? at(object, 'email') : at(object, 'customer_email'),
		),
		data: present({
			object: at(object, 'object'),
			objectId: at(object, 'id'),
			livemode: rest.livemode,
			status: at(object, 'status'),
			amount: at(object, 'amount_due'),
			currency: at(object, 'currency'),
		}),
		raw: body,
	};
	if (type === 'customer.subscription.updated') return withMeanings(heard, changesOf(object, data));
	if (type === 'customer.subscription.deleted') return withMeanings(heard, cancelled(object));
	if (type === 'invoice.paid') return withMeanings(heard, paid(object));
	return [{ ...heard, type: TYPES.get(type) }];
};

/**
 * The end of a subscription is not the customer's: others may go on, of which the event says nothing. That somebody
 * cancelled was told when they set it to end; of what ended at once it is told only here.
 */
function cancelled(subscription: unknown): Meaning[] {
	const wasSet =
		at(subscription, 'cancel_at_period_end') === true ||
		at(subscription, 'cancel_at') !== undefined;
	const asked =
		at(subscription, 'cancellation_details', 'reason') === 'cancellation_requested' && !wasSet;
	return asked ? [{ type: 'cancellation_requested' }] : [];
}

/** What changed of a subscription, read from what it was before. */
function changesOf(object: unknown, data: unknown): Meaning[] {
	const was = at(data, 'previous_attributes');
	const changed = (name: string): boolean =>
		typeof was === 'object' && was !== null && Object.hasOwn(was, name);
	const meanings: Meaning[] = [];
	const ends =
		(changed('cancel_at_period_end') && at(object, 'cancel_at_period_end') === true) ||
		(changed('cancel_at') &&
			at(object, 'cancel_at') !== undefined &&
			at(was, 'cancel_at') === undefined);
	if (ends) {
		const endsAt = isoOf(at(object, 'cancel_at'));
		meanings.push({ type: 'cancellation_requested', data: present({ endsAt }) });
	}
	if (changed('status') && UNPAID.has(at(object, 'status')))
		meanings.push({ type: 'invoice_overdue' });
	const end = periodEnd(object);
	if (end !== undefined && periodEnd(was) !== undefined && end !== periodEnd(was))
		meanings.push({ type: 'renewal_date_changed', data: { renewalDate: isoOf(end) } });
	return meanings;
}

/** On the subscription itself, and on its items since API version 2025-03-31. */
function periodEnd(subscription: unknown): unknown {
	const [first] = listOf(at(subscription, 'items', 'data'));
	return at(subscription, 'current_period_end') ?? at(first, 'current_period_end');
}

/** P25: a renewal is of a term of 180 days or more. */
const LEAST_TERM_MS = 180 * 86_400_000;

/** The invoice that begins a further term; who pays by the month, or for something beside a yearly contract, renews nothing by it. */
function paid(invoice: unknown): Meaning[] {
	if (at(invoice, 'billing_reason') !== 'subscription_cycle') return [];
	const lengthOf = (line: unknown): number =>
		(timeOf(at(line, 'period', 'end')) ?? NaN) - (timeOf(at(line, 'period', 'start')) ?? NaN);
	const lines = listOf(at(invoice, 'lines', 'data'));
	const [line] = lines.toSorted((a, b) => (lengthOf(b) || 0) - (lengthOf(a) || 0));
	if (lengthOf(line) < LEAST_TERM_MS) return [];
	return [
		{
			type: 'renewed',
			data: present({
				subscription: idOf(
					at(invoice, 'subscription') ??
						at(invoice, 'parent', 'subscription_details', 'subscription'),
				),
				renewalDate: isoOf(at(line, 'period', 'end')),
			}),
		},
	];
}
