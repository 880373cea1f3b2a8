import type { IExecuteFunctions } from 'n8n-workflow';

export type RunMode = 'live' | 'test';

/** Modes that only a published workflow or an operator's command line starts; everything else may be somebody trying a flow. */
const LIVE = new Set<string>(['trigger', 'webhook', 'cli', 'error', 'internal']);

/**
 * Whether this execution may touch customers (design, "Trying a flow touches no customer"; P34).
 * A sub-workflow's own mode is `integrated` whoever started it, so the root's mode decides; a retry counts as what
 * it retries. Unknown counts as test.
 */
export function runModeOf(context: IExecuteFunctions): RunMode {
	let mode: string | undefined = context.getMode();
	if ('additionalData' in context) {
		const { additionalData } = context;
		if (
			typeof additionalData === 'object' &&
			additionalData !== null &&
			'rootExecutionMode' in additionalData
		) {
			mode =
				typeof additionalData.rootExecutionMode === 'string'
					? additionalData.rootExecutionMode
					: mode;
		}
	}
	// n8n keeps the context of the execution it retries, and with it the mode that one was started in
	if (mode === 'retry') mode = context.getExecutionContext()?.source;
	return mode !== undefined && LIVE.has(mode) ? 'live' : 'test';
}

/**
 * When something is written down, ms since 1970: a try is told from the next by the clock on the wall, whatever time it
 * plays.
 */
export function writtenAt(mode: RunMode | 'dry', now: number): number {
	return mode === 'test' ? Date.now() : now;
}
