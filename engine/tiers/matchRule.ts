import { FACTS, type Fact, type Facts } from './facts';
import { oneOf } from './oneOf';
import type { ArrLimits, TierRule } from './policy';

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
	if (strategic !== undefined) tests.push(yesNoTest(FACTS.strategic, strategic));
	if (openOpportunity !== undefined) tests.push(yesNoTest(FACTS.openOpportunity, openOpportunity));
	if (complexity !== undefined) tests.push(wordTest(FACTS.complexity, [complexity]));
	if (stages !== undefined) tests.push(wordTest(FACTS.stages, stages));
	if (bands !== undefined) tests.push(wordTest(FACTS.bands, bands));
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

/** "Not strategic" also means "nobody said strategic"; what cannot be read is neither. */
function yesNoTest({ valueOf, read }: Fact, wanted: boolean): Test {
	return (account) => {
		const value = valueOf(account);
		if (typeof value === 'boolean') return value === wanted;
		const found = read(value);
		return found === wanted || (!wanted && found === 'missing');
	};
}

function wordTest({ valueOf, read, choices }: Fact, wanted: readonly string[]): Test {
	const allowed = new Set<unknown>(wanted);
	// nearly all accounts spell a word as it is defined
	const known = new Map<unknown, boolean>(choices.map((choice) => [choice, allowed.has(choice)]));
	return (account) => {
		const value = valueOf(account);
		return known.get(value) ?? allowed.has(read(value));
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
