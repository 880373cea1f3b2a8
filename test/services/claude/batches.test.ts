import type { BatchAnswer, BatchResults } from '../../../services/claude/batches';
import { sha256 } from '../../../services/claude/signature';
import { startClaudeStub, type Behavior, type ClaudeStub } from '../../harness/claudeStub';
import { claudeAt, question } from './asking';

const HOUR = 3_600_000;

const requestsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		customId: sha256(String(index)),
		request: question(undefined, String(index)),
	}));

async function all({ results }: BatchResults): Promise<BatchAnswer[]> {
	if (results === undefined) throw new Error('no results');
	const answers: BatchAnswer[] = [];
	for await (const answer of results) answers.push(answer);
	return answers;
}

describe('Message Batches over the wire', () => {
	let stub: ClaudeStub;
	beforeEach(async () => {
		stub = await startClaudeStub({ batchMs: HOUR });
	});
	afterEach(() => stub.close());

	test('a batch is handed in, looked at, and its answers come in order, at half the price', async () => {
		const { batches } = claudeAt(stub);
		const requests = requestsOf(40);
		const { batch } = await batches.submit(requests);
		if (batch === undefined) throw new Error('no batch');
		expect(batch).toMatchObject({ status: 'inProgress', ready: false, counts: { processing: 40 } });
		expect(await batches.results(batch.id)).toMatchObject({ failed: 'badRequest', status: 404 });

		stub.advance(HOUR);
		const ended = await claudeAt(stub).batches.state(batch.id);
		expect(ended.batch).toMatchObject({ status: 'ended', ready: true, counts: { succeeded: 40 } });
		const answers = await all(await claudeAt(stub).batches.results(batch.id));
		expect(answers.map(({ customId }) => customId)).toEqual(
			requests.map(({ customId }) => customId).sort(),
		);
		expect(answers.filter(({ failed }) => failed !== undefined)).toEqual([]);
		const cost = answers.reduce((sum, { costMicros = 0 }) => sum + costMicros, 0);
		expect(cost).toBeGreaterThanOrEqual(stub.billed());
		expect(cost).toBeLessThan(stub.billed() + 40);

		const alone = await claudeAt(stub).ask(requests[0]?.request ?? question());
		const same = answers.find(({ customId }) => customId === requests[0]?.customId);
		expect(same?.answer).toEqual(alone.answer);
		expect((same?.costMicros ?? 0) * 2).toBeCloseTo(alone.costMicros ?? 0, -1);
	});

	test('what failed within a batch says so, and a line that cannot be read keeps no other back', async () => {
		const ends: [Behavior, string | undefined][] = [
			['good', undefined],
			['expired', 'expired'],
			['canceled', 'canceled'],
			['overloaded', 'overloaded'],
			['serverError', 'serverError'],
			['badRequest', 'badRequest'],
			['spendCap', 'spendCap'],
			['rateLimitedBare', 'rateLimited'],
			['refusal', 'refused'],
			['truncated', 'truncated'],
			['notJson', 'notJson'],
			['brokenLine', 'no line'],
			['good', undefined],
		];
		stub.behave(ends.map(([behavior]) => behavior));
		const { batches } = claudeAt(stub);
		const requests = requestsOf(ends.length);
		const { batch } = await batches.submit(requests);
		stub.advance(HOUR);
		const answers = await all(await batches.results(batch?.id ?? ''));
		const byId = new Map(answers.map((answer) => [answer.customId, answer]));
		const found = requests.map(({ customId }) => {
			const answer = byId.get(customId);
			return answer === undefined ? 'no line' : answer.failed;
		});
		expect(found).toEqual(ends.map(([, failed]) => failed));
	});

	test('a canceled batch has canceled answers only', async () => {
		const { batches } = claudeAt(stub);
		const { batch } = await batches.submit(requestsOf(3));
		const id = batch?.id ?? '';
		expect((await batches.cancel(id)).batch?.status).toBe('canceling');
		const answers = await all(await batches.results(id));
		expect(answers.map(({ failed }) => failed)).toEqual(Array(3).fill('canceled'));
	});

	test('a batch that cannot be one is not sent', async () => {
		const { batches } = claudeAt(stub);
		const [one] = requestsOf(1);
		if (one === undefined) throw new Error('none');
		for (const requests of [[], [one, one], [{ ...one, customId: 'anna@customer.example' }]])
			expect(await batches.submit(requests)).toEqual({ failed: 'badRequest' });
		expect(stub.received).toEqual([]);
	});

	test('an id that is none leads nowhere else', async () => {
		await claudeAt(stub).batches.state('../../models');
		expect(stub.received.map(({ path }) => path)).toEqual([
			'/v1/messages/batches/..%2F..%2Fmodels',
		]);
	});

	test('the results come from the address of the credential, whatever the batch says', async () => {
		const { batches } = claudeAt(stub);
		const { batch } = await batches.submit(requestsOf(2));
		stub.advance(HOUR);
		const behind = await startClaudeStub({ batchMs: HOUR, key: stub.key });
		const there = await claudeAt(behind).batches.submit(requestsOf(2));
		behind.advance(HOUR);
		await all(await claudeAt(behind).batches.results(there.batch?.id ?? ''));
		expect(behind.received.map(({ path }) => path)).toContain(
			`/v1/messages/batches/${batch?.id ?? ''}/results`,
		);
		await behind.close();
	});
});

describe('the models of the account', () => {
	const model = (id: string) => ({
		id,
		input: 1,
		output: 5,
		minimumCached: 512,
		maxTokens: 1000,
		thinking: [],
		thinksByDefault: false,
		effort: false,
	});

	test('all pages, in the order of the service', async () => {
		const ids = Array.from({ length: 250 }, (_, index) => `claude-${String(index)}`);
		const stub = await startClaudeStub({ models: ids.map(model) });
		const { models } = await claudeAt(stub).models();
		expect(models?.map(({ id }) => id)).toEqual(ids);
		expect(models?.[0]).toEqual({
			id: 'claude-0',
			name: 'Stub of claude-0',
			deprecated: false,
			line: 'haiku',
			structured: true,
			batches: true,
		});
		expect(stub.received).toHaveLength(3);
		await stub.close();
	});

	test('a wrong key is a reason, not an error', async () => {
		const stub = await startClaudeStub();
		const claude = claudeAt(stub, { credential: { apiKey: 'wrong', url: stub.url } });
		expect(await claude.models()).toEqual({ failed: 'unauthorized', status: 401 });
		await stub.close();
	});
});
