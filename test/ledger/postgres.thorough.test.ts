import { openPostgresLedger } from '../../ledger/postgres';
import { ledgerContract } from './contract';
import { startPostgres, type PostgresServer } from './postgresServer';

let server: PostgresServer;
let ledgers = 0;

beforeAll(async () => {
	server = await startPostgres();
}, 60_000);

afterAll(async () => {
	await server.stop();
});

ledgerContract('Postgres', async () => {
	ledgers += 1;
	return await Promise.resolve(openPostgresLedger(server.access, `t${ledgers}_`));
});
