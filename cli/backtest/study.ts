import {
	backtest,
	backtestSettingsSchema,
	backtestSnapshot,
	type Backtest,
} from '../../engine/health/backtest/backtest';
import type { Facts } from '../../engine/health/fields';
import type { Auc } from '../../engine/health/backtest/auc';
import { outcomeAt } from '../../engine/health/backtest/history';
import type { OutcomesRead } from '../../engine/health/backtest/readOutcomes';
import type { Brier } from '../../engine/health/backtest/reliability';
import type { Verdict } from '../../engine/health/backtest/scoreAsOf';
import { calibrateDraft, type Drafted } from '../../engine/health/calibrate/calibrateDraft';
import type { Proposed } from '../../engine/health/calibrate/calibration';
import { readColumns, type Skipped } from '../../engine/health/calibrate/columns';
import { draftPoints } from '../../engine/health/calibrate/draft';
import { freeRegression } from '../../engine/health/calibrate/freeRegression';
import { riskAt } from '../../engine/health/calibrate/riskOfScore';
import { calibrateSettingsSchema, type OutcomeRow } from '../../engine/health/calibrate/rows';
import { fitsByNumber, splitByTime } from '../../engine/health/calibrate/split';
import { weigh } from '../../engine/health/calibrate/weigh';
import { progressOf } from './progress';

/** Days before the outcome on which a drafted model is fitted: near enough to be seen, early enough to act. */
const FIT_DAYS = 30;

export type Study = {
	/** Absent where the file brings its own score. */
	readonly draft?: Drafted & {
		readonly skipped: readonly Skipped[];
		readonly free: { readonly auc: Auc | null; readonly brier: Brier | null };
	};
	/** Absent where nothing could be learned. */
	readonly backtest?: Backtest;
};

type Row = OutcomeRow & { readonly facts: Facts };

const settings = calibrateSettingsSchema.parse({});

/** A file with a score is backtested as it is; for any other a model is drafted on one part and backtested on the rest. */
export function study(read: OutcomesRead, scoreField: string | undefined): Study {
	if (scoreField !== undefined)
		return { backtest: backtestBy(read, (facts) => givenScore(facts, scoreField)) };
	if (read.kind === 'snapshot') {
		const rows = read.rows.map((row) => ({ ...row, fit: fitsByNumber(row.number) }));
		return studyDraft(rows, (score) => {
			const judged = read.rows.filter(({ number }) => !fitsByNumber(number));
			return backtestBy({ ...read, rows: judged }, score);
		});
	}
	const { rows, splitAt } = splitByTime(read.histories, FIT_DAYS);
	return studyDraft(rows, (score) => {
		const judged = read.histories.filter(({ outcome }) => outcomeAt(outcome) > splitAt);
		// a probability learned for one horizon would be wrong for the others
		const unpromising = (facts: Facts): Verdict => ({ ...score(facts), risk: undefined });
		return backtestBy({ ...read, histories: judged }, unpromising);
	});
}

function studyDraft(
	rows: readonly Row[],
	judge: (score: (facts: Facts) => Verdict) => Backtest,
): Study {
	const { columns, skipped } = readColumns(
		rows.map(({ facts }) => facts),
		['arr'],
	);
	const progress = progressOf('Calibrating');
	const drafted = calibrateDraft(columns, rows, settings, progress.report);
	progress.end();
	const { calibration, signals } = drafted;
	const free =
		calibration.verdict === 'refused' ? { auc: null, brier: null } : freeRegression(columns, rows);
	const draft = { ...drafted, skipped, free };
	if (calibration.verdict === 'refused' || calibration.verdict === 'nothing_to_learn')
		return { draft };
	const score = (facts: Facts): Verdict => verdictOf(calibration, draftPoints(signals, facts));
	return { draft, backtest: judge(score) };
}

function verdictOf(
	{ weights, risk, bandsByRisk }: Proposed,
	points: readonly (number | null)[],
): Verdict {
	const shares = weights.map(({ proposed }) => proposed);
	const bands = bandsByRisk ?? settings.bands;
	const { score, band } = weigh([...points], shares, { ...settings, bands });
	return { score, band, ...(score === null ? {} : { risk: riskAt(risk, score) }) };
}

function backtestBy(read: OutcomesRead, score: (facts: Facts) => Verdict): Backtest {
	if (read.kind === 'histories') {
		const progress = progressOf('Backtesting');
		const report = backtest(
			read.histories,
			score,
			backtestSettingsSchema.parse({}),
			progress.report,
		);
		progress.end();
		return report;
	}
	return backtestSnapshot(
		read.rows.map(({ accountId, churned, facts }) => {
			const { arr } = facts;
			return {
				accountId,
				churned,
				...score(facts),
				...(typeof arr === 'number' && arr >= 0 ? { arr } : {}),
			};
		}),
	);
}

/** The file's own score, in the bands of P19. */
function givenScore(facts: Facts, field: string): Verdict {
	const found = facts[field];
	const score = found === '' || found === null ? NaN : Number(found);
	if (!(score >= 0 && score <= 100)) return { score: null, band: 'unknown' };
	return { score, band: weigh([score], [1], settings).band };
}
