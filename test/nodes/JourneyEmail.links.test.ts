import { tokenOf } from '../../ledger/token';
import {
	addressOf,
	claim,
	claimed,
	itemOf,
	ledgerOf,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	touch,
} from './JourneyEmail.setup';
import {
	BASE,
	eventsOf,
	HOUR,
	ONE_CLICK,
	request,
	runLedger,
	suppressedOf,
} from './JourneyLedger.links.setup';

startEachTestAfresh();

const HELP = 'https://help.example.com/start?a=1&b=2';
const MESSAGE = `<p>Hello {{ contact.name }}, <a href="${HELP.replace('&', '&amp;')}">start here</a> or <a href="mailto:help@vendor.example">write</a>. <a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>`;
const hrefs = (html = ''): string[] =>
	[...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replace(/&amp;/g, '&'));

describe('Journey Email with a link address', () => {
	it('offers one-click unsubscribing on every mail, which leads back to its touch', async () => {
		const { port, received } = await serve();
		await send({ port, items: await claimed(1), options: { linkAddress: BASE } });
		const [mail] = received;
		expect(mail?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
		const url = /^<(.*)>$/.exec(mail?.header('list-unsubscribe') ?? '')?.[1] ?? '';
		expect(url.startsWith(`${BASE}?dcs=u.`)).toBe(true);
		expect(url).not.toMatch(/acct|customer|onboarding/);

		await runLedger('openLink', [request(url)]);
		expect(await suppressedOf(addressOf(1))).toEqual([]);
		await runLedger('openLink', [request(url, { body: ONE_CLICK })]);
		expect(await suppressedOf(addressOf(1))).toEqual([addressOf(1)]);
	});

	it('leads the links of the HTML over it where clicks are tracked, and no others', async () => {
		const { port, received } = await serve();
		await send({
			port,
			items: await claimed(1),
			parameters: { message: MESSAGE },
			options: { linkAddress: BASE, trackClicks: true },
		});
		const [mail] = received;
		const [click = '', write, stop = ''] = hrefs(mail?.html);
		expect(click.startsWith(`${BASE}?dcs=c.`)).toBe(true);
		expect(write).toBe('mailto:help@vendor.example');
		expect(stop.startsWith(`${BASE}?dcs=u.`)).toBe(true);
		// the plain text shows addresses, and keeps the real ones
		expect(mail?.text).toContain(HELP);
		expect(mail?.text).not.toContain('dcs=c.');

		const run = await runLedger('openLink', [request(click)], { now: NOW + HOUR });
		expect(run.outputs[0]?.[0]?.json.ledger).toMatchObject({ answer: { location: HELP } });
		expect(await eventsOf('acct-1')).toMatchObject([
			{ type: 'clicked', touch: touch(1).key, data: { human: true } },
		]);
	});

	it('leaves links as they are unless clicks are tracked', async () => {
		const { port, received } = await serve();
		const parameters = { message: MESSAGE };
		await send({ port, items: await claimed(1), parameters, options: { linkAddress: BASE } });
		expect(hrefs(received[0]?.html)[0]).toBe(HELP);
	});

	it('lets an unsubscribe address of your own go first, and does not track it', async () => {
		const own = 'https://example.com/preferences?k={{ journey.key | url_encode }}';
		const { port, received } = await serve();
		await send({
			port,
			items: await claimed(1),
			parameters: { message: MESSAGE },
			options: { linkAddress: BASE, trackClicks: true, unsubscribeUrl: own },
		});
		const url = `https://example.com/preferences?k=${encodeURIComponent(touch(1).key)}`;
		expect(received[0]?.header('list-unsubscribe')).toBe(`<${url}>`);
		expect(hrefs(received[0]?.html)[2]).toBe(url);
	});

	it('offers one click first and an e-mail address of your own behind it (RFC 8058, RFC 2369)', async () => {
		const { port, received } = await serve();
		await send({
			port,
			items: await claimed(1),
			parameters: { message: MESSAGE },
			options: { linkAddress: BASE, unsubscribeUrl: 'mailto:stop@vendor.example?subject=Stop' },
		});
		const header = received[0]?.header('list-unsubscribe') ?? '';
		const [, link] =
			/^<(https:[^>]*)>, <mailto:stop@vendor\.example\?subject=Stop>$/.exec(header) ?? [];
		expect(link).toContain(BASE);
		expect(received[0]?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
		expect(hrefs(received[0]?.html)[2]).toBe(link);
	});

	it('says so when customers get a mail that nobody can unsubscribe from', async () => {
		const { port } = await serve();
		const plain = { parameters: { message: 'Hello' }, options: { unsubscribeUrl: '' } };
		const without = await send({ port, items: await claimed(2), ...plain });
		expect(without.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^2 items: Sent without a way to unsubscribe; set Link Address/),
		]);
	});

	it.each(['human', 'alert'] as const)(
		'keeps mails to colleagues (%s) without links',
		async (channel) => {
			const { port, received } = await serve();
			const one = touch(1, { channel, address: 'team@vendor.example' });
			await claim(ledgerOf(), [one]);
			await send({
				port,
				items: [itemOf(one, { journey: { channel } })],
				parameters: { message: `<a href="${HELP}">x</a>` },
				options: { linkAddress: BASE, trackClicks: true, tagReplyAddress: true },
			});
			expect(received[0]?.header('list-unsubscribe')).toBeUndefined();
			expect(received[0]?.header('reply-to')).toBeUndefined();
			expect(hrefs(received[0]?.html)).toEqual([HELP]);
		},
	);

	it('in a test run makes test links', async () => {
		const { port, received } = await serve();
		await claim(ledgerOf('test'), [touch(1)]);
		await send({
			port,
			mode: 'manual',
			items: [itemOf(touch(1), { journey: { mode: 'test', to: 'tester@vendor.example' } })],
			parameters: { message: MESSAGE },
			options: { linkAddress: BASE, trackClicks: true },
		});
		const [click, , stop] = hrefs(received[0]?.html);
		expect([click, stop]).toEqual([
			expect.stringContaining('?dcs=C.'),
			expect.stringContaining('?dcs=U.'),
		]);
	});

	it.each(['http://n8n.example.com/webhook/x', 'n8n.example.com', 'https://a:b@n8n.example.com/'])(
		'that is %s stops the node before anything is sent',
		async (linkAddress) => {
			const { port, received } = await serve();
			const run = await send({ port, items: await claimed(1), options: { linkAddress } });
			expect(run.error?.message).toBe("'Link Address' is not valid");
			expect(received).toHaveLength(0);
		},
	);

	it('nothing in an account can put another target, or a header, into a mail', async () => {
		const { port, received } = await serve();
		const evil = 'https://evil.example/"><a href="https://x.example/">\r\nBcc: a@x.example';
		await claim(ledgerOf(), [touch(1)]);
		const run = await send({
			port,
			items: [itemOf(touch(1), { account: { site: evil } })],
			parameters: { message: '<a href="{{ account.site }}">your site</a>' },
			options: { linkAddress: BASE, trackClicks: true, tagReplyAddress: true },
		});
		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(received[0]?.to).toEqual([addressOf(1)]);
		expect(received[0]?.header('bcc')).toBeUndefined();
		expect(hrefs(received[0]?.html)).toHaveLength(1);
	});
});

describe('the reply address', () => {
	it.each([
		['Reply To', { replyTo: 'help@vendor.example' }, 'help'],
		['the sender, where there is none', {}, 'success'],
	])('is tagged with the touch: %s', async (_what, parameters, local) => {
		const { port, received } = await serve();
		await send({ port, items: await claimed(1), parameters, options: { tagReplyAddress: true } });
		expect(received[0]?.header('reply-to')).toBe(
			`${local}+${tokenOf(touch(1).key)}@vendor.example`,
		);
		expect(received[0]?.from).toBe('success@vendor.example');
	});

	it('stays as it is where it would become too long', async () => {
		const { port, received } = await serve();
		const replyTo = `${'a'.repeat(40)}@vendor.example`;
		await send({
			port,
			items: await claimed(1),
			parameters: { replyTo },
			options: { tagReplyAddress: true },
		});
		expect(received[0]?.header('reply-to')).toBe(replyTo);
	});
});
