import { freshDatabase, startPostgres, type PostgresServer } from '../ledger/postgresServer';
import { crashCases } from './crashes.cases';

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
	server = await startPostgres();
}, 60_000);

afterAll(async () => {
	await server.stop();
});

crashCases('Postgres', async () => {
	databases++;
	return await freshDatabase(server, `crash_${String(databases)}`);
});
