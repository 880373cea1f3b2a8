import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod/v4';

const ITEMS = 100_000;
/** n8n answers nothing else while a piece of work runs. In ms of processor time. */
const piece = z.number().positive().max(1_000);
const foundSchema = z.object({
	known: z.number(),
	verdict: z.enum(['better', 'no_better', 'nothing_to_learn']),
	toRead: piece,
	toTest: piece,
	toLearn: piece,
});

describe('100,000 items are backtested and calibrated, and never hold n8n up for a second', () => {
	it.each([
		['as a snapshot of as many accounts', 'snapshot', ITEMS],
		['as histories a week apart, by a model that compares with memory', '7', ITEMS / 50],
		['as histories a day apart, with lead time', '1', ITEMS / 50],
	])('%s', (_how, kind, accounts) => {
		const script = join(__dirname, 'study.process.ts');
		const told = execFileSync(process.execPath, ['--import', 'tsx', script, kind], {
			env: { ...process.env, NODE_OPTIONS: '' },
			encoding: 'utf8',
		});
		const { known } = foundSchema.parse(JSON.parse(told));
		expect(known).toBe(accounts);
	});
});
