import type { HealthReason } from './health';
import type { HealthModel, PlainPolicy, Signal } from './model';
import { stateOf, type Absence } from './profile';
import type { Recalled } from './recall';
import { sayCoverage, sayNothing } from './sentences';

/** What a signal counts for under a policy that does not leave it out. */
const FIXED_POINTS: Partial<Record<PlainPolicy, number>> = { neutral: 50, worst: 0 };

/** Coverages are sums of weights; two that differ by less than this are the same figure. */
const ROUNDING_SLACK = 1e-9;

/** What accounts with the same signals known have in common. */
export type ProfileSummary = {
	/** The signals that count, in the scorer's order: measured ones, and those whose absence has a price. */
	readonly counted: readonly CountedSignal[];
	readonly coverage: number;
	/** Whether there is a score at all. */
	readonly scored: boolean;
	readonly bandKnown: boolean;
	/** What is wrong with the data, but for values that were recalled. */
	readonly reasons: readonly HealthReason[];
	readonly missing: readonly string[];
	readonly invalid: readonly string[];
	readonly stale: readonly string[];
};

export type CountedSignal = {
	readonly signal: Signal;
	/** Its place in what is measured. */
	readonly index: number;
	/** What it can earn, of 100. */
	readonly possible: number;
	/** NaN: it is measured; else the points its absence counts for. */
	readonly fixedPoints: number;
	/** Whether its value is not today's. */
	readonly recalled: boolean;
};

type Standing = {
	signal: Signal;
	index: number;
	/** What was found today, before anything was recalled. */
	absence: Absence | undefined;
	recalled: Recalled | undefined;
	/** What its absence counts for; undefined while it has a value. */
	policy: PlainPolicy | undefined;
};

/**
 * @param signals the model's signals in the scorer's order
 * @param measured what each said, last known values included
 * @param recalled which of them are last known values
 * @param hasMemory whether there is a memory at all, for the sentences
 */
export function summarize(
	model: HealthModel,
	signals: readonly Signal[],
	measured: ArrayLike<number>,
	recalled: readonly Recalled[],
	hasMemory: boolean,
): ProfileSummary {
	const standings = signals.map((signal, index): Standing => {
		const memory = recalled.find((one) => one.index === index);
		const state = stateOf(measured[index] ?? NaN);
		if (state === 'present') {
			return { signal, index, absence: memory?.absence, recalled: memory, policy: undefined };
		}
		const given = signal[state];
		const policy = typeof given === 'object' ? given.otherwise : given;
		return { signal, index, absence: state, recalled: undefined, policy };
	});
	const all = weightOf(standings);
	const covered = weightOf(standings.filter(({ policy }) => policy === undefined));
	const counting = standings.filter(
		({ policy }) => policy === undefined || FIXED_POINTS[policy] !== undefined,
	);
	const countedWeight = weightOf(counting);
	const coverage = covered / all;
	const scored = coverage > 0 && !standings.some(({ policy }) => policy === 'fail');
	const bandKnown = scored && coverage + ROUNDING_SLACK >= model.coverageFloor;
	const having = (absence: Absence): Standing[] =>
		standings.filter((standing) => standing.absence === absence);
	const ids = (absence: Absence): string[] => having(absence).map(({ signal }) => signal.id);
	const reasons: HealthReason[] = (['missing', 'invalid', 'stale'] as const).flatMap((absence) =>
		// how old a recalled value is differs from account to account, and so does its reason
		having(absence).flatMap(({ signal, policy }): HealthReason[] =>
			policy === undefined
				? []
				: [
						Object.freeze({
							code: `signal_${absence}` as const,
							signal: signal.id,
							field: signal.field,
							counted: policy,
							weight: (signal.weight / all) * 100,
							text: sayNothing(signal, absence, policy, hasMemory),
						}),
					],
		),
	);
	if (!bandKnown && (scored || coverage === 0)) {
		reasons.unshift(
			Object.freeze({
				code: 'coverage_below_floor',
				coverage,
				floor: model.coverageFloor,
				text: sayCoverage(coverage, model.coverageFloor),
			}),
		);
	}
	return {
		counted: scored
			? counting.map(({ signal, index, recalled: memory, policy }) => ({
					signal,
					index,
					possible: (signal.weight / countedWeight) * 100,
					fixedPoints: policy === undefined ? NaN : (FIXED_POINTS[policy] ?? NaN),
					recalled: memory !== undefined,
				}))
			: [],
		coverage,
		scored,
		bandKnown,
		reasons,
		missing: ids('missing'),
		invalid: ids('invalid'),
		stale: ids('stale'),
	};
}

function weightOf(standings: readonly Standing[]): number {
	return standings.reduce((total, { signal }) => total + signal.weight, 0);
}
