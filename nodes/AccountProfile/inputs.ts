import type { INodeInputConfiguration, INodeParameters } from 'n8n-workflow';

/**
 * One input per source. Self-contained: n8n evaluates its text in the editor, where nothing of this package exists.
 */
export const inputsOf = (parameters: INodeParameters): INodeInputConfiguration[] => {
	const wanted = parameters.source === 'sample' ? 1 : Number(parameters.numberOfSources ?? 1);
	const length = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), 5) : 1;
	return Array.from({ length }, (_, index) => ({
		type: 'main',
		displayName: length === 1 ? undefined : `Source ${String(index + 1)}`,
	}));
};
