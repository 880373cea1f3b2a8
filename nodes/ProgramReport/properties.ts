import type { INodeProperties } from 'n8n-workflow';
import { peerProperties } from './peerProperties';
import { stallProperties } from './stallProperties';
import { triageProperties } from './triageProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Peer Benchmarks',
				value: 'peerBenchmarks',
				description:
					'The figures of each account beside those of similar teams, nobody recognizable',
				action: 'Compare accounts with their peers',
			},
			{
				name: 'Stall Report',
				value: 'stallReport',
				description: 'At which set-up steps customers stumble, and how long each takes',
				action: 'Report at which steps customers stall',
			},
			{
				name: 'Triage Queue',
				value: 'triageQueue',
				description:
					'Who needs a look today, with the reasons and a next step, and a list per owner',
				action: 'List accounts that need a look',
			},
		],
		default: 'triageQueue',
	},
	...peerProperties,
	...stallProperties,
	...triageProperties,
];
