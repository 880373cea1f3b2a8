import {
	createChatAsker,
	isChatModel,
	type ChatModel,
	type ChatModelOptions,
} from '../../../services/claude/chatModel';
import { CANARIES, question } from './asking';

const ANSWER = { id: 'a1', reason: 'r', subject: 's', opening: 'o' };

/** A chat model as LangChain makes them, of which only `invoke` is looked at. */
const saying = (reply: unknown): ChatModel => ({ invoke: () => Promise.resolve(reply) });
const failing = (error: unknown): ChatModel => ({
	invoke: () => Promise.reject(error instanceof Error ? error : new Error(String(error))),
});
const ask = (model: ChatModel, options: Partial<ChatModelOptions> = {}) =>
	createChatAsker({ model, ...options }).ask(question());

describe('asking a chat model of n8n', () => {
	test.each([
		['a text', { content: JSON.stringify(ANSWER) }],
		['a text alone', JSON.stringify(ANSWER)],
		['parts', { content: [{ type: 'thinking' }, { type: 'text', text: JSON.stringify(ANSWER) }] }],
		['a code block', { content: `\`\`\`json\n${JSON.stringify(ANSWER)}\n\`\`\`` }],
	])('reads the answer from %s', async (_what, reply) => {
		expect(await ask(saying(reply))).toMatchObject({ answer: ANSWER, attempts: 1 });
	});

	test.each([
		['words', { content: 'I would pick the first.' }, 'notJson'],
		['a list', { content: '[1]' }, 'notJson'],
		['nothing', undefined, 'notJson'],
		['no message', { text: 'x' }, 'notJson'],
		[
			'half',
			{ content: '{"id":"a', response_metadata: { stop_reason: 'max_tokens' } },
			'truncated',
		],
		[
			'half of it',
			{ content: '{"id":', response_metadata: { finish_reason: 'length' } },
			'truncated',
		],
		['a refusal', { content: '', response_metadata: { stop_reason: 'refusal' } }, 'refused'],
	])('%s is no answer', async (_what, reply, failed) => {
		expect(await ask(saying(reply))).toMatchObject({ failed, attempts: 1 });
	});

	test.each([
		[401, 'unauthorized'],
		[402, 'spendCap'],
		[429, 'rateLimited'],
		[400, 'badRequest'],
		[500, 'serverError'],
		[529, 'overloaded'],
		[undefined, 'connection'],
	])('an error with status %p is %s, asked once, its words kept back', async (status, failed) => {
		const error = Object.assign(new Error(`sk-secret ${CANARIES.join()}`), { status });
		const asked = await ask(failing(error));
		expect(asked).toMatchObject({ failed, attempts: 1 });
		expect(JSON.stringify(asked)).not.toMatch(/sk-secret|canary/);
	});

	test('counts tokens as Claude does: cached ones apart', async () => {
		const reply = {
			content: JSON.stringify(ANSWER),
			usage_metadata: {
				input_tokens: 100,
				output_tokens: 7,
				input_token_details: { cache_read: 60, cache_creation: 10 },
			},
		};
		const asked = await ask(saying(reply));
		expect(asked.usage).toEqual({ input: 30, cacheWrite: 10, cacheRead: 60, output: 7 });
	});

	test('a model that never answers and looks at no signal is given up', async () => {
		const deaf: ChatModel = { invoke: () => new Promise(() => undefined) };
		expect(await ask(deaf, { timeoutMs: 30 })).toMatchObject({ failed: 'timeout', attempts: 1 });
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 20);
		expect(await ask(deaf, { signal: stop.signal })).toMatchObject({ failed: 'canceled' });
	});

	test('is told the shape of the answer in words, and gets the data as the user', async () => {
		const heard: unknown[] = [];
		await ask({
			invoke: (messages) => {
				heard.push(...messages);
				return Promise.resolve('{}');
			},
		});
		expect(heard).toEqual([
			{ role: 'system', content: expect.stringContaining('"enum":["a1","b2","c3"]') as unknown },
			{ role: 'user', content: question().message },
		]);
	});

	test('is known by what it can do', () => {
		expect([saying(''), {}, null, undefined, 'x', { invoke: 1 }].map(isChatModel)).toEqual([
			true,
			false,
			false,
			false,
			false,
			false,
		]);
	});
});
