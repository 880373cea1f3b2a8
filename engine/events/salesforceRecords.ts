import type { Heard, Meaning } from './heard';
import { changeOf } from './propertyNames';
import { at, firstAddress, firstId, idOf, isoOf, lettersOf, textOf, type Fields } from './read';
import { P1, severityOf } from './severity';
import type { AccountKey } from './types';

/**
 * How a record came to be told. `told`: an outbound message has the whole record, and does not say what changed of it, or
 * whether it is new.
 */
export type Change = { how: 'created' | 'told' } | { how: 'changed'; fields: readonly string[] };

/** Records of standard objects that lead to an account, by which its id can be looked up where it is not sent along. */
const LEADS: ReadonlyMap<string, string> = new Map(
	['Case', 'Contact', 'Contract', 'Opportunity'].map((kind) => [kind, kind.toLowerCase()]),
);
/** The highest of *Priority* as Salesforce ships it: High, Medium, Low. */
const HIGHEST = 'high';

/** Whose a record of a standard object of Salesforce is, and what of it is worth reading. */
export function recordFacts(kind: string, fields: Fields): Partial<Heard> {
	return {
		accountKey: keyOf(kind, fields),
		contact: firstAddress(fields.Email, fields.ContactEmail, fields.SuppliedEmail),
		severity: kind === 'Case' ? severityOf(fields.Priority, HIGHEST) : undefined,
		value: textOf(fields.StageName ?? fields.Status ?? fields.Type),
	};
}

function keyOf(kind: string, fields: Fields): AccountKey | undefined {
	const account = firstId(
		kind === 'Account' ? fields.Id : undefined,
		fields.AccountId,
		fields.AccountId__c,
		fields.Account__c,
	);
	if (account !== undefined) return { system: 'salesforce', kind: 'account', id: account };
	const [lead, id] = [LEADS.get(kind), idOf(fields.Id)];
	return lead === undefined || id === undefined
		? undefined
		: { system: 'salesforce', kind: lead, id };
}

/** What it means that a record was made, or changed, or is told of. */
export function recordMeanings(kind: string, fields: Fields, change: Change): Meaning[] {
	const read = MEANINGS.get(kind);
	const touches = (field: string): boolean =>
		change.how !== 'changed' || change.fields.includes(field);
	return read === undefined ? [] : read(fields, change, touches);
}

type ReadRecord = (
	fields: Fields,
	change: Change,
	/** Whether what the field says may be new. */
	touches: (field: string) => boolean,
) => Meaning[];

const opportunity: ReadRecord = (fields, { how }, touches) => {
	const stage = lettersOf(textOf(fields.StageName) ?? '');
	const won = isTrue(fields.IsWon) || stage === 'closedwon';
	const renewal = /renewal/i.test(textOf(fields.Type) ?? '');
	if (won && renewal && (touches('StageName') || touches('IsWon')))
		return [{ type: 'renewed', once: onceOf(fields, 'renewed') }];
	const isOpen = !isTrue(fields.IsClosed) && !stage.startsWith('closed');
	return how !== 'changed' && isOpen
		? [{ type: 'opportunity_opened', once: onceOf(fields, 'opened') }]
		: [];
};

/** A ticket that becomes one of the highest severity is told of once more: a human is to hear of it (P18). */
const ticket: ReadRecord = (fields, { how }, touches) => {
	const isOpen = !isTrue(fields.IsClosed) && lettersOf(textOf(fields.Status) ?? '') !== 'closed';
	const isP1 = severityOf(fields.Priority, HIGHEST) === P1;
	if (!isOpen || (how === 'changed' && !(isP1 && touches('Priority')))) return [];
	return [{ type: 'ticket_opened', once: onceOf(fields, isP1 ? 'P1' : 'opened') }];
};

const contract: ReadRecord = (fields, { how }, touches) =>
	how === 'changed' && touches('EndDate')
		? [{ type: 'renewal_date_changed', data: { renewalDate: dateOf(fields.EndDate) } }]
		: [];

const contact: ReadRecord = (fields, _change, touches) =>
	isTrue(fields.HasOptedOutOfEmail) && touches('HasOptedOutOfEmail')
		? [{ type: 'unsubscribed' }]
		: [];

/** The standard picklist's words for a customer: `Customer`, `Customer - Direct`, `Customer - Channel`. */
const CUSTOMER = /^customer\b/i;

/** An outbound message would say with each change that the account became a customer, so that it says nothing. */
const account: ReadRecord = (fields, change, touches) => {
	if (change.how === 'told') return [];
	const meanings: Meaning[] = [];
	if (touches('Type') && CUSTOMER.test(textOf(fields.Type) ?? ''))
		meanings.push({ type: 'customer_created' });
	for (const field of change.how === 'changed' ? change.fields : []) {
		const type = changeOf(field);
		if (type === undefined || meanings.some((known) => known.type === type)) continue;
		const data = type === 'renewal_date_changed' ? { renewalDate: dateOf(fields[field]) } : {};
		meanings.push({ type, data });
	}
	return meanings;
};

const MEANINGS: ReadonlyMap<string, ReadRecord> = new Map([
	['Account', account],
	['Case', ticket],
	['Contact', contact],
	['Contract', contract],
	['Opportunity', opportunity],
]);

/** Each change of a record is a message of its own, or tells it again: what happens to a record once is one event. */
function onceOf(fields: Fields, what: string): string | undefined {
	const id = idOf(fields.Id);
	return id === undefined ? undefined : `${id}/${what}`;
}

function dateOf(value: unknown): string | undefined {
	return isoOf(value) ?? textOf(value);
}

function isTrue(value: unknown): boolean {
	return value === true || value === 'true';
}

/** A field by its name, or by that of a custom field. */
export function fieldOf(fields: Fields, name: string): unknown {
	return at(fields, name) ?? at(fields, `${name}__c`);
}
