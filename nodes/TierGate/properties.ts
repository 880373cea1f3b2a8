import type { INodeProperties } from 'n8n-workflow';
import { assignProperties } from './assignProperties';
import { costProperties } from './costProperties';
import { elevationProperties } from './elevationProperties';
import { gateProperties } from './gateProperties';
import { moneyProperties } from './moneyProperties';
import { optionProperties } from './optionProperties';

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
				name: 'Cost to Serve',
				value: 'costToServe',
				description: 'Sum up what each tier costs and is worth, one item per tier',
				action: 'Sum up the cost to serve',
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
	...moneyProperties,
	...elevationProperties,
	...costProperties,
	...gateProperties,
	...optionProperties,
];
