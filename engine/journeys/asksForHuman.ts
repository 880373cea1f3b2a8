import type { JourneyEvent } from './memory';

const ASKS = new Set(['reply_received', 'human_requested', 'cancellation_requested']);
const TOP_SEVERITY = new Set(['p1', 'urgent', 'highest', 'critical']);

/** Whether an event always reaches a human: a reply, a request, a cancellation, a ticket of the highest severity (P18, P33, R64). */
export function asksForHuman({ type, data }: Pick<JourneyEvent, 'type' | 'data'>): boolean {
	return ASKS.has(type) || (type === 'ticket_opened' && isTopSeverity(data));
}

function isTopSeverity(data: JourneyEvent['data']): boolean {
	const severity = data?.severity ?? data?.priority;
	return typeof severity === 'string' && TOP_SEVERITY.has(severity.toLowerCase());
}
