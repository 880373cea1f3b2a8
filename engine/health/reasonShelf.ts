import type { SignalReason } from './health';
import type { Signal } from './model';
import { saySignal } from './sentences';

const MOST_POINTS = 100;
/** Reasons kept; beyond them they are made afresh. */
const KEPT = 4096;
/** A multiplication that scatters keys over the slots (Knuth), of which there are 2 to the power of 9. */
const SCATTER = 0x9e3779b1;
const FRONT = 512;
const FRONT_SHIFT = 23;
/** Largest value, in hundredths, whose reason is kept: its key must stay a small integer. */
const MOST_KEPT = 20_000_000;

/**
 * The reasons of one signal. Accounts that share a sentence share its reason, whose figures are rounded as the sentence
 * rounds them; so a base of accounts needs a few hundred reasons instead of one for each.
 */
export class ReasonShelf {
	private readonly kept = new Map<number, SignalReason>();
	/** In front of it, the last reason taken for each of a few hundred slots; a key of 0 may be an empty slot. */
	private readonly keys = new Int32Array(FRONT);
	private readonly front: (SignalReason | undefined)[] = Array.from({ length: FRONT });

	/** @param possible what the signal can earn, of 100 */
	constructor(
		private readonly signal: Signal,
		private readonly possible: number,
	) {}

	/** @param hundredths the measured value times 100, rounded; @param earned points, rounded */
	take(hundredths: number, earned: number): SignalReason {
		if (hundredths > MOST_KEPT || hundredths < -MOST_KEPT) return this.make(hundredths, earned);
		const key = (hundredths * (MOST_POINTS + 1) + earned) | 0;
		const slot = Math.imul(key, SCATTER) >>> FRONT_SHIFT;
		const last = this.front[slot];
		if (last !== undefined && this.keys[slot] === key) return last;
		const reason = this.kept.get(key) ?? this.make(hundredths, earned);
		if (this.kept.size < KEPT) this.kept.set(key, reason);
		this.keys[slot] = key;
		this.front[slot] = reason;
		return reason;
	}

	private make(hundredths: number, earned: number): SignalReason {
		return Object.freeze({
			code: 'signal_lowers',
			signal: this.signal.id,
			value: hundredths / 100,
			earned,
			possible: this.possible,
			text: saySignal(this.signal, hundredths, earned, this.possible),
		});
	}
}
