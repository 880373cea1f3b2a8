import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { compileScorer, type Scorer } from '../../engine/health/scoreAccounts';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayWhatIsUnknown } from './hints';
import { readModel } from './readModel';

/** Adds `health` to every item. Whatever an item holds, it gets a score or the reasons why there is none. */
export function executeHealthScore(context: IExecuteFunctions): INodeExecutionData[][] {
	const scorer = compile(context);
	const items = context.getInputData();
	const scored = items.map((item, index) =>
		withAdded(item, index, 'health', scorer.score(item.json)),
	);
	context.addExecutionHints(...sayWhatIsUnknown(scorer.tally()));
	return [scored];
}

function compile(context: IExecuteFunctions): Scorer {
	const model = readModel(context);
	const now = readNow(context);
	try {
		return compileScorer(model, { readerOf: compileFieldPath, now });
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'A field path cannot be read',
			{ description: 'Drag the field into the signal, or write its path by hand.' },
		);
	}
}
