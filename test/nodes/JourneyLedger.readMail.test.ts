import type { INodeExecutionData } from 'n8n-workflow';
import { tokenOf } from '../../ledger/token';
import {
	complaint,
	deliveryReport,
	reply,
	UNRELATED,
	type Report,
} from '../services/mail/returnedMails';
import { resolvedMail } from '../services/mail/resolvedMail';
import { addressOf, startEachTestAfresh } from './JourneyEmail.setup';
import { eventsOf, runLedger, said, sent, suppressedOf } from './JourneyLedger.links.setup';

startEachTestAfresh();

/** The item of n8n's Email Trigger (IMAP). */
async function arrived(raw: string): Promise<INodeExecutionData> {
	const { json, attachments } = await resolvedMail(raw);
	const binary = Object.fromEntries(
		attachments.map(({ content, contentType }, index) => [
			`attachment_${String(index)}`,
			{ data: content.toString('base64'), mimeType: contentType },
		]),
	);
	return { json, binary };
}

const codes = (output: ReturnType<typeof said>[number] = []): string[] =>
	output.flatMap(({ reasons }) => (reasons as { code: string }[]).map(({ code }) => code));
const bounce = async (key: string, report: Report = {}): Promise<INodeExecutionData> =>
	await arrived(deliveryReport({ token: tokenOf(key) }, report));

describe('Read Mail', () => {
	it('records a person’s reply with its touch, once', async () => {
		const key = await sent(1);
		const mail = await arrived(reply({ token: tokenOf(key) }));
		const [done = []] = said(await runLedger('readMail', [mail]));
		expect(done).toMatchObject([
			{ recorded: true, type: 'reply_received', accountId: 'acct-1', touch: key, reasons: [] },
		]);
		expect(await eventsOf('acct-1')).toMatchObject([
			{ type: 'reply_received', touch: key, contact: addressOf(1) },
		]);
		expect(codes(said(await runLedger('readMail', [mail]))[1])).toEqual(['duplicate']);
		expect(await eventsOf('acct-1')).toHaveLength(1);
	});

	it('records an out-of-office notice as what it is: no reply', async () => {
		const key = await sent(1);
		const raw = reply({ token: tokenOf(key) }, { headers: 'Auto-Submitted: auto-replied' });
		await runLedger('readMail', [await arrived(raw)]);
		expect((await eventsOf('acct-1')).map(({ type }) => type)).toEqual(['auto_replied']);
	});

	it.each<[string, Report, string, boolean]>([
		['a hard bounce silences the address', { status: '5.1.1' }, 'bounced', true],
		['a full mailbox is only written down', { status: '5.2.2' }, 'bounced', false],
		[
			'a delay is only written down',
			{ status: '4.4.1', action: 'delayed' },
			'delivery_delayed',
			false,
		],
	])('%s', async (_what, report, type, silenced) => {
		const key = await sent(1);
		await runLedger('readMail', [await bounce(key, report)]);
		expect(await eventsOf('acct-1')).toMatchObject([{ type, touch: key }]);
		expect(await suppressedOf(addressOf(1))).toEqual(silenced ? [addressOf(1)] : []);
	});

	it('silences an address whose owner complained', async () => {
		const key = await sent(1);
		await runLedger('readMail', [await arrived(complaint({ token: tokenOf(key) }))]);
		expect((await eventsOf('acct-1')).map(({ type }) => type)).toEqual(['complained']);
		expect(await suppressedOf(addressOf(1))).toEqual([addressOf(1)]);
	});

	it('silences the address of the touch, whatever address a report names', async () => {
		const key = await sent(2);
		await runLedger('readMail', [await bounce(key)]);
		expect(await suppressedOf('jo@customer.example', addressOf(1), addressOf(2))).toEqual([
			addressOf(2),
		]);
	});

	it('lets mails that answer nothing of ours out on the second output, and nothing happens', async () => {
		await sent(1);
		const strange = [
			await arrived(UNRELATED),
			await bounce('a key of nobody'),
			{ json: { textPlain: 'a', metadata: {} } },
		];
		const [done, notDone] = said(await runLedger('readMail', strange));
		expect(done).toEqual([]);
		expect(codes(notDone)).toEqual(['unmatched', 'unmatched', 'notAMail']);
		expect(await eventsOf('acct-1')).toEqual([]);
		expect(await suppressedOf(addressOf(1), 'jo@customer.example')).toEqual([]);
	});

	it('takes a colleague’s answer to a hand-over for no customer’s reply, nor their bounce', async () => {
		const key = await sent(1, { channel: 'human', address: 'team@vendor.example' });
		const mails = [await arrived(reply({ token: tokenOf(key) })), await bounce(key)];
		const [done, notDone] = said(await runLedger('readMail', mails));
		expect([done, codes(notDone)]).toEqual([[], ['toTeam', 'toTeam']]);
		expect(await suppressedOf('team@vendor.example')).toEqual([]);
	});

	it('reads a mailbox of many in one go, each to its own touch', async () => {
		const keys = await Promise.all([1, 2, 3, 4].map(async (number) => await sent(number)));
		const [one = '', two = '', three = '', four = ''] = keys;
		const mails = [
			await arrived(reply({ token: tokenOf(one) })),
			await bounce(two),
			await arrived(UNRELATED),
			await arrived(reply({ token: tokenOf(three) })),
			await bounce(four, { status: '5.7.1', returned: 'text/rfc822-headers' }),
		];
		const [done = []] = said(await runLedger('readMail', mails));
		expect(done.map(({ touch, type, hard }) => [touch, type, hard])).toEqual([
			[one, 'reply_received', undefined],
			[two, 'bounced', true],
			[three, 'reply_received', undefined],
			[four, 'bounced', false],
		]);
	});

	it('from the editor finds the touch and records nothing', async () => {
		const key = await sent(1);
		const run = await runLedger('readMail', [await bounce(key)], { mode: 'manual' });
		expect(codes(said(run)[1])).toEqual(['testRun']);
		expect(await eventsOf('acct-1')).toEqual([]);
		expect(await suppressedOf(addressOf(1))).toEqual([]);
	});
});
