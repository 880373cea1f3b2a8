import type { IDataObject } from 'n8n-workflow';
import { tokenOf } from '../../ledger/token';
import { linkUrl } from '../../services/links/link';
import { addressOf, claim, ledgerOf, NOW, startEachTestAfresh, touch } from './JourneyEmail.setup';
import {
	BASE,
	eventsOf,
	HOUR,
	linkOf,
	ONE_CLICK,
	PERSON,
	request,
	runLedger,
	said,
	sent,
	suppressedOf,
	type Ledgers,
} from './JourneyLedger.links.setup';

startEachTestAfresh();

const TARGET = 'https://help.example.com/connect?step=1';
const clickOn = async (key: string, target = TARGET, ledger: Ledgers = 'live'): Promise<string> =>
	await linkOf(key, { purpose: 'click', target }, ledger);
const unsubscribeOf = async (key: string, ledger: Ledgers = 'live'): Promise<string> =>
	await linkOf(key, { purpose: 'unsubscribe' }, ledger);

/** One request, and what it was answered. */
async function open(
	item: IDataObject,
	over: Parameters<typeof runLedger>[2] = {},
): Promise<IDataObject> {
	const run = await runLedger('openLink', [item], over);
	const [done = [], notDone = []] = said(run);
	expect(done.length + notDone.length).toBe(1);
	return { done: done.length === 1, ...(done[0] ?? notDone[0]) };
}

describe('a click', () => {
	it('of a person leads on at once and is recorded with its touch', async () => {
		const key = await sent(1);
		expect(await open(request(await clickOn(key)))).toMatchObject({
			done: true,
			purpose: 'click',
			counted: true,
			human: true,
			answer: { status: 302, location: TARGET, body: '' },
		});
		expect(await eventsOf('acct-1')).toEqual([
			{
				type: 'clicked',
				touch: key,
				contact: addressOf(1),
				data: { human: true, automatic: false, why: 'person', target: TARGET },
			},
		]);
	});

	it.each([
		['a scanner’s program', { ...PERSON, 'user-agent': 'Mimecast' }, HOUR, 'scannerUserAgent'],
		['no language', { 'user-agent': PERSON['user-agent'] }, HOUR, 'noLanguage'],
		['seconds after sending', PERSON, 5000, 'tooSoon'],
	])('with %s leads on just the same and is nobody’s', async (_what, headers, after, why) => {
		const key = await sent(1);
		const opened = await open(request(await clickOn(key), { headers }), { now: NOW + after });
		expect(opened).toMatchObject({ human: false, answer: { status: 302, location: TARGET } });
		expect(await eventsOf('acct-1')).toMatchObject([
			{ type: 'clicked', data: { human: false, automatic: true, why } },
		]);
	});

	it('on one link, however often in a day, is one event; the next day it is another', async () => {
		const key = await sent(1);
		const item = request(await clickOn(key));
		for (const hours of [1, 1, 2, 3, 13]) await open(item, { now: NOW + hours * HOUR });
		expect(await eventsOf('acct-1')).toHaveLength(1);
		await open(item, { now: NOW + 14 * HOUR });
		expect(await eventsOf('acct-1')).toHaveLength(2);
	});

	it('of a person after a scanner on the same day still counts', async () => {
		const key = await sent(1);
		const url = await clickOn(key);
		await open(request(url, { headers: {} }));
		await open(request(url), { now: NOW + 2 * HOUR });
		expect((await eventsOf('acct-1')).map(({ data }) => data?.human)).toEqual([false, true]);
	});

	it.each([
		['one after the other', false],
		['all at the same moment', true],
	])('on every link of a mail within seconds is a scanner’s, %s', async (_what, atOnce) => {
		const key = await sent(1);
		const urls = await Promise.all(
			[1, 2, 3].map(async (n) => await clickOn(key, `https://help.example.com/${String(n)}`)),
		);
		if (atOnce) await Promise.all(urls.map(async (url) => await open(request(url))));
		else
			for (const [index, url] of urls.entries())
				await open(request(url), { now: NOW + HOUR + index * 1000 });
		const events = await eventsOf('acct-1');
		expect(events.filter(({ type }) => type === 'links_scanned').length).toBeGreaterThan(0);
		expect(events.every(({ touch: of }) => of === key)).toBe(true);
	});

	it('on two links with a minute between them is a reader’s', async () => {
		const key = await sent(1);
		await open(request(await clickOn(key, 'https://a.example/')), { now: NOW + HOUR });
		await open(request(await clickOn(key, 'https://b.example/')), { now: NOW + HOUR + 60_000 });
		expect((await eventsOf('acct-1')).map(({ type }) => type)).toEqual(['clicked', 'clicked']);
	});

	it.each(['human', 'alert'] as const)(
		'in a mail to a colleague (%s) counts for nobody',
		async (channel) => {
			const key = await sent(1, { channel });
			expect(await open(request(await clickOn(key)))).toMatchObject({
				counted: false,
				answer: { status: 302, location: TARGET },
			});
			expect(await eventsOf('acct-1')).toEqual([]);
		},
	);

	it('in a mail the ledger has forgotten leads on and counts for nobody', async () => {
		expect(await open(request(await clickOn('onboarding/gone')))).toMatchObject({
			counted: false,
			answer: { status: 302, location: TARGET },
		});
	});
});

describe('unsubscribing', () => {
	it('by one click (RFC 8058) silences the address, and says so with its touch', async () => {
		const key = await sent(1);
		const item = request(await unsubscribeOf(key), { body: ONE_CLICK, headers: {} });
		expect(await open(item)).toMatchObject({
			done: true,
			counted: true,
			answer: { status: 200, page: 'done' },
		});
		expect(await suppressedOf(addressOf(1), addressOf(2))).toEqual([addressOf(1)]);
		expect(await eventsOf('acct-1')).toMatchObject([
			{ type: 'unsubscribed', touch: key, contact: addressOf(1) },
		]);
	});

	it('by the button of the page does the same; a hundred times is once', async () => {
		const key = await sent(1);
		const item = request(await unsubscribeOf(key), { body: { unsubscribe: 'yes' } });
		await Promise.all(Array.from({ length: 100 }, async () => await runLedger('openLink', [item])));
		expect(await eventsOf('acct-1')).toHaveLength(1);
		expect(await suppressedOf(addressOf(1))).toEqual([addressOf(1)]);
	});

	it('is not what a scanner does that follows the link: it sees a page, and nothing changes', async () => {
		const key = await sent(1);
		const url = await unsubscribeOf(key);
		for (const headers of [PERSON, {}, { 'user-agent': 'curl/8' }]) {
			const opened = await open(request(url, { headers }), { companyName: 'Example Inc' });
			expect(opened).toMatchObject({ done: true, counted: false, answer: { page: 'confirm' } });
			const { body } = opened.answer as { body: string };
			expect(body).toContain('<form method="post">');
			expect(body).toContain('Example Inc');
			expect(body).not.toContain(addressOf(1));
		}
		expect(await suppressedOf(addressOf(1))).toEqual([]);
		expect(await eventsOf('acct-1')).toEqual([]);
	});

	it('holds for every other journey of the address', async () => {
		const key = await sent(1);
		const other = touch(1, { key: 'renewal/1/acct-1/t-90/', journey: 'renewal' });
		await open(request(await unsubscribeOf(key), { body: ONE_CLICK }));
		expect(await claim(ledgerOf(), [other], NOW + 48 * HOUR)).toEqual([false]);
	});

	it('from a mail the ledger has forgotten says what to do instead', async () => {
		const item = request(await unsubscribeOf('onboarding/gone'), { body: ONE_CLICK });
		expect(await open(item)).toMatchObject({
			done: false,
			answer: { status: 404, page: 'unknown' },
		});
	});
});

describe('a test link', () => {
	it('works and never counts', async () => {
		const key = await sent(1, {}, 'test');
		expect(await open(request(await clickOn(key, TARGET, 'test')))).toMatchObject({
			test: true,
			counted: false,
			answer: { status: 302, location: TARGET },
		});
		const item = request(await unsubscribeOf(key, 'test'), { body: ONE_CLICK });
		expect(await open(item)).toMatchObject({ counted: false, answer: { page: 'test' } });
		expect(await suppressedOf(addressOf(1))).toEqual([]);
		const { events } = await ledgerOf('test').timeline(['acct-1']);
		expect(events).toEqual([]);
	});

	it('nor does a live link that is opened by a run from the editor', async () => {
		const key = await sent(1);
		const item = request(await unsubscribeOf(key), { body: ONE_CLICK });
		expect(await open(item, { mode: 'manual' })).toMatchObject({ counted: false });
		await open(request(await clickOn(key)), { mode: 'manual' });
		expect(await suppressedOf(addressOf(1))).toEqual([]);
		expect(await eventsOf('acct-1')).toEqual([]);
	});
});

describe('a forged link', () => {
	const refusedAll = async (urls: readonly string[]): Promise<void> => {
		const run = await runLedger(
			'openLink',
			urls.map((url) => request(url, { body: ONE_CLICK })),
		);
		const [done, notDone = []] = said(run);
		expect(done).toEqual([]);
		expect(notDone).toHaveLength(urls.length);
		for (const answer of notDone)
			expect(answer).toMatchObject({ opened: false, answer: { status: 400, page: 'invalid' } });
		expect(await suppressedOf(addressOf(1))).toEqual([]);
		expect(await eventsOf('acct-1')).toEqual([]);
	};

	it('does nothing and says so politely: every letter changed, every length', async () => {
		const key = await sent(1);
		const url = await unsubscribeOf(key);
		const start = url.indexOf('=') + 1;
		const places = Array.from({ length: url.length - start }, (_unused, at) => start + at);
		const changed = places.map(
			(at) => url.slice(0, at) + (url[at] === 'x' ? 'y' : 'x') + url.slice(at + 1),
		);
		await refusedAll([...changed, ...places.map((at) => url.slice(0, at))]);
	});

	it('does nothing: signed by another ledger, by the test ledger, or not at all', async () => {
		const link = { purpose: 'unsubscribe', token: tokenOf(await sent(1)), test: false } as const;
		const secrets = ['', 'x', await ledgerOf('test').secret()];
		await refusedAll([...secrets.map((secret) => linkUrl(BASE, link, secret)), BASE]);
	});

	it('does nothing: two links in one, as an array', async () => {
		const url = await unsubscribeOf(await sent(1));
		const item = request(url, { body: ONE_CLICK });
		const dcs = new URL(url).searchParams.get('dcs');
		const opened = await open({ ...item, query: { dcs: [dcs, dcs] } });
		expect(opened).toMatchObject({ done: false, answer: { status: 400 } });
	});
});
