import type { IExecuteFunctions } from 'n8n-workflow';

/** Where n8n does not say when an execution began: long enough for the nodes before this one. */
const UNKNOWN_START_MS = 60_000;

/**
 * When this execution began by the clock on the wall, ms since 1970: what a node before this one recorded in it belongs to
 * it. One that is retried began when it was first tried, because n8n keeps its context.
 */
export function beganAt(context: IExecuteFunctions): number {
	return context.getExecutionContext()?.establishedAt ?? Date.now() - UNKNOWN_START_MS;
}
