import type { AccountPreset } from '../preset';
import type { Cell, Row } from '../row';
import { byKey, type SourceRow, type Summarize } from '../summary';
import { isParts, listOf, partsOf, textOf, type Part } from './read';

/** A contact in canonical names; undefined for a person without an address, to whom nobody can write. */
type ReadContact = (row: Row) => Part | undefined;

/** Gathers contacts by account. A row is a contact, or an answer of the API with many in `results`. */
function gathering(read: ReadContact): Summarize {
	return (rows, keyOf) => {
		const { groups, keyless } = byKey(rows.flatMap(contactsIn), keyOf);
		const summaries = [...groups].map(([key, of]) => {
			const contacts = of.flatMap(({ row }) => read(row) ?? []);
			return { key, of, row: { accountId: key, contacts } };
		});
		return { summaries, rejected: [], keyless };
	};
}

function contactsIn({ row, index }: SourceRow): SourceRow[] {
	return Array.isArray(row.results)
		? listOf(row.results)
				.filter(isParts)
				.map((one) => ({ row: one, index }))
		: [{ row, index }];
}

/** What HubSpot's *Buying Role* says of whom a message of a journey goes to (P11), the most telling first. */
const BUYING_ROLES: readonly (readonly [role: string, of: readonly string[]])[] = [
	['decisionMaker', ['DECISION_MAKER', 'BUDGET_HOLDER', 'EXECUTIVE_SPONSOR']],
	['champion', ['CHAMPION']],
	['user', ['END_USER']],
];

function buyingRole(text: string | undefined): string | undefined {
	const given = new Set((text ?? '').split(';').map((role) => role.trim().toUpperCase()));
	return BUYING_ROLES.find(([, of]) => of.some((role) => given.has(role)))?.[0];
}

const readHubspot: ReadContact = (row) => {
	const properties = partsOf(row.properties);
	// n8n's node calls the older API, which gives { value } for each property
	const text = (name: string): string | undefined => {
		const found = properties[name];
		return textOf(isParts(found) ? found.value : found);
	};
	return contactOf({
		email: text('email'),
		name: nameOf(text('firstname'), text('lastname')),
		role: text('cs_role') ?? buyingRole(text('hs_buying_role')),
		locale: text('hs_language'),
		isGone: row.archived === true,
		bounced: text('hs_email_hard_bounce_reason_enum') !== undefined,
		unsubscribed: text('hs_email_optout') === 'true' || properties.hs_email_optout === true,
	});
};

const readSalesforce: ReadContact = (row) =>
	contactOf({
		email: textOf(row.Email),
		name: textOf(row.Name) ?? nameOf(textOf(row.FirstName), textOf(row.LastName)),
		role: textOf(row.CS_Role__c),
		locale: textOf(row.Language__c),
		isGone: row.IsDeleted === true || row.No_Longer_There__c === true,
		bounced: row.IsEmailBounced === true || textOf(row.EmailBouncedDate) !== undefined,
		unsubscribed: row.HasOptedOutOfEmail === true,
	});

type Told = {
	email: string | undefined;
	name: string | undefined;
	role: string | undefined;
	locale: string | undefined;
	isGone: boolean;
	bounced: boolean;
	unsubscribed: boolean;
};

function contactOf({ email, isGone, bounced, unsubscribed, ...told }: Told): Part | undefined {
	if (email === undefined) return undefined;
	const known = Object.entries<Cell>(told).filter(([, value]) => value !== undefined);
	const status = isGone ? 'left' : bounced ? 'bounced' : 'active';
	return { email, ...Object.fromEntries(known), status, unsubscribed };
}

function nameOf(...parts: (string | undefined)[]): string | undefined {
	const known = parts.filter((part) => part !== undefined);
	return known.length === 0 ? undefined : known.join(' ');
}

/** https://developers.hubspot.com/docs/api-reference/crm-contacts-v3, with the company that an association names. */
export const HUBSPOT_CONTACTS: AccountPreset = {
	id: 'hubspotContacts',
	name: 'HubSpot Contacts',
	description: 'People of companies as HubSpot’s API and n8n’s HubSpot node give them',
	headers: false,
	paths: {
		accountId: [
			'companyId',
			'properties.associatedcompanyid.value',
			'properties.associatedcompanyid',
		],
	},
	summarize: gathering(readHubspot),
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm */
export const SALESFORCE_CONTACTS: AccountPreset = {
	id: 'salesforceContacts',
	name: 'Salesforce Contacts',
	description: 'People of accounts as Salesforce’s API and n8n’s Salesforce node give them',
	headers: false,
	paths: { accountId: ['AccountId'] },
	summarize: gathering(readSalesforce),
};
