import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What a sender of events signs with. n8n's own credentials of the same vendors hold keys for calling them, not this. */
export class DigitalCsWebhookSecretApi implements ICredentialType {
	name = 'digitalCsWebhookSecretApi';

	displayName = 'Digital CS Webhook Secret API';

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-digital-cs';

	icon: Icon = {
		light: 'file:../nodes/CustomerEventTrigger/customerEventTrigger.svg',
		dark: 'file:../nodes/CustomerEventTrigger/customerEventTrigger.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Secrets',
			name: 'secrets',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			description:
				'What the sender signs with, one per line. While you change a secret, keep the old one in a second line: both count. Without a secret nothing is believed.',
		},
	];
}
