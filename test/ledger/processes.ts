import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod/v4';

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
