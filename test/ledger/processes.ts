import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { Ledger } from '../../ledger/ledger';
import { FALLBACK } from './caseRows';
import { numbered, T0 } from './rows';

/** Starts `process.ts <task> <place>` and waits until it is ready; it begins at the first message. */
export async function startProcess(task: string, place: string): Promise<ChildProcess> {
	const child = fork(join(__dirname, 'process.ts'), [task, place], {
		execArgv: ['--import', 'tsx', '--no-warnings'],
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	await once(child, 'message');
	return child;
}

export async function messageOf(child: ChildProcess): Promise<unknown> {
	return await new Promise((resolve) => child.once('message', resolve));
}

export async function answerOf<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
	child.send('go');
	return z.object({ answer: schema }).parse(await messageOf(child)).answer;
}

/** What the task `race` answers. */
export const raced = z.object({
	secret: z.string().min(40),
	enrolled: z.array(z.string()),
	claimed: z.array(z.string()),
	handedOver: z.array(z.string()),
	capped: z.number(),
});

/** Accounts that several processes route at once, and who has room for how many of them. */
export const ROUTE_SIZE = 1000;
export const ROOMS = { 'a@vendor.example': 400, 'b@vendor.example': 123, 'c@vendor.example': 1 };

/** Eight processes route the same accounts at once; then every account has one open case with the reasons of all (P08). */
export async function eightThatRoute(
	start: (task: string) => Promise<ChildProcess>,
	open: () => Ledger,
): Promise<void> {
	const eight = await Promise.all(numbered(8).map(() => start('route')));
	const routed = z.object({
		opened: z.array(z.number()),
		joined: z.number(),
		most: z.record(z.string(), z.number()),
	});
	const answers = await Promise.all(eight.map((child) => answerOf(child, routed)));
	const opened = answers.flatMap((answer) => answer.opened).sort((a, b) => a - b);
	expect(opened).toEqual(numbered(ROUTE_SIZE).map((_id, index) => index + 1));
	expect(answers.reduce((sum, { joined }) => sum + joined, 0)).toBe(7 * ROUTE_SIZE);
	for (const { most } of answers)
		for (const [who, room] of Object.entries(ROOMS))
			expect(most[who] ?? 0).toBeLessThanOrEqual(room);

	const ledger = open();
	const accountIds = numbered(ROUTE_SIZE, 'routed');
	const { cases, loads } = await ledger.cases({ accountIds, loads: true, now: T0 });
	const { log, events } = await ledger.timeline(accountIds);
	await ledger.close();
	expect(cases.filter((one) => one.open)).toHaveLength(ROUTE_SIZE);
	expect(cases.map(({ accountId }) => accountId).sort()).toEqual([...accountIds].sort());
	const by = eight.map(({ pid }) => String(pid)).sort();
	for (const { accountId, reasons } of cases)
		expect(reasons.map(({ key }) => key).sort()).toEqual(by.map((pid) => `${pid}/${accountId}`));
	const left = ROUTE_SIZE - Object.values(ROOMS).reduce((sum, room) => sum + room, 0);
	expect(Object.fromEntries([...loads].map(([who, load]) => [who, load.cases]))).toEqual({
		...ROOMS,
		[FALLBACK]: left,
	});
	expect([log.length, events.length]).toEqual([ROUTE_SIZE, ROUTE_SIZE]);
}
