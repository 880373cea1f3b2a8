import { z } from 'zod/v4';
import type { Behavior, MailServer } from '../services/mail/mailServer';
import type { Execution, N8nClient, WorkflowNode } from './client';
import type { HttpSink } from './httpSink';
import { readLedger } from './ledgerRows';
import {
	addressOf,
	badAccountOf,
	customersOf,
	JOURNEY,
	NOW,
	pathOf,
	senderFlow,
	withNode,
	type Sender,
} from './senderFlow';

/** Where messages arrive. Their behavior may be changed at any time. */
export type Sinks = { mail: MailServer; smtpBehavior: Behavior; http: HttpSink };

/** A published flow, what people do with it, and what came of it. */
export type SenderFlow = {
	/** One sweep, `after` milliseconds after the first; answers its execution. The sender's clock may be another. */
	sweep: (after?: number, options?: { sentAfter?: number; account?: object }) => Promise<Execution>;
	/** "Retry execution", with the workflow as it was or as it is now. */
	retry: (execution: Execution, workflow: 'as it was' | 'as it is') => Promise<Execution>;
	/** Somebody changes one node in the editor, saves and publishes. */
	change: (name: string, change: (node: WorkflowNode) => Partial<WorkflowNode>) => Promise<void>;
	/** How many touches stand in each state. */
	states: () => Record<string, number>;
	/** Accounts whose touch counts as sent, in order. */
	sent: () => string[];
	/** Accounts by mails that arrived, copies and all; and how many Message-IDs these have. */
	mails: () => { to: string[]; ids: number };
	/** Posts that arrived, copies and all; and the accounts that a sink which looks at keys wrote to, once per key. */
	posts: () => { count: number; to: string[] };
};

/** Imports and publishes a flow of ten customers with this sender. */
export async function publishFlow(
	{ client, userFolder, sinks }: { client: N8nClient; userFolder: string; sinks: Sinks },
	flow: string,
	sender: Sender,
): Promise<SenderFlow> {
	const { mail, smtpBehavior, http } = sinks;
	smtpBehavior.recipients = {
		...smtpBehavior.recipients,
		[addressOf(badAccountOf(flow))]: { code: 550, text: '5.1.1 no such mailbox' },
	};
	http.refuse(badAccountOf(flow));
	let workflow = senderFlow(flow, sender);
	const id = await client.importWorkflow(workflow);
	await client.publish(id);
	await client.waitForWebhook(pathOf(flow));
	const latest = async (): Promise<Execution> => {
		const [execution] = await client.executions(id, { limit: 1 });
		if (execution === undefined) throw new Error(`${flow} has no execution`);
		return execution;
	};
	const touches = (): { account_id: string; state: string }[] =>
		readLedger(userFolder, 'live').touches.flatMap(({ journey, account_id, state, dry }) =>
			journey === flow ? [{ account_id, state: dry === 1 ? 'dry' : state }] : [],
		);
	return {
		sweep: async (after = 0, { sentAfter, account = {} } = {}) => {
			const at = (ms: number): string => new Date(NOW + ms).toISOString();
			await client.callWebhook(pathOf(flow), {
				now: at(after),
				...(sentAfter === undefined ? {} : { sentAt: at(sentAfter) }),
				accounts: customersOf(flow, account),
			});
			return await latest();
		},
		retry: async (execution, which) => {
			await client.rest('POST', `/executions/${execution.id}/retry`, {
				loadWorkflow: which === 'as it is',
			});
			const last = await latest();
			if (last.mode !== 'retry') throw new Error(`The last execution is a ${last.mode}`);
			return last;
		},
		change: async (name, change) => {
			workflow = withNode(workflow, name, change);
			const { nodes, connections, settings } = workflow;
			const saved = { nodes, connections, settings };
			await client.rest('PATCH', `/workflows/${id}?forceSave=true`, saved);
			// a workflow that is published goes on as it was for a moment: ended first, so that nobody meets the old one
			await client.unpublish(id);
			await client.publish(id);
			await client.waitForWebhook(pathOf(flow));
		},
		states: () => {
			const states: Record<string, number> = {};
			for (const { state } of touches()) states[state] = (states[state] ?? 0) + 1;
			return states;
		},
		sent: () =>
			touches()
				.flatMap(({ account_id, state }) => (state === 'sent' ? [account_id] : []))
				.sort(),
		mails: () => {
			const own = mail.received.flatMap(({ to, headers }) => {
				const [, accountId = ''] = /^ann@(.*)\.example$/.exec(to.join()) ?? [];
				const id = headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
				return accountId.startsWith(`${flow}-`) ? [{ accountId, id }] : [];
			});
			return {
				to: own.map(({ accountId }) => accountId).sort(),
				ids: new Set(own.map(({ id }) => id)).size,
			};
		},
		posts: () => ({
			count: http.arrived.filter((key) => key.startsWith(`${flow}/`)).length,
			to: [...http.accepted()]
				.flatMap(([accountId, keys]) =>
					accountId.startsWith(`${flow}-`) ? [...keys].map(() => accountId) : [],
				)
				.sort(),
		}),
	};
}

const hints = z.array(z.looseObject({ message: z.string() })).default([]);

/** What Customer Journey said in the editor. */
export function hintsOf(execution: Execution): string {
	return (execution.data?.resultData.runData[JOURNEY] ?? [])
		.flatMap((run) => hints.parse(run.hints).map(({ message }) => message))
		.join('\n');
}
