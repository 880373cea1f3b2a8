import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { UNKNOWN } from '../../engine/events/types';
import { isObject } from '../platform/rows';

/**
 * What the inbox kept, one item each: known events, then unknown ones, both in the order in which they happened.
 * @param attempt from the second on each says that it was handed out before: what was said of it then may be lost
 */
export function outputsOf(events: readonly string[], attempt = 1): INodeExecutionData[][] {
	const read = events.map((event): IDataObject => {
		const value: unknown = JSON.parse(event);
		return {
			...(isObject(value) ? value : {}),
			...(attempt > 1 ? { handedOutAgain: true } : {}),
		};
	});
	const inOrder = read.toSorted((a, b) => compare(a.occurredAt, b.occurredAt));
	const known = inOrder.filter(({ type }) => type !== UNKNOWN);
	const unknown = inOrder.filter(({ type }) => type === UNKNOWN);
	return [toItems(known), toItems(unknown)];
}

function toItems(events: readonly IDataObject[]): INodeExecutionData[] {
	return events.map((json) => ({ json }));
}

/** ISO times are in order as texts. */
function compare(a: unknown, b: unknown): number {
	const [left, right] = [String(a), String(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}
