import { BANDS, LIFECYCLE_STAGES, type TierPolicy } from './policy';
import { compileWord, compileYesNo, type Reading } from './words';

/** An account as the engine reads it: any object with named values. */
export type Facts = Readonly<Record<string, unknown>>;

/** A field of a nested object, undefined where there is no object. */
export function within(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? (Reflect.get(value, key) as unknown)
		: undefined;
}

/** A fact told by a word, read whatever its case and blanks; `choices` is empty where the words are yes and no. */
export type Fact<Word extends string | boolean = string | boolean> = {
	readonly field: string;
	readonly valueOf: (account: Facts) => unknown;
	readonly read: (value: unknown) => Reading<Word>;
	readonly choices: readonly string[];
};

const COMPLEXITIES = ['simple', 'complex'] as const;

/** By the condition of a rule that looks at it. */
export const FACTS = {
	strategic: yesNo('strategic', ({ strategic }) => strategic),
	openOpportunity: yesNo('openOpportunity', ({ openOpportunity }) => openOpportunity),
	complexity: choice('complexity', COMPLEXITIES, ({ complexity }) => complexity),
	stages: choice('lifecycleStage', LIFECYCLE_STAGES, ({ lifecycleStage }) => lifecycleStage),
	bands: choice('health.band', BANDS, ({ health }) => within(health, 'band')),
};

/** The facts that any rule of a policy looks at. */
export function factsOf({ rules }: TierPolicy): Fact[] {
	return (['strategic', 'openOpportunity', 'complexity', 'stages', 'bands'] as const)
		.filter((condition) => rules.some((rule) => rule[condition] !== undefined))
		.map((condition) => FACTS[condition]);
}

function yesNo(field: string, valueOf: Fact['valueOf']): Fact<boolean> {
	return { field, valueOf, read: compileYesNo(), choices: [] };
}

function choice(field: string, choices: readonly string[], valueOf: Fact['valueOf']): Fact<string> {
	return { field, valueOf, read: compileWord(choices.map((word) => [word, word])), choices };
}
