import type { Evaluation, Scores } from '../../engine/content/evaluation/evaluate';
import { PRICES } from '../../services/claude/prices';
import { count, share, tableOf } from '../backtest/tables';
import type { Picks } from './picks';

const MICROS = 1_000_000;

/** An evaluation as text: who chose, the scores by stage, and where the choice was another than the label's. */
export function sayEvaluation(
	by: string,
	evaluation: Evaluation,
	{ unanswered, costKnown }: Omit<Picks, 'picks'>,
): string {
	const { byStage, apart, invalid } = evaluation;
	const row = (name: string, scores: Scores): string[] => [
		name,
		count(scores.profiles),
		share(scores.best / scores.profiles, 0),
		share(scores.acceptable / scores.profiles, 0),
		count(scores.never),
		count(scores.other),
		count(scores.invalid),
		costKnown ? `$${(scores.cost / MICROS).toFixed(4)}` : '–',
	];
	const lines = [
		`Content chosen by ${by}, beside what a customer success manager would send`,
		'',
		tableOf(
			['stage', 'profiles', 'best', 'acceptable', 'never', 'other', 'invalid', 'cost'],
			[...byStage.map((one) => row(one.stage, one)), row('all', evaluation)],
		),
		'best: as labelled · acceptable: that, or what nobody would object to · never: what a customer would take amiss',
		`other: no label speaks of it · invalid: an answer that does not hold, so that the rules chose${evaluation.cost > 0 ? ` · prices of ${PRICES.asOf}` : ''}`,
	];
	if (!costKnown) lines.push(`The price of ${by} is not known.`);
	if (invalid > 0) lines.push('', 'Answers that did not hold');
	for (const { text, profiles } of unanswered) lines.push(`  ${count(profiles)}: ${text}`);
	if (apart.length > 0)
		lines.push('', `Not the best, ${count(apart.length)} of ${count(evaluation.profiles)}`);
	for (const { profileId, picked = 'nothing', verdict, best, rationale } of apart) {
		const labelled = best.length === 0 ? 'nothing' : best.join(' or ');
		lines.push(`  ${profileId}: ${picked} (${verdict}), not ${labelled}`, `    ${rationale}`);
	}
	return `${lines.join('\n')}\n`;
}
