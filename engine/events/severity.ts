import { isWorst } from '../accounts/severity';
import { textOf } from './read';

/** What journeys and the Escalation Router read as the highest severity (P18), whatever a sender calls it. */
export const P1 = 'P1';

/**
 * The severity of a ticket, as the sender says it; its highest is `P1`.
 * @param highest the sender's own word for it in lower case, beside those that everybody has
 */
export function severityOf(said: unknown, highest = ''): string | undefined {
	const severity = textOf(said);
	if (severity === undefined) return undefined;
	return isWorst(severity) || severity.toLowerCase() === highest ? P1 : severity;
}
