/** Something that the digital success manager looks at, while automation goes on (P07). */
export type HealthAlert = {
	/** A drop under yellow (R23, P19) · usage fell from one closed week to the next (R24, R5, P03) · no sponsor before a renewal (R25, P28). */
	readonly code: 'health_dropped' | 'usage_fell' | 'no_sponsor';
	/** The same for as long as it is the same occurrence, so that whoever acts on it acts once. */
	readonly key: string;
	/** Local date. */
	readonly since: string;
	/** Urgent: a fall of 40 % or more, whatever the tier (R5). */
	readonly priority: 'normal' | 'urgent';
	/** It held already in the very first sweep and is only listed (P09). */
	readonly baseline?: true;
	/** `health_dropped`: the score it fell under. */
	readonly under?: number;
	/** `usage_fell`: by how many percent. */
	readonly percent?: number;
	/** `no_sponsor`: the renewal's local date. */
	readonly renewal?: string;
	readonly text: string;
};

/** What memory adds to a score: states, not events, so that a sweep that is repeated, or read late, tells the same. */
export type HealthFacts = {
	/** Under yellow, from a daily score there until it recovered (P19). */
	dropped: boolean;
	/** Local date of that score. */
	droppedOn: string | null;
	/** Well into yellow on two daily scores in a row after a drop, until the next one (P19). */
	recovered: boolean;
	/** The last daily score before today, and how far the score is above it. */
	previous: number | null;
	change: number | null;
	/** Local days in this band, today included; null while the band is unknown. */
	daysInBand: number | null;
	/** Daily scores in a row well into yellow (P35); a week without one begins anew, fewer days neither add nor reset. */
	steadyDays: number;
	/** See `trendOver`. */
	trend4w: number | null;
	trend12w: number | null;
	alerts: readonly HealthAlert[];
};
