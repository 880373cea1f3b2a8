import type { INodeProperties } from 'n8n-workflow';
import { HEALTH_PRESETS } from '../../engine/health/presets';
import { nowOption } from '../platform/now';
import { capFields } from './capFields';
import {
	accountIdOption,
	holdOption,
	hysteresisOptions,
	memoryFields,
	modelNameOption,
	testRunsOption,
} from './memoryFields';
import { signalFields } from './signalFields';
import { rowOf } from './signalRows';

export const properties: INodeProperties[] = [
	{
		displayName: 'Model',
		name: 'model',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'B2B SaaS',
				value: 'b2bSaas',
				description: 'Product usage, support tickets, NPS and CSAT, license use',
			},
			{
				name: 'Few Data',
				value: 'fewData',
				description: 'Last activity, license use, support tickets, NPS',
			},
			{
				name: 'Model as JSON',
				value: 'json',
				description: 'For models kept in a repository or shared between flows',
			},
			{
				name: 'Own Signals',
				value: 'own',
				description: 'A list to edit, which begins as B2B SaaS',
			},
			{
				name: 'Product-Led',
				value: 'productLed',
				description: 'Usage against its own past, last activity, adoption, license use',
			},
		],
		default: 'b2bSaas',
		description: 'What is looked at and how much it counts',
	},
	{
		displayName: 'Signals',
		name: 'signals',
		type: 'fixedCollection',
		placeholder: 'Add Signal',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: {
				itemTitle: '={{ $collection.item.value.label }} · {{ $collection.item.value.weight }}',
			},
		},
		default: { signal: HEALTH_PRESETS.b2bSaas.signals.map(rowOf) },
		displayOptions: { show: { model: ['own'] } },
		description: 'What is looked at. The order does not matter; the weights do.',
		options: [{ displayName: 'Signal', name: 'signal', values: signalFields }],
	},
	{
		displayName: 'Caps',
		name: 'caps',
		type: 'fixedCollection',
		placeholder: 'Add Cap',
		typeOptions: {
			multipleValues: true,
			fixedCollection: {
				itemTitle:
					'={{ $collection.item.value.signal }} · at most {{ $collection.item.value.atMost }}',
			},
		},
		default: {},
		displayOptions: { show: { model: ['own'] } },
		description: 'What keeps the score down however good the rest is',
		options: [{ displayName: 'Cap', name: 'cap', values: capFields }],
	},
	{
		displayName: 'Model',
		name: 'modelJson',
		type: 'json',
		typeOptions: { rows: 12 },
		default: JSON.stringify(HEALTH_PRESETS.fewData, null, 2),
		displayOptions: { show: { model: ['json'] } },
		description: 'The whole model; it is checked before anything is scored',
	},
	...memoryFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			accountIdOption,
			...hysteresisOptions,
			{
				displayName: 'Coverage Floor (%)',
				name: 'coverageFloor',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 60,
				description:
					'Share of the weight that must have data; below it the band is unknown, never green',
			},
			{
				displayName: 'Days Before',
				name: 'daysBefore',
				type: 'string',
				default: '90, 60, 30',
				placeholder: 'e.g. 90, 60, 30',
				displayOptions: { show: { '/operation': ['backtest'] } },
				description: 'As of how many days before the outcome accounts are scored; needs dates',
			},
			{
				displayName: 'Green From',
				name: 'greenFrom',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 75,
				description: 'Lowest score of the green band',
			},
			holdOption,
			{
				displayName: 'Judgment Field',
				name: 'judgementField',
				type: 'string',
				default: '',
				requiresDataPath: 'single',
				placeholder: 'e.g. judgment',
				description:
					"Field with the success manager's own judgment: a score or a band, until when, and by whom. It replaces the score until it ends.",
			},
			{
				displayName: 'Learn From Days Before',
				name: 'learnDaysBefore',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 730 },
				default: 30,
				displayOptions: { show: { '/operation': ['calibrate'] } },
				description: 'As of how many days before the outcome accounts are looked at; needs dates',
			},
			modelNameOption,
			nowOption,
			{
				displayName: 'Revenue Is',
				name: 'revenueIs',
				type: 'options',
				options: [
					{ name: 'A Month', value: 'month' },
					{ name: 'A Year', value: 'year' },
				],
				default: 'year',
				displayOptions: { show: { '/operation': ['backtest', 'calibrate'] } },
				description: 'What the ARR field holds; a month counts twelve times',
			},
			{
				displayName: 'Show Model',
				name: 'showModel',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/operation': ['score'] } },
				description:
					'Whether to add the whole model to the first item, as JSON to keep or to paste into Model as JSON',
			},
			testRunsOption,
			{
				displayName: 'Yellow From',
				name: 'yellowFrom',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 60,
				description: 'Lowest score of the yellow band; anything lower is red',
			},
		],
	},
];
