import { writeFileSync } from 'node:fs';

// n8n loads this file itself (EXTERNAL_HOOK_FILES) and calls it when an execution has ended, with everything each node
// gave still in memory: so node times are n8n's own, nothing has to be saved for them, and results can be compared.

type Item = {
	json: {
		health?: { score: number | null; band: string; reasons: { signal?: string; text: string }[] };
	};
};
type NodeRun = {
	executionTime: number;
	error?: { message: string };
	data?: { main: (Item[] | null)[] };
};
type Run = {
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
};

/** What the bench reads back. */
export type Measured = {
	times: Record<string, number>;
	counts: Record<string, number[]>;
	error: string | undefined;
	/** Accounts that Health Score and the other node see differently: another score, band, or sentence about a signal. */
	differences: Record<string, number>;
};

function postExecute(run: Run | undefined, workflow: { name: string }): Promise<void> {
	const file = process.env.BENCH_RESULT;
	if (run === undefined || file === undefined || workflow.name !== 'Bench: nodes')
		return Promise.resolve();
	const { runData, error } = run.data.resultData;
	const measured: Measured = { times: {}, counts: {}, error: error?.message, differences: {} };
	for (const [name, [first]] of Object.entries(runData)) {
		if (first === undefined) continue;
		measured.times[name] = first.executionTime;
		measured.counts[name] = (first.data?.main ?? []).map((items) => items?.length ?? 0);
		measured.error ??= first.error?.message;
	}
	const itemsOf = (name: string): Item[] => runData[name]?.[0]?.data?.main[0] ?? [];
	const ours = itemsOf('Health Score 1');
	for (const name of ['Code 1', 'Set'])
		measured.differences[name] = differences(ours, itemsOf(name));
	const red = ours.filter(({ json }) => json.health?.band === 'red');
	measured.differences.If = Math.abs(red.length - itemsOf('If').length);
	writeFileSync(file, JSON.stringify(measured));
	return Promise.resolve();
}

function differences(ours: Item[], theirs: Item[]): number {
	if (ours.length !== theirs.length) return Math.max(ours.length, theirs.length);
	const said = ({ json }: Item): string => {
		const lowering = (json.health?.reasons ?? []).filter(({ text }) =>
			text.includes('which earns'),
		);
		return [json.health?.score, json.health?.band, ...lowering.map(({ text }) => text)].join('|');
	};
	return ours.filter((item, index) => {
		const other = theirs[index];
		return other === undefined || said(item) !== said(other);
	}).length;
}

export const workflow = { postExecute: [postExecute] };
