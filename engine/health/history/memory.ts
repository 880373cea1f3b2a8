import type { Scores } from './scores';

export type KnownBand = 'green' | 'yellow' | 'red';
export type WhyHeld = 'implausibly_many' | 'usage_too_old';

/** When something was raised, as a local day; `first`: in the very first sweep, which only lists it (P09). */
export type Raised = { readonly day: number; readonly first?: boolean };

/** What is remembered of one account's health; every day in it is a local date of the program, in days since 1970. */
export type HealthMemory = {
	readonly scores: Scores;
	readonly band?: KnownBand;
	readonly since?: number;
	/** Daily scores in a row that were far enough in yellow. */
	readonly steady: number;
	/** The drop that is not recovered from yet, and the score it fell under. */
	readonly drop?: Raised & { readonly under?: number };
	/** When it recovered from the last one. */
	readonly back?: number;
	/** The last usage alert; `kept` is the closed week as a share of the one before. */
	readonly usage?: Raised & { readonly kept: number };
	/** The last alert that there is no sponsor, and the renewal it is about. */
	readonly sponsor?: Raised & { readonly renewal: number };
	/** What was last not raised though it could have been. */
	readonly held?: { readonly day: number; readonly why: WhyHeld };
	/** Daily values by signal, the last at the end; null where none was known. */
	readonly values?: Readonly<Record<string, readonly (number | null)[]>>;
	/** By signal its last known value and its day. */
	readonly last?: Readonly<Record<string, readonly [number, number]>>;
};

/** A memory, and the day up to which it tells. */
export type Known = { readonly day: number; readonly memory: HealthMemory };

/** @throws Error where the text is none that `JSON.stringify` of a memory wrote */
export function readMemory(text: string): HealthMemory {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		value = undefined;
	}
	if (isMemory(value)) return value;
	throw new Error('The ledger holds a damaged health memory; restore it from a backup');
}

/** Looks at what the rest relies on; anything finer would cost more than all of the rest. */
function isMemory(value: unknown): value is HealthMemory {
	return (
		isObject(value) &&
		typeof value.scores === 'string' &&
		typeof value.steady === 'number' &&
		[value.drop, value.usage, value.sponsor, value.held].every(isDayed) &&
		(value.values === undefined || isObject(value.values)) &&
		(value.last === undefined || isObject(value.last))
	);
}

function isDayed(value: unknown): boolean {
	return value === undefined || (isObject(value) && typeof value.day === 'number');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
