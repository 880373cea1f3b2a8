import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { executeProfile } from './execute';
import { inputsOf } from './inputs';
import { properties } from './properties';

export class AccountProfile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Account Profile',
		name: 'accountProfile',
		icon: { light: 'file:accountProfile.svg', dark: 'file:accountProfile.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["source"] === "sample" ? "Sample accounts" : { amplitudeEvents: "Amplitude export", canonical: "Canonical or CSV", hubspotCompany: "HubSpot company", hubspotContacts: "HubSpot contacts", intercomTickets: "Intercom tickets", mixpanelEvents: "Mixpanel export", ownMapping: "Own mapping", salesforceAccount: "Salesforce account", salesforceContacts: "Salesforce contacts", segmentGroup: "Segment group", stripeCustomer: "Stripe customer", zendeskTickets: "Zendesk tickets" }[$parameter["preset"]] }}',
		description:
			'Turns rows from CRM, usage, tickets and billing into one checked account each, and says which rows it could not read',
		defaults: { name: 'Account Profile' },
		inputs: `={{(${String(inputsOf)})($parameter)}}`,
		outputs: [
			{ type: 'main', displayName: 'Accounts' },
			{ type: 'main', displayName: 'Rejected' },
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve(executeProfile(this));
	}
}
