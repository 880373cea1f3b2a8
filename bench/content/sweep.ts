import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { z } from 'zod/v4';
// with its ending, because tsx would take ContentSelector.node.json first
import { ContentSelector } from '../../nodes/ContentSelector/ContentSelector.node.js';
import type { ClaudeStub } from '../../test/harness/claudeStub';
import { runNode, type NodeRun } from '../../test/harness/runWorkflow';
import { note } from '../figures';

const BATCH_MS = 3_600_000;

const collectedSchema = z.object({ content: z.object({ answered: z.number() }) });
const chosenSchema = z.object({ accountId: z.string(), content: z.object({ id: z.string() }) });

/** What a sweep asked and cost. */
export type Asked = {
	/** Answers that a model wrote. */
	readonly questions: number;
	/** Requests to the service, those that hand in and fetch batches among them. */
	readonly requests: number;
	readonly dollars: number;
	/** Ids of what was chosen, by account. */
	readonly chosen: ReadonlyMap<string, string>;
};

/** Submit Batch, an hour later Collect Batch, then Select: the node in n8n's engine, its ledger on SQLite. */
export async function sweep(
	accounts: readonly IDataObject[],
	catalogue: readonly IDataObject[],
	now: number,
	stub: ClaudeStub,
): Promise<Asked> {
	stub.received.length = 0;
	const before = stub.billed();
	const run = async (operation: string, inputs: (readonly IDataObject[])[]): Promise<NodeRun> => {
		const began = performance.now();
		const parameters: INodeParameters = {
			operation,
			chooseBy: 'claude',
			options: { now: new Date(now).toISOString() },
		};
		const ran = await runNode(new ContentSelector(), {
			mode: 'trigger',
			settings: { timezone: 'UTC' },
			inputs,
			parameters,
			credentials: { anthropicApi: { apiKey: stub.key, url: stub.url } },
		});
		if (ran.error !== undefined) throw ran.error;
		const said = ran.hints.map(({ message }) => message).join(' ');
		note(`${operation}: ${((performance.now() - began) / 1000).toFixed(1)} s. ${said}`);
		return ran;
	};
	const asked = stub.asked();
	await run('submitBatch', [accounts, catalogue]);
	stub.advance(BATCH_MS);
	const collected = await run('collectBatch', [[{}]]);
	const answered = (collected.outputs[0] ?? []).map(
		({ json }) => collectedSchema.parse(json).content.answered,
	);
	const { outputs } = await run('select', [accounts, catalogue]);
	const chosen = new Map<string, string>();
	for (const { json } of outputs[0] ?? []) {
		const { accountId, content } = chosenSchema.parse(json);
		chosen.set(accountId, content.id);
	}
	return {
		questions: answered.reduce((sum, count) => sum + count, 0) + stub.asked() - asked,
		requests: stub.received.length,
		dollars: (stub.billed() - before) / 1_000_000,
		chosen,
	};
}
