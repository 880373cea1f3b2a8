import type { Horizon } from '../../engine/health/backtest/backtest';
import type { BandRow } from '../../engine/health/backtest/bandTable';
import type { LeadTime } from '../../engine/health/backtest/leadTime';
import type { Calibration, Proposed } from '../../engine/health/calibrate/calibration';
import type { Study } from './study';
import { count, figure, range, share, tableOf } from './tables';

const BANDS: Record<BandRow['band'], string> = {
	red: 'red',
	yellow: 'yellow',
	green: 'green',
	unknown: 'unknown',
	yellowOrRed: 'yellow or red',
};

/** A study as text, section by section. */
export function sayStudy({ draft, backtest, tally }: Study): string {
	const parts = [
		...(tally === undefined ? [] : sayTally(tally)),
		...(draft === undefined ? [] : sayDraft(draft)),
		...(backtest?.horizons ?? []).flatMap(sayHorizon),
		...(backtest?.leadTime == null ? [] : sayLeadTime(backtest.leadTime)),
		...(backtest === undefined || backtest.cannotTell.length === 0
			? []
			: ['What this cannot tell', ...backtest.cannotTell.map(({ text }) => `- ${text}`), '']),
	];
	return parts.join('\n');
}

/** Which signals of a given model the file says nothing about. */
function sayTally(tally: NonNullable<Study['tally']>): string[] {
	const lines = tally
		.map(({ signal, accounts, missing, invalid, stale }) => ({
			signal,
			unknown: missing + invalid + stale,
			accounts,
		}))
		.filter(({ unknown }) => unknown > 0)
		.map(
			({ signal: { label, field }, unknown, accounts }) =>
				`Signal '${label}' (${field}) is unknown in ${share(unknown / accounts)} of the looks`,
		);
	return lines.length === 0 ? [] : [...lines, ''];
}

function sayDraft({ calibration, skipped, free }: NonNullable<Study['draft']>): string[] {
	const reasons = calibration.reasons.map(({ text }) => text);
	const skippedColumns = skipped.map(({ field, text }) => `Column '${field}' ${text}: left out`);
	if (calibration.verdict === 'refused') return [...reasons, ...skippedColumns, ''];
	const { fitted, judged } = calibration;
	return [
		`Calibrate: fitted on ${count(fitted.accounts)} accounts, of which ${count(fitted.churned)} left; judged on ${count(judged?.accounts ?? 0)} others, of which ${count(judged?.churned ?? 0)} left`,
		tableOf(
			['on the accounts set aside', 'AUC', '95 % interval', 'Brier'],
			[
				['proposed weights', ...aucCells(judged?.auc), figure(judged?.brier?.value)],
				['equal weights', ...aucCells(judged?.currentAuc), '–'],
				['plain regression, signs free', ...aucCells(free.auc), figure(free.brier?.value)],
				['the same churn for everybody', '0.500', '–', figure(judged?.brier?.ofBaseRate)],
			],
		),
		...reasons,
		...skippedColumns,
		`Penalty ${fitted.penalty.toPrecision(2)}, by cross-validation on the fitting accounts (AUC there, each held back once: ${figure(fitted.heldBackAuc?.value)})`,
		'',
		...(isProposed(calibration) ? sayProposal(calibration) : []),
	];
}

function isProposed(calibration: Calibration): calibration is Proposed {
	return calibration.verdict === 'better' || calibration.verdict === 'no_better';
}

function sayProposal({ weights, moved, moves, bandsByRisk }: Proposed): string[] {
	const sorted = [...weights].sort((a, b) => b.proposed - a.proposed);
	return [
		'Proposed weights (nothing applies them)',
		tableOf(
			['signal', 'weight %', 'why none'],
			sorted.map(({ label, proposed, why }) => [
				label,
				proposed.toFixed(2),
				why === 'learned' ? '' : why.replaceAll('_', ' '),
			]),
		),
		'',
		`Who changes band (green from 75, yellow from 60), against equal weights: ${count(moves.length)} accounts`,
		tableOf(
			['from → to', 'accounts', 'of them left', 'share'],
			moved.map(({ from, to, accounts, churned }) => [
				from === to ? `${from}, stays` : `${from} → ${to}`,
				count(accounts),
				count(churned),
				share(churned / accounts),
			]),
		),
		...(bandsByRisk === null
			? []
			: [
					`Bands by risk, used below: red under ${bandsByRisk.yellow} (at least 1.5 times the usual churn), green from ${bandsByRisk.green} (at most half)`,
				]),
		'',
	];
}

function sayHorizon({ daysBefore, figures, notKnownThen }: Horizon): string[] {
	const { accounts, churned, auc, bands, deciles, reliability, brier } = figures;
	const when = daysBefore === null ? '' : `, ${daysBefore} days before the outcome`;
	const expected = reliability.some((row) => row.expected !== null);
	return [
		`Backtest${when}: ${count(accounts)} accounts, ${count(churned)} left (${share(churned / Math.max(1, accounts))})${notKnownThen > 0 ? `, ${count(notKnownThen)} not known yet` : ''}`,
		`AUC ${figure(auc?.value)} (95 %: ${figure(auc?.low)} to ${figure(auc?.high)})${brier === null ? '' : `, Brier ${figure(brier.value)}`}`,
		tableOf(
			['band', 'accounts', 'left', 'precision', '95 % interval', 'recall', 'lift', 'ARR caught'],
			bands.map((row) => [
				BANDS[row.band],
				count(row.accounts),
				count(row.churned),
				share(row.precision),
				range(row.interval),
				share(row.recall),
				figure(row.lift, 1),
				share(row.arrCaught),
			]),
		),
		tableOf(
			['tenth', 'scores', 'accounts', 'left', 'churn', 'lift', 'churn met so far'],
			deciles.map((row) => [
				String(row.decile),
				`${row.lowestScore.toFixed(0)} to ${row.highestScore.toFixed(0)}`,
				count(row.accounts),
				count(row.churned),
				share(row.churnRate),
				figure(row.lift, 1),
				share(row.caught),
			]),
		),
		tableOf(
			[
				'reliability, scores',
				'accounts',
				...(expected ? ['expected'] : []),
				'left',
				'95 % interval',
			],
			reliability.map((row) => [
				`${row.lowestScore.toFixed(0)} to ${row.highestScore.toFixed(0)}`,
				count(row.accounts),
				...(expected ? [share(row.expected)] : []),
				share(row.observed),
				range(row.interval),
			]),
		),
		'',
	];
}

function sayLeadTime({ windowDays, churned, retained, tooSeldom, rows }: LeadTime): string[] {
	if (churned === 0) return [];
	return [
		`Lead time: the ${windowDays} days before the outcome, ${count(churned)} accounts that left, ${count(retained)} that stayed${tooSeldom > 0 ? `; ${count(tooSeldom)} with facts too seldom` : ''}`,
		tableOf(
			[
				'band',
				'warned',
				'first day, median',
				'quartiles',
				'until the end',
				'since, median',
				'false alarms',
			],
			rows.map((row) => [
				BANDS[row.band],
				share(row.shareWarned),
				days(row.firstDay?.median),
				row.firstDay === null
					? '–'
					: `${row.firstDay.lowerQuartile.toFixed(0)} to ${row.firstDay.upperQuartile.toFixed(0)}`,
				share(churned === 0 ? null : row.untilTheEnd / churned),
				days(row.lastStretch?.median),
				share(row.falseAlarms),
			]),
		),
		'',
	];
}

function days(value: number | undefined): string {
	return value === undefined ? '–' : `${value.toFixed(0)} days`;
}

function aucCells(auc: { value: number; low: number; high: number } | null | undefined): string[] {
	if (auc === null || auc === undefined) return ['–', '–'];
	return [figure(auc.value), `${figure(auc.low)} to ${figure(auc.high)}`];
}
