import { join } from 'node:path';
import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeCredentialDescription,
	type INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Ledger } from '../../ledger/ledger';
import { openPostgresLedger } from '../../ledger/postgres';
import { openSqliteLedger } from '../../ledger/sqlite';
import { parseConfiguration } from './problems';
import type { RunMode } from './runMode';

/** Live and test runs never share a file: what somebody tries in the editor cannot be seen by, or block, a customer's journey. */
const FILES: Record<RunMode, string> = {
	live: 'digital-cs.sqlite',
	test: 'digital-cs-test.sqlite',
};
const PREFIXES: Record<RunMode, string> = { live: 'dcs_', test: 'dcs_test_' };

/** Where the node remembers; the same choice on every node of a journey. */
export const ledgerProperty: INodeProperties = {
	displayName: 'Ledger',
	name: 'ledger',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'SQLite (Built In)',
			value: 'sqlite',
			description: "A file in n8n's user folder: nothing to set up, for one n8n process",
		},
		{
			name: 'Postgres',
			value: 'postgres',
			description: 'For queue mode and several n8n processes; makes its own tables (dcs_…)',
		},
	],
	default: 'sqlite',
	description: 'Where the journeys remember. The same on every node of a journey.',
};

export const ledgerCredential: INodeCredentialDescription = {
	name: 'postgres',
	required: true,
	displayOptions: { show: { ledger: ['postgres'] } },
};

const postgresCredential = z.looseObject({
	host: z.string().min(1, 'has no host'),
	port: z.coerce.number().int().default(5432),
	database: z.string().min(1, 'has no database'),
	user: z.string(),
	password: z.string().default(''),
	maxConnections: z.number().optional(),
	allowUnauthorizedCerts: z.boolean().default(false),
	ssl: z.string().default('disable'),
	sshTunnel: z
		.literal(false, {
			error: 'asks for an SSH tunnel, which the ledger does not use: give it a direct address',
		})
		.default(false),
});

/** Few are needed: a transaction takes milliseconds, and each process has this many. */
const CONNECTIONS = 10;

/** Where a node remembers, however it is asked: a trigger has no items. */
export type LedgerChoice = {
	node: INode;
	/** What `ledgerProperty` holds. */
	choice: unknown;
	credential: () => Promise<unknown>;
};

/** The ledger this node remembers in, for this kind of run. @throws as `openChosenLedger` does */
export async function openLedger(context: IExecuteFunctions, mode: RunMode): Promise<Ledger> {
	const choice = context.getNodeParameter('ledger', 0, 'sqlite');
	const credential = async (): Promise<unknown> => await context.getCredentials('postgres');
	return await openChosenLedger({ node: context.getNode(), choice, credential }, mode);
}

/**
 * A file in n8n's user folder, or the Postgres of the credential.
 * @throws NodeOperationError for SQLite in queue mode, where workers on other machines would each see a file of their
 * own, and for a credential that cannot be used
 */
export async function openChosenLedger(
	{ node, choice, credential }: LedgerChoice,
	mode: RunMode,
): Promise<Ledger> {
	if (choice !== 'postgres') return openFile(node, mode);
	const { maxConnections, allowUnauthorizedCerts, ssl, ...access } = parseConfiguration(
		node,
		'Postgres credential',
		postgresCredential,
		await credential(),
	);
	const { host, port, database, user, password } = access;
	return openPostgresLedger(
		{
			host,
			port,
			database,
			user,
			password,
			max: Math.min(CONNECTIONS, maxConnections ?? CONNECTIONS),
			ssl: allowUnauthorizedCerts ? { rejectUnauthorized: false } : ssl !== 'disable',
		},
		PREFIXES[mode],
	);
}

function openFile(node: INode, mode: RunMode): Ledger {
	const { EXECUTIONS_MODE, N8N_USER_FOLDER, HOME, USERPROFILE } = process.env;
	if (EXECUTIONS_MODE === 'queue') {
		throw new NodeOperationError(node, 'The SQLite ledger does not work in queue mode', {
			description:
				"Each worker would keep a memory of its own, and customers would be contacted twice. Choose Postgres as 'Ledger', on every node of the journey.",
		});
	}
	return openSqliteLedger(
		join(N8N_USER_FOLDER ?? HOME ?? USERPROFILE ?? process.cwd(), '.n8n', FILES[mode]),
	);
}
