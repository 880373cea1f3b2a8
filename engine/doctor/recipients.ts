import { textsOf, type Text } from './parameters';
import type { WorkflowNode } from './workflow';

/** How n8n's mail nodes call the fields that say who gets a mail. */
const RECIPIENT =
	/^(to|cc|bcc|send_?to)(e?mails?|addresses|recipients|list|email|addressesui|recipientsui)*$/i;

/** The fields of a mail node that say who gets a mail. */
export function recipientsOf(node: WorkflowNode): Text[] {
	return textsOf(node).filter(
		({ path, text }) => text.trim() !== '' && path.some((name) => RECIPIENT.test(name)),
	);
}
