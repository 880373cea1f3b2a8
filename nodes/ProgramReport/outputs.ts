import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';

/**
 * The node's outputs from its operation. Self-contained: n8n evaluates its text in the editor, where nothing of this
 * package exists.
 */
export const outputsOf = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const named = (names: string[]): INodeOutputConfiguration[] =>
		names.map((displayName) => ({ type: 'main', displayName }));
	if (parameters.operation === 'peerBenchmarks') return named(['Accounts']);
	if (parameters.operation === 'stallReport') return named(['Steps', 'Report']);
	return named(['Accounts', 'Lists']);
};
