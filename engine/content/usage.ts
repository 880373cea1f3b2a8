import type { Words } from '../escalation/routing/words';
import type { ContentItem } from './item';
import type { Profile } from './profile';

/** How a set of features stands with an account. Numbers, because it is asked for every account and every set. */
export const STANDING = { noFeature: 0, inUse: 1, unknown: 2, unused: 3, struggling: 4 } as const;

const UNUSED = 0;
const USED = 1;
const STRUGGLING = 2;

type Named = { readonly place: number; readonly name: string };

/** What an account uses: answered once per account and set of features, not once per item. */
export class Usage {
	private readonly features = new Map<string, number>();
	private readonly states: Uint8Array;
	private readonly sets: readonly (readonly Named[])[];
	/** Places of the features of all sets, one set after the other; set `n` begins at `starts[n]`. */
	private readonly places: Int32Array;
	private readonly starts: Int32Array;
	/** The set of each item; items with the same features share one. */
	readonly setOf: readonly number[];
	/** Of each set, for the account that was last looked at: one of `STANDING`. */
	readonly standings: Uint8Array;

	constructor(
		items: readonly ContentItem[],
		private readonly words: Words,
	) {
		const keys = items.map(({ features }) => JSON.stringify(features));
		const distinct = new Map(items.map(({ features }, place) => [keys[place], features]));
		const order = [...distinct.keys()];
		this.setOf = keys.map((key) => order.indexOf(key));
		this.sets = [...distinct.values()].map((features) =>
			features.map((name) => ({ place: this.add(name), name })),
		);
		this.places = Int32Array.from(this.sets.flatMap((set) => set.map(({ place }) => place)));
		this.starts = new Int32Array(this.sets.length + 1);
		this.sets.forEach((set, index) => {
			this.starts[index + 1] = (this.starts[index] ?? 0) + set.length;
		});
		for (const { prerequisites } of items) for (const name of prerequisites) this.add(name);
		this.states = new Uint8Array(this.features.size);
		this.standings = new Uint8Array(this.sets.length);
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

	/** Takes in an account. */
	look({ usageKnown, featuresUsed, featuresStruggling }: Profile): void {
		this.states.fill(UNUSED);
		this.mark(featuresUsed, USED);
		this.mark(featuresStruggling, STRUGGLING);
		for (let set = 0; set < this.standings.length; set++) {
			this.standings[set] = this.standingOf(set, usageKnown);
		}
	}

	/** Whether the account uses a feature, well or badly. */
	uses(feature: number): boolean {
		return feature >= 0 && this.states[feature] !== UNUSED;
	}

	/** The feature for which an item of the set would be sent: the first that goes badly, else the first not in use. */
	featureOf(set: number): string {
		const state = this.standings[set] === STANDING.struggling ? STRUGGLING : UNUSED;
		return this.sets[set]?.find(({ place }) => this.states[place] === state)?.name ?? '';
	}

	private mark(names: readonly string[], state: number): void {
		for (const name of names) {
			const place = this.placeOf(name);
			if (place >= 0) this.states[place] = state;
		}
	}

	private standingOf(set: number, known: boolean): number {
		const end = this.starts[set + 1] ?? 0;
		let index = this.starts[set] ?? 0;
		if (index === end) return STANDING.noFeature;
		if (!known) return STANDING.unknown;
		let standing: number = STANDING.inUse;
		for (; index < end; index++) {
			const state = this.states[this.places[index] ?? 0];
			if (state === STRUGGLING) return STANDING.struggling;
			if (state === UNUSED) standing = STANDING.unused;
		}
		return standing;
	}
}
