import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Enrollment, JourneyEvent } from '../../engine/journeys/memory';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { runReport, type Reported } from './ProgramReport.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Wednesday; whoever began at 10:00 in Berlin on the 2nd is on day 30. */
const NOW = '2026-04-01T09:00:00Z';
const CHECKLIST = {
	item: [
		{ step: 'invite', title: 'Invite your team', url: '' },
		{ step: 'connect', title: 'Connect your data', url: 'https://help.example.com/connect' },
	],
};
const at = (date: string): number => Date.parse(`${date}T10:00:00+01:00`);

function began(accountId: string, date: string, over: Partial<Enrollment> = {}): Enrollment {
	return {
		journey: 'onboarding',
		dry: false,
		accountId,
		cycle: 1,
		anchorAt: at(date),
		enrolledAt: at(date),
		state: 'active',
		version: '1',
		...over,
	};
}
const did = (accountId: string, step: string, date: string): JourneyEvent => ({
	id: `${accountId}/${step}`,
	accountId,
	type: 'set_up_step_completed',
	step,
	occurredAt: at(date),
});

const report = async (
	input: readonly IDataObject[] = [{}],
	given: INodeParameters & { options?: INodeParameters } = {},
): Promise<Reported> =>
	await runReport('stallReport', NOW, input, { checklist: CHECKLIST, leastCustomers: 2, ...given });
const figures = (ran: Reported): unknown[] =>
	ran.reports().map(({ step, reached, stalled, stuck }) => [step, reached, stalled, stuck]);

describe('Stall Report (R29)', () => {
	it('reads from the ledger how each customer went through set-up', async () => {
		const ledger = ledgerOf();
		await ledger.enroll(['quick', 'slow', 'stuck'].map((id) => began(id, '2026-03-02')));
		await ledger.recordEvents(
			[
				did('quick', 'invite', '2026-03-03'),
				did('quick', 'connect', '2026-03-04'),
				did('slow', 'invite', '2026-03-03'),
				did('slow', 'connect', '2026-03-10'),
				did('stuck', 'invite', '2026-03-04'),
			],
			at('2026-03-10'),
		);
		const ran = await report();
		expect(figures(ran)).toEqual([
			['connect', 3, 2, 1],
			['invite', 3, 0, 0],
		]);
		expect(ran.reports().map(({ medianDays }) => medianDays)).toEqual([4, 1]);
		expect(ran.reports(1)).toMatchObject([
			{
				from: '2026-01-01',
				to: '2026-04-01',
				accounts: 3,
				arrived: 2,
				subject: "Set-up: most customers stall at 'Connect your data' (2 of 3)",
				html: expect.stringContaining('href="https://help.example.com/connect"') as string,
			},
		]);
		expect(ran.said).toContain('3 accounts began');
	});

	it('takes what the CRM says of set-up as well, where it says when', async () => {
		await ledgerOf().enroll([began('a', '2026-03-02'), began('b', '2026-03-02')]);
		const completed = [{ step: 'invite', at: '2026-03-03' }, { step: 'connect' }];
		const ran = await report([{ accountId: 'a', setup: { completed } }, { accountId: 'b' }]);
		expect(figures(ran)).toEqual([
			['invite', 2, 1, 1],
			['connect', 1, 1, 1],
		]);
	});

	it('knows customers by the CRM alone too, where that says when they began and how far they are', async () => {
		const setup = { completed: [{ step: 'invite', at: '2026-03-03' }] };
		const createdAt = '2026-03-02';
		await ledgerOf().enroll([began('enrolled', '2026-03-10')]);
		const ran = await report([
			{ accountId: 'enrolled', createdAt, setup },
			{ accountId: 'known', createdAt, setup },
			{ accountId: 'contract-to-come', createdAt, startedAt: '2026-05-01', setup },
			{ accountId: 'long-ago', createdAt: '2025-03-02', setup },
			{ accountId: 'no-set-up', createdAt },
			{ accountId: 'test', createdAt, setup, excluded: true },
		]);
		expect(ran.reports(1)).toMatchObject([{ accounts: 2 }]);
	});

	it('is about whoever began in the time, live, and once though records were merged (P32)', async () => {
		const ledger = ledgerOf();
		await ledger.enroll([
			began('too-early', '2026-01-30'),
			began('in-time', '2026-03-02'),
			began('dry', '2026-03-02', { dry: true }),
			began('old', '2026-03-02'),
			began('new', '2026-03-03'),
		]);
		await ledger.linkAliases([{ alias: 'old', accountId: 'new' }], at('2026-03-05'));
		const ran = await report([{}], { days: 60 });
		// the one of 30 January began 61 days ago
		expect(ran.reports(1)).toMatchObject([{ from: '2026-01-31', accounts: 2 }]);
	});

	it('counts a returning customer’s new start, not the first one (P17)', async () => {
		const ledger = ledgerOf();
		await ledger.enroll([
			began('back', '2026-01-20', { state: 'ended', endedAt: at('2026-02-01') }),
			began('back', '2026-03-30', { cycle: 2 }),
		]);
		expect(figures(await report([{}], { leastCustomers: 1 }))).toContainEqual(['invite', 1, 0, 0]);
	});

	it('says so where nobody began, and what to look at', async () => {
		const ran = await report();
		expect(ran.reports(1)).toMatchObject([
			{ accounts: 0, subject: 'Set-up: nobody began in this time' },
		]);
		expect(ran.said).toContain("compare 'Journey ID' and 'Ledger'");
	});

	it('names what is wrong with its settings', async () => {
		expect((await report([{}], { checklist: {} })).error?.message).toContain(
			"'Set-Up Checklist' is empty",
		);
		expect((await report([{}], { days: 0 })).error?.message).toContain('Days: must be at least 1');
	});
});
