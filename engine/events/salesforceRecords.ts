import { lettersOf } from './read';
import { changeOf } from './propertyNames';
import { at, firstAddress, firstId, isoOf, textOf, type Fields } from './read';
import type { Heard } from './heard';
import type { EventType } from './types';

/** What is known of a change besides the record's fields. */
type Change = { isNew: boolean; changed?: readonly string[] };

/** What a record of a standard object of Salesforce tells, and whose it is. */
export function recordMeaning(kind: string, fields: Fields, change: Change): Partial<Heard> {
	const account = firstId(
		kind === 'Account' ? fields.Id : undefined,
		fields.AccountId,
		fields.AccountId__c,
		fields.Account__c,
	);
	return {
		type: typeOf(kind, fields, change),
		accountKey:
			account === undefined ? undefined : { system: 'salesforce', kind: 'account', id: account },
		contact: firstAddress(fields.Email, fields.ContactEmail, fields.SuppliedEmail),
		severity: kind === 'Case' ? textOf(fields.Priority) : undefined,
		value: textOf(fields.StageName ?? fields.Status ?? fields.Type),
	};
}

/** The standard picklist's words for a customer: `Customer`, `Customer - Direct`, `Customer - Channel`. */
const CUSTOMER = /^customer\b/i;

function typeOf(kind: string, fields: Fields, { isNew, changed }: Change): EventType | undefined {
	const touches = (field: string): boolean => isNew || changed?.includes(field) === true;
	const closed = isTrue(fields.IsClosed);
	if (kind === 'Opportunity') {
		const stage = lettersOf(textOf(fields.StageName) ?? '');
		const won = isTrue(fields.IsWon) || stage === 'closedwon';
		const renewal = /renewal/i.test(textOf(fields.Type) ?? '');
		if (won && renewal && (touches('StageName') || touches('IsWon'))) return 'renewed';
		return isNew && !closed && !stage.startsWith('closed') ? 'opportunity_opened' : undefined;
	}
	if (kind === 'Case')
		return isNew && !closed && lettersOf(textOf(fields.Status) ?? '') !== 'closed'
			? 'ticket_opened'
			: undefined;
	if (kind === 'Contract' && changed?.includes('EndDate') === true) return 'renewal_date_changed';
	if (kind !== 'Account') return undefined;
	for (const field of changed ?? []) {
		const type = changeOf(field);
		if (type !== undefined) return type;
	}
	// an outbound message does not say what changed, so that every later one would say it again
	const becameCustomer = changed !== undefined && (touches('Type') || changed.length === 0);
	return becameCustomer && CUSTOMER.test(textOf(fields.Type) ?? '')
		? 'customer_created'
		: undefined;
}

/** The date that an account or a contract runs to, by whichever of its usual names. */
export function renewalDateOf(fields: Fields): string | undefined {
	for (const [name, value] of Object.entries(fields)) {
		if (name === 'EndDate' || changeOf(name) === 'renewal_date_changed')
			return isoOf(value) ?? textOf(value);
	}
	return undefined;
}

function isTrue(value: unknown): boolean {
	return value === true || value === 'true';
}

/** A field by its name, or by that of a custom field. */
export function fieldOf(fields: Fields, name: string): unknown {
	return at(fields, name) ?? at(fields, `${name}__c`);
}
