import { isWorst } from '../accounts/severity';
import { isHuman, said } from './engagement';
import type { JourneyEvent } from './memory';

const ASKS = new Set(['reply_received', 'human_requested', 'cancellation_requested']);
const TICKET = 'ticket_opened';

/** Whether something of this type, once it reached a human, is the customer's own word. */
export function isCustomersWord(type: string): boolean {
	return ASKS.has(type) || type === TICKET;
}

/**
 * Whether an event always reaches a human: a reply, a request, a cancellation, a ticket of the highest severity (P18,
 * P33, R64). An out-of-office notice is nobody's reply (P13).
 */
export function asksForHuman(event: Pick<JourneyEvent, 'type' | 'data'>): boolean {
	const { type, data } = event;
	if (type === 'reply_received' && !isHuman(event)) return false;
	return (
		ASKS.has(type) || (type === TICKET && isWorst(said(data, 'severity') ?? said(data, 'priority')))
	);
}
