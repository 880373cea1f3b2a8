import type { Facts, ReaderOf } from '../fields';
import { DAY_MS } from '../../calendar/zone';
import { compileMeasure } from '../measure';
import type { HealthModel } from '../model';
import { compileToday, rememberedOf, type AccountHistory } from '../remembered';
import { followFacts } from './asOf';
import type { DatedFacts } from './history';
import { latest } from './latest';

/** What a memory would know of one account that had been asked about it once a day, at 00:00 UTC. */
export interface DailyMemory extends AccountHistory {
	/** Remembers every day before the one of this instant (ms since 1970); instants must not go back. */
	bringUpTo(asOf: number): void;
}

/** Starts a memory for an account's dated facts; undefined where the model has nothing to remember. */
export function rememberDaily(
	model: HealthModel,
	readerOf: ReaderOf,
): (facts: readonly DatedFacts[]) => DailyMemory | undefined {
	const remembered = rememberedOf(model.signals);
	if (remembered.length === 0) return () => undefined;
	const ids = remembered.map(({ signal }) => signal);
	const signals = model.signals.filter(({ id }) => ids.includes(id));
	const furthest = Math.max(...remembered.flatMap((one) => [one.days, one.lastKnownDays]));
	const readDay = latest((now) => {
		const { measured, measure } = compileMeasure(signals, { readerOf, now, zone: 'UTC' });
		const today = new Float64Array(ids.length);
		const keep = compileToday(signals, remembered, measured, today);
		return (known: Facts): Float64Array => {
			measure(known, undefined);
			keep();
			return today;
		};
	});
	return (facts) => new Days(ids, furthest, facts, readDay);
}

type Kept = { values: Map<number, number>; lastDay: number };

class Days implements DailyMemory {
	private readonly kept: Map<string, Kept>;
	private readonly at: (asOf: number) => Facts | undefined;
	private next: number;
	private now = 0;

	constructor(
		private readonly ids: readonly string[],
		private readonly furthest: number,
		facts: readonly DatedFacts[],
		private readonly readDay: (now: number) => (known: Facts) => Float64Array,
	) {
		this.kept = new Map(ids.map((id) => [id, { values: new Map(), lastDay: NaN }]));
		this.at = followFacts(facts);
		this.next = facts.reduce((first, { at }) => Math.min(first, Math.floor(at / DAY_MS)), Infinity);
	}

	bringUpTo(asOf: number): void {
		this.now = Math.floor(asOf / DAY_MS);
		for (
			let day = Math.max(this.next, this.now - this.furthest);
			day < this.now;
			this.next = ++day
		) {
			const known = this.at(day * DAY_MS);
			if (known === undefined) continue;
			const today = this.readDay(day * DAY_MS)(known);
			this.ids.forEach((id, place) => this.keep(id, day, today[place] ?? NaN));
		}
	}

	valueAt(signal: string, daysAgo: number): number {
		return this.kept.get(signal)?.values.get(this.now - daysAgo) ?? NaN;
	}

	lastValue(signal: string): number {
		const kept = this.kept.get(signal);
		return kept?.values.get(kept.lastDay) ?? NaN;
	}

	lastDaysAgo(signal: string): number {
		return this.now - (this.kept.get(signal)?.lastDay ?? NaN);
	}

	private keep(id: string, day: number, value: number): void {
		const kept = this.kept.get(id);
		if (kept === undefined || Number.isNaN(value)) return;
		kept.values.set(day, value);
		kept.lastDay = day;
	}
}
