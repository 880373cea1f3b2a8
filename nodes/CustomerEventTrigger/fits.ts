/** Senders put at most a few hundred into one call; ten times more would keep n8n from everything else for seconds. */
export const MOST_EVENTS = 5_000;
/** What is nested deeper nobody means, and no program that walks it survives some thousands. */
export const DEEPEST = 100;

/** Whether a body can be read without holding up n8n: no list in it longer, and nothing nested deeper. */
export function fits(content: unknown): boolean {
	let level: unknown[] = [content];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return false;
		const next: unknown[] = [];
		for (const value of level) {
			if (typeof value !== 'object' || value === null) continue;
			if (Array.isArray(value) && value.length > MOST_EVENTS) return false;
			for (const part of Object.values(value)) next.push(part);
		}
		level = next;
	}
	return true;
}
