import 'reflect-metadata';
import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';
import type { Case } from '../../engine/escalation/case';
import * as opening from '../../nodes/platform/openLedger';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { answer, ANSWER, asking, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(async () => {
	jest.restoreAllMocks();
	await closeLedgers();
});

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const ELEVEN = '2026-03-02T10:00:00Z';
const ANA = 'ana@vendor.example';
const LINKS = { linkAddress: 'https://n8n.example.com/webhook/digital-cs/case', linkDays: 14 };
type Action = 'acknowledge' | 'touch' | 'resolve';

/** The links of the notice of a case that is opened by this. */
async function linksOf(
	mode: WorkflowExecuteMode = 'trigger',
	event = 'e1',
	at = MONDAY,
): Promise<Record<Action, string>> {
	const given = { options: LINKS, testRecipient: 'me@vendor.example' };
	const ran = await runRouter(at, [asking('acme', 'human_requested', event)], given, mode);
	return ran.of(ROUTE.new)[0]?.links as Record<Action, string>;
}

/** The item of n8n's Webhook. */
function request(url: string, body: IDataObject = {}, over: IDataObject = {}): IDataObject {
	const query = Object.fromEntries(new URL(url).searchParams);
	return { headers: {}, params: {}, query, body, ...over };
}

type Page = { acted: boolean; page: string; status: number; body: string };
async function open(
	item: IDataObject,
	at = ELEVEN,
	mode: WorkflowExecuteMode = 'webhook',
): Promise<Page> {
	const ran = await runRouter(at, [item], { operation: 'openLink' }, mode);
	if (ran.error !== undefined) throw ran.error;
	const [done, notDone] = [ran.of(ANSWER.done), ran.of(ANSWER.notDone)];
	expect(done.length + notDone.length).toBe(1);
	const { answer: page } = (done[0] ?? notDone[0]) as { answer: Omit<Page, 'acted'> };
	return { acted: done.length === 1, ...page };
}
const presses = (action: Action): IDataObject => ({
	case: action,
	...(action === 'resolve' ? { outcome: 'falseAlarm' } : {}),
});
const caseOf = async (ledger: 'live' | 'test' = 'live'): Promise<Case | undefined> =>
	(await ledgerOf(ledger).cases({ accountIds: ['acme'], now: 0 })).cases[0];
const ACTIONS: [Action, Partial<Case>][] = [
	['acknowledge', { acknowledgement: { by: ANA, at: Date.parse(ELEVEN) } }],
	['touch', { firstTouchAt: Date.parse(ELEVEN) }],
	['resolve', { open: false, outcome: 'falseAlarm' }],
];

describe.each(ACTIONS)('a link to %s', (action, after) => {
	it('opened, prefetched or scanned, however often, shows a page that asks and changes nothing', async () => {
		const url = (await linksOf())[action];
		const before = await caseOf();
		for (const item of [
			request(url),
			request(url, {}, { headers: { 'sec-purpose': 'prefetch' } }),
			request(url, {}, { body: undefined }),
			request(url, { url: 'https://scanner.example' }),
			request(url, { case: 'something else' }),
		]) {
			const page = await open(item);
			expect(page).toMatchObject({ acted: false, page: 'confirm', status: 200 });
			expect(page.body).toContain('<form method="post">');
		}
		expect(await caseOf()).toEqual(before);
	});

	it('acts by its button, once', async () => {
		const url = (await linksOf())[action];
		expect(await open(request(url, presses(action)))).toMatchObject({ acted: true, page: 'done' });
		expect(await caseOf()).toMatchObject(after);
		const before = await caseOf();
		if (action === 'touch') return;
		const again = await open(request(url, presses(action)), '2026-03-02T12:00:00Z');
		expect(again).toMatchObject({ acted: false });
		expect(await caseOf()).toEqual(before);
	});

	it('pressed by several at the same moment is done by one of them', async () => {
		const url = (await linksOf())[action];
		const pages = await Promise.all(
			Array.from({ length: 5 }, async () => await open(request(url, presses(action)))),
		);
		const { events } = await ledgerOf().timeline(['acme']);
		const types = events.map(({ type }) => type).filter((type) => type !== 'case_opened');
		expect(new Set(types).size).toBe(types.length);
		if (action !== 'touch') expect(pages.filter(({ acted }) => acted)).toHaveLength(1);
	});

	it('too old, changed on its way, or of a case that was opened again since changes nothing', async () => {
		const url = (await linksOf())[action];
		const body = presses(action);
		expect(await open(request(url, body), '2026-03-16T09:00:00Z')).toMatchObject({
			acted: false,
			page: 'expired',
			status: 410,
		});
		const forged = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
		expect(await open(request(forged, body))).toMatchObject({ page: 'invalid', status: 400 });
		expect(await open({ body })).toMatchObject({ page: 'invalid' });
		await answer('resolve', ELEVEN, [{ accountId: 'acme' }]);
		await linksOf('trigger', 'e2', '2026-03-03T09:00:00Z');
		const before = await caseOf();
		expect(before).toMatchObject({ open: true, reopened: 1 });
		expect(await open(request(url, body), '2026-03-03T10:00:00Z')).toMatchObject({
			acted: false,
			page: 'expired',
		});
		expect(await caseOf()).toEqual(before);
	});

	it('of a test run changes the test’s case only, also where a published workflow answers it', async () => {
		await linksOf();
		const before = await caseOf();
		const url = (await linksOf('manual'))[action];
		const page = await open(request(url, presses(action)));
		expect(page).toMatchObject({ acted: true, page: 'test' });
		expect(await caseOf()).toEqual(before);
		expect(await caseOf('test')).toMatchObject(after);
	});

	it('of a real case does nothing in a run from the editor', async () => {
		const url = (await linksOf())[action];
		const before = await caseOf();
		const page = await open(request(url, presses(action)), ELEVEN, 'manual');
		expect(page).toMatchObject({ acted: false, page: 'confirm' });
		expect(await caseOf()).toEqual(before);
	});
});

describe('a page', () => {
	it('after somebody acknowledged says who, and after the end how it ended', async () => {
		const links = await linksOf();
		await answer('acknowledge', ELEVEN, [{ accountId: 'acme', by: 'bo@vendor.example' }]);
		const known = await open(request(links.acknowledge));
		expect(known).toMatchObject({ page: 'alreadyDone', status: 200 });
		expect(known.body).toContain('bo@vendor.example');
		await answer('resolve', ELEVEN, [{ accountId: 'acme' }]);
		const over = await open(request(links.acknowledge, presses('acknowledge')));
		expect(over).toMatchObject({ acted: false, page: 'resolved' });
		expect(over.body).toContain('Resolved, 2026-03-02 11:00 (UTC+01:00): <bdi>Resolved</bdi>');
	});

	it('of a case that was erased says that nobody knows it any more', async () => {
		const links = await linksOf();
		await ledgerOf().erase({ accountIds: ['acme'], addresses: [] });
		expect(await open(request(links.resolve))).toMatchObject({ page: 'unknown', status: 404 });
	});

	it('names whom the notice went to as the one who did it, also further up', async () => {
		await linksOf();
		const ran = await runRouter('2026-03-02T13:00:00Z', [{}], {
			operation: 'checkDeadlines',
			options: LINKS,
		});
		const level = ran.of(0).find(({ event }) => event === 'level');
		const { acknowledge } = level?.links as Record<Action, string>;
		await open(request(acknowledge, presses('acknowledge')), '2026-03-02T13:30:00Z');
		expect((await caseOf())?.acknowledgement?.by).toBe('maria@vendor.example');
	});

	it('answers one bad request among others', async () => {
		const links = await linksOf();
		const items = [
			{},
			request(links.touch),
			{ query: 'x' },
			request(links.touch, presses('touch')),
		];
		const ran = await runRouter(ELEVEN, items, { operation: 'openLink' }, 'webhook');
		expect(ran.outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 3 }],
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		]);
	});

	it('while the ledger is away asks to try again, and keeps the button', async () => {
		const { resolve: url } = await linksOf();
		const { openLedger } = opening;
		const away = jest.spyOn(opening, 'openLedger').mockImplementation(async (...given) => {
			const ledger = await openLedger(...given);
			return Object.assign(Object.create(ledger) as typeof ledger, {
				changeCases: () => Promise.reject(new Error('away')),
			});
		});
		for (const body of [{}, presses('resolve')]) {
			const page = await open(request(url, body));
			expect(page).toMatchObject({ acted: false, page: 'notYet', status: 503 });
			expect(page.body).toContain('<form method="post">');
		}
		away.mockRejectedValue(new Error('connect ECONNREFUSED'));
		expect(await open(request(url, presses('resolve')))).toMatchObject({
			page: 'notYet',
			status: 503,
		});
		away.mockRestore();
		expect(await open(request(url, presses('resolve')))).toMatchObject({ acted: true });
	});
});

describe('a link to a case that went elsewhere', () => {
	it('names the case that it is part of now, and changes nothing', async () => {
		const { acknowledge } = await linksOf();
		// an older case of another record of the same account
		await runRouter('2026-03-02T08:30:00Z', [asking('old', 'human_requested', 'e0')]);
		await ledgerOf().linkAliases([{ alias: 'acme', accountId: 'old' }], Date.parse(MONDAY));
		await runRouter(ELEVEN, [asking('old', 'reply_received', 'e2')]);
		const page = await open(request(acknowledge, presses('acknowledge')));
		expect(page).toMatchObject({ acted: false, page: 'merged', status: 200 });
		expect(page.body).toContain('Case 1 is part of case 2 now');
	});

	it('of somebody who left the policy says who has it, and stops no clock of theirs', async () => {
		const { acknowledge } = await linksOf();
		const left = { people: { person: [{ name: 'Bo', email: 'bo@vendor.example', pools: 'csm' }] } };
		const moved = await runRouter(ELEVEN, [asking('acme', 'reply_received', 'e2')], {
			...left,
			options: LINKS,
		});
		// something new is heard; whoever has it from now on is told
		expect(moved.of(ROUTE.updated)).toMatchObject([
			{ what: 'reassigned', notify: true, to: 'bo@vendor.example', owner: { name: 'Bo' } },
		]);
		const page = await open(request(acknowledge, presses('acknowledge')));
		expect(page).toMatchObject({ acted: false, page: 'handedOn' });
		expect((await caseOf())?.acknowledgement).toBeUndefined();
		const theirs = (moved.of(ROUTE.updated)[0]?.links as Record<Action, string>).acknowledge;
		expect((await open(request(theirs, presses('acknowledge')))).page).toBe('done');
		expect((await caseOf())?.acknowledgement?.by).toBe('bo@vendor.example');
	});
});
