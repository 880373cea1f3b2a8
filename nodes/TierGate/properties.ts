import type { INodeProperties } from 'n8n-workflow';
import { assignProperties } from './assignProperties';
import { gateProperties } from './gateProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Assign Tier',
				value: 'assignTier',
				description: 'Decide how much human time each account gets',
				action: 'Assign a tier to accounts',
			},
			{
				name: 'Gate Motion',
				value: 'gateMotion',
				description: 'Let only the right accounts into a journey or campaign',
				action: 'Gate accounts before a motion',
			},
		],
		default: 'assignTier',
	},
	...assignProperties,
	...gateProperties,
];
