import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateCommand } from '../../cli/evaluate/command';
import { labelledProfiles } from '../../engine/content/evaluation/labels';
import { startClaudeStub, type ClaudeStub } from '../harness/claudeStub';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
let stub: ClaudeStub;
beforeEach(async () => {
	stub = await startClaudeStub();
});
afterEach(async () => {
	await stub.close();
});
afterAll(() => {
	rmSync(folder, { recursive: true });
});

type Ran = { code: number; told: string; complained: string };

async function run(args: string[], env: Record<string, string> = {}): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await evaluateCommand(args, {
		env,
		tell: (text) => (ran.told += text),
		complain: (text) => (ran.complained += text),
	});
	return { code, ...ran };
}

const ask = async (...args: string[]): Promise<Ran> =>
	await run(['content', '--model=claude-haiku-5-5', `--base-url=${stub.url}`, ...args], {
		ANTHROPIC_API_KEY: stub.key,
	});

/** The figures of a row of the table. */
const rowOf = (told: string, name: string): string[] =>
	(told.split('\n').find((line) => line.startsWith(`│ ${name} `)) ?? '')
		.split('│')
		.map((cell) => cell.trim())
		.slice(2, -1);

/** As it stands in a message, which is JSON in JSON. */
const GOALS = JSON.stringify('"goals":["Stop working in spreadsheets"]').slice(1, -1);
const sent = (): string => JSON.stringify(stub.received.map(({ body }) => body));

describe('npm run evaluate -- content', () => {
	it('scores the rules without asking anybody, by stage, and tells where they were apart and why', async () => {
		const { code, told, complained } = await run(['content']);
		expect([code, complained]).toEqual([0, '']);
		expect(told).toContain('Content chosen by the rules');
		const profiles = labelledProfiles();
		for (const stage of new Set(profiles.map((one) => one.stage)))
			expect(rowOf(told, stage)[0]).toBe(
				String(profiles.filter((one) => one.stage === stage).length),
			);
		const [count, best = '', , never, , invalid, cost] = rowOf(told, 'all');
		expect([count, never, invalid, cost]).toEqual(['60', '0', '0', '$0.0000']);
		const apart = profiles.filter(({ rationale }) => told.includes(rationale));
		expect(`${String(Math.round((1 - apart.length / 60) * 100))} %`).toBe(best);
	});

	it('scores a model over the wire, with what it costs', async () => {
		const file = join(folder, 'out.json');
		const { code, told } = await ask(`--json=${file}`);
		expect(code).toBe(0);
		expect(told).toContain('Content chosen by claude-haiku-5-5');
		expect(told).toContain(`Written: ${file}`);
		const cost = Number(rowOf(told, 'all').at(-1)?.slice(1));
		expect(cost).toBeCloseTo(stub.billed() / 1e6, 3);
		const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
		expect(found).toMatchObject({
			by: 'claude-haiku-5-5',
			choices: 8,
			profiles: 60,
			invalid: 0,
			agreement: { best: expect.any(Number) as number },
			apart: expect.any(Array) as unknown[],
		});
	});

	it('sends no goals unless it is told to, and offers as many as it is told', async () => {
		await ask('--choices=3');
		expect(sent()).not.toContain(GOALS);
		for (const { body } of stub.received) {
			const [, ids = ''] = /\\"eligible\\":\[([^\]]*)\]/.exec(JSON.stringify(body)) ?? [];
			expect([1, 2, 3]).toContain(ids.split(',').length);
		}
		await ask('--goals');
		expect(sent()).toContain(GOALS);
	});

	it('counts answers that do not hold, and says what was wrong with them', async () => {
		let turn = 0;
		stub.behave(() => (turn++ % 2 === 0 ? 'good' : 'unknownId'));
		const { code, told } = await ask();
		expect(code).toBe(0);
		expect(rowOf(told, 'all')[5]).toBe(String(Math.floor(turn / 2)));
		expect(told).toContain('Answers that did not hold');
	});

	it('helps with the command', async () => {
		const { code, told } = await run(['--help']);
		expect(code).toBe(0);
		for (const option of ['--model', '--base-url', '--choices', '--json', '--goals'])
			expect(told).toContain(option);
	});

	it.each([
		[[], /Say what to evaluate: there is content/],
		[['health'], /there is content \(found 'health'\)/],
		[['content', '--modell=x'], /Unknown option '--modell'.*\n\nnpm run evaluate/],
		[['content', '--choices=many'], /--choices=many is no whole number from 1 to 100/],
		[['content', '--model='], /--model names no model/],
		[['content', '--model=claude-haiku-5-5'], /needs a key: ANTHROPIC_API_KEY=…/],
		[['content', `--json=${folder}/none/out.json`], /cannot be written: is its folder there/],
	])('%j is refused with what to do', async (args, words) => {
		const { code, complained } = await run(args);
		expect(code).toBe(1);
		expect(complained).toMatch(words);
	});

	it('finds out that a file cannot be written before it asks', async () => {
		expect((await ask(`--json=${folder}/none/out.json`)).code).toBe(1);
		expect(stub.asked()).toBe(0);
	});

	it.each([
		['unauthorized', /API key is wrong.*look at ANTHROPIC_API_KEY/],
		['spendCap', /spend limit.*platform\.claude\.com/],
	] as const)(
		'where nothing is answered (%s) it says why, not a score',
		async (behavior, words) => {
			stub.behave([behavior]);
			const { code, told, complained } = await ask();
			expect([code, told]).toEqual([1, '']);
			expect(complained).toMatch(words);
			expect(complained).not.toContain(stub.key);
		},
	);

	it('says which address is none', async () => {
		const args = ['content', '--model=claude-haiku-5-5', '--base-url=nowhere'];
		const { code, complained } = await run(args, { ANTHROPIC_API_KEY: 'sk-ant-secret' });
		expect(code).toBe(1);
		expect(complained).toContain('--base-url=nowhere is no http or https address');
		expect(complained).not.toContain('sk-ant-secret');
	});
});
