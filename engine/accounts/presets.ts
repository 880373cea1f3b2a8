import type { AccountPreset } from './preset';
import { HUBSPOT_CONTACTS, SALESFORCE_CONTACTS } from './vendors/contacts';
import { HUBSPOT } from './vendors/hubspot';
import { AMPLITUDE, MIXPANEL } from './vendors/productEvents';
import { SALESFORCE } from './vendors/salesforce';
import { SEGMENT } from './vendors/segment';
import { STRIPE } from './vendors/stripe';
import { INTERCOM, ZENDESK } from './vendors/tickets';

export type { AccountPreset } from './preset';

const CANONICAL: AccountPreset = {
	id: 'canonical',
	name: 'Canonical or CSV',
	description:
		'Columns named as the account’s fields, or as exports usually name them: Account ID, ARR, Renewal Date',
	headers: true,
	paths: {},
};

const OWN: AccountPreset = {
	id: 'ownMapping',
	name: 'Own Mapping Only',
	description: 'Only the columns mapped below, and columns with exactly a canonical name',
	headers: false,
	paths: {},
};

/** In the order of their names. */
export const ACCOUNT_PRESETS: readonly AccountPreset[] = [
	AMPLITUDE,
	CANONICAL,
	HUBSPOT,
	HUBSPOT_CONTACTS,
	INTERCOM,
	MIXPANEL,
	OWN,
	SALESFORCE,
	SALESFORCE_CONTACTS,
	SEGMENT,
	STRIPE,
	ZENDESK,
];

/** @throws Error naming the id when there is no such preset */
export function accountPreset(id: string): AccountPreset {
	const preset = ACCOUNT_PRESETS.find((candidate) => candidate.id === id);
	if (preset === undefined) throw new Error(`There is no preset '${id}'`);
	return preset;
}
