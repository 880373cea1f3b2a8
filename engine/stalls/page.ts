import { escapeHtml } from '../escalation/pack/html';
import type { StepFigures } from './report';

/** What a report is about. */
export type Covered = {
	/** Local dates of the program: customers who began then. */
	readonly from: string;
	readonly to: string;
	readonly accounts: number;
	/** Of these, those who reached first value or finished set-up. */
	readonly arrived: number;
};

const STYLE = {
	page: 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1f2937;max-width:720px',
	title: 'font-size:18px;margin:0 0 12px',
	table: 'border-collapse:collapse;width:100%',
	head: 'text-align:left;padding:4px 8px;border-bottom:1px solid #9ca3af;font-size:12px;color:#4b5563',
	cell: 'padding:4px 8px;border-bottom:1px solid #e5e7eb;vertical-align:middle',
	bar: 'display:inline-block;height:12px;background:#f97362',
};
/** Of the longest bar, in pixels. */
const LONGEST_BAR = 160;

/** What a mail says in its first line. */
export function stallSubject(steps: readonly StepFigures[], { accounts }: Covered): string {
	const [worst] = steps;
	if (accounts === 0) return 'Set-up: nobody began in this time';
	if (worst === undefined || worst.stalledShare === null)
		return `Set-up: ${counted(accounts)}, too few to tell where they stumble`;
	if (worst.stalled === 0) return `Set-up: ${counted(accounts)}, and nobody stalled`;
	return `Set-up: most customers stall at '${worst.title}' (${String(worst.stalled)} of ${String(worst.reached)})`;
}

/** The report as the body of a mail: a table with a bar for each step, nothing to load. */
export function stallPage(steps: readonly StepFigures[], covered: Covered): string {
	const { from, to, accounts, arrived } = covered;
	const most = Math.max(1, ...steps.map(({ stalled }) => stalled));
	const head = [
		'Step',
		'Stalled',
		'Share',
		'Stand there now',
		'Came to it',
		'Did it',
		'Median days',
	];
	return [
		`<div style="${STYLE.page}">`,
		`<h1 style="${STYLE.title}">${escapeHtml(stallSubject(steps, covered))}</h1>`,
		`<p>${escapeHtml(`${counted(accounts)} began from ${from} to ${to}; ${String(arrived)} of them have arrived: set-up done, or first value.`)}</p>`,
		...(accounts === 0
			? []
			: [
					`<table style="${STYLE.table}">`,
					`<tr>${head.map((one) => `<th style="${STYLE.head}">${one}</th>`).join('')}</tr>`,
					...steps.map((one) => rowOf(one, most)),
					'</table>',
				]),
		'</div>',
	].join('\n');
}

function rowOf(one: StepFigures, most: number): string {
	const { title, url, stalled, stalledShare, stuck, reached, completed, medianDays } = one;
	const name = url.startsWith('https://')
		? `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`
		: escapeHtml(title);
	const width = Math.round((stalled / most) * LONGEST_BAR);
	const bar = `<span style="${STYLE.bar};width:${String(width)}px"></span> ${String(stalled)}`;
	const cells = [
		name,
		bar,
		stalledShare === null ? 'too few' : `${String(Math.round(stalledShare * 100))} %`,
		String(stuck),
		String(reached),
		String(completed),
		medianDays === null ? 'too few' : String(medianDays),
	];
	return `<tr>${cells.map((cell) => `<td style="${STYLE.cell}">${cell}</td>`).join('')}</tr>`;
}

function counted(accounts: number): string {
	return accounts === 1 ? '1 customer' : `${String(accounts)} customers`;
}
