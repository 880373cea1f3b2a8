import type { CaseFacts, Kind } from '../case';
import type { RouteRule } from '../policy';
import type { Words } from './words';

/** What is asked of a rule: facts of the account, and the case or the one reason that it is about. */
export type RuleQuery = {
	readonly facts: CaseFacts;
	readonly kind: Kind;
	readonly codes: readonly string[];
};

type Test = (query: RuleQuery) => boolean;

/** The language of `de-AT` and `de_AT` is `de`. */
const REGION_OF_LANGUAGE = /^(\p{Letter}{2,3})[-_].*$/u;

/**
 * Compiles rules: the first that holds. Every condition given must hold; a fact that is not known meets none. A rule
 * for a language holds for its regional forms too; ARR limits include their figures (P36).
 */
export function compileRules(
	rules: readonly RouteRule[],
	words: Words,
): (query: RuleQuery) => RouteRule | undefined {
	const compiled = rules.map((rule) => ({ rule, tests: testsOf(rule.when, words) }));
	return (query) => {
		for (const { rule, tests } of compiled) if (tests.every((test) => test(query))) return rule;
		return undefined;
	};
}

function testsOf(when: RouteRule['when'], words: Words): Test[] {
	const tests: Test[] = [];
	const { kinds, reasons, tiers, arr, regions, languages, products } = when;
	if (kinds !== undefined) tests.push(({ kind }) => kinds.includes(kind));
	if (reasons !== undefined) {
		const isOne = words.oneOf(reasons);
		tests.push(({ codes }) => codes.some(isOne));
	}
	if (tiers !== undefined) {
		const isOne = words.oneOf(tiers);
		tests.push(({ facts }) => isOne(facts.tier));
	}
	if (arr !== undefined) {
		const { from = -Infinity, to = Infinity } = arr;
		// nothing is known to be within any limits that nobody knows
		tests.push(({ facts }) => facts.arr !== undefined && facts.arr >= from && facts.arr <= to);
	}
	if (regions !== undefined) {
		const isOne = words.oneOf(regions);
		tests.push(({ facts }) => isOne(facts.region));
	}
	if (languages !== undefined) {
		const isOne = words.oneOf(languages);
		tests.push(
			({ facts: { language } }) =>
				isOne(language) || isOne(language?.replace(REGION_OF_LANGUAGE, '$1')),
		);
	}
	if (products !== undefined) {
		const isOne = words.oneOf(products);
		tests.push(({ facts }) => isOne(facts.product));
	}
	return tests;
}
