import type { Backtest, Horizon } from './backtest';
import type { LeadTime } from './leadTime';

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const days = (count: number): string =>
	`${count.toFixed(0)} ${Math.round(count) === 1 ? 'day' : 'days'}`;
const counted = (count: number): string => count.toLocaleString('en-US');

/** What a backtest found, in sentences that can be mailed. What it cannot tell stands beside, not here. */
export function sayBacktest({ horizons, leadTime }: Backtest): string[] {
	return [...horizons.flatMap(sayHorizon), ...(leadTime === null ? [] : sayLeadTime(leadTime))];
}

function sayHorizon({ daysBefore, figures }: Horizon): string[] {
	const { accounts, churned, auc, bands } = figures;
	if (accounts === 0) return [];
	const when =
		daysBefore === null ? 'As the accounts stand' : `${days(daysBefore)} before the outcome`;
	const base = `${when}: ${counted(churned)} of ${counted(accounts)} accounts left (${percent(churned / accounts)})`;
	if (auc === null) return [base];
	const sentences = [
		`${base}; AUC ${auc.value.toFixed(2)} (${auc.low.toFixed(2)} to ${auc.high.toFixed(2)}), where 0.5 is a coin and 1 never wrong`,
	];
	const red = bands.find(({ band }) => band === 'red');
	if (red?.precision != null && red.recall !== null) {
		const arr = red.arrCaught === null ? '' : ` and ${percent(red.arrCaught)} of their revenue`;
		sentences.push(
			`Red held ${counted(red.accounts)} accounts: ${percent(red.precision)} of them left. It held ${percent(red.recall)} of all that left${arr}`,
		);
	}
	return sentences;
}

function sayLeadTime({ rows, windowDays }: LeadTime): string[] {
	const red = rows.find(({ band }) => band === 'red');
	if (red === undefined || red.firstDay === null || red.shareWarned === null) return [];
	const alarms =
		red.falseAlarms === null
			? ''
			: `; ${percent(red.falseAlarms)} of those that stayed were red at some time too`;
	return [
		`In the ${windowDays} days before they left, ${percent(red.shareWarned)} were red, half of these for the first time ${days(red.firstDay.median)} before or earlier${alarms}`,
	];
}
