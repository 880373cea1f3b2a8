import {
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { handOut } from './handOut';
import { properties } from './properties';
import { takeIn } from './takeIn';

export class CustomerEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Event Trigger',
		name: 'customerEventTrigger',
		icon: { light: 'file:customerEventTrigger.svg', dark: 'file:customerEventTrigger.dark.svg' },
		group: ['trigger'],
		// of a webhook of version 1 n8n evaluates an expression with every call, which takes longer than all else here
		version: 2,
		subtitle:
			'={{ { customerio: "Customer.io", hmac: "Signed by HMAC", hubspot: "HubSpot", intercom: "Intercom", pagerduty: "PagerDuty", salesforce: "Salesforce", segment: "Segment", standardWebhooks: "Standard Webhooks", stripe: "Stripe" }[$parameter["sender"]] }}',
		description:
			'Takes in what CRM, billing, product and messaging tell of customers: checks the signature, keeps each event once, hands them out in batches',
		eventTriggerDescription: 'Waiting for the sender to call the test URL',
		activationMessage: 'The sender can now call the production URL.',
		defaults: { name: 'Customer Event Trigger' },
		inputs: [],
		outputs: [
			{ type: 'main', displayName: 'Events' },
			{ type: 'main', displayName: 'Unknown Events' },
		],
		credentials: [{ name: 'digitalCsWebhookSecretApi', required: true }, ledgerCredential],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, click “listen” and let the sender call the test URL: the events show up here. <b>To take in events for good</b>, publish the workflow and give the sender the production URL.',
				active:
					'<b>While you build</b>, click “listen” and let the sender call the test URL: the events show up here. <b>The production URL</b> takes in events now; their batches are in the <a data-key="executions">executions list</a>.',
			},
			activationHint: 'Publish the workflow, then give the sender the production URL.',
		},
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'events' },
			// Intercom and others look whether an address answers before they accept it
			{
				name: 'setup',
				httpMethod: 'HEAD',
				responseMode: 'onReceived',
				path: 'events',
				ndvHideUrl: true,
			},
		],
		properties,
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeIn(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await handOut(this);
	}
}
