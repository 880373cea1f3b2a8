import type { INodeProperties } from 'n8n-workflow';

/** How ARR is compared (P36), in the node's Options. @param purpose what the currency is for, as a sentence */
export function moneyOptions(purpose: string): INodeProperties[] {
	return [
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: 'USD',
			description: purpose,
		},
		{
			displayName: 'Exchange Rates',
			name: 'rates',
			type: 'string',
			default: '',
			placeholder: 'e.g. EUR 1.08, GBP 1.27',
			description:
				'Units of the currency above per unit of another. Without a rate an ARR is not known.',
		},
	];
}
