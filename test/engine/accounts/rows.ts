import {
	buildAccounts,
	type BuildSettings,
	type BuiltAccounts,
} from '../../../engine/accounts/buildAccounts';
import { accountPreset } from '../../../engine/accounts/presets';
import type { Row } from '../../../engine/accounts/row';
import { compileFieldPath } from '../../../nodes/platform/fieldPath';

export type Settings = Partial<Omit<BuildSettings, 'preset'>> & { preset?: string };

/** Builds accounts from the sources, with the node's defaults for what a test does not name. */
export function build(
	sources: readonly (readonly Row[])[],
	settings: Settings = {},
): BuiltAccounts {
	const { preset = 'canonical', ...others } = settings;
	return buildAccounts(sources, {
		preset: accountPreset(preset),
		mapping: [],
		otherColumns: 'keep',
		columnsAtMost: 150,
		compilePath: compileFieldPath,
		keys: [],
		summary: { now: Date.parse('2026-03-18T12:00:00Z'), zone: 'UTC', coreFeatures: [] },
		...others,
	});
}

export function accountsOf(rows: readonly Row[], settings?: Settings): Row[] {
	return build([rows], settings).accounts.map(({ account }) => account);
}

/** Code and field of each problem, row by row. */
export function problemsOf(rows: readonly Row[], settings?: Settings): string[][] {
	return build([rows], settings).rejected.map(({ problems }) =>
		problems.map(({ code, field }) => (field === '' ? code : `${code} ${field}`)),
	);
}

export function sentencesOf(rows: readonly Row[], settings?: Settings): string[] {
	return build([rows], settings).rejected.flatMap(({ problems }) =>
		problems.map(({ text }) => text),
	);
}
