import type { IExecuteFunctions } from 'n8n-workflow';
import { isJourney } from './nodeKinds';
import { handingOutBefore } from './origins';
import { own } from './own';
import { workflowOf } from './wiring';

/** What an item has to say of what is to be sent: `of` a journey's step, or a notice of a case to a colleague. */
export type HandedOut = { of: 'journey' | 'notice'; said: unknown };

/** Fields by which the Escalation Router's object is told from a field of the account that is called the same. */
const OF_A_ROUTER = ['key', 'mode', 'event', 'state'];

/**
 * Reads from an item's fields what is to be sent. An item that went from a journey to the Escalation Router says both:
 * the router has taken the journey's hand-over, so that the notice counts. Where nothing but Customer Journeys are
 * nearest before the node, it is the other way round: their accounts only came by a router earlier.
 */
export function readerOfHandedOut(context: IExecuteFunctions): (json: object) => HandedOut {
	const workflow = workflowOf(context);
	const nearest = workflow === undefined ? [] : handingOutBefore(workflow, context.getNode().name);
	const journeysOnly = nearest.length > 0 && nearest.every(isJourney);
	return (json) => handedOutIn(json, journeysOnly);
}

/** What an item says; with `journeysOnly` what a router wrote on it does not count. */
export function handedOutIn(json: object, journeysOnly: boolean): HandedOut {
	const notice = own(json, 'escalation');
	if (!journeysOnly && isOfRouter(notice)) return { of: 'notice', said: notice };
	return { of: 'journey', said: own(json, 'journey') };
}

function isOfRouter(value: unknown): boolean {
	return (
		typeof value === 'object' &&
		value !== null &&
		OF_A_ROUTER.some((name) => Object.hasOwn(value, name))
	);
}
