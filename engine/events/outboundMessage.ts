import { unreadable, withMeanings, type Heard } from './heard';
import { recordFacts, recordMeanings } from './salesforceRecords';
import { childOf, childrenOf, readXml, textOfChild, type XmlElement } from './xml';

/** What an outbound message says besides its notifications. */
export type OutboundMessage = { organizationId?: string; notifications: Heard[] };

/**
 * An outbound message of Salesforce: SOAP, up to 100 notifications. The session id that it may carry lets its reader act in
 * Salesforce, and is left out. Undefined where it is none.
 */
export function readOutboundMessage(text: string): OutboundMessage | undefined {
	const envelope = readXml(text);
	const message = childOf(childOf(envelope, 'Body'), 'notifications');
	if (envelope?.name !== 'Envelope' || message === undefined) return undefined;
	const actionId = textOfChild(message, 'ActionId');
	return {
		organizationId: textOfChild(message, 'OrganizationId'),
		notifications: childrenOf(message, 'Notification').flatMap((one) => hear(one, actionId)),
	};
}

function hear(notification: XmlElement, actionId: string | undefined): Heard[] {
	const record = childOf(notification, 'sObject');
	const fields = Object.fromEntries(
		(record?.children ?? []).map(({ name, text }): [string, string] => [name, text]),
	);
	const id = textOfChild(notification, 'Id');
	const kind = record?.attributes.type?.split(':').at(-1) ?? '';
	const raw = { id, actionId, sObject: kind, ...fields };
	if (id === undefined || record === undefined || kind === '')
		return [unreadable(raw, 'The notification of Salesforce has no id or no record.')];
	const heard: Heard = {
		id,
		names: actionId === undefined ? [kind] : [actionId, kind],
		...recordFacts(kind, fields),
		occurredAt: fields.LastModifiedDate ?? fields.CreatedDate,
		data: { object: kind, actionId, ...fields },
		raw,
	};
	return withMeanings(heard, recordMeanings(kind, fields, { how: 'told' }));
}
