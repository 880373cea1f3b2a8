import type { IDataObject, NodeParameterValueType } from 'n8n-workflow';
import type { Touch } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import { runNode, type NodeRun, type NodeToRun } from '../harness/runWorkflow';
import { startMailServer, type Behavior, type MailServer } from '../services/mail/mailServer';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

export { ledgerOf };

export const NOW = Date.parse('2026-03-02T10:00:00Z');
export const MINUTE = 60_000;

const servers: MailServer[] = [];

/** A mail server that is closed after the test. */
export async function serve(behavior: Behavior = {}): Promise<MailServer> {
	const server = await startMailServer(behavior);
	servers.push(server);
	return server;
}

/** Each test of the file begins with ledgers nobody has used, and ends with everything closed. */
export function startEachTestAfresh(): void {
	beforeEach(freshUserFolder);
	afterEach(async () => {
		for (const server of servers.splice(0)) await server.close();
		await closeLedgers();
	});
}

export function touch(number: number, over: Partial<Touch> = {}): Touch {
	return {
		key: `onboarding/acct-${String(number)}/1/welcome`,
		journey: 'onboarding',
		dry: false,
		accountId: `acct-${String(number)}`,
		cycle: 1,
		stepId: 'welcome',
		topic: '',
		channel: 'email',
		kind: 'service',
		priority: 3,
		address: addressOf(number),
		state: 'claimed',
		dueAt: NOW,
		attempts: 0,
		changedAt: NOW,
		reasons: [],
		...over,
	};
}

export const addressOf = (number: number): string => `jo${String(number)}@customer.example`;

/** Claims touches 1 to `count` and gives their items. */
export async function claimed(count: number): Promise<IDataObject[]> {
	const touches = Array.from({ length: count }, (_unused, index) => touch(index + 1));
	expect(await claim(ledgerOf(), touches)).toEqual(touches.map(() => true));
	return touches.map((one) => itemOf(one));
}

/** Claims these touches as the Customer Journey node does. */
export async function claim(
	ledger: Ledger,
	touches: Touch[],
	at = NOW,
	leaseMs = 30 * MINUTE,
): Promise<boolean[]> {
	const results = await ledger.claim(
		touches.map((claimed) => ({ touch: claimed, leaseMs, maxAttempts: 3, caps: [] })),
		at,
	);
	return results.map(({ claimed }) => claimed);
}

/** The item the Customer Journey node emits for a touch. */
export function itemOf(
	claimed: Touch,
	over: { account?: IDataObject; journey?: IDataObject } = {},
): IDataObject {
	const { key, journey, stepId, accountId, address } = claimed;
	return {
		accountId,
		name: 'Acme & Sons',
		plan: 'pro',
		...over.account,
		journey: {
			key,
			journey,
			cycle: 1,
			step: stepId,
			stepName: 'Welcome',
			channel: 'email',
			to: address,
			contact: { email: address, name: 'Jo Doe', role: 'admin' },
			mode: 'live',
			attempt: 1,
			day: 0,
			reasons: [],
			topic: '',
			setup: { open: [], completed: [], next: null },
			...over.journey,
		},
	};
}

export type Sending = {
	port: number;
	items: IDataObject[];
	parameters?: Record<string, NodeParameterValueType>;
	options?: IDataObject;
	credential?: IDataObject;
	mode?: NodeToRun['mode'];
	onError?: NodeToRun['onError'];
	executionId?: string;
};

/** Every mail has a way to unsubscribe, but in tests about mails that have none. */
const UNSUBSCRIBE = 'mailto:stop@vendor.example';

/** Runs the node in a live execution, unless told otherwise. */
export async function send(sending: Sending): Promise<NodeRun> {
	const { port, items, parameters, options, credential, mode = 'trigger' } = sending;
	return await runNode(new JourneyEmail(), {
		mode,
		onError: sending.onError,
		executionId: sending.executionId,
		input: items,
		credentials: {
			smtp: {
				host: '127.0.0.1',
				port,
				secure: false,
				user: '',
				password: '',
				disableStartTls: true,
				hostName: '',
				...credential,
			},
		},
		parameters: {
			fromEmail: 'success@vendor.example',
			fromName: 'Vendor',
			subject: 'Welcome, {{ contact.name }}',
			message: '<p>Hello {{ account.name }}</p>',
			...parameters,
			options: {
				now: new Date(NOW).toISOString(),
				...(options?.linkAddress === undefined ? { unsubscribeUrl: UNSUBSCRIBE } : {}),
				...options,
			},
		},
	});
}

export type Delivery = {
	state: string;
	messageId?: string;
	at: string;
	reasons: { code: string; text: string }[];
};

export function accountOf(json: IDataObject): string {
	const { accountId } = json;
	return typeof accountId === 'string' ? accountId : '?';
}

/** Per output, each item's account and reason codes. */
export function outcomes(run: NodeRun): string[][] {
	return run.outputs.map((items) =>
		items.map(({ json }) => {
			const { reasons } = json.delivery as Delivery;
			return `${accountOf(json)} ${reasons.map(({ code }) => code).join('+')}`;
		}),
	);
}

/** What the ledger holds of a touch now. */
export async function stateOf(
	ledger: Ledger,
	number: number,
): Promise<{ state?: string; nextAt?: number; reasons?: Touch['reasons'] }> {
	const { touches } = await ledger.recall({
		journey: 'onboarding',
		dry: false,
		accountIds: [`acct-${String(number)}`],
		addresses: [],
		now: NOW,
	});
	const [found] = touches;
	return { state: found?.state, nextAt: found?.nextAt, reasons: found?.reasons };
}
