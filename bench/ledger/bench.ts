import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../ledger/ledger';
import { openPostgresLedger } from '../../ledger/postgres';
import { openSqliteLedger } from '../../ledger/sqlite';
import { startPostgres } from '../../test/ledger/postgresServer';
import { claimOf, dayCap, enrollmentOf, numbered, T0, touchOf } from '../../test/ledger/rows';
import { median, note, report } from '../figures';
import { benchAdvance } from './advance';
import { dataTableUpserts } from './dataTable';

const ACCOUNTS = 100_000;
const TURNS = 3;

type Speeds = { enroll: number; claim: number; confirm: number };

export async function bench(): Promise<void> {
	await benchStores();
	await benchAdvance();
}

/**
 * What the ledger does in a second with 100,000 accounts, on each store, beside n8n's Data Table: each store is used as a
 * sweep uses it, caps and all, in as many turns as a median needs. No n8n execution stands around it, so no saving
 * of executions is in the figures.
 */
async function benchStores(): Promise<void> {
	const dataTableUpsert = await dataTableUpserts();
	note(`n8n's Data Table: ${dataTableUpsert.toFixed(0)} upserts a second`);
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	const postgres = await startPostgres();
	try {
		const stores: Record<string, (turn: number) => Ledger> = {
			sqlite: (turn) => openSqliteLedger(join(folder, `ledger-${turn}.sqlite`)),
			postgres: (turn) => openPostgresLedger(postgres.access, `turn${turn}_`),
		};
		for (const [store, open] of Object.entries(stores)) {
			const turns: Speeds[] = [];
			for (let turn = 0; turn < TURNS; turn++) turns.push(await speedsOf(open(turn)));
			for (const operation of ['enroll', 'claim', 'confirm'] as const) {
				report({
					figure: `ledger.${store}.${operation}`,
					value: Math.round(median(turns.map((speeds) => speeds[operation]))),
					unit: 'per second',
					peers: { dataTableUpsert: Math.round(dataTableUpsert) },
				});
			}
		}
	} finally {
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function speedsOf(ledger: Ledger): Promise<Speeds> {
	const accounts = numbered(ACCOUNTS, 'account-');
	const enrollments = accounts.map((id) => enrollmentOf(id));
	const claims = accounts.map((accountId) =>
		claimOf(touchOf(`onboarding/1/${accountId}/welcome/`, { accountId }), { caps: dayCap(T0) }),
	);
	await ledger.secret();
	const perSecond = async (work: () => Promise<readonly unknown[]>): Promise<number> => {
		const started = performance.now();
		const answers = await work();
		const seconds = (performance.now() - started) / 1000;
		if (answers.length !== ACCOUNTS) throw new Error('An answer is missing');
		return ACCOUNTS / seconds;
	};
	const enroll = await perSecond(async () => {
		const made = await ledger.enroll(enrollments);
		return made.filter(Boolean);
	});
	const claim = await perSecond(async () => {
		const results = await ledger.claim(claims, T0);
		return results.filter(({ claimed }) => claimed);
	});
	const confirm = await perSecond(async () => {
		const results = await ledger.confirm(
			claims.map(({ touch }) => touch.key),
			T0 + 1000,
		);
		return results.filter((result) => result === 'confirmed');
	});
	await ledger.close();
	return { enroll, claim, confirm };
}
