import 'reflect-metadata';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode } from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	freshUserFolder,
	ledgerOf,
	NOW,
	runJourney,
	TESTER,
} from './CustomerJourney.setup';
import { asking, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const LATER = '2026-03-02T10:00:00Z';

async function record(event: object): Promise<void> {
	await runNode(new JourneyLedger(), {
		mode: 'manual',
		input: [{ ...event, accountId: 'acme', occurredAt: LATER }],
		parameters: { operation: 'recordEvent', options: { now: LATER } },
	});
}

/** What another try leaves of the case when it begins afresh: what was written since this one began. */
async function leftOf(
	began: number,
): Promise<{ open: boolean; reasons: number; events: string[] }[]> {
	const ledger = ledgerOf('test');
	await ledger.startAfresh('another', began);
	const { cases } = await ledger.cases({ accountIds: ['acme'], now: 0 });
	const { events } = await ledger.timeline(['acme']);
	const types = events.map(({ type }) => type).filter((type) => type.startsWith('case_'));
	return cases.map(({ open, reasons }) => ({ open, reasons: reasons.length, events: types }));
}

describe('a try that plays another time keeps the case it is about:', () => {
	it('one that a help desk says is over', async () => {
		const began = Date.now();
		await runRouter(NOW, [asking('acme', 'human_requested')], {}, 'manual');
		await record({ id: 'c1', type: 'case_resolved' });
		expect(await leftOf(began)).toEqual([
			{ open: false, reasons: 1, events: ['case_opened', 'case_resolved', 'case_resolved'] },
		]);
	});

	it('one that a further call for a human joins', async () => {
		const began = Date.now();
		await runRouter(NOW, [asking('acme', 'human_requested')], {}, 'manual');
		await record({ id: 'r1', type: 'reply_received' });
		await runJourney({
			mode: 'manual',
			input: [account('acme')],
			now: LATER,
			parameters: { testRecipient: TESTER },
			options: { testRuns: 'continue' },
		});
		expect(await leftOf(began)).toEqual([
			{ open: true, reasons: 2, events: ['case_opened', 'case_joined'] },
		]);
	});

	it('one that a link acknowledges', async () => {
		const began = Date.now();
		const options = { linkAddress: 'https://n8n.example.com/webhook/digital-cs/case' };
		const ran = await runRouter(
			NOW,
			[asking('acme', 'human_requested')],
			{ options, testRecipient: TESTER },
			'manual',
		);
		const { acknowledge } = ran.of(ROUTE.new)[0]?.links as { acknowledge: string };
		const query = Object.fromEntries(new URL(acknowledge).searchParams);
		const pressed = { headers: {}, query, body: { case: 'acknowledge' } };
		await runRouter(LATER, [pressed], { operation: 'openLink' }, 'webhook');
		expect(await leftOf(began)).toEqual([
			{ open: true, reasons: 1, events: ['case_opened', 'case_acknowledged'] },
		]);
	});
});
