import { localDay } from '../health/history/localDay';
import { readLocal } from '../health/instant';
import { nameOf, type Plan } from './plans';

/** What an account uses of what a limit of its plan allows, on a local day of the program. */
export type LimitReading = { limit: string; used: number; allowed: number; day: number };

/** Licences are a limit as well, under the name most plans have for it. */
const SEATS = 'seats';
const HOUR_MS = 3_600_000;
/** P10: older usage data trigger nothing. */
const OLDEST_MS = 48 * HOUR_MS;

export type Readings = {
	readings: LimitReading[];
	/** The usage data are older than 48 hours, so their limits were not read (P10). */
	tooOld: boolean;
};

/**
 * Today's readings of `usage.limits` (name → used, allowed) and of `licences`; what the account does not say of what is
 * allowed, its plan says. Usage is read as of the day on which its figures were made: an export that stands still is
 * no second reading.
 * @param now ms since 1970; @param zone IANA zone of the program
 */
export function readingsOf(
	account: Readonly<Record<string, unknown>>,
	plan: Plan | undefined,
	now: number,
	zone: string,
): Readings {
	const usage = partsOf(account.usage);
	const asOf = readLocal(usage.asOf, zone);
	const madeAt = asOf === asOf ? Math.min(asOf, now) : now;
	const tooOld = now - madeAt > OLDEST_MS;
	const readings: LimitReading[] = [];
	const known = new Set<string>();
	const read = (limit: string, figures: unknown, day: number): void => {
		const { used, allowed = plan?.limits.get(nameOf(limit)) } = partsOf(figures);
		if (!isFigure(used) || !isFigure(allowed) || allowed === 0 || known.has(nameOf(limit))) return;
		known.add(nameOf(limit));
		readings.push({ limit, used, allowed, day });
	};
	const limits = Object.entries(partsOf(usage.limits));
	if (!tooOld) for (const [limit, figures] of limits) read(limit, figures, localDay(madeAt, zone));
	const { bought, used } = partsOf(account.licences);
	read(SEATS, { used, allowed: bought ?? undefined }, localDay(now, zone));
	return { readings, tooOld: tooOld && limits.length > 0 };
}

function isFigure(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

type Parts = Readonly<Record<string, unknown>>;
const NOTHING: Parts = Object.freeze({});

function partsOf(value: unknown): Parts {
	return isParts(value) ? value : NOTHING;
}

function isParts(value: unknown): value is Parts {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
