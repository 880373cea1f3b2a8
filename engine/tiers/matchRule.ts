import type { ArrLimits, TierRule } from './policy';

/** An account as the engine reads it: any object with named values. */
export type Facts = Readonly<Record<string, unknown>>;

type Test = (account: Facts) => boolean;

export type CompiledRule = {
	/** Everything but ARR. */
	meetsFacts: Test;
	/** ARR in the policy's currency; undefined where the rule does not look at it. */
	meetsArr: ((arr: number) => boolean) | undefined;
};

export function compileRule(rule: TierRule): CompiledRule {
	const tests: Test[] = [];
	const { strategic, openOpportunity, complexity, stages, bands } = rule;
	// "not strategic" also means "nobody said strategic"
	if (strategic !== undefined) {
		tests.push((account) => (account.strategic === true) === strategic);
	}
	if (openOpportunity !== undefined) {
		tests.push((account) => (account.openOpportunity === true) === openOpportunity);
	}
	if (complexity !== undefined) tests.push((account) => account.complexity === complexity);
	if (stages !== undefined) {
		const allowed = new Set<unknown>(stages);
		tests.push((account) => allowed.has(account.lifecycleStage));
	}
	if (bands !== undefined) {
		const allowed = new Set<unknown>(bands);
		tests.push((account) => allowed.has(within(account.health, 'band')));
	}
	if (rule.plans !== undefined) {
		const isPlan = oneOf(rule.plans);
		tests.push((account) => isPlan(account.plan));
	}
	if (rule.segments !== undefined) {
		const isSegment = oneOf(rule.segments);
		tests.push((account) => isSegment(account.segment));
	}
	if (rule.packages !== undefined) {
		const isPackage = oneOf(rule.packages);
		tests.push((account) => isPackage(account.plan) || isPackage(account.segment));
	}
	return {
		meetsFacts: (account) => {
			for (const test of tests) if (!test(account)) return false;
			return true;
		},
		meetsArr: compileLimits(rule.arr),
	};
}

function compileLimits(limits: ArrLimits | undefined): CompiledRule['meetsArr'] {
	if (limits === undefined) return undefined;
	const { above = -Infinity, from = -Infinity, to = Infinity, under = Infinity } = limits;
	if (above === -Infinity && from === -Infinity && to === Infinity && under === Infinity) {
		return undefined;
	}
	return (arr) => arr > above && arr >= from && arr <= to && arr < under;
}

/** Whether a value is one of the words, whatever the case and punctuation: `Mid-Market` is `midmarket`. */
function oneOf(words: readonly string[]): (value: unknown) => boolean {
	const known = new Set(words.map(plain));
	// plans and segments repeat; remembering them spares the comparison of letters
	const seen = new Map<string, boolean>();
	return (value) => {
		if (typeof value !== 'string') return false;
		const before = seen.get(value);
		if (before !== undefined) return before;
		const found = known.has(plain(value));
		if (seen.size < 1000) seen.set(value, found);
		return found;
	};
}

function plain(word: string): string {
	return word.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** A field of a nested object, undefined where there is no object. */
export function within(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? (Reflect.get(value, key) as unknown)
		: undefined;
}
