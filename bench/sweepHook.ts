import { writeFileSync } from 'node:fs';

// n8n loads this file itself (EXTERNAL_HOOK_FILES) and calls it when an execution begins and has ended. Meanwhile a
// timer notes when it was called too late, because something kept n8n's event loop, and how much memory n8n held.

type NodeRun = {
	startTime: number;
	executionTime: number;
	error?: { message: string };
	data?: { main: (unknown[] | null)[] };
};
type Run = {
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
};

/** What the bench reads back about one sweep. */
export type Sweep = {
	/** n8n's own time for the node that is measured. */
	ms: number;
	/** The longest time in which n8n could do nothing else while it ran. */
	blockMs: number;
	/** The most memory of n8n's process while it ran. */
	rssMB: number;
	/** Items per output. */
	counts: number[];
	/** n8n's own time for each node of the workflow. */
	times: Record<string, number>;
	error: string | undefined;
};

const EVERY_MS = 5;
const NODE = process.env.BENCH_NODE ?? '';
type Tick = { at: number; lateMs: number; rss: number };
let ticks: Tick[] = [];
let timer: NodeJS.Timeout | undefined;

function preExecute(): Promise<void> {
	ticks = [];
	let last = performance.now();
	timer = setInterval(() => {
		const now = performance.now();
		const lateMs = Math.max(0, now - last - EVERY_MS);
		last = now;
		ticks.push({ at: Date.now(), lateMs, rss: process.memoryUsage.rss() });
	}, EVERY_MS);
	return Promise.resolve();
}

function postExecute(run: Run | undefined): Promise<void> {
	clearInterval(timer);
	const file = process.env.BENCH_RESULT;
	const { runData, error } = run?.data.resultData ?? { runData: {}, error: undefined };
	const sweep = runData[NODE]?.[0];
	if (file === undefined) return Promise.resolve();
	const [from, ms] = [sweep?.startTime ?? 0, sweep?.executionTime ?? NaN];
	// a tick that comes late tells of the time before it, of which only what lies within counts: n8n's own work to take the
	// accounts over from the node before ends in the same turn in which the node begins
	const within = ({ at, lateMs }: Tick): number =>
		Math.min(at, from + ms) - Math.max(at - lateMs, from);
	const during = ticks.filter((tick) => within(tick) >= 0);
	const measured: Sweep = {
		ms,
		blockMs: Math.max(0, ...during.map(within)),
		rssMB: Math.max(0, ...during.map(({ rss }) => rss)) / 1024 ** 2,
		counts: (sweep?.data?.main ?? []).map((items) => items?.length ?? 0),
		times: Object.fromEntries(
			Object.entries(runData).map(([name, [run]]) => [name, run?.executionTime ?? NaN]),
		),
		error: sweep?.error?.message ?? error?.message,
	};
	writeFileSync(file, JSON.stringify(measured));
	return Promise.resolve();
}

export const workflow = { preExecute: [preExecute], postExecute: [postExecute] };
