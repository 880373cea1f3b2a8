import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';

/**
 * The node's outputs from its parameters. Output 0 is fixed; after it each *number* has a place of its own, named after
 * the steps that carry it, so that deleting, moving or renaming a step moves no wire. Self-contained: n8n evaluates its
 * text in the editor, where nothing of this package exists.
 */
export const outputsOf = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	if (parameters.operation === 'preview') return [{ type: 'main', displayName: 'Preview' }];
	const names: string[][] = [];
	const list = parameters.steps;
	const rows = typeof list === 'object' && list !== null && 'step' in list ? list.step : [];
	for (const row of Array.isArray(rows) ? rows : []) {
		if (typeof row !== 'object' || row === null || !('output' in row)) continue;
		const output = Number(row.output);
		if (!Number.isInteger(output) || output < 1 || output > 40) continue;
		const name =
			'name' in row && typeof row.name === 'string' && row.name !== '' ? row.name : 'Unnamed step';
		names[output] = (names[output] ?? []).concat(name);
	}
	const outputs: INodeOutputConfiguration[] = [{ type: 'main', displayName: 'Ended' }];
	for (let output = 1; output < names.length; output++) {
		const called = (names[output] ?? ['–']).join(', ');
		outputs.push({ type: 'main', displayName: `${String(output)} ${called}` });
	}
	return outputs;
};
