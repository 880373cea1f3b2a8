import type { IDataObject } from 'n8n-workflow';
import { tokenOf } from '../../ledger/token';
import { linkUrl } from '../../services/links/link';
import { addressOf, ledgerOf, startEachTestAfresh } from './JourneyEmail.setup';
import {
	BASE,
	eventsOf,
	linkOf,
	ONE_CLICK,
	request,
	runLedger,
	said,
	sent,
	suppressedOf,
} from './JourneyLedger.links.setup';

startEachTestAfresh();
afterEach(() => {
	jest.restoreAllMocks();
});

const TARGET = 'https://help.example.com/connect';
type Part = 'touchesByToken' | 'secret' | 'recordEvents' | 'suppress' | 'timeline';
const EVERYTHING: Part[] = ['touchesByToken', 'secret', 'recordEvents', 'suppress', 'timeline'];
const down = (parts: readonly Part[]): void => {
	for (const part of parts)
		jest.spyOn(ledgerOf(), part).mockRejectedValue(new Error('The server does not answer'));
};

/** One request, and what it was answered. */
async function open(item: IDataObject): Promise<IDataObject & { hints: string }> {
	const run = await runLedger('openLink', [item]);
	expect(run.error).toBeUndefined();
	const [done = [], notDone = []] = said(run);
	expect(done.length + notDone.length).toBe(1);
	const hints = run.hints.map(({ message }) => message).join();
	return { done: done.length === 1, ...(done[0] ?? notDone[0]), hints };
}

/** Links of a mail, in a process that has answered one before. */
async function links(): Promise<{ click: string; unsubscribe: string }> {
	const key = await sent(1);
	const click = await linkOf(key, { purpose: 'click', target: TARGET });
	const unsubscribe = await linkOf(key, { purpose: 'unsubscribe' });
	await open(request(unsubscribe));
	return { click, unsubscribe };
}

describe('while the ledger is away', () => {
	it.each<{ parts: Part[] }>([
		{ parts: ['touchesByToken'] },
		{ parts: ['recordEvents'] },
		{ parts: ['timeline'] },
		{ parts: EVERYTHING },
	])('a click leads on, and the hint says that it was not recorded ($parts)', async ({ parts }) => {
		const { click } = await links();
		down(parts);
		const { hints, ...opened } = await open(request(click));
		expect(opened).toMatchObject({
			done: true,
			counted: false,
			answer: { status: 302, location: TARGET },
		});
		expect(hints).toContain('the click was not recorded');
	});

	it('a click waits two seconds and no longer for a ledger that does not answer at all', async () => {
		const { click } = await links();
		jest.spyOn(ledgerOf(), 'touchesByToken').mockReturnValue(new Promise(() => undefined));
		const started = performance.now();
		expect(await open(request(click))).toMatchObject({ answer: { status: 302 } });
		expect(performance.now() - started).toBeLessThan(4000);
	});

	it.each<{ parts: Part[] }>([
		{ parts: ['touchesByToken'] },
		{ parts: ['suppress'] },
		{ parts: ['recordEvents'] },
		{ parts: EVERYTHING },
	])(
		'unsubscribing is answered with 503 and a page that asks to try again ($parts)',
		async ({ parts }) => {
			const { unsubscribe } = await links();
			down(parts);
			const item = request(unsubscribe, { body: ONE_CLICK, headers: {} });
			const { hints, ...opened } = await open(item);
			expect(opened).toMatchObject({
				done: false,
				counted: false,
				answer: { status: 503, page: 'notYet' },
			});
			const { body } = opened.answer as { body: string };
			expect(body).toContain('not unsubscribed yet');
			expect(body).toContain('<form method="post">');
			expect(hints).toContain('503');
			expect(JSON.stringify(opened) + hints).not.toContain(addressOf(1));

			// the same request again, when the ledger is back
			jest.restoreAllMocks();
			expect(await open(item)).toMatchObject({
				done: true,
				counted: true,
				answer: { status: 200 },
			});
			expect(await suppressedOf(addressOf(1))).toEqual([addressOf(1)]);
			expect((await eventsOf('acct-1')).map(({ type }) => type)).toEqual(['unsubscribed']);
		},
	);

	it('unsubscribing is carried out after all where the ledger comes back within a second', async () => {
		const { unsubscribe } = await links();
		jest.spyOn(ledgerOf(), 'suppress').mockRejectedValueOnce(new Error('locked'));
		const item = request(unsubscribe, { body: ONE_CLICK });
		expect(await open(item)).toMatchObject({
			counted: true,
			answer: { status: 200, page: 'done' },
		});
		expect(await suppressedOf(addressOf(1))).toEqual([addressOf(1)]);
	});

	it('the unsubscribe page is shown all the same', async () => {
		const { unsubscribe } = await links();
		down(EVERYTHING);
		expect(await open(request(unsubscribe))).toMatchObject({
			counted: false,
			answer: { status: 200, page: 'confirm' },
		});
	});

	it('nothing is believed that cannot be checked: the first link of a process is put off', async () => {
		const key = await sent(1);
		const click = await linkOf(key, { purpose: 'click', target: TARGET });
		const unsubscribe = await linkOf(key, { purpose: 'unsubscribe' });
		down(EVERYTHING);
		expect(await open(request(click))).toMatchObject({
			done: false,
			answer: { status: 503, page: 'later' },
		});
		expect(await open(request(unsubscribe, { body: ONE_CLICK }))).toMatchObject({
			done: false,
			answer: { status: 503, page: 'notYet' },
		});
	});

	it('a link signed with nothing is not believed either', async () => {
		const token = tokenOf(await sent(1));
		const url = linkUrl(BASE, { purpose: 'click', target: TARGET, token, test: false }, '');
		down(EVERYTHING);
		expect(await open(request(url))).toMatchObject({ done: false, answer: { status: 503 } });
	});

	it('a forged link still does nothing', async () => {
		const { click } = await links();
		down(EVERYTHING);
		expect(await open(request(`${click.slice(0, -3)}xyz`))).toMatchObject({
			done: false,
			answer: { status: 400, page: 'invalid' },
		});
	});
});
