import { DateTime } from 'luxon';

export const PERIODS = ['week', 'month', 'quarter'] as const;
export type PeriodUnit = (typeof PERIODS)[number];

/** The last one that is over: only whole ones are compared (P03). */
export type ClosedPeriod = {
	readonly unit: PeriodUnit;
	/** `2026-W10`, `2026-02`, `2026-Q1`. */
	readonly id: string;
	/** Local dates of the program, both included. */
	readonly from: string;
	readonly to: string;
	/** When it ended, in ms since 1970. */
	readonly closedAt: number;
	/** Which day of the running one today is, 1 for its first. */
	readonly day: number;
};

const FORMATS: Record<PeriodUnit, string> = {
	week: "kkkk-'W'WW",
	month: 'yyyy-MM',
	quarter: "yyyy-'Q'q",
};

/**
 * The last closed ISO week (Monday to Sunday), calendar month or quarter in the program's zone.
 * @param now ms since 1970
 */
export function closedPeriod(unit: PeriodUnit, now: number, zone: string): ClosedPeriod {
	const today = DateTime.fromMillis(now, { zone });
	const end = today.startOf(unit);
	const start = end.minus({ [unit]: 1 });
	return {
		unit,
		id: start.toFormat(FORMATS[unit]),
		from: start.toFormat('yyyy-MM-dd'),
		to: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
		closedAt: end.toMillis(),
		day: Math.round(today.startOf('day').diff(end, 'days').days) + 1,
	};
}
