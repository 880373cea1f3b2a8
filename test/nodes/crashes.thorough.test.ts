import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import { connectionsOf, runWorkflow, type TestNode, type Wire } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import { startMailServer, type MailServer } from '../services/mail/mailServer';
import { account, closeLedgers, freshUserFolder, JOURNEY, ledgerOf } from './CustomerJourney.setup';

/**
 * The process dies at each boundary of the ledger, before and after each of its operations, in the middle of a sweep; it
 * is started again, and the sweeps of the following hours run. Nobody is lost, and nobody is written to under two keys.
 */

/** Lets a process die at one boundary: from then on nothing of it comes back, as if the power had gone. */
const power = { boundary: 0, diesAt: 0, died: (): void => undefined };

async function boundary(): Promise<void> {
	power.boundary++;
	if (power.boundary === power.diesAt) power.died();
	if (power.diesAt > 0 && power.boundary >= power.diesAt) await new Promise(() => undefined);
}

/** The ledger as it is, with a boundary before and after each operation. */
function onTheEdge(ledger: Ledger): Ledger {
	return new Proxy(ledger, {
		get: (target, name, receiver): unknown => {
			const operation: unknown = Reflect.get(target, name, receiver);
			if (typeof operation !== 'function') return operation;
			return async (...given: unknown[]): Promise<unknown> => {
				await boundary();
				const answer: unknown = await Reflect.apply(operation, target, given);
				await boundary();
				return answer;
			};
		},
	});
}

jest.mock('../../nodes/platform/openLedger', () => {
	const actual: typeof import('../../nodes/platform/openLedger') = jest.requireActual(
		'../../nodes/platform/openLedger',
	);
	return {
		...actual,
		openLedger: async (...given: Parameters<typeof actual.openLedger>) =>
			onTheEdge(await actual.openLedger(...given)),
	};
});

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

type Sender = { nodes: TestNode[]; wires: Wire[]; types: Record<string, INodeType> };

/** One sweep; resolves when it is over, or when the power goes. */
async function sweep(sender: Sender, at: number): Promise<void> {
	const now = new Date(at).toISOString();
	const timed = sender.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, options: { ...(node.parameters?.options as object), now } },
	}));
	const gone = new Promise<void>((resolve) => {
		power.died = resolve;
	});
	const over = runWorkflow({
		mode: 'trigger',
		settings: { timezone: 'Europe/Berlin' },
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Accounts', type: 'test.items' },
			{
				name: JOURNEY,
				type: 'n8n-nodes-digital-cs.customerJourney',
				parameters: { team: 'team@vendor.example', options: { timezone: 'Europe/Berlin', now } },
			},
			...timed,
		],
		connections: connectionsOf([
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: JOURNEY },
			...sender.wires,
		]),
		nodeTypes: {
			'n8n-nodes-digital-cs.customerJourney': new CustomerJourney(),
			'n8n-nodes-digital-cs.journeyLedger': new JourneyLedger(),
			'n8n-nodes-base.noOp': noOp,
			...sender.types,
		},
		credentials: { smtp: smtp() },
		sources: { Accounts: ACCOUNTS },
	}).then(({ error }) => {
		if (error !== undefined) throw error;
	});
	await Promise.race([gone, over]);
}

/** Sweeps at the start, which may die, and in the hours after it. */
async function story(sender: Sender, diesAt: number): Promise<number> {
	Object.assign(power, { boundary: 0, diesAt });
	await sweep(sender, START);
	const boundaries = power.boundary;
	Object.assign(power, { boundary: 0, diesAt: 0 });
	await closeLedgersKeepingFiles();
	for (let hour = 1; hour <= 4; hour++) await sweep(sender, START + hour * HOUR);
	return boundaries;
}

/** As a restart does: connections are made anew, files stay. */
async function closeLedgersKeepingFiles(): Promise<void> {
	await ledgerOf('live').close();
}

let mail: MailServer;
let http: Server;
let posted: string[] = [];

function smtp(): ICredentialDataDecryptedObject {
	const login = { user: '', password: '', hostName: '' };
	return { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true, ...login };
}

beforeAll(async () => {
	mail = await startMailServer();
	http = createServer((request, response) => {
		posted.push(String(request.headers['idempotency-key']));
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(http, 'listening');
});

afterAll(async () => {
	await mail.close();
	http.close();
});

beforeEach(() => {
	freshUserFolder();
	mail.received.length = 0;
	posted = [];
});

afterEach(closeLedgers);

const OUTPUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Journey Email behind every output, as the template has it. */
function byMail(fateUnknown: 'hold' | 'sendAgain'): Sender {
	return {
		nodes: OUTPUTS.map((output) => ({
			name: `Mail ${String(output)}`,
			type: 'n8n-nodes-digital-cs.journeyEmail',
			credentials: { smtp: { id: 'smtp', name: 'smtp' } },
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
function byHttp(): Sender {
	const poster: INodeType = {
		description: { ...noOp.description, name: 'httpRequest' },
		async execute() {
			const address = http.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			for (const { json } of this.getInputData()) {
				const { key } = json.journey as { key: string };
				await fetch(`http://127.0.0.1:${String(port)}`, {
					method: 'POST',
					headers: { 'idempotency-key': key },
				});
				await boundary();
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
const mails = (): { about: string; id: string }[] =>
	mail.received.map(({ headers }) => ({
		about: headers.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '',
		id: headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value ?? '',
	}));

/** Everything each run without a crash leads to. */
const EXPECTED_MAILS = [
	'reach-by-hand mute',
	'set-up-guide guide',
	'welcome new',
	'welcome second',
];

describe('a process that dies at each boundary of the ledger', () => {
	it.each(['sendAgain', 'hold'] as const)(
		'sends by mail (%s): nobody is lost, no mail has two Message-IDs, and only what was in the air arrives twice',
		async (fate) => {
			const boundaries = await story(byMail(fate), 0);
			const about = [...new Set(mails().map((one) => one.about))].sort();
			expect(about).toEqual(expect.arrayContaining(EXPECTED_MAILS));
			expect(mails()).toHaveLength(about.length);
			expect(boundaries).toBeGreaterThan(25);

			let inTheAir = 0;
			for (let diesAt = 1; diesAt <= boundaries; diesAt++) {
				await closeLedgers();
				freshUserFolder();
				mail.received.length = 0;
				await story(byMail(fate), diesAt);
				const arrived = mails();
				const lost = about.filter((one) => !arrived.some((other) => other.about === one));
				const ids = new Set(arrived.map(({ about: what, id }) => `${what} ${id}`));
				const extra = arrived.length - ids.size;
				inTheAir += extra;
				// a mail whose fate nobody knows is not sent again: a human is asked about the account instead
				const asked = (what: string): boolean =>
					arrived.some((one) => one.about === `reach-by-hand ${what.split(' ')[1] ?? ''}`);
				expect({
					diesAt,
					lost: lost.filter((what) => fate === 'sendAgain' || !asked(what)),
				}).toEqual({
					diesAt,
					lost: [],
				});
				const twoIds = [...ids].length - new Set(arrived.map((one) => one.about)).size;
				expect({ diesAt, twoIds }).toEqual({ diesAt, twoIds: 0 });
				// the one mail in flight, where it is to be sent again; else only what a colleague is told
				const customers = arrived.filter((one) => !one.about.startsWith('reach-by-hand'));
				const twice = customers.length - new Set(customers.map(({ id }) => id)).size;
				expect({ diesAt, extra, twice }).toEqual({
					diesAt,
					extra: Math.min(extra, 1),
					twice: fate === 'hold' ? 0 : Math.min(twice, 1),
				});
			}
			// the test would prove little if no crash had ever hit a mail in flight
			expect(inTheAir).toBeGreaterThan(0);
		},
		300_000,
	);

	it('sends by another node: a server that checks keys sees each once, and none is lost', async () => {
		const boundaries = await story(byHttp(), 0);
		const expected = [...new Set(posted)].sort();
		expect(posted).toHaveLength(expected.length);
		expect(expected.length).toBeGreaterThanOrEqual(4);
		for (let diesAt = 1; diesAt <= boundaries; diesAt++) {
			await closeLedgers();
			freshUserFolder();
			posted = [];
			await story(byHttp(), diesAt);
			expect({ diesAt, keys: [...new Set(posted)].sort() }).toEqual({ diesAt, keys: expected });
		}
	}, 300_000);
});
