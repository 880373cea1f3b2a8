import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { startClaudeStub, type ClaudeStub } from '../harness/claudeStub';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { account, CATALOGUE, MONDAY, runSelector, SELECT, tip } from './ContentSelector.setup';

let stub: ClaudeStub;
beforeEach(async () => {
	freshUserFolder();
	stub = await startClaudeStub({ batchMs: 60_000 });
});
afterEach(async () => {
	await closeLedgers();
	await stub.close();
});

const LOCALES = ['en', 'de', 'fr'];
const accounts = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_none, n) =>
		account(`a${String(n)}`, {
			contacts: [{ email: `ann@a${String(n)}.example`, locale: LOCALES[n % 3] ?? '' }],
		}),
	);
const submit = async (count: number) =>
	await runSelector(accounts(count), { operation: 'submitBatch' }, { stub });
const collect = async () =>
	await runSelector([{}], { operation: 'collectBatch', chooseBy: 'claude' }, { stub });

describe('batches', () => {
	it('ask once for all that share a question, at half the price, and Select finds the answers', async () => {
		const submitted = await submit(300);
		expect(submitted.of(0)).toMatchObject([{ questions: 3, accounts: 300 }]);
		expect(submitted.said).toContain(
			'300 accounts ask 3 different questions; 0 are answered already',
		);
		const early = await collect();
		expect(early.of(0)).toEqual([]);
		expect(early.of(1)).toMatchObject([{ state: 'underWay', answered: 0 }]);
		stub.advance(60_000);
		const collected = await collect();
		expect(collected.of(0)).toMatchObject([
			{ state: 'collected', questions: 3, answered: 3, failed: 0 },
		]);
		expect(Number(collected.of(0)[0]?.cost) * 1e6).toBeGreaterThanOrEqual(stub.billed());
		expect(await ledgerOf().addSpent('2026-03', 0)).toBe(
			Math.round(Number(collected.of(0)[0]?.cost) * 1e6),
		);

		// what is answered is not asked again, and what is collected is not collected again
		expect((await submit(300)).of(0)).toEqual([]);
		expect((await collect()).said).toContain('No batch is under way');

		const asked = stub.asked();
		const ran = await runSelector(accounts(300), {}, { stub });
		expect(stub.asked()).toBe(asked);
		expect(ran.of(SELECT.selected)).toMatchObject(
			Array(300).fill({ by: 'claude', fromMemory: true, cost: 0 }),
		);
	});

	it('cost no more than what is left of the budget, at their most', async () => {
		const given = (options: Record<string, number>) => ({ operation: 'submitBatch', options });
		const none = await runSelector(accounts(3), given({ runBudget: 0.00001 }), { stub });
		expect(none.of(0)).toEqual([]);
		expect(none.said).toContain('3 questions could cost more than what is left of the budget');
		await ledgerOf().addSpent('2026-03', 19_999_999);
		const month = await runSelector(accounts(3), given({}), { stub });
		expect(month.of(0)).toEqual([]);
		const all = await runSelector(accounts(3), given({ runBudget: 0, monthBudget: 0 }), { stub });
		expect(all.of(0)).toMatchObject([{ questions: 3 }]);
		stub.advance(60_000);
		await collect();
		expect(await ledgerOf().addSpent('2026-03', 0)).toBeGreaterThan(19_999_999);
	});

	it('that are under way count at their most, and a model without a price keeps no other from its place', async () => {
		const options = { runBudget: 0, monthBudget: 0.001 };
		const first = await runSelector(accounts(1), { operation: 'submitBatch', options }, { stub });
		expect(first.of(0)).toMatchObject([{ questions: 1 }]);
		const second = await runSelector(accounts(3), { operation: 'submitBatch', options }, { stub });
		expect(second.said).toContain('could cost more than what is left of the budget');
		const variant = ['claude-unknown-9', 'claude-haiku-5-5'].map((model, place) => {
			return { name: String(place), weight: 1, by: 'claude', model, instructions: '' };
		});
		const many = await runSelector(
			accounts(20),
			{
				operation: 'submitBatch',
				experiment: 'models',
				variants: { variant },
				options: { runBudget: 1, monthBudget: 20 },
			},
			{ stub },
		);
		expect(many.said).toContain('their model has no known price');
		expect(Number(many.of(0)[0]?.questions)).toBeGreaterThan(0);
	});

	it('are paid once, however often they are looked at', async () => {
		await submit(3);
		stub.advance(60_000);
		const [content] = (await collect()).of(0);
		await collect();
		const micros = Math.round(Number(content?.cost) * 1e6);
		expect(await ledgerOf().addSpent('2026-03', 0)).toBe(micros);
		// half of what the same costs one by one
		expect(Math.ceil(stub.billed())).toBeGreaterThanOrEqual(micros - 3);
	});

	it('drop what they say of an account that was erased while they were under way', async () => {
		const own = [
			account('oak', { goals: ['Sell in winter'] }),
			account('elm', { goals: ['Grow'] }),
		];
		const given = { alsoSend: ['goals'] };
		await runSelector(own, { operation: 'submitBatch', ...given }, { stub });
		await ledgerOf().erase({ accountIds: ['oak'], addresses: [] });
		expect(JSON.stringify(await ledgerOf().openBatches())).not.toContain('oak');
		stub.advance(60_000);
		expect((await collect()).of(0)).toMatchObject([{ answered: 1 }]);
		const asked = stub.asked();
		await runSelector(own, given, { stub });
		expect(stub.asked() - asked).toBe(1);
	});

	it('of which some got no answer leave these to Select', async () => {
		stub.behave(['good', 'expired', 'refusal']);
		await submit(3);
		stub.advance(60_000);
		const [content] = (await collect()).of(0);
		expect(content).toMatchObject({ answered: 1, failed: 2 });
		expect((content?.reasons as { code: string }[]).map(({ code }) => code).toSorted()).toEqual([
			'claude.expired',
			'claude.refused',
		]);
		stub.behave(['good']);
		const before = stub.asked();
		await runSelector(accounts(3), {}, { stub });
		expect(stub.asked() - before).toBe(2);
	});

	it('that the service does not take stop with what to do, and nothing is remembered', async () => {
		const keyless = { stub: { ...stub, key: 'sk-ant-wrong' } };
		const ran = await runSelector(accounts(3), { operation: 'submitBatch' }, keyless);
		expect(ran.error?.message).toContain('The batch was not taken');
		expect(JSON.stringify(ran.error)).not.toContain('sk-ant');
		expect(ran.error?.description).toContain('Select works without this one');
		expect(await ledgerOf().openBatches()).toEqual([]);
	});

	it('that cannot be fetched wait, and are given up after 29 days', async () => {
		await ledgerOf().rememberBatch({
			id: 'msgbatch_gone',
			submittedAt: Date.parse(MONDAY),
			settings: JSON.stringify({ about: {}, expiresAfterMs: 1, questions: 4 }),
		});
		expect((await collect()).of(1)).toMatchObject([{ batch: 'msgbatch_gone', state: 'underWay' }]);
		const late = { at: '2026-04-02T09:00:00Z', stub };
		const ran = await runSelector([{}], { operation: 'collectBatch', chooseBy: 'claude' }, late);
		expect(ran.of(0)).toMatchObject([{ state: 'lost' }]);
		expect(await ledgerOf().openBatches()).toEqual([]);
	});

	it('are of Claude only', async () => {
		const ran = await runSelector(
			[tip('acme')],
			{ operation: 'submitBatch', chooseBy: 'rules' },
			{ catalogue: CATALOGUE },
		);
		expect(ran.error?.message).toBe('Batches are of Claude only');
	});
});
