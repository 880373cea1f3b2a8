import type { NodeExecutionHint } from 'n8n-workflow';
import type { Delivered } from './oneMail';

const MOST_HINTS = 6;

/** One hint per kind of problem, most frequent first: somebody should see it without opening every item. */
export function hintsOf(deliveries: readonly Delivered[]): NodeExecutionHint[] {
	const kinds = new Map<string, { text: string; count: number }>();
	for (const { state, reasons } of deliveries) {
		for (const { code, text } of reasons) {
			if (state === 'sent' && code === 'accepted') continue;
			const kind = kinds.get(code);
			if (kind === undefined) kinds.set(code, { text, count: 1 });
			else kind.count++;
		}
	}
	return [...kinds.values()]
		.sort((a, b) => b.count - a.count)
		.slice(0, MOST_HINTS)
		.map(({ text, count }) => ({
			message: `${String(count)} ${count === 1 ? 'item' : 'items'}: ${text}`,
			type: 'warning',
			location: 'outputPane',
		}));
}
