import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';
import { PRESET_TIERS } from '../../engine/tiers/presets';

/** By policy, the names of outputs 1, 2, 3…; lists only, because braces would end n8n's expression. */
export const PRESET_OUTPUT_NAMES: [string, string[]][] = Object.entries(PRESET_TIERS).map(
	([policy, tiers]) => {
		const names: string[] = [];
		for (const { name, output } of tiers) names[output - 1] = name;
		return [policy, Array.from(names, (name) => (typeof name === 'string' ? name : ''))];
	},
);

/**
 * The node's outputs from its parameters. Output 0 is fixed; after it each tier's *number* has a place of its own, so
 * that changing the preset, or deleting, moving or renaming a rule, moves no wire. Self-contained: n8n evaluates its
 * text in the editor, where nothing of this package exists.
 */
export const outputsOf = (
	parameters: INodeParameters,
	presets: [string, string[]][],
): INodeOutputConfiguration[] => {
	if (parameters.operation === 'gateMotion') {
		return [
			{ type: 'main', displayName: 'Hold' },
			{ type: 'main', displayName: 'Pass' },
		];
	}
	if (parameters.operation === 'costToServe') return [{ type: 'main', displayName: 'Tiers' }];
	let names: string[] = [];
	for (const [policy, tiers] of presets) if (policy === parameters.policy) names = tiers.slice();
	if (parameters.policy === 'own') {
		const list = parameters.rules;
		const rows = typeof list === 'object' && list !== null && 'rule' in list ? list.rule : [];
		for (const row of Array.isArray(rows) ? rows : []) {
			if (typeof row !== 'object' || row === null || !('output' in row)) continue;
			const output = Number(row.output);
			if (!Number.isInteger(output) || output < 1 || output > 20) continue;
			const name = 'name' in row && typeof row.name === 'string' ? row.name.trim() : '';
			const before = names[output - 1] ?? '';
			const alreadyThere = before.split(', ').includes(name);
			names[output - 1] = before === '' ? name : alreadyThere ? before : before + ', ' + name;
		}
	}
	const outputs: INodeOutputConfiguration[] = [{ type: 'main', displayName: 'Undecided' }];
	for (let output = 1; output <= names.length; output++) {
		const name = names[output - 1] ?? '';
		outputs.push({
			type: 'main',
			displayName: String(output) + ' ' + (name === '' ? '–' : name),
		});
	}
	return outputs;
};
