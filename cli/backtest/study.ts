import type { Auc } from '../../engine/health/backtest/auc';
import { backtestSettingsSchema, type Backtest } from '../../engine/health/backtest/backtest';
import { backtestOutcomes } from '../../engine/health/backtest/backtestOutcomes';
import { columnReader } from '../../engine/health/backtest/columnReader';
import { byFacts, type Follow, type Verdict } from '../../engine/health/backtest/follow';
import { followModel } from '../../engine/health/backtest/followModel';
import { outcomeAt } from '../../engine/health/backtest/history';
import type { OutcomesRead } from '../../engine/health/backtest/readOutcomes';
import type { Brier } from '../../engine/health/backtest/reliability';
import { finish } from '../../engine/health/backtest/steps';
import { calibrateDraft, type Drafted } from '../../engine/health/calibrate/calibrateDraft';
import type { RiskOfScore } from '../../engine/health/calibrate/calibration';
import { readColumns, type Skipped } from '../../engine/health/calibrate/columns';
import { draftModel } from '../../engine/health/calibrate/draft';
import { freeRegression } from '../../engine/health/calibrate/freeRegression';
import { riskAt } from '../../engine/health/calibrate/riskOfScore';
import { calibrateSettingsSchema } from '../../engine/health/calibrate/rows';
import {
	fitsByNumber,
	splitByNumber,
	splitByTime,
	type FactsRow,
} from '../../engine/health/calibrate/split';
import { weigh } from '../../engine/health/calibrate/weigh';
import type { Facts } from '../../engine/health/fields';
import type { HealthModel } from '../../engine/health/model';
import type { SignalTally } from '../../engine/health/scoreAccounts';
import { progressOf } from './progress';

/** Days before the outcome on which a drafted model is fitted: near enough to be seen, early enough to act. */
const FIT_DAYS = 30;

export type Study = {
	/** Absent where the file brings its own score, or a model is given. */
	readonly draft?: Drafted & {
		readonly skipped: readonly Skipped[];
		readonly free: { readonly auc: Auc | null; readonly brier: Brier | null };
		/** Absent where nothing could be learned. */
		readonly model?: HealthModel;
	};
	/** Absent where nothing could be learned. */
	readonly backtest?: Backtest;
	/** What a given model found in the file. */
	readonly tally?: readonly SignalTally[];
};

/** What is tested: a column's score, a health model, or, where neither is given, a model drafted from the columns. */
export type Tested = {
	/** What the file is called. */
	readonly name: string;
	readonly score?: string;
	readonly model?: HealthModel;
	/** Columns that are no facts. */
	readonly without: readonly string[];
	/** As of when a file without dates is taken to be, in ms since 1970. */
	readonly now: number;
};

const settings = calibrateSettingsSchema.parse({});

/** @throws Error with a sentence where the columns hold nothing that a model could be drafted from */
export function study(read: OutcomesRead, tested: Tested): Study {
	const { score, model, now } = tested;
	if (score !== undefined) {
		const given = byFacts((facts) => givenScore(facts, score));
		return { backtest: backtestBy(read, given, now) };
	}
	if (model !== undefined) {
		const { follow, tally } = followModel(model, columnReader);
		const backtest = backtestBy(read, follow, now);
		return { backtest, tally: tally() };
	}
	if (read.kind === 'snapshot') {
		return studyDraft(splitByNumber(read.rows, now), tested, (drafted, risk) => {
			const judged = read.rows.filter(({ number }) => !fitsByNumber(number));
			return backtestBy({ ...read, rows: judged }, withRisk(drafted, risk), now);
		});
	}
	const { rows, splitAt } = splitByTime(read.histories, FIT_DAYS);
	return studyDraft(rows, tested, (drafted) => {
		const judged = read.histories.filter(({ outcome }) => outcomeAt(outcome) > splitAt);
		// a probability learned for one horizon would be wrong for the others
		const { follow } = followModel(drafted, columnReader);
		return backtestBy({ ...read, histories: judged }, follow, now);
	});
}

function studyDraft(
	rows: readonly FactsRow[],
	{ name, without }: Tested,
	judge: (drafted: HealthModel, risk: RiskOfScore) => Backtest,
): Study {
	const facts = rows.map((row) => row.facts);
	const { columns, skipped } = readColumns(facts, ['arr', ...without]);
	if (columns.length === 0) throw new Error('No column holds anything that a model could look at');
	const progress = progressOf('Calibrating');
	const drafted = calibrateDraft(columns, rows, settings, progress.report);
	progress.end();
	const { calibration, signals } = drafted;
	const free =
		calibration.verdict === 'refused' ? { auc: null, brier: null } : freeRegression(columns, rows);
	if (!('weights' in calibration)) return { draft: { ...drafted, skipped, free } };
	const weights = new Map(calibration.weights.map(({ id, proposed }) => [id, proposed]));
	const weighed = signals.map((signal) => ({ ...signal, weight: weights.get(signal.id) ?? 0 }));
	const model = draftModel(name, weighed, calibration.bandsByRisk);
	return {
		draft: { ...drafted, skipped, free, model },
		backtest: judge(model, calibration.risk),
	};
}

function withRisk(model: HealthModel, risk: RiskOfScore): Follow<Verdict> {
	const { follow } = followModel(model, columnReader);
	return (facts) => {
		const at = follow(facts);
		return (asOf) => {
			const seen = at(asOf);
			if (seen === undefined || seen.found.score === null) return seen;
			return { ...seen, found: { ...seen.found, risk: riskAt(risk, seen.found.score) } };
		};
	};
}

function backtestBy(read: OutcomesRead, follow: Follow<Verdict>, now: number): Backtest {
	const progress = progressOf('Backtesting');
	const steps = backtestOutcomes(read, follow, backtestSettingsSchema.parse({}), now);
	const report = finish(steps, progress.report);
	progress.end();
	return report;
}

/** The file's own score, in the bands of P19. */
function givenScore(facts: Facts, field: string): Verdict {
	const found = facts[field];
	const score = found === '' || found === null ? NaN : Number(found);
	if (!(score >= 0 && score <= 100)) return { score: null, band: 'unknown' };
	return { score, band: weigh([score], [1], settings).band };
}
