import 'reflect-metadata';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { alerted, answer, asking, CHECK, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const ACME = [{ accountId: 'acme' }];

describe('what a customer says is always heard (R64, P18, P33)', () => {
	it('an answer ends the waiting for it, and its owner is told, with four business hours anew', async () => {
		await runRouter('2026-03-02T09:00:00Z', [asking('acme', 'reply_received', 'r1')]);
		await answer('recordTouch', '2026-03-02T10:00:00Z', ACME);
		await answer('wait', '2026-03-02T10:05:00Z', ACME);
		const { of } = await runRouter('2026-03-03T09:00:00Z', [
			asking('acme', 'reply_received', 'r2'),
		]);
		expect(of(ROUTE.updated)).toMatchObject([
			{
				case: 1,
				notify: true,
				to: 'ana@vendor.example',
				waitsForCustomer: false,
				dueAt: '2026-03-03T14:00:00+01:00',
			},
		]);
		const check = { operation: 'checkDeadlines' };
		const late = await runRouter('2026-03-03T13:30:00Z', [{}], check);
		expect(late.of(CHECK.overdue).map(({ to }) => to)).toEqual([
			'ana@vendor.example',
			'maria@vendor.example',
		]);
	});

	it('an answer months after somebody spoke to them is told as well, while the case is open', async () => {
		await runRouter('2026-03-02T09:00:00Z', [asking('acme', 'reply_received', 'r1')]);
		await answer('recordTouch', '2026-03-02T10:00:00Z', ACME);
		const { of } = await runRouter('2026-06-19T09:00:00Z', [
			asking('acme', 'reply_received', 'r2'),
		]);
		expect(of(ROUTE.updated)).toMatchObject([{ case: 1, what: 'raised', notify: true }]);
	});

	it('a further word while somebody is still to speak to them only joins (P08)', async () => {
		await runRouter('2026-03-02T09:00:00Z', [asking('acme', 'reply_received', 'r1')]);
		await answer('acknowledge', '2026-03-02T09:30:00Z', ACME);
		const { of } = await runRouter('2026-03-02T10:00:00Z', [
			asking('acme', 'reply_received', 'r2'),
		]);
		expect(of(ROUTE.updated)).toMatchObject([{ what: 'joined', notify: false }]);
	});
});

describe('what is known of an account', () => {
	it('is what is known today: a ticket that was closed makes nothing urgent', async () => {
		await runRouter('2026-03-02T09:00:00Z', [alerted('acme', { support: { openP1: 1 } })]);
		expect((await ledgerOf().cases({ accountIds: ['acme'], now: 0 })).cases[0]?.priority).toBe(
			'urgent',
		);
		await answer('resolve', '2026-03-02T10:00:00Z', ACME);
		const later = alerted(
			'acme',
			{ support: { openP1: 0 } },
			{ key: 'usage_fell/x/acme/2026-04-02', code: 'usage_fell', text: 'Usage fell' },
		);
		const { of } = await runRouter('2026-04-02T08:00:00Z', [later]);
		expect(of(ROUTE.new)).toMatchObject([{ case: 2, priority: 'normal', kind: 'alert' }]);
	});

	it('an open ticket of the highest severity counts, whatever else is called severe', async () => {
		const { of } = await runRouter('2026-03-02T09:00:00Z', [
			alerted('acme', { severity: 'P4', support: { openP1: 2 } }),
		]);
		expect(of(ROUTE.new)).toMatchObject([{ priority: 'urgent' }]);
	});
});

describe('an item', () => {
	it('with a hand-over of a dry run and an alert of its own is routed for the alert', async () => {
		const journey = {
			key: 'k',
			channel: 'human',
			mode: 'dry',
			reasons: [{ code: 'c', text: 't' }],
		};
		const { of } = await runRouter('2026-03-02T09:00:00Z', [
			alerted('acme', { journey }),
			{ accountId: 'beta', journey },
		]);
		expect(of(ROUTE.new)).toMatchObject([{ accountId: 'acme', kind: 'alert' }]);
		expect(of(ROUTE.unchanged)).toMatchObject([{ reasons: [{ code: 'dryRun' }] }]);
	});

	it('whose name is mark-up of a chat shows it as text', async () => {
		const { of } = await runRouter('2026-03-02T09:00:00Z', [
			alerted('acme', { name: '<!channel> <https://evil.example|click>' }),
		]);
		const slack = of(ROUTE.new)[0]?.slack as { text: string };
		expect(slack.text).not.toMatch(/[<>]/);
	});
});
