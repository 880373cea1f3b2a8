import type { BusinessCalendar } from '../../calendar/businessCalendar';
import type { RouterPolicy, SlaPolicy } from '../policy';

/**
 * Compiles `Case.sla`: what a case keeps of the policy, as JSON. The same policy and calendar give the same text, in
 * whatever order their keys came, and each is written once.
 */
export function compileSnapshot({
	targets,
	levels,
	nearing,
	staleAfter,
}: Pick<RouterPolicy, 'targets' | 'levels' | 'nearing' | 'staleAfter'>): (
	calendar: BusinessCalendar,
) => string {
	const texts = new Map<BusinessCalendar, string>();
	return (calendar) => {
		let text = texts.get(calendar);
		if (text === undefined) {
			const policy: SlaPolicy = { calendar, targets, levels, nearing, staleAfter };
			text = JSON.stringify(policy, inOrder);
			texts.set(calendar, text);
		}
		return text;
	};
}

function inOrder(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
