import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { answerCases } from './answer';
import { checkDeadlines } from './checkDeadlines';
import { listOpen } from './listOpen';
import { openLinks } from './openLink';
import { route } from './route';
import { ANSWERS } from './verbs';

/** Runs one of the node's operations over all items. */
export async function executeRouter(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = context.getNodeParameter('operation', 0);
	const answer = ANSWERS.find((name) => name === operation);
	if (answer !== undefined) return await answerCases(context, answer);
	switch (operation) {
		case 'checkDeadlines':
			return await checkDeadlines(context);
		case 'listOpen':
			return await listOpen(context);
		case 'openLink':
			return await openLinks(context);
		default:
			return await route(context);
	}
}
