import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { HealthModel } from '../../engine/health/model';
import { compileScorer, type Scorer } from '../../engine/health/scoreAccounts';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayWhatIsUnknown } from './hints';
import { readModel } from './readModel';

/** Adds `health` to every item. Whatever an item holds, it gets a score or the reasons why there is none. */
export function scoreItems(context: IExecuteFunctions): INodeExecutionData[][] {
	const model = readModel(context);
	const scorer = compile(context, model);
	const items = context.getInputData();
	const scored = items.map((item, index) =>
		withAdded(item, index, 'health', scorer.score(item.json)),
	);
	context.addExecutionHints(...sayWhatIsUnknown(scorer.tally()));
	const [first] = scored;
	if (first !== undefined && showsModel(context)) {
		scored[0] = withAdded(first, 0, 'healthModel', model);
	}
	return [scored];
}

function showsModel(context: IExecuteFunctions): boolean {
	return context.getNodeParameter('options.showModel', 0, false) === true;
}

function compile(context: IExecuteFunctions, model: HealthModel): Scorer {
	const now = readNow(context);
	const zone = context.getTimezone();
	try {
		return compileScorer(model, { readerOf: compileFieldPath, now, zone });
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'A field path cannot be read',
			{ description: 'Drag the field into the signal, or write its path by hand.' },
		);
	}
}
