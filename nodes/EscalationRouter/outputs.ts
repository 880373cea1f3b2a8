import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';

/** What Route emits where; its other outputs stay what they are when one is added. */
export const ROUTE_OUTPUTS = { new: 0, updated: 1, unchanged: 2, digest: 3, notRouted: 4 } as const;
export const CHECK_OUTPUTS = { overdue: 0, digest: 1 } as const;
export const ANSWER_OUTPUTS = { done: 0, notDone: 1 } as const;

/**
 * The node's outputs from its operation. Self-contained: n8n evaluates its text in the editor, where nothing of this
 * package exists.
 */
export const outputsOf = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const named = (names: string[]): INodeOutputConfiguration[] =>
		names.map((displayName) => ({ type: 'main', displayName }));
	if (parameters.operation === 'route')
		return named(['New', 'Updated', 'Unchanged', 'Digest', 'Not Routed']);
	if (parameters.operation === 'checkDeadlines') return named(['Overdue', 'Digest']);
	if (parameters.operation === 'listOpen') return named(['Open']);
	return named(['Done', 'Not Done']);
};
