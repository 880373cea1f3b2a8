import { z } from 'zod/v4';
import { unreadable, type Heard, type Listener } from './heard';
import { changeOf } from './propertyNames';
import { firstId, idOf, isoOf, present, textOf } from './read';
import { P1, severityOf } from './severity';
import type { AccountKey, EventType } from './types';

/** One of the up to 100 notifications of a request (HubSpot, "Webhooks", v3; generic subscriptions as well). */
const notification = z.looseObject({
	subscriptionType: z.string().min(1),
	objectId: z.union([z.number(), z.string()]).optional(),
	objectTypeId: z.string().optional(),
	occurredAt: z.union([z.number(), z.string()]).optional(),
	propertyName: z.string().nullish(),
	propertyValue: z.unknown().optional(),
	associationType: z.string().optional(),
	associationRemoved: z.boolean().optional(),
	mergedObjectIds: z.array(z.union([z.number(), z.string()])).optional(),
});
type Notification = z.infer<typeof notification>;

/** HubSpot's ids of its own kinds of objects, in generic subscriptions. */
const KINDS: ReadonlyMap<string, string> = new Map([
	['0-1', 'contact'],
	['0-2', 'company'],
	['0-3', 'deal'],
	['0-5', 'ticket'],
	['0-19', 'feedback_submission'],
]);

const CREATED: ReadonlyMap<string, EventType> = new Map([
	['deal', 'opportunity_opened'],
	['ticket', 'ticket_opened'],
	['feedback_submission', 'survey_answered'],
]);

export const hearHubspot: Listener = (body) => {
	const list: unknown[] = Array.isArray(body) ? body : [body];
	return list.flatMap((one) => {
		const parsed = notification.safeParse(one);
		return parsed.success
			? hear(parsed.data)
			: [unreadable(one, 'It is not a notification of HubSpot: it has no subscriptionType.')];
	});
};

function hear(one: Notification): Heard[] {
	const { subscriptionType, propertyName, propertyValue, ...rest } = one;
	const [kind, what] = kindOf(one);
	const property = propertyName ?? undefined;
	const named = `${kind}.${what}`;
	const names: [string, ...string[]] =
		property === undefined ? [named] : [`${named}/${property}`, named];
	if (named !== subscriptionType) names.push(subscriptionType);
	const value = textOf(propertyValue) ?? (propertyValue === true ? 'true' : undefined);
	const heard: Heard = {
		identity: identityOf(one),
		names,
		value,
		occurredAt: one.occurredAt,
		accountKey: keyOf(kind, firstId(rest.newObjectId, rest.primaryObjectId, one.objectId)),
		data: present({
			portalId: rest.portalId,
			objectId: one.objectId,
			property,
			value: propertyValue,
			changeSource: rest.changeSource,
		}),
		raw: one,
	};
	if (what === 'merge') return merges(heard, kind, one);
	if (what === 'associationChange') return [association(heard, one)];
	return [{ ...heard, ...meaning(kind, what, property, value) }];
}

function meaning(
	kind: string,
	what: string,
	property: string | undefined,
	value: string | undefined,
): Partial<Heard> {
	if (what === 'creation') return { type: CREATED.get(kind) };
	if (kind === 'contact' && (what === 'deletion' || what === 'privacyDeletion'))
		return { type: 'contact_left' };
	if (what !== 'propertyChange' || property === undefined) return {};
	if (kind === 'contact' && property === 'hs_email_optout')
		return value === 'true' ? { type: 'unsubscribed' } : {};
	if (kind === 'ticket' && property === 'hs_ticket_priority') return becameUrgent(value);
	if (kind !== 'company') return {};
	if (property === 'lifecyclestage')
		return value === 'customer' ? { type: 'customer_created' } : {};
	const type = changeOf(property);
	return type === 'renewal_date_changed'
		? { type, data: present({ property, renewalDate: isoOf(value) ?? value }) }
		: { type };
}

/** A ticket that becomes one of the highest severity; HubSpot does not tell the severity of one that is created (P18). */
function becameUrgent(priority: string | undefined): Partial<Heard> {
	const severity = severityOf(priority);
	return severity === P1 ? { type: 'ticket_opened', severity } : {};
}

/** Of companies one event per record that was merged away: `accountId` survives, `data.mergedId` is gone. */
function merges(heard: Heard, kind: string, one: Notification): Heard[] {
	const survivor = heard.accountKey?.id;
	// where a merge makes a new record, the first one is gone as well
	const gone = [one.primaryObjectId, ...(one.mergedObjectIds ?? [])]
		.map(idOf)
		.filter((id): id is string => id !== undefined && id !== survivor);
	if (kind !== 'company' || gone.length === 0) return [heard];
	return gone.map((mergedId) => ({
		...heard,
		identity: [heard.identity, mergedId],
		type: 'merged',
		data: { ...heard.data, mergedId },
	}));
}

/** A contact that is no longer at a company. */
function association(heard: Heard, one: Notification): Heard {
	const { associationType = '', associationRemoved = false } = one;
	const companyId =
		associationType === 'CONTACT_TO_COMPANY'
			? idOf(one.toObjectId)
			: associationType === 'COMPANY_TO_CONTACT'
				? idOf(one.fromObjectId)
				: undefined;
	const names: [string, ...string[]] = [`${heard.names[0]}/${associationType}`, ...heard.names];
	if (companyId === undefined) return { ...heard, names, accountKey: undefined };
	const contactId = idOf(
		associationType === 'CONTACT_TO_COMPANY' ? one.fromObjectId : one.toObjectId,
	);
	return {
		...heard,
		names,
		accountKey: keyOf('company', companyId),
		type: associationRemoved ? 'contact_left' : undefined,
		data: present({ ...heard.data, contactId }),
	};
}

/** `company.propertyChange`, or `object.propertyChange` with the id of the kind. */
function kindOf({ subscriptionType, objectTypeId = '' }: Notification): [string, string] {
	const [first = '', ...rest] = subscriptionType.split('.');
	const what = rest.join('.');
	return [first === 'object' ? (KINDS.get(objectTypeId) ?? `object ${objectTypeId}`) : first, what];
}

function keyOf(kind: string, id: string | undefined): AccountKey | undefined {
	return id === undefined ? undefined : { system: 'hubspot', kind, id };
}

/** HubSpot's `eventId` is, in its own words, not guaranteed to be unique. A repeat differs in `attemptNumber` only. */
function identityOf(one: Notification): unknown {
	return { ...one, attemptNumber: undefined, subscriptionId: undefined, appId: undefined };
}
