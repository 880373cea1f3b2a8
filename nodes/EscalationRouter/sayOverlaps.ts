import type { IExecuteFunctions } from 'n8n-workflow';
import { overlappingShifts, type Weekday } from '../../engine/calendar/businessCalendar';
import type { RouterPolicy } from '../../engine/escalation/policy';

const DAYS: Record<Weekday, string> = {
	mon: 'Monday',
	tue: 'Tuesday',
	wed: 'Wednesday',
	thu: 'Thursday',
	fri: 'Friday',
	sat: 'Saturday',
	sun: 'Sunday',
};

/** Hints at calendars in which a business day is not what people take it for, where something is due in business days. */
export function sayOverlaps(
	context: IExecuteFunctions,
	{ calendars, targets, levels, staleAfter }: RouterPolicy,
): void {
	const durations = [
		...targets.map(({ target }) => target),
		...levels.flatMap(({ after, every }) => [after, every]),
		staleAfter,
	];
	if (!durations.some(({ unit }) => unit === 'businessDays')) return;
	for (const [name, calendar] of Object.entries(calendars)) {
		const found = overlappingShifts(calendar);
		if (found === undefined) continue;
		const { day, before } = found;
		context.addExecutionHints({
			message: `Calendar '${name}': ${DAYS[day]}'s shifts begin while ${DAYS[before]}'s go on. What is due in business days may then come earlier for a later start: let the shifts of two days meet, or use business hours.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
}
