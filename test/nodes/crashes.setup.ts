import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import * as opening from '../../nodes/platform/openLedger';
import { connectionsOf, runWorkflow, type TestNode, type Wire } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import { startMailServer, type MailServer } from '../services/mail/mailServer';
import { account, freshUserFolder, closeLedgers, JOURNEY } from './CustomerJourney.setup';

/**
 * A process that dies at one boundary of the ledger, before or after one of its operations, in the middle of a sweep; it
 * is started again, and the sweeps of the following hours run.
 */

/** One process: it dies at one of its boundaries, and nothing of it comes back, as if the power had gone. */
class Life {
	boundaries = 0;
	private isOver = false;
	private die: () => void = () => undefined;
	readonly death = new Promise<void>((resolve) => {
		this.die = resolve;
	});

	/** @param diesAt 0 for never */
	constructor(private readonly diesAt: number) {}

	async boundary(): Promise<void> {
		this.boundaries++;
		if (this.boundaries === this.diesAt) {
			this.isOver = true;
			this.die();
		}
		if (this.isOver) await new Promise(() => undefined);
	}
}

let life = new Life(0);

/** The ledger as the present process has it, with a boundary before and after each operation. */
function onTheEdge(ledger: Ledger): Ledger {
	const mine = life;
	return new Proxy(ledger, {
		get: (target, name, receiver): unknown => {
			const operation: unknown = Reflect.get(target, name, receiver);
			if (typeof operation !== 'function') return operation;
			return async (...given: unknown[]): Promise<unknown> => {
				await mine.boundary();
				const answer: unknown = await Reflect.apply(operation, target, given);
				await mine.boundary();
				return answer;
			};
		},
	});
}

/** Monday, 10:00 in Berlin; everything that is due can go at once. */
const START = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;

/** Welcome, set-up guide, a hand-over for somebody who cannot be written to, and one that is held for the cap. */
const ACCOUNTS: IDataObject[] = [
	account('new'),
	account('second'),
	account('guide', { createdAt: '2026-02-27T10:00:00' }),
	account('mute', {
		contacts: [{ email: 'x@mute.example', role: 'admin', unsubscribed: true }],
	}),
	account('shared', {
		contacts: [{ email: 'admin@guide.example', name: 'Ada', role: 'admin' }],
		createdAt: '2026-02-27T10:00:00',
	}),
];

/** The mails that each run without a crash leads to. */
export const EXPECTED_MAILS = [
	'reach-by-hand mute',
	'set-up-guide guide',
	'welcome new',
	'welcome second',
];

export type Sender = { nodes: TestNode[]; wires: Wire[]; types: Record<string, INodeType> };

/** A Postgres that nobody has used, as n8n's credential leads to it; none where the nodes are to use the file. */
export type FreshPostgres = () => Promise<ICredentialDataDecryptedObject | undefined>;

let mail: MailServer;
let http: Server;
let posted: string[] = [];
let used: Ledger | undefined;
let postgres: ICredentialDataDecryptedObject | undefined;

/** For the tests of a file: the sinks, and ledgers that can lose power. */
export function startSinks(): void {
	beforeAll(async () => {
		mail = await startMailServer();
		http = createServer((request, response) => {
			posted.push(String(request.headers['idempotency-key']));
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(http, 'listening');
		const { openLedger } = opening;
		jest.spyOn(opening, 'openLedger').mockImplementation(async (...given) => {
			used = await openLedger(...given);
			return onTheEdge(used);
		});
	});

	afterAll(async () => {
		jest.restoreAllMocks();
		await mail.close();
		http.close();
	});

	afterEach(async () => {
		await restart();
		await closeLedgers();
	});
}

/** A restart: connections are made anew, what is stored stays. */
async function restart(): Promise<void> {
	await used?.close();
	used = undefined;
}

/** Sweeps at the start on an empty ledger, which may die there, and in the hours after it; says how many boundaries it crossed. */
export async function story(
	sender: Sender,
	diesAt: number,
	freshPostgres: FreshPostgres,
): Promise<number> {
	await restart();
	await closeLedgers();
	freshUserFolder();
	postgres = await freshPostgres();
	mail.received.length = 0;
	posted = [];
	const boundaries = await sweep(sender, START, diesAt);
	await restart();
	for (let hour = 1; hour <= 4; hour++) await sweep(sender, START + hour * HOUR);
	return boundaries;
}

/** One sweep in a process of its own; resolves when it is over, or when that dies, with how many boundaries were crossed. */
async function sweep(sender: Sender, at: number, diesAt = 0): Promise<number> {
	life = new Life(diesAt);
	const { death } = life;
	const now = new Date(at).toISOString();
	const nodes: TestNode[] = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{ name: 'Accounts', type: 'test.items' },
		{
			name: JOURNEY,
			type: 'n8n-nodes-digital-cs.customerJourney',
			parameters: { team: 'team@vendor.example', options: { timezone: 'Europe/Berlin' } },
		},
		...sender.nodes,
	];
	const ledger = postgres === undefined ? 'sqlite' : 'postgres';
	const over = runWorkflow({
		mode: 'trigger',
		settings: { timezone: 'Europe/Berlin' },
		nodes: nodes.map((node) => ({
			...node,
			credentials: { smtp: { id: '1', name: 'SMTP' }, postgres: { id: '2', name: 'Postgres' } },
			parameters: {
				...node.parameters,
				ledger,
				options: { ...(node.parameters?.options as object), now },
			},
		})),
		connections: connectionsOf([
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: JOURNEY },
			...sender.wires,
		]),
		nodeTypes: {
			'n8n-nodes-digital-cs.customerJourney': new CustomerJourney(),
			'n8n-nodes-digital-cs.journeyLedger': new JourneyLedger(),
			...sender.types,
		},
		credentials: { smtp: smtp(), ...(postgres === undefined ? {} : { postgres }) },
		sources: { Accounts: ACCOUNTS },
	}).then(({ error }) => {
		if (error !== undefined) throw error;
	});
	await Promise.race([death, over]);
	return life.boundaries;
}

function smtp(): ICredentialDataDecryptedObject {
	const login = { user: '', password: '', hostName: '' };
	return { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true, ...login };
}

const OUTPUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Journey Email behind every output, as the template has it. */
export function byMail(fateUnknown: 'hold' | 'sendAgain'): Sender {
	return {
		nodes: OUTPUTS.map((output) => ({
			name: `Mail ${String(output)}`,
			type: 'n8n-nodes-digital-cs.journeyEmail',
			parameters: {
				fromEmail: 'success@vendor.example',
				subject: '{{ journey.step }} {{ account.accountId }}',
				message: 'Hello',
				options: { fateUnknown },
			},
		})),
		wires: OUTPUTS.map((output) => ({ from: JOURNEY, output, to: `Mail ${String(output)}` })),
		types: { 'n8n-nodes-digital-cs.journeyEmail': new JourneyEmail() },
	};
}

/** A node that posts each item with its key, as HTTP Request does, and Confirm Touch behind it. */
export function byHttp(): Sender {
	const poster: INodeType = {
		description: { ...noOp.description, name: 'httpRequest' },
		async execute() {
			const mine = life;
			const address = http.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			for (const { json } of this.getInputData()) {
				const { key } = json.journey as { key: string };
				await fetch(`http://127.0.0.1:${String(port)}`, {
					method: 'POST',
					headers: { 'idempotency-key': key },
				});
				await mine.boundary();
			}
			return [this.getInputData()];
		},
	};
	return {
		nodes: OUTPUTS.flatMap((output) => [
			{ name: `Post ${String(output)}`, type: 'n8n-nodes-base.httpRequest', parameters: {} },
			{
				name: `Confirm ${String(output)}`,
				type: 'n8n-nodes-digital-cs.journeyLedger',
				parameters: { operation: 'confirmTouch' },
			},
		]),
		wires: OUTPUTS.flatMap((output) => [
			{ from: JOURNEY, output, to: `Post ${String(output)}` },
			{ from: `Post ${String(output)}`, to: `Confirm ${String(output)}` },
		]),
		types: { 'n8n-nodes-base.httpRequest': poster },
	};
}

/** What each mail is about, and under which Message-ID, as often as it arrived. */
export const mails = (): { about: string; id: string }[] =>
	mail.received.map(({ headers }) => {
		const value = (header: string): string =>
			headers.find(({ name }) => name.toLowerCase() === header)?.value ?? '';
		return { about: value('subject'), id: value('message-id') };
	});

/** The idempotency keys that were posted, as often as they arrived. */
export const posts = (): readonly string[] => posted;
