import type { IDataObject } from 'n8n-workflow';
import type { Touch } from '../../engine/journeys/memory';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import { connectionsOf, runWorkflow, type Wire } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import {
	addressOf,
	claim,
	itemOf,
	ledgerOf,
	MINUTE,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	touch,
	type Sending,
} from './JourneyEmail.setup';
import { BASE } from './JourneyLedger.links.setup';

startEachTestAfresh();

const OWNER = 'jo@vendor.example';
const TESTER = 'tester@vendor.example';
const HELP = 'https://crm.vendor.example/acct-1';
const HTML = `<p>Acme &#38; Sons &#60;script&#62; {{ account.name }}</p><a href="${HELP}">account</a>`;

/** A notice as the router claims it: a touch to a colleague. */
const notice = (over: Partial<Touch> = {}): Touch =>
	touch(1, {
		key: 'case/7/opened',
		journey: 'escalations',
		cycle: 7,
		stepId: 'opened',
		channel: 'alert',
		address: OWNER,
		...over,
	});

/** The item the router emits for it. */
const noticeItem = (escalation: IDataObject = {}, account: IDataObject = {}): IDataObject => ({
	accountId: 'acct-1',
	name: 'Acme & Sons',
	...account,
	escalation: {
		key: 'case/7/opened',
		channel: 'alert',
		mode: 'live',
		event: 'opened',
		to: OWNER,
		owner: { email: OWNER, name: 'Jo Doe' },
		no: 7,
		subject: 'Case 7: Acme & Sons',
		html: HTML,
		text: 'Acme & Sons <script>',
		...escalation,
	},
});

const PARAMETERS = {
	subject: '{{ escalation.subject }}',
	message: '<p>Hello {{ contact.name | default: "there" }}</p>{{ escalation.html | raw }}',
};
const sendNotice = async (items: IDataObject[], over: Partial<Sending> = {}) => {
	const server = await serve();
	const run = await send({ port: server.port, items, parameters: PARAMETERS, ...over });
	return { run, received: server.received };
};
const stateOfKey = async (key: string, journey: string, mode: 'live' | 'test' = 'live') => {
	const query = { journey, dry: false, accountIds: ['acct-1'], addresses: [], now: NOW };
	const { touches } = await ledgerOf(mode).recall(query);
	return touches.find((one) => one.key === key)?.state;
};
const stateOfNotice = async (mode: 'live' | 'test' = 'live') =>
	await stateOfKey('case/7/opened', 'escalations', mode);

describe('Journey Email sends a notice of a case', () => {
	it('to the colleague alone, by name, and confirms it under its key', async () => {
		await claim(ledgerOf(), [notice()]);
		const { run, received } = await sendNotice([noticeItem()]);
		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(received.map(({ to }) => to)).toEqual([[OWNER]]);
		expect(received[0]?.header('to')).toBe(`Jo Doe <${OWNER}>`);
		expect(received[0]?.header('subject')).toBe('Case 7: Acme & Sons');
		expect(await stateOfNotice()).toBe('sent');
	});

	it('rather than the hand-over of the journey it came from, which the router has taken', async () => {
		const handOver = touch(1, { channel: 'human', address: 'team@vendor.example' });
		await claim(ledgerOf(), [notice(), handOver]);
		const { journey } = itemOf(handOver, { journey: { channel: 'human' } });
		const { run, received } = await sendNotice([noticeItem({}, { journey })]);
		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(received.map(({ to }) => to)).toEqual([[OWNER]]);
		// the colleague is greeted, not whom the journey named
		expect(received[0]?.html).toContain('<p>Hello Jo Doe</p>');
		expect(await stateOfKey(handOver.key, 'onboarding')).toBe('claimed');
	});

	it('once: a second item of the same notice does not go', async () => {
		await claim(ledgerOf(), [notice()]);
		const { run, received } = await sendNotice([noticeItem(), noticeItem()]);
		expect(outcomes(run)).toEqual([['acct-1 accepted'], ['acct-1 repeatedItem']]);
		const again = await sendNotice([noticeItem()]);
		expect(outcomes(again.run)).toEqual([[], ['acct-1 alreadySent']]);
		expect([received.length, again.received.length]).toEqual([1, 0]);
	});

	it('although the colleague, as a customer would, asked for no more e-mail', async () => {
		await claim(ledgerOf(), [notice()]);
		await ledgerOf().suppress([{ address: OWNER, reason: 'unsubscribed' }], NOW);
		expect(outcomes((await sendNotice([noticeItem()])).run)[0]).toEqual(['acct-1 accepted']);
	});

	it('in a test run to the tester, without the name of the colleague, from the test ledger', async () => {
		await claim(ledgerOf('test'), [notice()]);
		const items = [noticeItem({ mode: 'test', to: TESTER })];
		const { run, received } = await sendNotice(items, { mode: 'manual' });
		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(received.map(({ to }) => to)).toEqual([[TESTER]]);
		expect(received[0]?.header('to')).toBe(TESTER);
		expect([await stateOfNotice('test'), await stateOfNotice()]).toEqual(['sent', undefined]);
	});

	it('that the server refuses for good as what it is: a human was not reached', async () => {
		await claim(ledgerOf(), [notice()]);
		const gone = { code: 550, text: '5.1.1 no such user' };
		const { port } = await serve({ recipients: { [OWNER]: gone } });
		const run = await send({ port, items: [noticeItem()], parameters: PARAMETERS });
		expect(outcomes(run)).toEqual([[], ['acct-1 humanNotReached']]);
		expect(run.hints.map(({ message }) => message).join()).toContain('Escalation Router');
		expect(await stateOfNotice()).toBe('failed');
	});

	it('at a measured pace not after its lease, and gives it back', async () => {
		const second = notice({ key: 'case/7/raised/2' });
		await claim(ledgerOf(), [notice(), second], NOW, MINUTE / 4);
		const { run } = await sendNotice([noticeItem(), noticeItem({ key: second.key })], {
			options: { mailsPerMinute: 2 },
		});
		expect(outcomes(run)).toEqual([['acct-1 accepted'], ['acct-1 rateLimited']]);
	});
});

describe('Journey Email keeps a notice as it should be between colleagues', () => {
	it('no unsubscribing, no tracked links, no tagged reply address, whatever the options say', async () => {
		await claim(ledgerOf(), [notice()]);
		const { received } = await sendNotice([noticeItem()], {
			options: {
				linkAddress: BASE,
				trackClicks: true,
				tagReplyAddress: true,
				unsubscribeUrl: 'https://vendor.example/stop?k={{ journey.key }}',
			},
		});
		const [mail] = received;
		for (const name of ['list-unsubscribe', 'list-unsubscribe-post', 'reply-to'])
			expect([name, mail?.header(name)]).toEqual([name, undefined]);
		expect(mail?.html).toContain(`<a href="${HELP}">`);
		expect(mail?.html).not.toContain('dcs=');
	});

	it('a signed link in it arrives as it was made', async () => {
		const link = 'https://n8n.example.com/webhook/digital-cs/case?dcs=a.7.0.x&tenant=a';
		await claim(ledgerOf(), [notice()]);
		const { received } = await sendNotice([noticeItem({ links: { acknowledge: link } })], {
			parameters: {
				...PARAMETERS,
				message: '<a href="{{ escalation.links.acknowledge }}">Acknowledge</a>',
			},
			options: { linkAddress: BASE, trackClicks: true },
		});
		const [, href = ''] = /href="([^"]*)"/.exec(received[0]?.html ?? '') ?? [];
		expect(href.replace(/&amp;/g, '&')).toBe(link);
	});
});

describe('the HTML of a notice', () => {
	const bodyOf = async (message: string, escalation: IDataObject = {}) => {
		await claim(ledgerOf(), [notice()]);
		const { run, received } = await sendNotice([noticeItem(escalation)], {
			parameters: { ...PARAMETERS, message },
		});
		return { html: received[0]?.html, text: received[0]?.text, outcome: outcomes(run) };
	};

	it('stands in the mail as it is where the template says raw, and is not read as Liquid', async () => {
		const { html, text } = await bodyOf('{{ escalation.html | raw }}');
		expect(html?.trim()).toBe(HTML);
		// the customer's text in it is text: escaped where it came from
		expect(text).toContain('Acme & Sons <script> {{ account.name }}');
	});

	it('is text like any other value where the template does not say so', async () => {
		const { html } = await bodyOf('{{ escalation.html }}');
		expect(html).not.toContain('<a');
		expect(html).toContain('&lt;p&gt;Acme &amp;#38; Sons');
	});

	it('is not taken from an expression where a customer wrote braces into it', async () => {
		const { outcome } = await bodyOf('={{ $json.escalation.html }}');
		expect(outcome).toEqual([[], ['acct-1 unrenderedLiquid']]);
	});

	it('raw is for that one value: what stands beside it is escaped', async () => {
		const { html } = await bodyOf('{{ escalation.html | raw }}{{ escalation.text }}');
		expect(html?.trim()).toBe(`${HTML}Acme &amp; Sons &lt;script&gt;`);
	});

	it.each([
		['missing', undefined],
		['empty', ''],
	])('%s holds the mail, and says which', async (_what, html) => {
		const { outcome } = await bodyOf('{{ escalation.html | raw }}', { html });
		expect(outcome).toEqual([[], ['acct-1 missingVariable']]);
		expect(await stateOfNotice()).toBe('failed');
	});
});

describe('Journey Email sends no notice', () => {
	const journeyOf = (over: IDataObject = {}) => itemOf(touch(1), { journey: over }).journey;

	it.each<[string, IDataObject, string]>([
		['without a key: nobody is to be told', noticeItem({ key: undefined }), 'noNotice'],
		['with an empty key', noticeItem({ key: '' }), 'noNotice'],
		['with a key that is none', noticeItem({ key: 7 }), 'noNotice'],
		['without a mode', noticeItem({ mode: undefined }), 'noNotice'],
		[
			'without a key, though its journey has one',
			noticeItem({ key: undefined }, { journey: journeyOf() ?? null }),
			'noNotice',
		],
		['of a case that has ended', noticeItem({ state: 'resolved' }), 'caseEnded'],
		[
			'of an ended case without a key',
			{ accountId: 'acct-1', escalation: { state: 'resolved' } },
			'caseEnded',
		],
		['of a dry run', noticeItem({ mode: 'dry' }), 'dryRun'],
		['of a test run in a live one', noticeItem({ mode: 'test' }), 'testItemInLiveRun'],
		['to nobody', noticeItem({ to: '' }), 'noRecipient'],
		['to two', noticeItem({ to: 'a@x.example,b@x.example' }), 'badRecipient'],
		[
			'with a header for an address',
			noticeItem({ to: 'a@x.example\r\nBcc: b@x.example' }),
			'badRecipient',
		],
		['by the channel of customers', noticeItem({ channel: 'email' }), 'otherChannel'],
		['by Slack', noticeItem({ channel: 'slack' }), 'otherChannel'],
		[
			'where the account has a field of that name',
			{ accountId: 'acct-1', escalation: 'tier 2' },
			'noJourney',
		],
	])('%s', async (_what, item, code) => {
		await claim(ledgerOf(), [notice(), touch(1)]);
		const { run, received } = await sendNotice([item]);
		expect(outcomes(run)).toEqual([[], [`acct-1 ${code}`]]);
		expect(received).toEqual([]);
		expect([await stateOfNotice(), await stateOfKey(touch(1).key, 'onboarding')]).toEqual([
			'claimed',
			'claimed',
		]);
	});

	it('live in a test run', async () => {
		for (const mode of ['live', 'test'] as const) await claim(ledgerOf(mode), [notice()]);
		const { run, received } = await sendNotice([noticeItem()], { mode: 'manual' });
		expect(outcomes(run)).toEqual([[], ['acct-1 liveItemInTestRun']]);
		expect(received).toEqual([]);
	});

	it.each<[string, number, string]>([
		['nobody claimed', -1, 'unknownTouch'],
		['whose lease ended', 16, 'leaseEnded'],
	])('%s', async (_what, minutesAgo, code) => {
		if (minutesAgo >= 0)
			await claim(ledgerOf(), [notice()], NOW - minutesAgo * MINUTE, 15 * MINUTE);
		expect(outcomes((await sendNotice([noticeItem()])).run)).toEqual([[], [`acct-1 ${code}`]]);
	});
});

describe('an account with both a step of a journey and a case', () => {
	/** Journey Email in a workflow, behind nodes that hand out; the items are as they arrive. */
	const sentBehind = async (origins: [string, string][], item: IDataObject) => {
		await claim(ledgerOf(), [notice(), touch(1)]);
		const { port, received } = await serve();
		const names = ['Items', ...origins.map(([name]) => name), 'Mail'];
		const wires = names.slice(1).map((to, index): Wire => ({ from: names[index] ?? '', to }));
		await runWorkflow({
			mode: 'trigger',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Items', type: 'test.items' },
				...origins.map(([name, kind]) => ({ name, type: `n8n-nodes-digital-cs.${kind}` })),
				{
					name: 'Mail',
					type: 'n8n-nodes-digital-cs.journeyEmail',
					credentials: { smtp: { id: '1', name: 'smtp' } },
					parameters: {
						fromEmail: 'success@vendor.example',
						subject: 'S',
						message: '<p>x</p>',
						options: { now: new Date(NOW).toISOString() },
					},
				},
			],
			connections: connectionsOf([{ from: 'Start', to: 'Items' }, ...wires]),
			nodeTypes: {
				'n8n-nodes-digital-cs.customerJourney': noOp,
				'n8n-nodes-digital-cs.escalationRouter': noOp,
				'n8n-nodes-digital-cs.journeyEmail': new JourneyEmail(),
			},
			sources: { Items: [item] },
			credentials: {
				smtp: {
					host: '127.0.0.1',
					port,
					secure: false,
					user: '',
					password: '',
					disableStartTls: true,
					hostName: '',
				},
			},
		});
		return received.map(({ to }) => to.join());
	};
	const journey: [string, string] = ['Journey', 'customerJourney'];
	const router: [string, string] = ['Router', 'escalationRouter'];
	const both = { ...noticeItem(), journey: itemOf(touch(1)).journey };

	it.each<[string, [string, string][], string]>([
		['behind the router: the notice', [router], OWNER],
		['behind a journey and then the router: the notice', [journey, router], OWNER],
		[
			'behind the router and then a journey: what the customer is to get',
			[router, journey],
			addressOf(1),
		],
		['behind neither, in a workflow that only sends: the notice', [], OWNER],
	])('%s', async (_what, origins, to) => {
		expect(await sentBehind(origins, both)).toEqual([to]);
	});

	it.each<[string, [string, string][], unknown]>([
		['an object', [journey], { level: 2 }],
		[
			'an object that reads like a case, behind a journey',
			[journey],
			{ state: 'open', key: 'T-1' },
		],
		['an object, in a workflow that only sends', [], { level: 2 }],
		['text, in a workflow that only sends', [], 'tier 2'],
	])('a field of the account that is called so is none: %s', async (_what, origins, escalation) => {
		const item = { ...itemOf(touch(1)), escalation } as IDataObject;
		expect(await sentBehind(origins, item)).toEqual([addressOf(1)]);
	});
});
