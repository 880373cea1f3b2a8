import type { IDataObject } from 'n8n-workflow';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import type { MailServer } from '../services/mail/mailServer';
import {
	addressOf,
	claim,
	itemOf,
	ledgerOf,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	touch,
	type Sending,
} from './JourneyEmail.setup';

startEachTestAfresh();

let server: MailServer;
beforeEach(async () => {
	server = await serve();
	await claim(ledgerOf(), [touch(1), touch(2)]);
});

/** Sends one mail about this item and gives it as it arrived. */
async function sendOne(
	sending: Omit<Sending, 'port' | 'items'>,
	over: Parameters<typeof itemOf>[1] = {},
) {
	const run = await send({ ...sending, port: server.port, items: [itemOf(touch(1), over)] });
	return { mail: server.received[0], outcome: outcomes(run) };
}

describe('the content of a mail', () => {
	it('is written in a plain field: n8n’s HTML editor would take Liquid for expressions', () => {
		const { properties } = new JourneyEmail().description;
		const message = properties.find(({ name }) => name === 'message');
		expect(message).toMatchObject({ type: 'string', typeOptions: { rows: 12 } });
		expect(message?.typeOptions?.editor).toBeUndefined();
	});

	it('escapes what customers wrote', async () => {
		const { mail } = await sendOne({}, { account: { name: '<script>alert(1)</script>' } });
		expect(mail?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(mail?.html).not.toContain('<script>');
	});

	it('uses the plain text that was written, if one was', async () => {
		const { mail } = await sendOne({ parameters: { plainText: 'Hi {{ account.name }}' } });
		expect(mail?.text?.trim()).toBe('Hi Acme & Sons');
	});

	it.each([
		'Jo\r\nBcc: evil@x.example',
		'Jo, <evil@x.example>',
		'"; <evil@x.example>',
		'Jo\u2028X-Evil: 1',
		'Zoë Łukasz 🎉',
	])('no name can add a header or a recipient: %j', async (name) => {
		const { mail } = await sendOne(
			{ parameters: { fromName: name, subject: 'Hello {{ contact.name }}' } },
			{ journey: { contact: { email: addressOf(1), name } } },
		);
		expect(mail?.to).toEqual([addressOf(1)]);
		const names = mail?.headers.map((header) => header.name) ?? [];
		expect(names).not.toContain('bcc');
		expect(names).not.toContain('x-evil');
		expect(new Set(names).size).toBe(names.length);
		expect(mail?.header('to')).toMatch(new RegExp(`<${addressOf(1)}>$`));
	});

	it.each([
		['subject', 'News for {{ account.name }}'],
		['subject', '={{ $json.name }}'],
		['subject', '={{ $json.name.trim() }} and more'],
		['fromName', '={{ $json.name }}'],
		['fromName', '={{ $json.name + "" }}'],
	])('no account field can add a header through %s: %s', async (parameter, value) => {
		const name = 'Acme\r\nBcc: evil@x.example\nX-Evil: 1\r\n\r\n<p>Evil</p>\u0000\u2028X-Worse: 1';
		const { mail: harmless } = await sendOne({});
		await ledgerOf().startAfresh('onboarding', 0);
		await claim(ledgerOf(), [touch(1)]);
		await sendOne({ parameters: { [parameter]: value } }, { account: { name } });
		const mail = server.received[1];
		const namesOf = ({ headers = [] }: { headers?: { name: string }[] } = {}): string[] =>
			headers.map((header) => header.name).sort();
		expect(namesOf(mail)).toEqual(namesOf(harmless));
		expect([mail?.from, mail?.to]).toEqual(['success@vendor.example', [addressOf(1)]]);
		// it stands there, on the one line it belongs to
		const header = mail?.header(parameter === 'subject' ? 'subject' : 'from');
		expect(header).toContain('Acme Bcc: evil@x.example X-Evil: 1');
		expect(header).not.toMatch(/[\r\n\u0000\u2028]/);
	});

	it.each(['fromEmail', 'replyTo'])(
		'no account field can add a header through %s',
		async (field) => {
			const { outcome } = await sendOne(
				{ parameters: { [field]: '={{ $json.csm }}' } },
				{ account: { csm: 'csm@vendor.example\r\nBcc: evil@x.example' } },
			);
			expect(outcome).toEqual([[], ['acct-1 notAnAddress']]);
			expect(server.received).toEqual([]);
		},
	);

	it.each<[string, string | undefined, string | undefined]>([
		[
			'https://vendor.example/u?k={{ journey.key | url_encode }}',
			`<https://vendor.example/u?k=${encodeURIComponent(touch(1).key)}>`,
			'List-Unsubscribe=One-Click',
		],
		['mailto:stop@vendor.example', '<mailto:stop@vendor.example>', undefined],
	])('says where to unsubscribe: %s', async (unsubscribeUrl, list, post) => {
		const { mail } = await sendOne({
			options: { unsubscribeUrl },
			parameters: { message: '<a href="{{ unsubscribeUrl }}">Stop</a>' },
		});
		expect(mail?.header('list-unsubscribe')).toBe(list);
		expect(mail?.header('list-unsubscribe-post')).toBe(post);
		expect(mail?.html).toContain(list?.slice(1, -1));
	});

	it('keeps a long unsubscribe address whole', async () => {
		const { mail } = await sendOne({
			options: { unsubscribeUrl: `https://vendor.example/${'x'.repeat(400)}` },
		});
		expect(mail?.header('list-unsubscribe')).toBe(`<https://vendor.example/${'x'.repeat(400)}>`);
	});

	it('holds a mail whose unsubscribe address is none', async () => {
		const { outcome } = await sendOne({
			options: { unsubscribeUrl: 'http://vendor.example/{{ journey.key }}' },
		});
		expect(outcome).toEqual([[], ['acct-1 badUnsubscribe']]);
	});
});

describe('an n8n expression', () => {
	const hostile: IDataObject = {
		name: 'X {{ account.notes }}',
		notes: ['internal'],
		subject: 'From the catalog, {{ contact.name }}',
	};

	it.each([
		['a dragged field', '={{ $json.plan }}', 'pro'],
		['one that has to be worked out', '={{ $json.plan.toUpperCase() }} news', 'PRO news'],
		['Liquid that the editor marked as one', '=Hi {{ contact.name }}', 'Hi Jo Doe'],
	])('gives the text: %s', async (_what, subject, expected) => {
		const { mail } = await sendOne({ parameters: { subject } });
		expect(mail?.header('subject')).toBe(expected);
	});

	it('is not read as Liquid, so that no customer writes templates', async () => {
		const { outcome } = await sendOne(
			{ parameters: { subject: '={{ $json.name }}' } },
			{ account: hostile },
		);
		expect(outcome).toEqual([[], ['acct-1 unrenderedLiquid']]);
	});

	it('is read as Liquid where the option says that it gives templates', async () => {
		const { mail } = await sendOne(
			{ parameters: { subject: '={{ $json.subject }}' }, options: { liquidInExpressions: true } },
			{ account: hostile },
		);
		expect(mail?.header('subject')).toBe('From the catalog, Jo Doe');
	});

	it('sets sender and reply address per item, and holds the mail when they are none', async () => {
		const run = await send({
			port: server.port,
			items: [
				itemOf(touch(1), { account: { csm: 'csm@vendor.example' } }),
				itemOf(touch(2), { account: { csm: 'x\r\ny@z' } }),
			],
			parameters: { fromEmail: '={{ $json.csm }}', replyTo: '={{ $json.csm }}' },
		});
		expect(outcomes(run)).toEqual([['acct-1 accepted'], ['acct-2 notAnAddress']]);
		expect(server.received[0]?.header('reply-to')).toBe('csm@vendor.example');
	});
});
