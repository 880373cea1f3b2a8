const MOST_REMEMBERED = 5_000;
const MOST_GOALS = 20;
const LONGEST_GOAL = 500;
/** Shorter words of a script with capitals are articles and the like. */
const SHORTEST_WORD = 4;
const SHORTEST_WITHOUT_CASE = 2;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text that carry meaning, without case. */
function wordsOf(text: string): Set<string> {
	const words = new Set<string>();
	for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC'))) {
		const word = segment.toLowerCase();
		const least = word === segment.toUpperCase() ? SHORTEST_WITHOUT_CASE : SHORTEST_WORD;
		if (isWordLike === true && word.length >= least) words.add(word);
	}
	return words;
}

/** Which outcomes an account's goals speak of, by the outcome's place. */
export type GoalMatch = (goals: readonly string[]) => readonly number[];

/**
 * Compiles outcomes. A goal speaks of an outcome where it has at least half of its words; articles and other words of up
 * to three letters do not count.
 */
export function compileGoals(outcomes: readonly string[]): GoalMatch {
	const wanted = outcomes.map(wordsOf);
	const seen = new Map<string, readonly number[]>();
	const matchOne = (goal: string): readonly number[] => {
		const before = seen.get(goal);
		if (before !== undefined) return before;
		const words = wordsOf(goal.slice(0, LONGEST_GOAL));
		const found = wanted.flatMap((outcome, place) => {
			const shared = [...outcome].filter((word) => words.has(word)).length;
			return shared > 0 && shared * 2 >= outcome.size ? [place] : [];
		});
		if (seen.size < MOST_REMEMBERED) seen.set(goal, found);
		return found;
	};
	return (goals) =>
		goals.length === 1
			? matchOne(goals[0] ?? '')
			: goals.slice(0, MOST_GOALS).flatMap((goal) => matchOne(goal));
}
