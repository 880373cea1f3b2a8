import { failureText, FAILURES } from '../../../services/claude/asked';
import { createClaude } from '../../../services/claude/claude';
import { startClaudeStub, type Behavior, type ClaudeStub } from '../../harness/claudeStub';
import { CANARIES, claudeAt, question } from './asking';

describe('asking Claude over the wire', () => {
	let stub: ClaudeStub;
	beforeEach(async () => {
		stub = await startClaudeStub({ quotes: true, catalogue: ['a1', 'b2', 'c3', 'z9'] });
	});
	afterEach(() => stub.close());

	test('gives the JSON object of the model, its tokens and what it cost', async () => {
		const asked = await claudeAt(stub).ask(question());
		expect(asked.answer).toEqual({
			id: expect.stringMatching(/^(a1|b2|c3)$/) as unknown,
			reason: expect.any(String) as unknown,
			subject: expect.any(String) as unknown,
			opening: expect.any(String) as unknown,
		});
		expect(asked).toMatchObject({ attempts: 1, uncertainMicros: 0 });
		expect(asked.usage.input).toBeGreaterThan(50);
		expect(asked.costMicros).toBe(Math.ceil(stub.billed()));
	});

	test('sends the key as n8n does, and only the headers and fields that belong there', async () => {
		await claudeAt(stub).ask(question());
		const [received] = stub.received;
		expect(received?.headers).toMatchObject({
			'x-api-key': stub.key,
			'anthropic-version': '2026-10-21',
		});
		expect(received?.headers).not.toHaveProperty('authorization');
		expect(received?.body).toEqual({
			model: 'claude-haiku-5-5',
			max_tokens: 400,
			system: [
				{
					type: 'text',
					text: 'Choose one of the candidates. Answer as JSON.',
					cache_control: { type: 'ephemeral' },
				},
			],
			messages: [{ role: 'user', content: question().message }],
			output_config: {
				effort: 'low',
				format: { type: 'json_schema', schema: question().schema },
			},
			thinking: { type: 'disabled' },
		});
	});

	test('asks no model for what it refuses: each known model takes the request', async () => {
		for (const model of ['claude-haiku-5-5', 'claude-sonnet-5', 'claude-haiku-4-5']) {
			const asked = await claudeAt(stub).ask({ ...question(), model });
			expect({ model, failed: asked.failed }).toEqual({ model, failed: undefined });
		}
	});

	test('adds the header of the credential, which wins over ours', async () => {
		const claude = claudeAt(stub, {
			credential: {
				apiKey: 'of the gateway',
				url: `${stub.url}/`,
				header: true,
				headerName: 'Authorization',
				headerValue: `Bearer ${stub.key}`,
			},
		});
		expect((await claude.ask(question())).failed).toBeUndefined();
	});

	test('the environment of the process changes neither address nor key, and logs nothing', async () => {
		const before = { ...process.env };
		process.env.ANTHROPIC_BASE_URL = 'http://127.0.0.1:9';
		process.env.ANTHROPIC_AUTH_TOKEN = 'another';
		process.env.ANTHROPIC_LOG = 'debug';
		const logged = jest.spyOn(console, 'debug').mockImplementation(() => undefined);
		try {
			expect((await claudeAt(stub).ask(question())).failed).toBeUndefined();
			expect(logged).not.toHaveBeenCalled();
		} finally {
			logged.mockRestore();
			process.env = before;
		}
	});

	// behavior, the code it ends in, requests it is worth
	const ENDS: [Behavior, string | undefined, number][] = [
		['good', undefined, 1],
		['slow', undefined, 1],
		['wrongType', undefined, 1],
		['unknownId', undefined, 1],
		['ineligibleId', undefined, 1],
		['obeying', undefined, 1],
		['notJson', 'notJson', 1],
		['truncated', 'truncated', 1],
		['refusal', 'refused', 1],
		['emptyBody', 'notJson', 1],
		['html', 'notJson', 1],
		['brokenJson', 'notJson', 1],
		['redirect', 'badRequest', 1],
		['spendCap', 'spendCap', 1],
		['spendLimitSet', 'spendCap', 1],
		['noCredit', 'spendCap', 1],
		['billing', 'spendCap', 1],
		['badRequest', 'badRequest', 1],
		['unauthorized', 'unauthorized', 1],
		['forbidden', 'unauthorized', 1],
		['notFound', 'badRequest', 1],
		['tooLarge', 'badRequest', 1],
		['rateLimited', 'rateLimited', 3],
		['rateLimitedBare', 'rateLimited', 3],
		['rateLimitedLong', 'rateLimited', 1],
		['serverError', 'serverError', 3],
		['neverAgain', 'serverError', 1],
		['overloaded', 'overloaded', 3],
		['resetBefore', 'connection', 3],
		['resetWithin', 'connection', 3],
		['hang', 'timeout', 1],
		['hangWithin', 'timeout', 1],
	];
	test.each(ENDS)('%s ends in %s after %i requests', async (behavior, failed, requests) => {
		stub.behave([behavior]);
		const started = performance.now();
		const timeoutMs = failed === 'timeout' ? 150 : 800;
		const asked = await claudeAt(stub, { timeoutMs }).ask(question());
		expect({ failed: asked.failed, attempts: asked.attempts }).toEqual({
			failed,
			attempts: requests,
		});
		expect(stub.asked()).toBe(requests);
		expect(performance.now() - started).toBeLessThan(1000);
		const told = JSON.stringify(asked.failed === undefined ? [] : [asked, failureText(asked)]);
		for (const secret of [stub.key, ...CANARIES]) expect(told).not.toContain(secret);
	});

	test.each<Behavior>(['serverError', 'overloaded', 'rateLimited', 'resetBefore', 'resetWithin'])(
		'%s and then a good answer is a good answer',
		async (behavior) => {
			stub.behave([behavior, 'good']);
			const { failed, attempts } = await claudeAt(stub).ask(question());
			expect({ failed, attempts }).toEqual({ failed: undefined, attempts: 2 });
		},
	);

	test('after a used-up spend limit or a refused key no further request is made', async () => {
		for (const behavior of ['spendCap', 'unauthorized', 'notFound'] as const) {
			stub.behave([behavior]);
			const before = stub.asked();
			const claude = claudeAt(stub, { concurrency: 1 });
			const asked = await Promise.all([1, 2, 3].map(() => claude.ask(question())));
			expect(asked.map(({ failed }) => failed)).not.toContain(undefined);
			expect(new Set(asked.map(({ failed }) => failed)).size).toBe(1);
			expect(stub.asked() - before).toBe(1);
			expect(asked.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
		}
	});

	test('five calls in a row that fail for good end the rest', async () => {
		stub.behave(['badRequest']);
		const claude = claudeAt(stub, { concurrency: 1 });
		for (let call = 0; call < 8; call++) await claude.ask(question());
		expect(stub.asked()).toBe(5);
	});

	test('nobody asks before the time that retry-after names, whoever was told', async () => {
		stub.behave(['rateLimited', 'good']);
		const claude = claudeAt(stub, { concurrency: 1 });
		const asked = await Promise.all([1, 2, 3, 4].map(() => claude.ask(question())));
		expect(asked.every(({ failed }) => failed === undefined)).toBe(true);
		const [first = 0, second = 0] = stub.received.map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(50);
		expect(stub.asked()).toBe(5);
	});

	test('a wait that is too long is not waited for, and no other call is made meanwhile', async () => {
		stub.behave(['rateLimitedLong', 'good']);
		const claude = claudeAt(stub, { concurrency: 1 });
		const asked = await Promise.all([1, 2, 3].map(() => claude.ask(question())));
		expect(asked.map(({ failed }) => failed)).toEqual(Array(3).fill('rateLimited'));
		expect(stub.asked()).toBe(1);
	});

	test('a used-up window in a good answer is waited for before the next request', async () => {
		stub.behave(['windowUsedUp', 'good']);
		const claude = claudeAt(stub);
		await claude.ask(question());
		await claude.ask(question());
		const [first = 0, second = 0] = stub.received.map(({ at }) => at);
		expect(second - first).toBeGreaterThan(250);
	});

	test('asks at most four at a time', async () => {
		stub.behave(['slow']);
		const claude = claudeAt(stub, { timeoutMs: 1000 });
		const all = Array.from({ length: 9 }, () => claude.ask(question()));
		const most: number[] = [];
		const watch = setInterval(() => most.push(stub.underWay()), 5);
		await Promise.all(all);
		clearInterval(watch);
		expect(Math.max(...most)).toBe(4);
		expect(stub.asked()).toBe(9);
	});

	test('many may wait at the same time, without a warning of Node’s', async () => {
		const warnings: Error[] = [];
		const listen = (warning: Error) => warnings.push(warning);
		process.on('warning', listen);
		const { signal } = new AbortController();
		const claude = claudeAt(stub, { signal, timeoutMs: 5000 });
		await Promise.all(
			Array.from({ length: 300 }, (_, index) => claude.ask(question(undefined, String(index)))),
		);
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', listen);
		expect(warnings).toEqual([]);
		expect(stub.asked()).toBe(300);
	});

	test('when the time of the execution is over, what waits and what is under way ends', async () => {
		stub.behave(['hang']);
		const claude = claudeAt(stub, { timeoutMs: 30_000, deadlineMs: 1_000, concurrency: 2 });
		const started = performance.now();
		const asked = await Promise.all([1, 2, 3, 4, 5].map(() => claude.ask(question())));
		expect(performance.now() - started).toBeLessThan(15_000);
		expect(asked.map(({ failed }) => failed)).toEqual(Array(5).fill('timeout'));
		expect(stub.asked()).toBe(2);
	});

	test('when the execution is stopped, everything ends at once', async () => {
		stub.behave(['hang']);
		const stop = new AbortController();
		const claude = claudeAt(stub, { timeoutMs: 30_000, concurrency: 2, signal: stop.signal });
		const asking = [1, 2, 3, 4].map(() => claude.ask(question()));
		while (stub.asked() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		const asked = await Promise.all(asking);
		expect(asked.map(({ failed }) => failed)).toEqual(Array(4).fill('canceled'));
		expect((await claude.ask(question())).failed).toBe('canceled');
		expect(stub.asked()).toBe(2);
	});

	test('one call that is canceled keeps no other from its place', async () => {
		stub.behave(['hang', 'good']);
		const one = new AbortController();
		const claude = claudeAt(stub, { timeoutMs: 5000, concurrency: 1 });
		const all = [
			claude.ask(question(), { signal: one.signal }),
			claude.ask(question(), { signal: one.signal }),
			claude.ask(question()),
		];
		setTimeout(() => one.abort(), 50);
		const ends = (await Promise.all(all)).map(({ failed }) => failed);
		expect(ends).toEqual(['canceled', 'canceled', undefined]);
	});

	test('a budget is never overrun, whatever is under way at the same time', async () => {
		const budgetMicros = 1500;
		const claude = claudeAt(stub, { budgetMicros });
		const asked = await Promise.all(
			Array.from({ length: 60 }, (_, index) => claude.ask(question(undefined, String(index)))),
		);
		const codes = new Set(asked.map(({ failed }) => failed));
		expect(codes).toEqual(new Set([undefined, 'budget']));
		expect(stub.billed()).toBeLessThanOrEqual(budgetMicros);
		expect(claude.spentMicros()).toBeLessThanOrEqual(budgetMicros);
		expect(claude.spentMicros()).toBeGreaterThan(budgetMicros / 3);
	});

	test('with a budget, a model without a price is not called; without one, its cost is unknown', async () => {
		const strange = { ...question(), model: 'claude-of-tomorrow' };
		expect(await claudeAt(stub, { budgetMicros: 1e9 }).ask(strange)).toMatchObject({
			failed: 'budget',
			attempts: 0,
			costMicros: undefined,
		});
		expect(await claudeAt(stub).ask(strange)).toMatchObject({ status: 404, costMicros: undefined });
	});

	test('what a lost call may have cost counts against the budget', async () => {
		stub.behave(['hang']);
		const claude = claudeAt(stub, { budgetMicros: 10_000, timeoutMs: 150 });
		const asked = await claude.ask(question());
		expect(asked).toMatchObject({ failed: 'timeout', costMicros: 0 });
		expect(asked.uncertainMicros).toBeGreaterThan(0);
		expect(claude.spentMicros()).toBe(asked.uncertainMicros);
	});

	test('where nothing listens nothing was spent', async () => {
		const gone = await startClaudeStub();
		await gone.close();
		const claude = claudeAt(gone);
		expect(await claude.ask(question())).toMatchObject({
			failed: 'connection',
			attempts: 3,
			uncertainMicros: 0,
		});
	});
});

test('every code has a sentence', () => {
	const sentences = FAILURES.map((failed) => failureText({ failed }));
	expect(new Set(sentences).size).toBe(FAILURES.length);
});

test.each([
	[{ apiKey: '' }, "'apiKey'"],
	[{ apiKey: 'sk-secret\nline' }, "'apiKey'"],
	[{ apiKey: 'sk-secret', url: 'ftp://sk-secret' }, "'url'"],
	[{ apiKey: 'sk-secret', url: '', headerName: 'sk-secret: x' }, "'headerName'"],
	[undefined, 'Anthropic credential'],
])('a credential that cannot be used is refused by name of its field', (credential, names) => {
	const create = () => createClaude({ credential });
	expect(create).toThrow(names);
	expect(create).not.toThrow('sk-secret');
});
