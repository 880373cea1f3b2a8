import type { Words } from '../escalation/routing/words';
import type { ContentItem } from './item';
import type { FeatureState } from './parts';
import type { Profile } from './profile';

const UNUSED = 0;
const USED = 1;
const STRUGGLING = 2;

const NONE: FeatureState = { is: 'none' };
const IN_USE: FeatureState = { is: 'inUse' };
const UNKNOWN: FeatureState = { is: 'unknown' };

/** What an account uses, asked once per account and answered once per set of features, not once per item. */
export class Usage {
	private readonly features = new Map<string, number>();
	private readonly states: Uint8Array;
	private readonly sets: readonly (readonly {
		feature: number;
		states: readonly FeatureState[];
	}[])[];
	/** The set of each item; items with the same features share one. */
	readonly setOf: readonly number[];

	constructor(
		items: readonly ContentItem[],
		private readonly words: Words,
	) {
		const keys = items.map(({ features }) => JSON.stringify(features));
		const distinct = [...new Map(items.map(({ features }, place) => [keys[place], features]))];
		const placeOf = new Map(distinct.map(([key], place) => [key, place]));
		this.setOf = keys.map((key) => placeOf.get(key) ?? 0);
		this.sets = distinct.map(([, features]) =>
			features.map((name) => ({ feature: this.add(name), states: statesOf(name) })),
		);
		for (const { prerequisites } of items) for (const name of prerequisites) this.add(name);
		this.states = new Uint8Array(this.features.size);
	}

	/** The place of a feature that some item names. */
	private add(name: string): number {
		const word = this.words.plain(name);
		const place = this.features.get(word) ?? this.features.size;
		this.features.set(word, place);
		return place;
	}

	placeOf(name: string): number {
		return this.features.get(this.words.plain(name)) ?? -1;
	}

	/** Takes in an account, and says how each set of features stands with it. */
	look({ usageKnown, featuresUsed, featuresStruggling }: Profile): FeatureState[] {
		this.states.fill(UNUSED);
		this.mark(featuresUsed, USED);
		this.mark(featuresStruggling, STRUGGLING);
		return this.sets.map((set) => {
			if (set.length === 0) return NONE;
			if (!usageKnown) return UNKNOWN;
			return this.bestOf(set, STRUGGLING) ?? this.bestOf(set, UNUSED) ?? IN_USE;
		});
	}

	/** Whether the account that was last taken in uses a feature, well or badly. */
	uses(feature: number): boolean {
		return feature >= 0 && this.states[feature] !== UNUSED;
	}

	private mark(names: readonly string[], state: number): void {
		for (const name of names) {
			const place = this.placeOf(name);
			if (place >= 0) this.states[place] = state;
		}
	}

	private bestOf(
		set: readonly { feature: number; states: readonly FeatureState[] }[],
		state: number,
	): FeatureState | undefined {
		for (const { feature, states } of set) {
			if (this.states[feature] === state) return states[state];
		}
		return undefined;
	}
}

/** By state: nothing is made anew for each account. */
function statesOf(feature: string): FeatureState[] {
	return [{ is: 'unused', feature }, IN_USE, { is: 'struggling', feature }];
}
