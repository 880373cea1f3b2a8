import { lettersOf } from './read';
import type { EventType } from './types';

/** Properties of a customer record in a CRM whose change is an event, in letters only; Salesforce's custom fields end in c. */
const PROPERTIES: ReadonlyMap<string, EventType> = new Map(
	(
		[
			['renewal_date_changed', ['renewaldate', 'contractrenewaldate', 'subscriptionrenewaldate']],
			['renewal_date_changed', ['contractenddate', 'subscriptionenddate', 'contractend']],
			['sponsor_changed', ['executivesponsor', 'execsponsor', 'sponsor']],
		] as const
	).flatMap(([type, names]) =>
		names.flatMap((name): [string, EventType][] => [
			[name, type],
			[`${name}c`, type],
		]),
	),
);

/** What a change of the property means: `renewal_date`, `Renewal_Date__c`. */
export function changeOf(property: string): EventType | undefined {
	return PROPERTIES.get(lettersOf(property));
}
