import type { CompiledCap } from './caps';
import { sayChange } from './changeSentences';
import { kindOf } from './curveSchema';
import type { Change } from './health';
import type { Signal } from './model';
import { isShare, wordOf } from './sentences';
import { Shelf } from './shelf';
import { SmallestChange } from './smallestChange';

/** The changes of one signal. Accounts share their sentences; there are too many changes to keep them. */
export class Changes {
	readonly smallest: SmallestChange;
	readonly isQuotient: boolean;
	private readonly sentences: Shelf<string>;
	private readonly sentenceNeeds: ReturnType<typeof needsOf>;

	constructor(
		private readonly signal: Signal,
		caps: readonly CompiledCap[],
	) {
		this.smallest = new SmallestChange(signal, caps);
		this.isQuotient = isShare(signal);
		this.sentenceNeeds = needsOf(signal);
		this.sentences = new Shelf((from, to) => sayChange(signal, from / 100, to / 100, 1));
	}

	/** @param from hundredths, rounded; @param to hundredths; @param whole what the field is divided by */
	make(from: number, to: number, whole: number): Change {
		const { id, field } = this.signal;
		return {
			signal: id,
			field,
			from: this.told(from),
			to: this.told(to),
			text: this.say(from, to, whole),
		};
	}

	private say(from: number, to: number, whole: number): string {
		switch (this.sentenceNeeds) {
			case 'whole':
				return sayChange(this.signal, from / 100, to / 100, whole);
			case 'difference':
				return this.sentences.take(0, to - from);
			case 'end':
				return this.sentences.take(0, to);
			case 'ends':
				return this.sentences.take(from, to);
		}
	}

	private told(hundredths: number): number | string | boolean {
		const value = hundredths / 100;
		const kind = kindOf(this.signal.curve);
		if (kind === 'yesNo') return value === 1;
		return kind === 'category' ? wordOf(this.signal, value) : value;
	}
}

/** What the sentence of a change needs to know: how many more, where to, from where to where, or the divisor too. */
function needsOf(signal: Signal): 'difference' | 'end' | 'ends' | 'whole' {
	const { unit, curve } = signal;
	if (unit === undefined) {
		if (isShare(signal)) return 'whole';
		return kindOf(curve) === 'days' ? 'ends' : 'end';
	}
	return typeof unit === 'object' && unit.less !== undefined ? 'ends' : 'difference';
}
