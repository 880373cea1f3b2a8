import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';

/** Accounts that a health journey gave to a person, and when they go back (R17, P35). */
export const elevationProperties: INodeProperties[] = [
	{
		displayName: 'Elevation',
		name: 'elevation',
		type: 'boolean',
		default: true,
		displayOptions: { show: { operation: ['assignTier'] } },
		description:
			'Whether an account that a health journey gave to a person is human-led until its case is resolved and its health is stable',
	},
	{
		...ledgerProperty,
		displayOptions: { show: { operation: ['assignTier'], elevation: [true] } },
	},
];
