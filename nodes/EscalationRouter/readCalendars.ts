import type { IExecuteFunctions } from 'n8n-workflow';
import { readRows, textOf, wordsOf } from '../platform/rows';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DEFAULT_NAME = 'Team';

/** The calendars by name, as the schema of a policy takes them, and the name of the first. */
export function readCalendars(context: IExecuteFunctions): {
	calendars: Record<string, object>;
	first: string;
} {
	const rows = readRows(context, 'calendars', 'calendar');
	const zone = context.getTimezone();
	const named = rows.map((row, index): [string, object] => [
		textOf(row.name) || (index === 0 ? DEFAULT_NAME : `Calendar ${String(index + 1)}`),
		{
			zone: textOf(row.zone) || zone,
			hours: Object.fromEntries(DAYS.map((day) => [day, shiftsOf(row[day])])),
			holidays: wordsOf(row.holidays) ?? [],
		},
	]);
	return { calendars: Object.fromEntries(named), first: named[0]?.[0] ?? DEFAULT_NAME };
}

/** `09:00-12:30, 13:30-17:00`; what is no shift goes on as it is, for the schema to name. */
function shiftsOf(text: unknown): { from: string; to: string }[] {
	return (wordsOf(text) ?? []).map((shift) => {
		const [from = '', to = ''] = shift.split(/\s*[-–]\s*/);
		return { from: padded(from), to: padded(to) };
	});
}

function padded(clock: string): string {
	return /^\d:\d\d$/.test(clock) ? `0${clock}` : clock;
}
