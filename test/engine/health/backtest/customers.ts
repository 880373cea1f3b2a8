import type { DatedFacts, History } from '../../../../engine/health/backtest/history';
import { byFacts, type Verdict } from '../../../../engine/health/backtest/follow';
import type { Facts } from '../../../../engine/health/fields';
import { DAY_MS } from '../../../../engine/calendar/zone';
import { shareOf } from '../../../../engine/journeys/hash';

export const DAY = DAY_MS;
export const TODAY = Date.UTC(2026, 5, 30);
const DAYS_KNOWN = 240;

/**
 * An account that is used at a level of its own, up and down by the hash of its seed and the day. One that leaves decays
 * in a straight line over its last `decayDays`, at first too little to be told from the ups and downs.
 */
export function customer(seed: string): History {
	const share = (what: string): number => shareOf(`${seed} ${what}`);
	const churned = share('leaves') < 0.3;
	const end =
		TODAY - Math.floor(share('end') * 200) * DAY + Math.floor(share('hour') * 24) * 3_600_000;
	const level = 62 + share('level') * 30;
	const decayDays = 20 + share('decay') * 100;
	const facts = Array.from({ length: DAYS_KNOWN }, (_fact, index): DatedFacts => {
		const before = DAYS_KNOWN - index;
		const at = (Math.floor(end / DAY) - before) * DAY;
		const left = churned ? Math.min(1, before / decayDays) : 1;
		const noise = (share(`noise ${String(before)}`) - 0.5) * 24;
		return { at, values: { usage: { level: level * left + noise, seen: at }, arr: 1000 + level } };
	});
	return {
		accountId: seed,
		outcome: churned ? { type: 'churned', at: end } : { type: 'retained', until: end },
		facts,
	};
}

export const customers = (count: number, story: string): History[] =>
	Array.from({ length: count }, (_customer, index) => customer(`${story}-${String(index)}`));

/** A score anybody can check by eye: the level of use, with P19's bands. */
export function scoreUse({ usage }: Facts): Verdict {
	const level = field(usage, 'level');
	return typeof level === 'number' ? verdict(Math.min(100, Math.max(0, level))) : verdict(null);
}

export const followUse = byFacts(scoreUse);

export function verdict(score: number | null): Verdict {
	if (score === null) return { score, band: 'unknown' };
	return { score, band: score >= 75 ? 'green' : score >= 60 ? 'yellow' : 'red' };
}

export function field(object: unknown, name: string): unknown {
	if (typeof object !== 'object' || object === null) return undefined;
	return new Map<string, unknown>(Object.entries(object)).get(name);
}
