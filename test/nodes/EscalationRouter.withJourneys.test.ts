import 'reflect-metadata';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode } from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	freshUserFolder,
	journeyOf,
	JOURNEY,
	ledgerOf,
	NOW,
	runJourney,
} from './CustomerJourney.setup';
import { asking, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

async function record(events: object[], now: string): Promise<void> {
	await runNode(new JourneyLedger(), {
		mode: 'trigger',
		input: events.map((event) => ({ ...event })),
		parameters: { operation: 'recordEvent', options: { now } },
	});
}

describe('Route, with the journeys', () => {
	it('a further call for a human joins the open case, though the journey hands nothing over (P08)', async () => {
		await runRouter(NOW, [asking('acme', 'human_requested')]);
		await record(
			[{ id: 'r1', type: 'reply_received', accountId: 'acme', occurredAt: '2026-03-02T10:00:00Z' }],
			'2026-03-02T10:00:00Z',
		);
		const run = await runJourney({ input: [account('acme')], now: '2026-03-02T10:05:00Z' });
		const steps = run
			.node(JOURNEY)
			.outputs.flat()
			.map((item) => journeyOf(item).step);
		// the welcome answers what the customer just did, and goes all the same (P06)
		expect(steps).toEqual(['welcome']);
		const { cases } = await ledgerOf().cases({ accountIds: ['acme'], now: 0 });
		expect(cases.map(({ open, reasons }) => [open, reasons.map(({ code }) => code)])).toEqual([
			[true, ['human_requested', 'reply_received']],
		]);
	});

	it('what a help desk says is over is over, unless the case was opened later', async () => {
		const { of } = await runRouter(NOW, [
			asking('acme', 'human_requested'),
			asking('beta', 'human_requested'),
		]);
		expect(of(ROUTE.new)).toHaveLength(2);
		await record(
			[
				{ id: 'c1', type: 'case_resolved', accountId: 'acme', occurredAt: '2026-03-02T12:00:00Z' },
				{ id: 'c2', type: 'case_resolved', accountId: 'beta', occurredAt: '2026-03-01T12:00:00Z' },
			],
			'2026-03-02T12:00:00Z',
		);
		const { cases } = await ledgerOf().cases({ accountIds: ['acme', 'beta'], now: 0 });
		expect(cases.map(({ accountId, open }) => [accountId, open])).toEqual([
			['acme', false],
			['beta', true],
		]);
	});

	it('what is over is over once: told again without a time, it ends no case that was opened since', async () => {
		const resolved = { id: 'c1', type: 'case_resolved', accountId: 'acme' };
		const open = async (): Promise<boolean | undefined> =>
			(await ledgerOf().cases({ accountIds: ['acme'], now: 0 })).cases.at(-1)?.open;
		await runRouter(NOW, [asking('acme', 'human_requested')]);
		await record([resolved], '2026-03-02T12:00:00Z');
		expect(await open()).toBe(false);
		await runRouter('2026-03-03T09:00:00Z', [asking('acme', 'human_requested', 'e2')]);
		expect(await open()).toBe(true);
		await record([resolved], '2026-03-03T12:00:00Z');
		expect(await open()).toBe(true);
	});
});
