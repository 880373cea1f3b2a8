import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type Workflow,
} from 'n8n-workflow';
import type { Notice } from '../../engine/escalation/memory';
import { LEASE_MS } from '../../engine/escalation/schedule';
import { HUMAN_PRIORITY } from '../../engine/journeys/priority';
import { CASE_JOURNEY, type Claim } from '../../ledger/ledger';
import { emailAddress } from '../../services/mail/address';
import { readText } from '../platform/readText';
import { refuseTwoSenders } from '../platform/twoSenders';
import { leadsToConfirm, wiringAt, workflowOf } from '../platform/wiring';
import type { Session } from './session';

/** A notice is told twice at the most: nobody gets the same alarm five times. */
const MOST_ATTEMPTS = 2;

/** The notice as a touch that one sender gets, under a lease (rule 5). */
export function claimOf({ key, to, event, cases, reasons }: Notice, now: number): Claim {
	const [first] = cases;
	return {
		touch: {
			key,
			journey: CASE_JOURNEY,
			dry: false,
			// what is told of several accounts is in the story of none
			accountId: event === 'digest' || event === 'bundle' ? '' : (first?.accountId ?? ''),
			cycle: first?.no ?? 0,
			stepId: event,
			topic: '',
			channel: 'alert',
			kind: 'service',
			priority: HUMAN_PRIORITY,
			address: to.email,
			state: 'claimed',
			dueAt: now,
			attempts: 0,
			changedAt: now,
			reasons: [...reasons],
		},
		leaseMs: LEASE_MS,
		maxAttempts: MOST_ATTEMPTS,
		caps: [],
	};
}

/** How notices of one execution leave. */
export type Delivery = {
	/** Whether nothing behind the node confirms them: then they count as told when they leave, and are not told again. */
	atOnce: boolean;
	/** A dry run (P34): whatever would tell somebody is switched off, so that nothing is written either. */
	dry: boolean;
	/** In a run from the editor: the only one who is told; '' tells nobody. */
	testRecipient: string | undefined;
	/** What leaves in this execution, so far. */
	told: Notice[];
};

/** @throws NodeOperationError for a test recipient that is no address, and where two senders would tell the same */
export function readDelivery({ context, mode }: Session, outputs: readonly number[]): Delivery {
	refuseTwoSenders(context, outputs);
	const testRecipient = mode === 'test' ? readTestRecipient(context) : undefined;
	const workflow = workflowOf(context);
	const { name } = context.getNode();
	const confirmed =
		workflow === undefined || outputs.some((output) => leadsToConfirm(workflow, name, output));
	const dry = mode === 'live' && workflow !== undefined && isSwitchedOff(workflow, name, outputs);
	return { atOnce: !confirmed || testRecipient === '', dry, testRecipient, told: [] };
}

function isSwitchedOff(workflow: Workflow, name: string, outputs: readonly number[]): boolean {
	const wirings = new Set(outputs.map((output) => wiringAt(workflow, name, output)));
	return wirings.has('disabled') && !wirings.has('enabled');
}

function readTestRecipient(context: IExecuteFunctions): string {
	const given = readText(context, 'testRecipient');
	if (given === '' || emailAddress.safeParse(given).success) return given;
	throw new NodeOperationError(context.getNode(), "'Test Recipient' is no e-mail address", {
		description: 'Enter your own address: every notice of a test run goes there.',
	});
}

/**
 * Where nothing behind the node confirms notices, they count as told when they leave: at the very end, because what an
 * error keeps from leaving is then handed out again.
 */
export async function confirmTold(
	{ ledger, now }: Pick<Session, 'ledger' | 'now'>,
	{ atOnce, dry, told }: Delivery,
): Promise<void> {
	if (atOnce && !dry && told.length > 0)
		await ledger.confirm(
			told.map(({ key }) => key),
			now,
		);
}

/** What a sender needs to know; nothing where nobody is told. */
export function touchFields(
	{ key, event, to, attempt }: Notice,
	{ mode, now }: Pick<Session, 'mode' | 'now'>,
	{ testRecipient, dry }: Delivery,
): IDataObject {
	if (dry) return { notify: false, mode: 'dry', event };
	if (testRecipient === '') return { notify: false, mode };
	return {
		notify: true,
		key,
		channel: 'alert',
		mode,
		event,
		to: testRecipient ?? to.email,
		person: { ...to },
		attempt,
		leaseUntil: new Date(now + LEASE_MS).toISOString(),
	};
}
