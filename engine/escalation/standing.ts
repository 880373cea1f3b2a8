import type { Kind, Measure, Priority } from './case';
import type { Elapsed } from './target';

/** How one target of one clock of a case stands at a moment. Times are ms since 1970, durations ms. */
export type SlaStanding = {
	readonly measure: Measure;
	/** Of the clock. */
	readonly kind: Kind;
	readonly priority: Priority;
	readonly startedAt: number;
	/** Undefined while it is paused. */
	readonly dueAt?: number;
	readonly state: 'running' | 'nearing' | 'met' | 'breached' | 'paused';
	/** How long it has taken, or took, by the clock on the wall and in business time, without pauses. */
	readonly elapsed: Elapsed;
};
