import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { HealthModel } from '../../engine/health/model';
import { compileScorer, type Scorer, type ScorerOptions } from '../../engine/health/scoreAccounts';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayWhatIsUnknown, sayWhatIsUnread } from './hints';
import { readModel } from './readModel';
import { scoreWithMemory } from './scoreWithMemory';

/** The outputs: every item with `health`, and the alarm of a day on which triggers are held (P10). */
type Outputs = [INodeExecutionData[], INodeExecutionData[]];

/** Adds `health` to every item. Whatever an item holds, it gets a score or the reasons why there is none. */
export async function scoreItems(context: IExecuteFunctions): Promise<Outputs> {
	const model = readModel(context);
	const now = readNow(context);
	const zone = context.getTimezone();
	const compile = (history?: ScorerOptions['history']): Scorer =>
		compiled(context, model, { readerOf: compileFieldPath, now, zone, history });
	const remembers = context.getNodeParameter('remember', 0, true) === true;
	const [scored, alarm] = remembers
		? await scoreWithMemory(context, model, { compile, now, zone })
		: [scoreAlone(context, compile()), []];
	const [first] = scored;
	if (first !== undefined && context.getNodeParameter('options.showModel', 0, false) === true) {
		scored[0] = withAdded(first, 0, 'healthModel', model);
	}
	return [scored, alarm];
}

function scoreAlone(context: IExecuteFunctions, scorer: Scorer): INodeExecutionData[] {
	const scored = context
		.getInputData()
		.map((item, index) => withAdded(item, index, 'health', scorer.score(item.json)));
	context.addExecutionHints(
		...sayWhatIsUnknown(scorer.tally()),
		...sayWhatIsUnread(scorer.unread()),
	);
	return scored;
}

function compiled(context: IExecuteFunctions, model: HealthModel, options: ScorerOptions): Scorer {
	try {
		return compileScorer(model, options);
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'A field path cannot be read',
			{ description: 'Drag the field into the signal, or write its path by hand.' },
		);
	}
}
