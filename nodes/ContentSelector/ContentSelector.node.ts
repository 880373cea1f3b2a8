import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { executeContent } from './execute';
import { inputsOf, outputsOf } from './ports';
import { listModels } from './models';
import { properties } from './properties';

export class ContentSelector implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Content Selector',
		name: 'contentSelector',
		icon: { light: 'file:contentSelector.svg', dark: 'file:contentSelector.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { collectBatch: "Collect batch", compareVariants: "Compare variants", evaluate: "Evaluate", reviewCatalogue: "Review catalogue", select: "Select", submitBatch: "Submit batch" }[$parameter["operation"]] + ({ claude: ", with Claude", chatModel: ", with a chat model" }[$parameter["chooseBy"]] || "") }}',
		description:
			'Picks the next most relevant content for each account from an approved catalogue: rules filter, Claude chooses among the best, rules decide when it cannot',
		defaults: { name: 'Content Selector' },
		inputs: `={{(${String(inputsOf)})($parameter)}}`,
		outputs: `={{(${String(outputsOf)})($parameter)}}`,
		credentials: [
			{
				name: 'anthropicApi',
				required: true,
				displayOptions: {
					show: {
						operation: ['select', 'submitBatch', 'collectBatch', 'evaluate'],
						chooseBy: ['claude'],
					},
				},
			},
			ledgerCredential,
		],
		properties,
	};

	methods = { loadOptions: { listModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeContent(this);
	}
}
