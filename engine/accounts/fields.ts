import { z } from 'zod/v4';
import { accountSchema, contactSchema, isoTime, timeZone } from './account';

/** How the text of a cell becomes a value, and what a problem with it is called. */
export type FieldKind =
	| 'id'
	| 'text'
	| 'number'
	| 'yesNo'
	| 'time'
	| 'timeZone'
	| 'email'
	| 'currency'
	| 'choice'
	| 'limits'
	| 'list'
	| 'notes'
	| 'steps';

/** One canonical field a row can fill. `path` is where it stands in the account, as people write it. */
export type AccountField = {
	path: string;
	label: string;
	/** '' for a top-level field, else the object it stands in; `contact` is the first of `contacts`. */
	group: '' | GroupName | 'contact';
	name: string;
	kind: FieldKind;
	schema: z.ZodType;
	/** Words a `choice` takes. */
	choices: readonly string[];
	/** Column headings that mean this field besides its own path; compared by `normalizeHeader`. */
	headers: readonly string[];
};

export const GROUPS = ['usage', 'support', 'sentiment', 'licences', 'setup'] as const;
export type GroupName = (typeof GROUPS)[number];

type Row = [path: string, label: string, ...headers: string[]];

/** What a heading may be called in an export. The first heading a row has a value under wins, in this order. */
const ROWS: readonly Row[] = [
	[
		'accountId',
		'Account ID',
		'Account ID',
		'Company ID',
		'Customer ID',
		'Account Number',
		'Customer Number',
		'ID',
	],
	['aliases', 'Aliases (IDs of Merged Records)', 'Merged IDs'],
	['arr', 'ARR', 'Annual Recurring Revenue', 'ACV', 'Annual Contract Value'],
	['autoRenew', 'Auto Renew', 'Auto Renewal', 'Automatic Renewal'],
	['complexity', 'Complexity'],
	[
		'createdAt',
		'Created At',
		'Created',
		'Created Date',
		'Create Date',
		'Creation Date',
		'Sign-up Date',
		'Signed Up At',
	],
	['csm', 'CSM', 'CSM Email', 'Success Manager', 'Customer Success Manager', 'Named CSM'],
	['currency', 'Currency', 'Currency Code', 'ARR Currency'],
	['excluded', 'Excluded', 'Exclude'],
	['executiveSponsor', 'Executive Sponsor', 'Exec Sponsor', 'Sponsor'],
	['goals', 'Goals', 'Goal'],
	['invoiceState', 'Invoice State', 'Invoice Status'],
	['lifecycleStage', 'Lifecycle Stage', 'Stage'],
	['locale', 'Locale', 'Language'],
	[
		'name',
		'Name',
		'Account Name',
		'Company Name',
		'Customer Name',
		'Company',
		'Account',
		'Customer',
	],
	['noticeDays', 'Notice Days', 'Notice Period Days'],
	['notes', 'Notes', 'Note'],
	['openOpportunity', 'Open Opportunity'],
	['pausedUntil', 'Paused Until'],
	['plan', 'Plan', 'Plan Name', 'Package', 'Subscription Plan'],
	['renewalDate', 'Renewal Date', 'Renewal', 'Renews On', 'Contract End', 'Contract End Date'],
	['segment', 'Segment', 'Customer Segment'],
	[
		'startedAt',
		'Started At',
		'Start Date',
		'Contract Start',
		'Contract Start Date',
		'Customer Since',
	],
	['strategic', 'Strategic', 'Strategic Account'],
	['termMonths', 'Term in Months', 'Term', 'Contract Months', 'Contract Term Months'],
	['timezone', 'Time Zone', 'TZ'],
	['useCase', 'Use Case'],
	[
		'contacts[0].email',
		'Contact: Email',
		'Contact Email',
		'Email',
		'Email Address',
		'E-mail',
		'Admin Email',
	],
	['contacts[0].locale', 'Contact: Locale', 'Contact Locale', 'Contact Language'],
	['contacts[0].name', 'Contact: Name', 'Contact Name', 'Admin Name'],
	['contacts[0].role', 'Contact: Role', 'Contact Role', 'Role'],
	['contacts[0].setupCompletedAt', 'Contact: Set-up Completed At', 'Contact Set-up Completed At'],
	['contacts[0].status', 'Contact: Status', 'Contact Status', 'Email Status'],
	['contacts[0].timezone', 'Contact: Time Zone', 'Contact Time Zone'],
	[
		'contacts[0].unsubscribed',
		'Contact: Unsubscribed',
		'Unsubscribed',
		'Opted Out',
		'Email Opt Out',
		'Contact Unsubscribed',
	],
	[
		'usage.activeUsers',
		'Usage: Active Users per Week',
		'Active Users',
		'Weekly Active Users',
		'WAU',
	],
	['usage.adoption', 'Usage: Adoption (0 to 1)', 'Adoption', 'Feature Adoption'],
	['usage.asOf', 'Usage: As Of', 'Usage As Of'],
	['usage.events', 'Usage: Events This Week', 'Events', 'Events This Week'],
	['usage.featuresUsed', 'Usage: Features Used', 'Features Used'],
	[
		'usage.lastActiveAt',
		'Usage: Last Active At',
		'Last Active',
		'Last Active At',
		'Last Seen',
		'Last Login',
	],
	['usage.limits', 'Usage: Plan Limits (Used and Allowed)', 'Plan Limits', 'Usage Limits'],
	['usage.previousEvents', 'Usage: Events Last Week', 'Previous Events', 'Events Last Week'],
	['support.openP1', 'Support: Open P1 Tickets', 'Open P1', 'Open P1 Tickets', 'P1 Tickets'],
	['support.openTickets', 'Support: Open Tickets', 'Open Tickets', 'Tickets Open'],
	['sentiment.csat', 'Sentiment: CSAT (0 to 5)', 'CSAT', 'CSAT Score'],
	['sentiment.nps', 'Sentiment: NPS', 'NPS', 'NPS Score'],
	[
		'licences.bought',
		'Licenses: Bought',
		'Licenses',
		'Licences',
		'Seats',
		'Licenses Bought',
		'Licences Bought',
		'Seats Bought',
	],
	['licences.used', 'Licenses: Used', 'Licenses Used', 'Licences Used', 'Seats Used'],
	[
		'setup.completed',
		'Set-up: Steps Completed',
		'Completed Steps',
		'Steps Completed',
		'Set-up Steps Completed',
	],
	['setup.firstValueAt', 'Set-up: First Value At', 'First Value', 'First Value At'],
];

/** `Account_ID`, `account id` and `accountId` are the same heading. */
export function normalizeHeader(header: string): string {
	return header.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Fields whose text needs more than their schema says; for all others the schema decides. */
const OWN_KINDS = new Map<string, FieldKind>([
	['accountId', 'id'],
	['currency', 'currency'],
	['notes', 'notes'],
	['setup.completed', 'steps'],
	['usage.limits', 'limits'],
]);

/** Every canonical field a column can fill, by the account's schema: types and limits come from there alone. */
export const ACCOUNT_FIELDS: readonly AccountField[] = ROWS.map(fieldOf);

function fieldOf([path, label, ...headers]: Row): AccountField {
	const { group, name } = placeOf(path);
	const schema = unwrap(schemaAt(group, name));
	const choices = choicesOf(schema);
	return { path, label, group, name, headers, schema, choices, kind: kindOf(path, name, schema) };
}

function placeOf(path: string): Pick<AccountField, 'group' | 'name'> {
	if (path.startsWith('contacts[0].')) return { group: 'contact', name: path.slice(12) };
	const group = GROUPS.find((candidate) => path.startsWith(`${candidate}.`));
	return group === undefined
		? { group: '', name: path }
		: { group, name: path.slice(group.length + 1) };
}

function schemaAt(group: AccountField['group'], name: string): z.ZodType {
	if (group === 'contact') return partOf(contactSchema, name);
	return group === ''
		? partOf(accountSchema, name)
		: partOf(unwrap(partOf(accountSchema, group)), name);
}

function partOf(schema: z.ZodType, name: string): z.ZodType {
	const part: unknown = schema instanceof z.ZodObject ? Reflect.get(schema.shape, name) : undefined;
	if (part instanceof z.ZodType) return part;
	throw new Error(`The account schema has no field '${name}'`);
}

function unwrap(schema: z.ZodType): z.ZodType {
	if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)) return schema;
	const inner: unknown = schema.unwrap();
	return inner instanceof z.ZodType ? unwrap(inner) : schema;
}

function kindOf(path: string, name: string, schema: z.ZodType): FieldKind {
	const own = OWN_KINDS.get(path);
	if (own !== undefined) return own;
	if (schema === isoTime) return 'time';
	if (schema === timeZone) return 'timeZone';
	if (name === 'email') return 'email';
	if (schema instanceof z.ZodNumber) return 'number';
	if (schema instanceof z.ZodBoolean) return 'yesNo';
	if (schema instanceof z.ZodEnum || schema instanceof z.ZodUnion) return 'choice';
	return schema instanceof z.ZodArray ? 'list' : 'text';
}

function choicesOf(schema: z.ZodType): string[] {
	if (schema instanceof z.ZodEnum) return schema.options.map(String);
	if (!(schema instanceof z.ZodUnion)) return [];
	return schema.options.flatMap((option) => (option instanceof z.ZodType ? choicesOf(option) : []));
}
