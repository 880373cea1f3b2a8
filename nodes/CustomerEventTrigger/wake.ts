/** Who hands out an inbox in this process; another process looks every now and then by itself. */
const waiting = new Map<string, () => void>();

/** Tells whoever hands out the inbox here that something arrived. */
export function wake(inbox: string): void {
	waiting.get(inbox)?.();
}

/** @returns what ends it */
export function onArrival(inbox: string, tell: () => void): () => void {
	waiting.set(inbox, tell);
	return () => {
		if (waiting.get(inbox) === tell) waiting.delete(inbox);
	};
}
