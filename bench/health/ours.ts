import type { Health } from '../../engine/health/health';
import { b2bSaas } from '../../engine/health/presets';
import { compileScorer } from '../../engine/health/scoreAccounts';
import { compileFieldPath } from '../../nodes/platform/fieldPath';
import { NOW } from './accounts';
import type { Contender } from './contender';

const scorer = compileScorer(b2bSaas, { now: NOW, readerOf: compileFieldPath });

/** Health Score's engine, with all it explains: contributions, reasons, and what would reach the next band. */
export const ours: Contender<Health> = {
	score: (accounts) => accounts.map((account) => scorer.score(account)),
	foundOf: ({ score, band, reasons }) => ({
		score,
		band,
		top: reasons.flatMap((reason) => (reason.code === 'signal_lowers' ? [reason] : [])),
	}),
};
