import 'reflect-metadata';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import {
	account,
	CATALOGUE,
	idsOf,
	MONDAY,
	row,
	runSelector,
	SELECT,
	tip,
} from './ContentSelector.setup';
import { claimOf, touchOf } from '../ledger/rows';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const DAY = 86_400_000;
const day = (days: number): string => new Date(Date.parse(MONDAY) + days * DAY).toISOString();

describe('Select, by rules alone', () => {
	it('gives each account the next content about what it does not use, with text and reasons (R34, R36)', async () => {
		const { of } = await runSelector([account('acme'), account('oak')]);
		expect(of(SELECT.selected)).toMatchObject([
			{
				id: expect.stringMatching(/integrations|reports/) as string,
				url: expect.stringMatching(/^https:\/\/help\.vendor\.example\//) as string,
				by: 'rules',
				subject: expect.any(String) as string,
				opening: expect.any(String) as string,
				reasons: expect.arrayContaining([expect.objectContaining({ points: 40 })]) as unknown[],
			},
			{ by: 'rules' },
		]);
	});

	it('moves on as features are adopted, and never gives the same twice (R37)', async () => {
		const used = ['boards'];
		const chosen: unknown[] = [];
		for (let week = 0; week < 8; week += 2) {
			const [content] = (
				await runSelector(
					[account('acme', { usage: { featuresUsed: [...used] } })],
					{},
					{ at: day(7 * week) },
				)
			).of(SELECT.selected);
			if (content === undefined) break;
			chosen.push(content.id);
			used.push(content.id as string);
		}
		// automations is in German only
		expect(chosen.toSorted()).toEqual(['integrations', 'reports']);
	});

	it('says why there is nothing to send, and never sends what does not fit', async () => {
		const all = { usage: { featuresUsed: ['boards', 'reports', 'integrations'] } };
		const { of } = await runSelector([account('acme', all)]);
		expect(of(SELECT.selected)).toEqual([]);
		expect(of(SELECT.nothing)).toMatchObject([
			{
				reasons: [
					{ code: 'nothingToSend' },
					{ code: 'notEligible.language', items: 1 },
					{ code: 'notEligible.feature', items: 3 },
				],
			},
		]);
	});

	it('keeps what it received, and lets items without an account through with the reason', async () => {
		const { of, outputs } = await runSelector([account('acme'), { name: 'nobody' }]);
		expect(outputs[SELECT.selected]?.[0]).toMatchObject({
			json: { accountId: 'acme', usage: { featuresUsed: ['boards'] } },
			pairedItem: { item: 0 },
		});
		expect(of(SELECT.notRead)).toMatchObject([{ reasons: [{ code: 'notAnAccount' }] }]);
		expect(outputs[SELECT.notRead]?.[0]?.pairedItem).toEqual({ item: 1 });
	});
});

describe('the catalogue', () => {
	it.each([
		['without rows', [], /no rows/],
		['of which no row can be read', [{ name: 'x' }, { name: 'y' }], /2 not readable/],
		['in which all is stale', [row('a', { reviewedAt: '2024-01-01' })], /1 stale/],
		['in which all is over', [row('a', { expiresAt: '2026-03-01' })], /1 expired/],
	])('%s is an error with a hint, never nothing to send', async (_what, catalogue, message) => {
		const ran = await runSelector([account('acme')], {}, { catalogue });
		expect(ran.error?.message).toMatch(message);
		expect(ran.error?.description?.length).toBeGreaterThan(20);
		expect(ran.outputs.flat()).toEqual([]);
	});

	it('leaves out what is stale and lists it (R79)', async () => {
		const stale = row('reports', { reviewedAt: '2025-01-01' });
		const catalogue = [...CATALOGUE.filter(({ id }) => id !== 'reports'), stale];
		const ran = await runSelector([account('acme')], {}, { catalogue });
		expect(idsOf(ran.of(SELECT.selected))).toEqual(['integrations']);
		expect(ran.said).toContain('1 stale (R79)');
		const review = await runSelector(catalogue, { operation: 'reviewCatalogue' });
		expect(review.of(0)).toMatchObject([
			{ state: 'stale', id: 'reports', owner: 'docs@vendor.example', reasons: [{}] },
		]);
		expect(review.of(1)).toHaveLength(3);
	});
});

describe('a touch of a journey', () => {
	it('that is handed out again gets the same again, byte for byte', async () => {
		const first = await runSelector([tip('acme')]);
		const again = await runSelector([tip('acme')], {}, { at: day(1) });
		expect(JSON.stringify(again.of(SELECT.selected))).toBe(
			JSON.stringify(first.of(SELECT.selected)),
		);
		expect(again.said).toContain('1 as chosen before');
	});

	it('gets something else where the content may not be sent any more', async () => {
		const first = await runSelector([tip('acme')]);
		const [id] = idsOf(first.of(SELECT.selected));
		const catalogue = CATALOGUE.filter((one) => one.id !== id);
		const again = await runSelector([tip('acme')], {}, { catalogue, at: day(1) });
		expect(idsOf(again.of(SELECT.selected))).not.toContain(id);
	});

	it('with nothing to send goes back to its journey, which asks again later, at no cost of an attempt (P24)', async () => {
		const key = 'education/acme/1';
		await ledgerOf().claim([claimOf(touchOf(key, { journey: 'education' }))], Date.parse(MONDAY));
		const full = { usage: { featuresUsed: ['boards', 'reports', 'integrations'] } };
		const ran = await runSelector([tip('acme', key, full)]);
		expect(ran.of(SELECT.nothing)).toHaveLength(1);
		const { touches } = await ledgerOf().recall({
			journey: 'education',
			dry: false,
			accountIds: ['acme'],
			addresses: [],
			now: Date.parse(MONDAY),
		});
		expect(touches).toMatchObject([
			{
				state: 'failed',
				attempts: 0,
				nextAt: Date.parse(MONDAY) + DAY,
				reasons: [{ code: 'nothingToSend' }, {}, {}],
			},
		]);
	});

	it('of a dry run is chosen for, and nothing is written down (P34)', async () => {
		const item = tip('acme');
		const dry = { ...item, journey: { ...(item.journey as object), mode: 'dry' } };
		expect((await runSelector([dry])).of(SELECT.selected)).toHaveLength(1);
		const memory = await ledgerOf().contentMemory({
			keys: ['education/acme/1'],
			contacts: [],
			since: 0,
		});
		expect(memory.picks.size).toBe(0);
	});
});

it('one contact of two accounts gets two different contents in one run', async () => {
	const contacts = [{ email: 'Agent@Partner.example', role: 'admin' }];
	const { of } = await runSelector([account('a', { contacts }), account('b', { contacts })]);
	const ids = idsOf(of(SELECT.selected));
	expect(new Set(ids).size).toBe(2);
});

it('eight that choose at once never give one contact the same content twice', async () => {
	const ids = Array.from({ length: 20 }, (_none, n) => `a${String(n)}`);
	const catalogue = Array.from({ length: 12 }, (_none, n) =>
		row(`c${String(n)}`, {
			kind: ['article', 'video', 'tutorial', 'webinar', 'community', 'release note'][n % 6] ?? '',
		}),
	);
	const runs = await Promise.all(
		Array.from(
			{ length: 8 },
			async (_none, n) =>
				await runSelector(
					ids.map((id) => tip(id, `t${String(n)}/${id}`)),
					{},
					{ catalogue },
				),
		),
	);
	const seen = new Map<string, unknown[]>();
	for (const ran of runs)
		for (const [place, id] of idsOf(ran.of(SELECT.selected)).entries()) {
			const who = ids[place] ?? '';
			seen.set(who, [...(seen.get(who) ?? []), id]);
		}
	for (const [who, contents] of seen) {
		expect([who, contents.length]).toEqual([who, 8]);
		expect(new Set(contents).size).toBe(8);
	}
});

it('a run from the editor chooses for ten at most, and remembers it in the test ledger only', async () => {
	const many = Array.from({ length: 12 }, (_none, n) => account(`a${String(n)}`));
	const ran = await runSelector(many, {}, { mode: 'manual' });
	expect(ran.of(SELECT.selected)).toHaveLength(10);
	expect(ran.said).toContain('2 more were left out');
	const seen = await ledgerOf().contentMemory({ keys: [], contacts: ['ann@a0.example'], since: 0 });
	expect(seen.seen.size).toBe(0);
});
