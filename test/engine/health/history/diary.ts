import { bandOf } from '../../../../engine/health/band';
import type { Health } from '../../../../engine/health/health';
import type { HealthFacts } from '../../../../engine/health/history/facts';
import {
	compileFollow,
	type Followed,
	type OnDay,
	type SweepRules,
} from '../../../../engine/health/history/follow';
import { readMemory, type Known } from '../../../../engine/health/history/memory';
import type { HealthModel } from '../../../../engine/health/model';
import { rememberedOf } from '../../../../engine/health/remembered';
import { modelOf } from '../models';

/** A Monday. */
export const MONDAY = Date.UTC(2026, 2, 2) / 86_400_000;

export type Entry = HealthFacts &
	Pick<Followed, 'band' | 'reasons' | 'triggered' | 'scored' | 'late'>;
export type More = Partial<OnDay> &
	SweepRulesOf & {
		/** Not written: the sweep broke off between reading and writing. */ lost?: boolean;
	};
type SweepRulesOf = Partial<SweepRules>;

/** One account through the days, its memory written as text and read back as the ledger does. */
export class Diary {
	row: { day: number; text: string } | undefined;
	writes = 0;

	constructor(readonly model: HealthModel = modelOf([{ id: 'a', field: 'a' }])) {}

	/** @param score null: nothing known; a text such as `40?` for one whose coverage is under the floor */
	on(day: number, score: number | `${number}?` | null, more: More = {}): Entry {
		const { isFirst = false, releases = false, held, lost = false, ...account } = more;
		const follow = compileFollow(this.model, rememberedOf(this.model.signals), day);
		const known: Known | undefined =
			this.row === undefined
				? undefined
				: { day: this.row.day, memory: frozen(readMemory(this.row.text)) };
		const { facts, memory, ...rest } = follow(
			known,
			{
				accountId: 'acme',
				health: this.healthOf(score),
				values: [],
				inOnboarding: false,
				weekChange: NaN,
				unsponsoredRenewal: NaN,
				...account,
			},
			held === undefined ? { isFirst, releases } : { isFirst, held },
		);
		if (memory !== undefined && !lost) {
			this.row = { day, text: JSON.stringify(memory) };
			this.writes++;
		}
		return { ...facts, ...rest };
	}

	/** Day by day from `MONDAY`; the last one's entry. */
	days(scores: readonly (number | null)[], from = MONDAY): Entry {
		const entries = scores.map((score, index) => this.on(from + index, score));
		const last = entries.at(-1);
		if (last === undefined) throw new Error('no day');
		return last;
	}

	healthOf(given: number | `${number}?` | null): Health {
		const score = typeof given === 'string' ? Number(given.slice(0, -1)) : given;
		const isKnown = typeof given === 'number';
		return {
			score,
			band: isKnown ? bandOf(given, this.model.bands) : 'unknown',
			coverage: isKnown ? 1 : 0.5,
			model: { id: this.model.id, version: '1' },
			signals: [],
			contributions: [],
			possible: [],
			reasons: [],
			nextBand: null,
			missing: [],
			invalid: [],
			stale: [],
		};
	}
}

/** With everything in it, so that whoever changes what was given is found out. */
function frozen<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
	return Object.freeze(value);
}
