import type { Sender } from '../../engine/events/types';
import { own } from '../platform/own';

/** Senders put at most a few hundred into one call; ten times more would keep n8n from everything else for seconds. */
export const MOST_EVENTS = 5_000;
/** What is nested deeper nobody means, and no program that walks it survives some thousands. */
export const DEEPEST = 100;

/** Where they stand, of senders whose body is not always the list itself. */
const LISTS: Partial<Record<Sender, string>> = {
	hmac: 'events',
	segment: 'batch',
	standardWebhooks: 'events',
};

/** Whether a body can be read without holding up n8n: no more events in it, and nothing nested deeper. What an event holds may be long. */
export function fits(sender: Sender, content: unknown): boolean {
	const list = Array.isArray(content) ? content : own(content, LISTS[sender] ?? '');
	if (Array.isArray(list) && list.length > MOST_EVENTS) return false;
	let level: unknown[] = [content];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return false;
		const next: unknown[] = [];
		for (const value of level) {
			if (typeof value !== 'object' || value === null) continue;
			for (const part of Object.values(value)) next.push(part);
		}
		level = next;
	}
	return true;
}
