import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { ContentSelector } from '../../nodes/ContentSelector/ContentSelector.node';
import type { ClaudeStub } from '../harness/claudeStub';
import { runNode, type NodeRun } from '../harness/runWorkflow';

export const SELECT = { selected: 0, nothing: 1, notRead: 2 };
/** A Monday, 10:00 in Berlin. */
export const MONDAY = '2026-03-02T09:00:00Z';

/** One row of the catalogue, with every date in order. */
export function row(id: string, over: IDataObject = {}): IDataObject {
	return {
		id,
		title: `About ${id}`,
		url: `https://help.vendor.example/${id}`,
		kind: 'article',
		features: id,
		outcome: `Work with ${id} every day`,
		reviewedAt: '2026-02-01',
		owner: 'docs@vendor.example',
		...over,
	};
}

export const CATALOGUE = [
	row('boards'),
	row('reports', { kind: 'video' }),
	row('automations', { kind: 'tutorial', languages: 'de' }),
	row('integrations', { kind: 'webinar' }),
];

/** An account whose admin uses boards and nothing else. */
export function account(id: string, over: IDataObject = {}): IDataObject {
	return {
		accountId: id,
		name: `Account ${id}`,
		plan: 'team',
		lifecycleStage: 'adopting',
		contacts: [{ email: `ann@${id}.example`, name: 'Ann', role: 'admin', locale: 'en-US' }],
		usage: { featuresUsed: ['boards'] },
		health: { band: 'green' },
		...over,
	};
}

/** The account as a journey hands out its tip. */
export function tip(id: string, key = `education/${id}/1`, over: IDataObject = {}): IDataObject {
	return account(id, {
		journey: {
			key,
			mode: 'live',
			step: 'tip',
			contact: { email: `ann@${id}.example`, role: 'admin', locale: 'en-US' },
		},
		...over,
	});
}

export type Ran = NodeRun & { of: (output: number) => IDataObject[]; said: string };
export type Given = INodeParameters & { options?: INodeParameters };
type Run = {
	at?: string;
	catalogue?: readonly IDataObject[];
	mode?: WorkflowExecuteMode;
	stub?: ClaudeStub;
};

/** Runs the node once; with a stub, Claude chooses. */
export async function runSelector(
	input: readonly IDataObject[],
	{ options = {}, ...parameters }: Given = {},
	{ at = MONDAY, catalogue = CATALOGUE, mode = 'trigger', stub }: Run = {},
): Promise<Ran> {
	const operation = parameters.operation ?? 'select';
	const readsCatalogue = operation === 'select' || operation === 'submitBatch';
	const ran = await runNode(new ContentSelector(), {
		mode,
		settings: { timezone: 'Europe/Berlin' },
		inputs: readsCatalogue ? [input, catalogue] : [input],
		parameters: {
			operation,
			...(stub === undefined ? {} : { chooseBy: 'claude' }),
			...parameters,
			options: { now: at, ...options },
		},
		...(stub === undefined
			? {}
			: { credentials: { anthropicApi: { apiKey: stub.key, url: stub.url } } }),
	});
	return {
		...ran,
		of: (output) => contentsOf(ran.outputs[output]),
		said: ran.hints.map(({ message }) => message).join(' '),
	};
}

/** What the node adds to its items. */
function contentsOf(items: NodeRun['outputs'][number] = []): IDataObject[] {
	return items.map(({ json }) => {
		const { content } = json;
		if (typeof content !== 'object' || content === null || Array.isArray(content))
			throw new Error('The item carries no content');
		return content as IDataObject;
	});
}

/** The ids of what was chosen. */
export function idsOf(contents: readonly IDataObject[]): unknown[] {
	return contents.map(({ id }) => id);
}
