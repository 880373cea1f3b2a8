import 'reflect-metadata';
import type { WorkflowExecuteMode } from 'n8n-workflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { alerted, answer, asking, runRouter, type Given, type Ran } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const NOON = '2026-03-02T11:00:00Z';

const list = async (given: Given = {}, mode: WorkflowExecuteMode = 'trigger'): Promise<Ran> =>
	await runRouter(NOON, [{}], { operation: 'listOpen', ...given }, mode);
const accountsOf = (ran: Ran): unknown[] => ran.outputs[0]?.map(({ json }) => json.accountId) ?? [];

describe('List Open', () => {
	it('has the least time left first, then the most money, and last what waits for the customer', async () => {
		await runRouter(MONDAY, [
			alerted('small', { arr: 1_000 }),
			alerted('unknown', { arr: undefined }),
			alerted('large', { arr: 9_000 }),
			asking('pausing', 'human_requested'),
			asking('pressing', 'human_requested'),
		]);
		await runRouter('2026-03-02T08:00:00Z', [asking('first', 'human_requested')]);
		await answer('wait', '2026-03-02T10:00:00Z', [{ accountId: 'pausing' }]);
		await runRouter(MONDAY, [asking('over', 'human_requested')]);
		await answer('resolve', '2026-03-02T10:00:00Z', [{ accountId: 'over' }]);
		const ran = await list();
		expect(accountsOf(ran)).toEqual(['first', 'pressing', 'large', 'small', 'unknown', 'pausing']);
		expect(ran.of(0).map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(ran.hints.map(({ message }) => message).join()).toContain('6 cases are open');
	});

	it('says of each why it is open, how long is left and what to do next', async () => {
		await runRouter(MONDAY, [asking('acme', 'human_requested')]);
		const [first] = (await list()).of(0);
		expect(first).toMatchObject({
			case: 1,
			state: 'open',
			minutesLeft: 120,
			dueAt: '2026-03-02T14:00:00+01:00',
			why: [{ code: 'human_requested', text: 'The customer asked for a person' }],
			nextStep: { code: 'acknowledge' },
			reasons: [{ code: 'acknowledge' }],
		});
		await answer('recordTouch', '2026-03-02T10:30:00Z', [{ accountId: 'acme' }]);
		expect((await list()).of(0)).toMatchObject([{ nextStep: { code: 'settle' } }]);
	});

	it('lists one owner’s where one is given, in whatever case it is written, and so many at most', async () => {
		await runRouter(
			MONDAY,
			['a', 'b', 'c', 'd'].map((id) => alerted(id)),
		);
		expect(accountsOf(await list({ owner: 'Ana@Vendor.example' }))).toEqual(['a', 'c']);
		const short = await list({ limit: 3 });
		expect(accountsOf(short)).toEqual(['a', 'b', 'c']);
		expect(short.hints.map(({ message }) => message).join()).toContain(
			'4 cases are open; the first 3 are listed',
		);
	});

	it('where none is open says so instead of nothing', async () => {
		const ran = await list();
		expect(ran.outputs).toEqual([[]]);
		expect(ran.hints).toMatchObject([
			{ message: expect.stringContaining('No case is open') as unknown },
		]);
		expect((await list({ owner: 'ana@vendor.example' })).hints).toMatchObject([
			{ message: expect.stringContaining('for this owner') as unknown },
		]);
	});

	it('changes nothing, and shows the live cases in the editor too', async () => {
		await runRouter(MONDAY, [alerted('acme')]);
		expect(accountsOf(await list({}, 'manual'))).toEqual(['acme']);
		expect((await list()).of(0)).toEqual((await list()).of(0));
	});
});
