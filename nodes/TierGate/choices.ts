import type { INodePropertyOptions } from 'n8n-workflow';

export const BAND_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Green', value: 'green' },
	{ name: 'Yellow', value: 'yellow' },
	{ name: 'Red', value: 'red' },
	{ name: 'Unknown', value: 'unknown' },
];

export const STAGE_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Adopting', value: 'adopting' },
	{ name: 'Churned', value: 'churned' },
	{ name: 'Established', value: 'established' },
	{ name: 'Onboarding', value: 'onboarding' },
	{ name: 'Renewing', value: 'renewing' },
];
