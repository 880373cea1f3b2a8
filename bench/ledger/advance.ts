import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { median, note, report } from '../figures';
import { benchNode as node, seconds, TOLD, withSweeps, worst, type Sweep } from '../sweeps';
import {
	ACCOUNTS_CODE,
	BETWEEN_SWEEPS,
	DUE_SHARE,
	journeyParameters,
	NOW,
	seed,
	STEPS,
} from './customers';

const ACCOUNTS = 100_000;
const SIZES = [10_000, 100_000, 1_000_000];
const TURNS = 3;

/**
 * *Advance* over 100,000 enrolled accounts of which 5 % have a mail due, in one execution of the real n8n that saves
 * nothing of it; then the same while a second process writes to the ledger's file without a pause.
 */
export async function benchAdvance(): Promise<void> {
	const journey = node(
		'Customer Journey',
		'n8n-nodes-digital-cs.customerJourney',
		1,
		journeyParameters(`={{ ${TOLD}.now }}`),
	);
	const toSweep = {
		name: 'sweep',
		accounts: `const [from, to] = [0, ${ACCOUNTS}];\n${ACCOUNTS_CODE}`,
		node: journey,
		outputs: STEPS.map(({ output }) => output),
		seed: async (folder: string) => {
			note(`Filling a ledger with ${ACCOUNTS} accounts`);
			await seed(folder, ACCOUNTS);
		},
	};
	await withSweeps(toSweep, async (sweepAt, folder) => {
		let turn = 0;
		const sweep = async (): Promise<Sweep> => {
			const now = NOW + BETWEEN_SWEEPS * turn++;
			const swept = await sweepAt({ now: new Date(now).toISOString() });
			checkDue(swept.counts, ACCOUNTS);
			return swept;
		};
		const sweeps: Sweep[] = [];
		while (sweeps.length < TURNS) sweeps.push(await sweep());
		const writer = fork(join(__dirname, 'writer.ts'), [folder], {
			execArgv: ['--import', 'tsx', '--no-warnings'],
		});
		await once(writer, 'message');
		const disturbed: Sweep[] = [];
		while (disturbed.length < TURNS) disturbed.push(await sweep());
		writer.send('stop');
		const [rows] = z
			.tuple([z.number()])
			.rest(z.unknown())
			.parse(await once(writer, 'message'));
		note(`Sweeps: ${JSON.stringify(sweeps)}`);
		note(`While another process wrote ${rows} rows: ${JSON.stringify(disturbed)}`);
		const middle = (of: readonly Sweep[]): number => seconds(median(of.map(({ ms }) => ms)));
		report({
			figure: 'journey.advance.100k',
			value: middle(sweeps),
			unit: 's',
			peers: { besideWriter: middle(disturbed) },
		});
		report({
			figure: 'journey.advance.rss',
			value: worst(sweeps, 'rssMB'),
			unit: 'MB',
			peers: { besideWriter: worst(disturbed, 'rssMB') },
		});
		report({
			figure: 'journey.advance.block',
			value: worst([...sweeps, ...disturbed], 'blockMs'),
			unit: 'ms',
			peers: { alone: worst(sweeps, 'blockMs') },
		});
	});
	await benchGrowth();
}

/** A sweep that hands out anything but what is due measures something else. */
function checkDue(counts: readonly number[], accounts: number): void {
	const due = counts.slice(1).reduce((sum, count) => sum + count, 0);
	if (due !== accounts * DUE_SHARE)
		throw new Error(`The sweep handed out ${due} touches of ${accounts * DUE_SHARE}`);
}

/** How time grows with the number of accounts, each number in a process of its own: 1 means in proportion. */
async function benchGrowth(): Promise<void> {
	const times = new Map<number, number>();
	for (const accounts of SIZES) {
		note(`One execution of ${accounts} accounts`);
		const child = fork(join(__dirname, 'growth.ts'), [String(accounts)], {
			execArgv: ['--import', 'tsx', '--no-warnings', '--max-old-space-size=16384'],
		});
		const [answer] = (await once(child, 'message')) as unknown[];
		const { ms, counts, rssMB } = z
			.object({ ms: z.number(), counts: z.array(z.number()), rssMB: z.number() })
			.parse(answer);
		checkDue(counts, accounts);
		note(`${accounts} accounts: ${Math.round(ms)} ms, ${Math.round(rssMB)} MB`);
		times.set(accounts, ms);
	}
	const [least = NaN, most = NaN] = [SIZES[0], SIZES.at(-1)];
	const growth = (times.get(most) ?? NaN) / (times.get(least) ?? NaN);
	const exponent = Math.log(growth) / Math.log(most / least);
	report({
		figure: 'journey.advance.exponent',
		value: Math.round(exponent * 1000) / 1000,
		unit: 'exponent',
	});
}
