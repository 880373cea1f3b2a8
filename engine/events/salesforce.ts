import { z } from 'zod/v4';
import { unreadable, withMeanings, type Heard, type Listener, type Meaning } from './heard';
import { typeNamed } from './names';
import { readOutboundMessage } from './outboundMessage';
import { at, firstAddress, firstId, idOf, isFields, present, textOf, type Fields } from './read';
import { fieldOf, recordFacts, recordMeanings } from './salesforceRecords';
import { severityOf } from './severity';

/** The header of a change event (Change Data Capture). */
const header = z.looseObject({
	entityName: z.string().min(1),
	changeType: z.string().min(1),
	recordIds: z.array(z.string()).min(1),
	changedFields: z.array(z.string()).default([]),
	commitTimestamp: z.unknown().optional(),
	transactionKey: z.string().optional(),
	sequenceNumber: z.unknown().optional(),
});

/**
 * An outbound message (a text), or what a relay posts of platform and change events: the event itself
 * (`{ payload, event }`), as CometD wraps it (`{ data, channel }`), or as Amazon EventBridge does (`{ detail, … }`); one or a
 * list.
 */
export const hearSalesforce: Listener = (body) => {
	if (typeof body === 'string') {
		const message = readOutboundMessage(body);
		return message?.notifications ?? [unreadable(body, 'It is no outbound message of Salesforce.')];
	}
	const list: unknown[] = Array.isArray(body) ? body : [body];
	return list.flatMap((one) => {
		const inner = isFields(at(one, 'detail')) ? at(one, 'detail') : (at(one, 'data') ?? one);
		const payload = at(inner, 'payload');
		if (!isFields(payload))
			return [unreadable(one, 'It is no event of Salesforce: it has no payload.')];
		const change = header.safeParse(payload.ChangeEventHeader);
		const told = { one, inner, payload };
		return change.success ? changes(told, change.data) : [platformEvent(told)];
	});
};

type Told = { one: unknown; inner: unknown; payload: Fields };

/** One event per record: a change event tells of all records that changed alike in one transaction. */
function changes({ one, payload }: Told, change: z.infer<typeof header>): Heard[] {
	const { entityName, changeType, recordIds, changedFields, transactionKey } = change;
	const { ChangeEventHeader: _header, ...fields } = payload;
	return recordIds.flatMap((recordId) => {
		const id =
			transactionKey === undefined
				? undefined
				: `${transactionKey}/${textOf(change.sequenceNumber) ?? '0'}/${recordId}`;
		const record = { ...fields, Id: recordId };
		const heard: Heard = {
			id: idOf(id),
			identity: [one, recordId],
			names: [`${entityName}.${changeType}`, entityName],
			...recordFacts(entityName, record),
			occurredAt: change.commitTimestamp,
			data: present({ object: entityName, recordId, changedFields, ...fields }),
			raw: one,
		};
		return withMeanings(heard, meaningsOf(change, record));
	});
}

function meaningsOf(
	{ entityName, changeType, changedFields }: z.infer<typeof header>,
	record: Fields,
): Meaning[] {
	switch (changeType) {
		case 'CREATE':
		case 'UNDELETE':
			return recordMeanings(entityName, record, { how: 'created' });
		case 'UPDATE':
			return recordMeanings(entityName, record, { how: 'changed', fields: changedFields });
		case 'DELETE':
			return entityName === 'Contact' ? [{ type: 'contact_left' }] : [];
		default:
			return [];
	}
}

/** A platform event; ours, `Digital_CS_Event__e`, has the fields of an event body as custom fields (`Type__c` …). */
function platformEvent({ one, inner, payload }: Told): Heard {
	const name = textOf(at(one, 'detail-type')) ?? textOf(at(one, 'channel'))?.split('/').at(-1);
	const type = textOf(fieldOf(payload, 'Type') ?? fieldOf(payload, 'EventType'));
	const account = firstId(fieldOf(payload, 'AccountId'), fieldOf(payload, 'Account'));
	const names = [type, name].filter((text) => text !== undefined);
	const [first = 'platform event', ...others] = names;
	return {
		id: firstId(
			fieldOf(payload, 'EventId'),
			at(inner, 'event', 'EventUuid'),
			at(payload, 'EventUuid'),
		),
		identity: [payload, at(inner, 'event', 'replayId')],
		names: [first, ...others],
		type: typeNamed(first),
		accountKey:
			account === undefined ? undefined : { system: 'salesforce', kind: 'account', id: account },
		contact: firstAddress(fieldOf(payload, 'ContactEmail'), fieldOf(payload, 'Contact')),
		occurredAt: fieldOf(payload, 'OccurredAt') ?? payload.CreatedDate,
		step: textOf(fieldOf(payload, 'Step')),
		severity: severityOf(fieldOf(payload, 'Severity')),
		data: payload,
		raw: one,
	};
}
