import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { openMemoryLedger } from '../../ledger/sqlite';
import type { Ledger } from '../../ledger/ledger';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import * as opening from '../../nodes/platform/openLedger';
import { freshDatabase, startPostgres, type PostgresServer } from '../ledger/postgresServer';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { sweep, type Racer, type Sweep, type Swept } from './races.setup';
import { routeOnce, type Routed, type Routing } from './routeRaces.setup';

/** The three stores for a suite of races, and n8n processes that race on the two that several can share. */

export const STORES = ['memory', 'SQLite', 'Postgres'] as const;
export type Store = (typeof STORES)[number];
export const SHARED = ['SQLite', 'Postgres'] as const satisfies Store[];

/** Executions that begin together; what each of them handed out, in any order. */
export type Race = (sweeps: Sweep[]) => Promise<Swept[]>;
/** The same with the Escalation Router. */
export type RouteRace = (routings: Routing[]) => Promise<Routed[]>;

let postgres: PostgresServer;
let databases = 0;
let used: Ledger | undefined;
const children: ChildProcess[] = [];

/** For the tests of a file: Postgres, and so many processes. */
export function startStores(processes: number): void {
	// n8n-core makes itself a key in the user folder when it is loaded
	const userFolder = mkdtempSync(join(tmpdir(), 'race-'));

	beforeAll(async () => {
		postgres = await startPostgres();
		for (let started = 0; started < processes; started++) {
			children.push(
				fork(join(__dirname, 'races.process.ts'), [], {
					execArgv: ['--import', 'tsx', '--no-warnings'],
					stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
					env: { ...process.env, N8N_USER_FOLDER: userFolder },
				}),
			);
		}
		await Promise.all(children.map((child) => once(child, 'message')));
	}, 60_000);

	afterAll(async () => {
		for (const child of children) child.kill('SIGKILL');
		await postgres.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	beforeEach(freshUserFolder);

	afterEach(async () => {
		jest.restoreAllMocks();
		await used?.close();
		used = undefined;
		await closeLedgers();
	});
}

/** The nodes on a ledger that nobody has used. */
export async function fresh(store: Store): Promise<Racer> {
	jest.restoreAllMocks();
	await used?.close();
	freshUserFolder();
	const { openLedger } = opening;
	const memory = store === 'memory' ? openMemoryLedger() : undefined;
	jest
		.spyOn(opening, 'openLedger')
		.mockImplementation(async (...given) => (used = memory ?? (await openLedger(...given))));
	databases++;
	return {
		journey: new CustomerJourney(),
		ledger: new JourneyLedger(),
		router: new EscalationRouter(),
		...(store === 'Postgres'
			? { postgres: await freshDatabase(postgres, `race_${String(databases)}`) }
			: {}),
	};
}

/** The ledger that the nodes of this process last opened. */
export function ledgerInUse(): Ledger {
	if (used === undefined) throw new Error('No node opened a ledger');
	return used;
}

export const inOneProcess =
	(racer: Racer): Race =>
	async (sweeps) =>
		await Promise.all(sweeps.map((one) => sweep(racer, one)));

export const routingInOneProcess =
	(racer: Racer): RouteRace =>
	async (routings) =>
		await Promise.all(routings.map((one) => routeOnce(racer, one)));

const answer = z.object({
	swept: z.array(
		z.object({ emitted: z.array(z.string()), confirmed: z.number(), recorded: z.number() }),
	),
	routed: z.array(
		z.object({
			emitted: z.array(z.string()),
			confirmed: z.number(),
			counts: z.array(z.number()),
		}),
	),
});
/** What made it fail. */
const problem = z.object({ problem: z.string() });
type Work = { sweeps: Sweep[]; routings: Routing[] };

/** Shared out among n8n processes, each with its own connection to the ledger. */
async function shareOut(
	{ postgres: access }: Racer,
	{ sweeps, routings }: Work,
): Promise<z.infer<typeof answer>[]> {
	const own = <T>(all: readonly T[], child: number): T[] =>
		all.filter((_one, position) => position % children.length === child);
	const answers = children.map(async (child, index) => {
		const told = new Promise<unknown>((resolve) => child.once('message', resolve));
		child.send({
			userFolder: process.env.N8N_USER_FOLDER,
			postgres: access,
			sweeps: own(sweeps, index),
			routings: own(routings, index),
		});
		const got = await told;
		const failed = problem.safeParse(got);
		if (failed.success) throw new Error(failed.data.problem);
		return answer.parse(got);
	});
	return await Promise.all(answers);
}

export const inManyProcesses =
	(racer: Racer): Race =>
	async (sweeps) =>
		(await shareOut(racer, { sweeps, routings: [] })).flatMap(({ swept }) => swept);

export const routingInManyProcesses =
	(racer: Racer): RouteRace =>
	async (routings) =>
		(await shareOut(racer, { sweeps: [], routings })).flatMap(({ routed }) => routed);

/** Tells what was counted: the suites run silently. */
export function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}
