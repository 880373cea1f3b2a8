import type { Stage } from '../item';
import type { Labelled } from './labels';

/** What somebody chose for a labelled profile: an id of the catalogue, or nothing. */
export type Picked = {
	readonly profileId: string;
	/** Undefined: nothing to send. */
	readonly contentId?: string;
	/** Whether the answer could not be used, and the rules' choice stands in its place. */
	readonly invalid?: boolean;
	/** Micro-dollars. */
	readonly cost?: number;
};

export type Scores = {
	readonly profiles: number;
	/** Picked what is labelled as best; nothing, where nothing is best. */
	readonly best: number;
	/** Picked what is best or acceptable. */
	readonly acceptable: number;
	/** Picked what a customer would take amiss. */
	readonly never: number;
	/** Picked what no label speaks of, or nothing where something is best. */
	readonly other: number;
	readonly invalid: number;
	/** Profiles without a pick; they agree with nothing. */
	readonly missing: number;
	/** Micro-dollars. */
	readonly cost: number;
};

export type Evaluation = Scores & {
	/** Shares of all profiles, 0–1. */
	readonly agreement: { readonly best: number; readonly acceptable: number };
	readonly byStage: readonly (Scores & { readonly stage: Stage })[];
	/** Where the pick was not the best, for whoever wants to see why. */
	readonly apart: readonly {
		readonly profileId: string;
		readonly picked: string | undefined;
		readonly verdict: Verdict;
		readonly best: readonly string[];
		readonly rationale: string;
	}[];
};

type Verdict = 'best' | 'acceptable' | 'never' | 'other' | 'missing';

/** Scores whoever chose, a rule set or a model, against the labels. Of several picks for one profile the first counts. */
export function evaluate(labelled: readonly Labelled[], picks: readonly Picked[]): Evaluation {
	const pickOf = new Map<string, Picked>();
	for (const one of picks) if (!pickOf.has(one.profileId)) pickOf.set(one.profileId, one);
	const judged = labelled.map((label) => {
		const picked = pickOf.get(label.id);
		return { label, picked, verdict: verdictOf(label, picked) };
	});
	const all = scoresOf(judged);
	const stages = [...new Set(labelled.map(({ stage }) => stage))];
	const share = (count: number): number => (all.profiles === 0 ? 0 : count / all.profiles);
	return {
		...all,
		agreement: { best: share(all.best), acceptable: share(all.acceptable) },
		byStage: stages.map((stage) => ({
			stage,
			...scoresOf(judged.filter(({ label }) => label.stage === stage)),
		})),
		apart: judged
			.filter(({ verdict }) => verdict !== 'best')
			.map(({ label: { id, best, rationale }, picked, verdict }) => {
				return { profileId: id, picked: picked?.contentId, verdict, best, rationale };
			}),
	};
}

type Judged = { readonly picked: Picked | undefined; readonly verdict: Verdict };

function verdictOf({ best, acceptable, never }: Labelled, picked: Picked | undefined): Verdict {
	if (picked === undefined) return 'missing';
	const { contentId } = picked;
	if (contentId === undefined) return best.length === 0 ? 'best' : 'other';
	if (best.includes(contentId)) return 'best';
	if (acceptable.includes(contentId)) return 'acceptable';
	return never.includes(contentId) ? 'never' : 'other';
}

function scoresOf(judged: readonly Judged[]): Scores {
	const count = (...verdicts: Verdict[]): number =>
		judged.filter(({ verdict }) => verdicts.includes(verdict)).length;
	return {
		profiles: judged.length,
		best: count('best'),
		acceptable: count('best', 'acceptable'),
		never: count('never'),
		other: count('other'),
		invalid: judged.filter(({ picked }) => picked?.invalid === true).length,
		missing: count('missing'),
		cost: judged.reduce((sum, { picked }) => sum + (picked?.cost ?? 0), 0),
	};
}
