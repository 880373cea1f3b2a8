import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { collectBatches } from './collectBatch';
import { compare } from './compareVariants';
import { evaluateChoices } from './evaluate';
import { reviewCatalogue } from './reviewCatalogue';
import { select } from './select';
import { submitBatch } from './submitBatch';

export async function executeContent(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	switch (context.getNodeParameter('operation', 0)) {
		case 'submitBatch':
			return await submitBatch(context);
		case 'collectBatch':
			return await collectBatches(context);
		case 'reviewCatalogue':
			return reviewCatalogue(context);
		case 'compareVariants':
			return await compare(context);
		case 'evaluate':
			return await evaluateChoices(context);
		default:
			return await select(context);
	}
}
