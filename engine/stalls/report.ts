import { DAY_MS } from '../calendar/zone';
import type { ChecklistItem } from '../journeys/progress';
import type { Reason } from '../journeys/memory';
import { walk, type Walk } from './walk';

/** What customers went through at one set-up step. */
export type StepFigures = ChecklistItem & {
	/** Where it stands in the checklist, and among those at which customers stumble; 1 first. */
	readonly place: number;
	readonly rank: number;
	/** Accounts that came to it, and what became of them. */
	readonly reached: number;
	readonly completed: number;
	readonly stalled: number;
	/** Of those who reached it, 0 to 1; null where these are too few to tell. */
	readonly stalledShare: number | null;
	/** Accounts that stand there now. */
	readonly stuck: number;
	/** Median of those who completed it, in days; null where these are too few to tell. */
	readonly medianDays: number | null;
	readonly reasons: readonly Reason[];
};

/**
 * At which set-up steps customers stumble (R29), the one at which the most do first; among equals the larger share, then the
 * earlier step. Steps that too few reached come last: of five customers one is an accident.
 * @param least how many accounts a share or a median needs
 */
export function stallReport(
	checklist: readonly ChecklistItem[],
	walks: readonly Walk[],
	{ stallDays, least }: { stallDays: number; least: number },
): StepFigures[] {
	const names = checklist.map(({ step }) => step);
	const ways = walks.map((one) => walk(names, one, stallDays));
	const figures = checklist.map((item, index) => {
		const here = ways.flatMap((way) => way.get(item.step) ?? []);
		const count = (is: (one: (typeof here)[number]) => boolean): number => here.filter(is).length;
		const took = here.flatMap(({ tookMs }) => tookMs ?? []).toSorted((a, b) => a - b);
		const [reached, stalled] = [here.length, count((one) => one.stalled)];
		const known = reached >= least;
		return {
			...item,
			place: index + 1,
			reached,
			completed: count((one) => one.completed),
			stalled,
			stalledShare: known ? Math.round((stalled / reached) * 1000) / 1000 : null,
			stuck: count((one) => one.stuck),
			medianDays: took.length >= least ? inDays(median(took)) : null,
		};
	});
	return figures
		.toSorted(
			(a, b) =>
				Number(a.stalledShare === null) - Number(b.stalledShare === null) ||
				b.stalled - a.stalled ||
				(b.stalledShare ?? 0) - (a.stalledShare ?? 0) ||
				a.place - b.place,
		)
		.map((one, index) => ({ ...one, rank: index + 1, reasons: [sayStep(one, least)] }));
}

function median(sorted: readonly number[]): number {
	const half = sorted.length >> 1;
	const upper = sorted[half] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

function inDays(ms: number): number {
	return Math.round((ms / DAY_MS) * 10) / 10;
}

function sayStep(
	{ title, reached, stalled, stalledShare, medianDays }: Omit<StepFigures, 'rank' | 'reasons'>,
	least: number,
): Reason {
	if (stalledShare === null) {
		const text = `Only ${String(reached)} ${reached === 1 ? 'customer' : 'customers'} came to '${title}': ${String(least)} are needed to tell`;
		return { code: 'too_few', reached, least, text };
	}
	const took =
		medianDays === null
			? ''
			: `; half of those who did it took ${String(medianDays)} ${medianDays === 1 ? 'day' : 'days'} or less`;
	const text = `${String(stalled)} of ${String(reached)} customers stalled at '${title}' (${String(Math.round(stalledShare * 100))} %)${took}`;
	return { code: 'stalled_at', stalled, reached, share: stalledShare, medianDays, text };
}
