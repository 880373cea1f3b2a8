import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { startClaudeStub, type ClaudeStub } from '../harness/claudeStub';
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

let stub: ClaudeStub;
beforeEach(async () => {
	freshUserFolder();
	stub = await startClaudeStub({ catalogue: CATALOGUE.map(({ id }) => id as string) });
});
afterEach(async () => {
	await closeLedgers();
	await stub.close();
});

const DAY = 86_400_000;
/** Whatever a node that chose by Claude asked, word for word. */
const sent = (): string => JSON.stringify(stub.received.map(({ body }) => body));

describe('Select, with Claude', () => {
	it('chooses among the eligible, and says what it cost', async () => {
		const ran = await runSelector([tip('acme')], {}, { stub });
		expect(ran.error).toBeUndefined();
		const [content] = ran.of(SELECT.selected);
		expect(content).toMatchObject({
			by: 'claude',
			id: expect.stringMatching(/^(integrations|reports)$/) as string,
			url: expect.stringMatching(
				/^https:\/\/help\.vendor\.example\/(integrations|reports)$/,
			) as string,
			model: 'claude-haiku-5-5',
			fromMemory: false,
			tokens: { output: expect.any(Number) as number },
		});
		expect(Math.ceil(Number(content?.cost) * 1e6)).toBe(Math.ceil(stub.billed()));
		expect(ran.said).toContain('1 call, $');
	});

	it('asks for one of the eligible ids and nothing else, and leaves no customer in it', async () => {
		const ann = {
			email: 'ann.canary@acme.example',
			name: 'Ann Canary',
			role: 'admin',
			locale: 'de',
			phone: '+49 30 1234567',
		};
		const item = account('acme-canary', {
			name: 'Canary Ltd',
			csm: 'csm.canary@vendor.example',
			goals: ['Call Ann Canary at +49 30 1234567'],
			notes: ['key sk-ant-canary-123456'],
			contacts: [ann],
		});
		await runSelector([item], {}, { stub });
		expect(stub.asked()).toBe(1);
		expect(sent()).not.toMatch(/canary|30 1234567|vendor\.example/i);
		expect(stub.received.map(({ body }) => body)).toMatchObject([
			{
				output_config: {
					format: {
						schema: {
							properties: {
								picks: {
									items: {
										properties: { id: { enum: ['automations', 'integrations', 'reports'] } },
									},
								},
							},
						},
					},
				},
			},
		]);
		expect(sent()).toContain('\\"answerIn\\":\\"de\\"');
	});

	it('asks once for all that share a question, and not again while the answer is kept', async () => {
		const many = Array.from({ length: 40 }, (_none, n) => account(`a${String(n)}`));
		const first = await runSelector(many, {}, { stub });
		expect(stub.asked()).toBe(1);
		expect(first.of(SELECT.selected).filter(({ cost }) => cost !== 0)).toHaveLength(1);
		expect(new Set(idsOf(first.of(SELECT.selected))).size).toBe(1);
		const later = new Date(Date.parse(MONDAY) + 29 * DAY).toISOString();
		const more = Array.from({ length: 5 }, (_none, n) => account(`b${String(n)}`));
		const again = await runSelector(more, {}, { stub, at: later });
		expect(stub.asked()).toBe(1);
		expect(again.of(SELECT.selected)).toMatchObject(
			Array(5).fill({ by: 'claude', fromMemory: true, cost: 0 }),
		);
		await runSelector(
			[account('c')],
			{},
			{ stub, at: new Date(Date.parse(MONDAY) + 31 * DAY).toISOString() },
		);
		expect(stub.asked()).toBe(2);
	});

	it('asks once for all who need the same, and gives each the first of it that they have not had', async () => {
		const accounts = Array.from({ length: 12 }, (_none, n) =>
			account(`a${String(n)}`, { plan: n % 2 === 0 ? 'team' : 'business', goals: [`Goal ${n}`] }),
		);
		const given: unknown[][] = accounts.map(() => []);
		for (const week of [0, 1]) {
			const at = new Date(Date.parse(MONDAY) + week * 14 * DAY).toISOString();
			const { of } = await runSelector(accounts, {}, { stub, at });
			of(SELECT.selected).forEach(({ id, by }, place) => {
				expect(by).toBe('claude');
				given[place]?.push(id);
			});
		}
		for (const ids of given) expect(ids.toSorted()).toEqual(['integrations', 'reports']);
		expect(stub.asked()).toBeLessThanOrEqual(2);
	});

	it('asks about each account where it is told to, with what it uses, and for one of its best', async () => {
		const contacts = [{ email: 'ben@b.example', role: 'champion', locale: 'en-US' }];
		const all = [account('a'), account('b', { contacts })];
		const catalogue = [row('reports', { prerequisites: 'boards' }), row('integrations')];
		await runSelector(all, { askAbout: 'account' }, { stub, catalogue });
		expect(stub.asked()).toBe(2);
		expect(sent()).toContain('\\"role\\":\\"champion\\",\\"featuresInUse\\":[\\"boards\\"]');
		expect(sent()).toContain('\\"howMany\\":1');
	});

	it.each([
		['notJson', 'claude.notJson'],
		['truncated', 'claude.truncated'],
		['refusal', 'claude.refused'],
		['unknownId', 'answer.'],
		['ineligibleId', 'answer.'],
		['spendCap', 'claude.spendCap'],
		['unauthorized', 'claude.unauthorized'],
	] as const)(
		'where it says %s, the rules choose, and the item says why',
		async (behavior, code) => {
			stub.behave([behavior]);
			const ran = await runSelector([tip('acme')], {}, { stub });
			const [content] = ran.of(SELECT.selected);
			expect(content).toMatchObject({
				by: 'rules',
				id: expect.stringMatching(/^(integrations|reports)$/) as string,
			});
			const [why] = content?.reasons as { code: string }[];
			expect(why?.code).toMatch(new RegExp(`^${code}`));
			expect(stub.asked()).toBe(1);
			expect(ran.said).toContain('1 account: ');
		},
	);

	it('of whose answer nothing holds is asked again the next time, and for the next account of the topic', async () => {
		stub.behave(['unknownId', 'good']);
		const [first] = (await runSelector([tip('acme')], {}, { stub })).of(SELECT.selected);
		const [other] = (await runSelector([tip('oak')], {}, { stub })).of(SELECT.selected);
		const [third] = (await runSelector([tip('elm')], {}, { stub })).of(SELECT.selected);
		expect([first?.by, other?.by, third?.by]).toEqual(['rules', 'claude', 'claude']);
		expect(stub.asked()).toBe(2);
	});

	it('keeps what was chosen for a touch while it is the same contact’s, the same row, and may be sent', async () => {
		const catalogue = [
			row('reports', { roles: 'admin', languages: 'en' }),
			row('forms', { languages: 'en, de' }),
		];
		const choose = async (contact: object, rows: IDataObject[]) => {
			const touch = tip('acme');
			const journey = { ...(touch.journey as object), contact };
			const { of } = await runSelector(
				[{ ...touch, journey }],
				{ chooseBy: 'rules' },
				{ catalogue: rows },
			);
			return of(SELECT.selected)[0];
		};
		const ann = { email: 'ann@acme.example', role: 'admin', locale: 'en' };
		const bob = { email: 'bob@acme.example', role: 'user', locale: 'de' };
		expect((await choose(ann, catalogue))?.id).toBe('reports');
		// the first mail cannot have arrived, and Ann has left: the touch is Bob's now
		expect((await choose(bob, catalogue))?.id).toBe('forms');
		const { seen } = await ledgerOf().contentMemory({
			keys: [],
			contacts: [ann.email, bob.email],
			since: 0,
		});
		expect([...seen.keys()]).toEqual([bob.email]);
		const corrected = catalogue.map((one) => ({ ...one, url: `${one.url as string}/new` }));
		expect((await choose(bob, corrected))?.url).toBe('https://help.vendor.example/forms/new');
		const restricted = corrected.map((one) => ({
			...one,
			plans: one.url.includes('forms') ? 'enterprise' : '',
		}));
		expect(await choose(bob, restricted)).toBeUndefined();
	});

	it('refuses instructions that are told apart by account', async () => {
		for (const given of [
			{ instructions: '=The customer is {{ $json.name }}.' },
			{
				experiment: 'tone',
				variants: {
					variant: [
						{ name: 'a', by: 'claude' },
						{ name: 'b', by: 'claude', instructions: '={{ $json.name }}' },
					],
				},
			},
		]) {
			const ran = await runSelector([account('oak'), account('elm')], given, { stub });
			expect(ran.error?.message).toBe('Instructions hold an expression');
		}
		expect(stub.asked()).toBe(0);
	});

	it('asks nobody for a dry run', async () => {
		const dry = tip('acme');
		const ran = await runSelector(
			[{ ...dry, journey: { ...(dry.journey as object), mode: 'dry' } }],
			{},
			{ stub },
		);
		expect(ran.of(SELECT.selected)[0]?.by).toBe('rules');
		expect(stub.asked()).toBe(0);
	});

	it('asks apart about what goes badly and what is not in use', async () => {
		const failing = { usage: { features: { reports: { uses: 9, failures: 5 } } } };
		const unused = { usage: { featuresUsed: ['boards', 'automations', 'integrations'] } };
		await runSelector([account('a', failing), account('b', unused)], {}, { stub });
		expect(stub.asked()).toBe(2);
		expect(sent()).toContain('\\"featuresNotGoingWell\\":[\\"reports\\"');
	});

	it('erases what was answered about an account by its own words', async () => {
		const own = account('oak', { goals: ['Sell in winter'] });
		const ask = async () => await runSelector([own], { alsoSend: ['goals'] }, { stub });
		await ask();
		await ledgerOf().erase({ accountIds: ['oak'], addresses: [] });
		await ask();
		expect(stub.asked()).toBe(2);
	});

	it('that answered nothing is asked again the next time, and a touch keeps what it got', async () => {
		stub.behave(['refusal', 'good']);
		const [first] = (await runSelector([tip('acme')], {}, { stub })).of(SELECT.selected);
		const [same] = (await runSelector([tip('acme')], {}, { stub })).of(SELECT.selected);
		expect(same).toEqual(first);
		const [other] = (await runSelector([tip('oak')], {}, { stub })).of(SELECT.selected);
		expect([first?.by, other?.by]).toEqual(['rules', 'claude']);
	});
});

describe('budgets', () => {
	const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'da', 'fi'];
	const ROLES = ['admin', 'decisionMaker', 'champion', 'user'];
	/** Up to forty accounts that all ask something else. */
	const different = (count: number): IDataObject[] =>
		Array.from({ length: count }, (_none, n) => {
			const locale = LOCALES[n % LOCALES.length] ?? '';
			const role = ROLES[Math.floor(n / LOCALES.length)] ?? '';
			return account(`a${String(n)}`, {
				contacts: [{ email: `ann@a${String(n)}.example`, role, locale }],
			});
		});

	it('of an execution stops calls, not accounts', async () => {
		const ran = await runSelector(
			different(30),
			{ askAbout: 'account', options: { runBudget: 0.002 } },
			{ stub },
		);
		const contents = ran.of(SELECT.selected);
		expect(contents).toHaveLength(30);
		expect(stub.asked()).toBeGreaterThan(0);
		expect(stub.asked()).toBeLessThan(30);
		expect(stub.billed()).toBeLessThanOrEqual(2_000);
		expect(ran.said).toMatch(/accounts?: The budget set for this is used up/);
		// what was refused before it was sent is no call, and what was sent is told
		expect(ran.said).toContain(`${String(stub.asked())} calls, $`);
		expect(contents.filter(({ cost }) => cost !== 0)).toHaveLength(stub.asked());
		const unanswered = contents.filter(({ by }) => by === 'rules');
		expect(unanswered.every(({ fromMemory }) => fromMemory === false)).toBe(true);
	});

	it('of a month stops in the midst of an execution where others have used it up', async () => {
		const many = Array.from({ length: 510 }, (_none, n) =>
			account(`a${String(n)}`, { goals: [`Goal ${String(n)}`] }),
		);
		let written = false;
		stub.behave(() => {
			// somebody else spends the month's budget while the first five hundred are asked about
			if (!written) void ledgerOf().addSpent('2026-03', 20_000_000);
			written = true;
			return 'good';
		});
		const ran = await runSelector(
			many,
			{ alsoSend: ['goals'], options: { runBudget: 0 } },
			{ stub },
		);
		expect(stub.asked()).toBe(500);
		const left = ran.of(SELECT.selected).slice(500);
		expect(left).toMatchObject(left.map(() => ({ by: 'rules' })));
		expect(JSON.stringify(left[0]?.reasons)).toContain('claude.notAsked');
	});

	it('of a month is that of all executions together, and begins anew', async () => {
		const given = { askAbout: 'account', options: { monthBudget: 0.003, runBudget: 0.003 } };
		await runSelector(different(20), given, { stub });
		const spent = stub.asked();
		expect(stub.billed()).toBeLessThanOrEqual(3_000);
		await ledgerOf().addSpent('2026-03', 3_000);
		const fresh = different(25).slice(20);
		const second = await runSelector(fresh, given, { stub });
		expect(stub.asked()).toBe(spent);
		expect(second.of(SELECT.selected)).toMatchObject(Array(5).fill({ by: 'rules' }));
		await runSelector([account('april')], given, { stub, at: '2026-04-01T09:00:00Z' });
		expect(stub.asked()).toBe(spent + 1);
	});
});

describe('an experiment (R82)', () => {
	const variants = {
		variant: [
			{ name: 'plain', weight: 1, by: 'rules', model: '', instructions: '' },
			{
				name: 'warm',
				weight: 1,
				by: 'claude',
				model: 'claude-haiku-4-5',
				instructions: 'Write warmly.',
			},
		],
	};

	it('asks apart where variants differ in their instructions alone', async () => {
		const variant = ['Write warmly.', 'Write briefly.'].map((instructions, place) => {
			return { name: String(place), weight: 1, by: 'claude', model: '', instructions };
		});
		const many = Array.from({ length: 20 }, (_none, n) => account(`a${String(n)}`));
		await runSelector(many, { experiment: 'tone', variants: { variant } }, { stub });
		expect(stub.asked()).toBe(2);
		expect(sent()).toContain('Write warmly.');
		expect(sent()).toContain('Write briefly.');
	});

	it('assigns accounts for good, asks as the variant says, and is told on the item', async () => {
		const many = Array.from({ length: 60 }, (_none, n) =>
			tip(`a${String(n)}`, `education/a${String(n)}/1`),
		);
		const ran = await runSelector(many, { experiment: 'tone', variants }, { stub });
		const contents = ran.of(SELECT.selected);
		const by = (name: string) => contents.filter(({ variant }) => variant === name);
		expect(by('plain').length + by('warm').length).toBe(60);
		expect(by('plain').length).toBeGreaterThan(15);
		expect(by('warm').length).toBeGreaterThan(15);
		expect(by('plain')).toMatchObject(by('plain').map(() => ({ by: 'rules' })));
		expect(by('warm')).toMatchObject(
			by('warm').map(() => ({ by: 'claude', model: 'claude-haiku-4-5' })),
		);
		expect(sent()).toContain('Write warmly.');
	});

	it('is not told before it can be, and then by its planned accounts', async () => {
		const compare = {
			operation: 'compareVariants',
			experiment: 'tone',
			variants,
			baselinePercent: 30,
			smallestLiftPoints: 60,
		};
		const none = await runSelector([{}], compare);
		expect(none.of(0)).toMatchObject([
			{ verdict: 'tooEarly', progress: [{ sent: 0 }, { sent: 0 }] },
		]);
		expect(JSON.stringify(none.of(0))).not.toMatch(/lift|rate|converted/);
		expect(none.said).toContain('Too early to tell');
	});

	it('with one variant is refused', async () => {
		const ran = await runSelector([account('acme')], { experiment: 'tone', variants: {} });
		expect(ran.error?.message).toContain("'tone' has fewer than two variants");
	});
});

describe('Evaluate', () => {
	it('scores the rules offline, and a model over the wire', async () => {
		const rules = (await runSelector([{}], { operation: 'evaluate' })).of(0)[0];
		expect(rules).toMatchObject({ by: 'rules', profiles: 60, never: 0, invalid: 0, cost: 0 });
		const model = (await runSelector([{}], { operation: 'evaluate' }, { stub })).of(0)[0];
		expect(model).toMatchObject({ by: 'claude-haiku-5-5', profiles: 60, invalid: 0 });
		expect(stub.asked()).toBeGreaterThan(30);
		expect(Number(model?.cost) * 1e6).toBeGreaterThanOrEqual(stub.billed());
	});
});
