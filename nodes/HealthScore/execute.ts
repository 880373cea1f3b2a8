import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { backtestModel } from './backtestModel';
import { calibrateModel } from './calibrateModel';
import { scoreItems } from './score';
import { watchPlanLimits } from './watchLimits';

/** Runs one of the node's operations; workflows from before there were several go on scoring. */
export async function executeHealthScore(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const operation = context.getNodeParameter('operation', 0, 'score');
	// a study has no alarm
	if (operation === 'backtest') return [[await backtestModel(context)], []];
	if (operation === 'calibrate') return [[await calibrateModel(context)], []];
	if (operation === 'watchLimits') return await watchPlanLimits(context);
	return await scoreItems(context);
}
