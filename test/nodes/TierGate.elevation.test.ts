import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JourneyEvent } from '../../engine/journeys/memory';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';
import { claimOf, eventOf, touchOf } from '../ledger/rows';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 2, 9);

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A health journey gives the account to a person, who gets it. */
async function escalate(
	key: string,
	at: number,
	over: object = {},
	mode: 'live' | 'test' = 'live',
): Promise<void> {
	const ledger = ledgerOf(mode);
	const handOver = { journey: 'intervention', channel: 'human' as const, priority: 1, address: '' };
	await ledger.claim([claimOf(touchOf(key, { ...handOver, ...over }))], at);
	await ledger.confirm([key], at);
}

async function resolve(at: number): Promise<void> {
	await ledgerOf().recordEvents(
		[eventOf(`r${String(at)}`, { type: 'case_resolved', occurredAt: at })],
		at,
	);
}

const health = (score: number, steadyDays?: number): IDataObject => ({
	score,
	band: 'yellow',
	steadyDays,
});
const acme = (over: IDataObject = {}): IDataObject => ({ accountId: 'acme', arr: 2_000, ...over });

async function assign(
	at: number,
	input: readonly IDataObject[],
	{ options = {}, ...parameters }: INodeParameters & { options?: INodeParameters } = {},
	mode: 'trigger' | 'manual' = 'trigger',
): Promise<NodeRun> {
	const now = new Date(at).toISOString();
	return await runNode(new TierGate(), {
		mode,
		input,
		parameters: { ...parameters, options: { now, ...options } },
	});
}

const outputsOf = ({ outputs }: NodeRun): unknown[] =>
	outputs.map((items) => items.map(({ json }) => json.accountId));
const hintsOf = ({ hints }: NodeRun): string[] => hints.map(({ message }) => message);
const tierOf = ({ outputs }: NodeRun): unknown => outputs.flat()[0]?.json.tier;
const TECH_TOUCH = [[], ['acme'], [], []];
const HUMAN_LED = [[], [], [], ['acme']];

async function tierEvents(): Promise<JourneyEvent[]> {
	const { events } = await ledgerOf().timeline(['acme']);
	return events.filter(({ type }) => type.startsWith('tier_'));
}

describe('an account that a health journey gave to a person (P35)', () => {
	it('comes out on the human-led output, with the tier of the rules beside it', async () => {
		await escalate('t', T0);
		const run = await assign(T0 + DAY, [
			acme({ health: health(50, 0) }),
			acme({ accountId: 'other' }),
		]);
		expect(run.error).toBeUndefined();
		expect(outputsOf(run)).toEqual([[], ['other'], [], ['acme']]);
		expect(run.outputs[3]?.[0]?.json.tier).toMatchObject({
			tier: 'highTouch',
			output: 3,
			base: { tier: 'techTouch', output: 1 },
			reasons: [{ code: 'elevated', caseResolved: false, steadyDays: 0 }, { code: 'rule_matched' }],
		});
		expect(run.outputs[1]?.[0]?.json.tier).not.toHaveProperty('base');
		expect(hintsOf(run)).toEqual(['1 account is human-led because of a health escalation.']);
	});

	it('is known by an id with blanks around it, as every other node reads it', async () => {
		await escalate('t', T0);
		const run = await assign(T0 + DAY, [acme({ accountId: ' acme ', health: health(50, 0) })]);
		expect(tierOf(run)).toMatchObject({ tier: 'highTouch', base: { tier: 'techTouch' } });
	});

	it('goes back once its case is resolved and it has been well for 14 days, and stays there', async () => {
		await escalate('t', T0);
		const onDay = async (day: number, score: number, days: number): Promise<unknown> =>
			outputsOf(await assign(T0 + day * DAY, [acme({ health: health(score, days) })]));
		expect(await onDay(20, 70, 14)).toEqual(HUMAN_LED);
		await resolve(T0 + 20 * DAY);
		expect(await onDay(21, 70, 13)).toEqual(HUMAN_LED);
		expect(await onDay(22, 70, 14)).toEqual(TECH_TOUCH);
		// a fall to 63 does not elevate by the old escalation
		expect(await onDay(23, 63, 0)).toEqual(TECH_TOUCH);
		await escalate('u', T0 + 24 * DAY);
		expect(await onDay(24, 50, 0)).toEqual(HUMAN_LED);
		expect((await tierEvents()).map(({ type }) => type)).toEqual([
			'tier_elevated',
			'tier_returned',
			'tier_elevated',
		]);
	});

	it('gets the same answer from two executions, one after the other and at once', async () => {
		await escalate('t', T0);
		await resolve(T0 + DAY);
		const now = T0 + 20 * DAY;
		const run = async (): Promise<unknown> =>
			tierOf(await assign(now, [acme({ health: health(70, 14) })]));
		const answers = await Promise.all([run(), run(), run()]);
		answers.push(await run());
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		expect(answers[0]).toMatchObject({ tier: 'techTouch' });
		expect((await tierEvents()).map(({ type }) => type)).toEqual([
			'tier_elevated',
			'tier_returned',
		]);
	});

	it('is still elevated when the hand-over itself was forgotten', async () => {
		await escalate('t', T0);
		await assign(T0 + DAY, [acme()]);
		const ledger = ledgerOf();
		await ledger.startAfresh('intervention', 0);
		expect(outputsOf(await assign(T0 + 2 * DAY, [acme()]))).toEqual(HUMAN_LED);
		await ledger.erase({ accountIds: ['acme'], addresses: [] });
		expect(outputsOf(await assign(T0 + 2 * DAY, [acme()]))).toEqual(TECH_TOUCH);
	});

	it('says when nothing tells how long it has been well, because it could never go back', async () => {
		await escalate('t', T0);
		expect(hintsOf(await assign(T0, [acme({ health: health(90) })]))[1]).toContain(
			"nothing tells how long the health has been stable (field 'health.steadyDays')",
		);
	});

	it('is told since when by the calendar of the program', async () => {
		await escalate('t', T0 + 12 * 3_600_000);
		const now = new Date(T0 + DAY).toISOString();
		const settings = { timezone: 'Asia/Tokyo' };
		const parameters = { options: { now } };
		const run = await runNode(new TierGate(), {
			mode: 'trigger',
			input: [acme()],
			settings,
			parameters,
		});
		expect(tierOf(run)).toMatchObject({
			reasons: [{ text: expect.stringContaining('on 2026-03-03;') as unknown }, {}],
		});
	});

	it('is found under the ids of records merged into it (P32)', async () => {
		await escalate('t', T0, { accountId: 'old' });
		expect(outputsOf(await assign(T0, [acme({ aliases: ['old'] })]))).toEqual(HUMAN_LED);
		await ledgerOf().linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
		expect(outputsOf(await assign(T0, [acme()]))).toEqual(HUMAN_LED);
	});

	it('is found where the item is the record that was merged (P32)', async () => {
		await escalate('t', T0);
		await ledgerOf().linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
		expect(outputsOf(await assign(T0, [acme({ accountId: 'old' })]))).toEqual([
			[],
			[],
			[],
			['old'],
		]);
	});

	it('is found under a record that only the CRM calls merged, into one the ledger calls merged (P32)', async () => {
		await escalate('t', T0, { accountId: 'older' });
		await ledgerOf().linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
		const item = acme({ accountId: 'old', aliases: ['older'] });
		expect(outputsOf(await assign(T0, [item]))).toEqual([[], [], [], ['old']]);
	});

	it.each<[string, object, INodeParameters & { options?: INodeParameters }]>([
		['by a journey that is none for health', { journey: 'onboarding' }, {}],
		['in a dry run', { dry: true }, {}],
		['where elevation is off', {}, { elevation: false }],
		[
			'where another journey counts as the one for health',
			{},
			{ options: { healthJourneys: 'rescue' } },
		],
	])('is not elevated %s', async (_how, over, parameters) => {
		await escalate('t', T0, over);
		expect(outputsOf(await assign(T0, [acme()], parameters))).toEqual(TECH_TOUCH);
	});

	it('may get another human-led tier, of own rules the one they name first', async () => {
		await escalate('t', T0);
		const options = { humanLedTier: 'pooled' };
		expect(outputsOf(await assign(T0, [acme()], { options }))).toEqual([[], [], ['acme'], []]);
		const rule = [
			{ name: 'Top', output: 4, when: { arrFrom: 9e9 } },
			{ name: 'Rest', output: 2, when: {} },
		];
		const own = { policy: 'own', rules: { rule } };
		expect(outputsOf(await assign(T0, [acme()], own))).toEqual([[], [], [], [], ['acme']]);
		const { error } = await assign(T0, [acme()], { options: { humanLedTier: 'Gold' } });
		expect(error?.message).toBe("'Human-Led Tier' is no tier of this policy");
	});

	it.each([
		[2, 1, 3],
		[1, 2, 3],
		[3, 2, 1],
		[2, 3, 1],
		[1, 1, 1],
	])(
		'gets the most human time of own rules, be High-Touch on %d, Pooled on %d and Digital on %d',
		async (high, pooled, digital) => {
			await escalate('t', T0);
			const top = { name: 'High-Touch', output: high, when: { arrFrom: 50_000 } };
			const middle = { name: 'Pooled', output: pooled, when: { arrFrom: 10_000, arrTo: 49_999 } };
			const low = { name: 'Digital', output: digital, when: { arrTo: 9_999 } };
			const at = async (rule: INodeParameters[], arr: number, tierOrder = ''): Promise<unknown> =>
				tierOf(await assign(T0, [acme({ arr })], { policy: 'own', tierOrder, rules: { rule } }));
			for (const arr of [2_000, 20_000]) {
				expect(await at([top, middle, low], arr)).toMatchObject({
					tier: 'high-touch',
					output: high,
					base: { name: arr === 2_000 ? 'Digital' : 'Pooled' },
				});
			}
			expect(await at([top, middle, low], 60_000)).not.toHaveProperty('base');
			// who writes the small ones first says which tier has the most human time
			const order = 'high touch, Pooled,Digital';
			expect(await at([low, middle, top], 2_000, order)).toMatchObject({ tier: 'high-touch' });
			expect(await at([low, middle, top], 60_000, order)).not.toHaveProperty('base');
		},
	);

	it('has as many days and as good a score to show as the options say', async () => {
		await escalate('t', T0);
		await resolve(T0);
		const options = { stableDays: 3, stableScore: 80 };
		const day = T0 + 10 * DAY;
		const at = async (score: number): Promise<unknown> =>
			outputsOf(await assign(day, [acme({ health: health(score, 3) })], { options }));
		expect(await at(79)).toEqual(HUMAN_LED);
		expect(await at(80)).toEqual(TECH_TOUCH);
	});
});

describe('a run from the editor', () => {
	it('elevates by what was tried, and never by or for what customers have', async () => {
		await escalate('t', T0);
		expect(outputsOf(await assign(T0, [acme()], {}, 'manual'))).toEqual(TECH_TOUCH);
		await escalate('u', T0, {}, 'test');
		expect(outputsOf(await assign(T0, [acme()], {}, 'manual'))).toEqual(HUMAN_LED);
		expect(await tierEvents()).toEqual([]);
	});

	it('forgets what an earlier try elevated, whatever time that one played', async () => {
		const ahead = Date.now() + 1_000 * DAY;
		await escalate('t', ahead, {}, 'test');
		expect(outputsOf(await assign(ahead, [acme()], {}, 'manual'))).toEqual(HUMAN_LED);
		// the next try of the journey begins
		await ledgerOf('test').startAfresh('intervention', Date.now() + 1);
		expect(outputsOf(await assign(ahead, [acme()], {}, 'manual'))).toEqual(TECH_TOUCH);
	});
});

describe('a tier that the CRM knows (P36)', () => {
	it('rises at once and falls at renewal or review', async () => {
		const options = { currentTierField: 'crm.tier' };
		const at = async (over: IDataObject, more: INodeParameters = {}): Promise<unknown> =>
			outputsOf(await assign(T0, [acme(over)], { options: { ...options, ...more } }));
		expect(await at({ crm: { tier: 'Pooled' } })).toEqual([[], [], ['acme'], []]);
		expect(await at({ crm: { tier: 'Pooled' }, arr: 80_000 })).toEqual(HUMAN_LED);
		expect(await at({ crm: { tier: 'Pooled' }, renewalDate: '2026-03-20' })).toEqual(TECH_TOUCH);
		expect(await at({ crm: { tier: 'Pooled' } }, { review: true })).toEqual(TECH_TOUCH);
	});

	it.each<[string, number, number]>([
		['as numbered by human time', 2, 1],
		['numbered the other way round', 1, 2],
		['on one output', 1, 1],
	])('rises at once and falls at renewal also by own rules, %s', async (_how, high, low) => {
		const rule = [
			{ name: 'High-Touch', output: high, when: { arrFrom: 50_000 } },
			{ name: 'Digital', output: low, when: { arrTo: 49_999 } },
		];
		const own = { policy: 'own', rules: { rule }, options: { currentTierField: 'crm' } };
		const at = async (arr: number, crm: string): Promise<unknown> =>
			tierOf(await assign(T0, [acme({ arr, crm, renewalDate: '2026-12-01' })], own));
		expect(await at(60_000, 'Digital')).toMatchObject({ name: 'High-Touch' });
		expect(await at(60_000, 'Digital')).not.toHaveProperty('next');
		expect(await at(2_000, 'High-Touch')).toMatchObject({
			name: 'High-Touch',
			output: high,
			next: { name: 'Digital', output: low },
		});
	});

	it('says where no item tells one, and where one is none of the policy', async () => {
		const options = { currentTierField: 'crmTeir' };
		const run = await assign(T0, [acme({ crmTier: 'Pooled' }), acme({ crmTier: 'n/a' })], {
			options,
		});
		expect(outputsOf(run)).toEqual([[], ['acme', 'acme'], [], []]);
		expect(hintsOf(run)).toEqual([
			"'Current Tier Field' crmTeir was found in no item: no tier is kept until renewal.",
		]);
		const input = ['Pooled', 'Gold', 'Silver', ''].map((crmTier) => acme({ crmTier }));
		expect(hintsOf(await assign(T0, input, { options: { currentTierField: 'crmTier' } }))).toEqual([
			"Field 'crmTier' names no tier of this policy in 2 accounts: no tier is kept.",
		]);
		expect(hintsOf(await assign(T0, [], { options }))).toEqual([]);
	});

	it('says where a renewal cannot be read, for then it could never fall', async () => {
		const options = { currentTierField: 'crmTier' };
		const input = [acme({ crmTier: 'Pooled', renewalDate: 'spring' })];
		expect(hintsOf(await assign(T0, input, { options }))).toEqual([
			"Field 'renewalDate' is no date in 1 account: the tier falls only in a review.",
		]);
	});

	it('does not keep an account human-led that was so because of an escalation only', async () => {
		const options = { currentTierField: 'crmTier' };
		await escalate('t', T0);
		await resolve(T0 + DAY);
		const on = async (day: number, days: number, crmTier: string): Promise<unknown> =>
			outputsOf(
				await assign(T0 + day * DAY, [acme({ crmTier, health: health(70, days) })], { options }),
			);
		expect(await on(10, 9, 'High-Touch')).toEqual(HUMAN_LED);
		expect(await on(15, 14, 'High-Touch')).toEqual(TECH_TOUCH);
		expect(await on(16, 15, 'High-Touch')).toEqual(TECH_TOUCH);
		// a month after the return it is no leftover of the escalation any more
		expect(await on(45, 44, 'High-Touch')).toEqual(TECH_TOUCH);
		expect(await on(46, 45, 'High-Touch')).toEqual(HUMAN_LED);
	});

	it('does not fall in mid-term because of an escalation, from before it to weeks after', async () => {
		const options = { currentTierField: 'crmTier' };
		const facts = { crmTier: 'pooled', arr: 5_000, renewalDate: '2026-12-01', termMonths: 12 };
		const on = async (day: number, score: number, days: number): Promise<unknown> =>
			tierOf(
				await assign(T0 + day * DAY, [acme({ ...facts, health: health(score, days) })], {
					options,
				}),
			);
		const pooled = { tier: 'pooled', name: 'Pooled', output: 2 };
		const next = { tier: 'techTouch', name: 'Tech-Touch', output: 1 };
		expect(await on(0, 50, 0)).toMatchObject({ ...pooled, next });
		await escalate('t', T0 + DAY);
		expect(await on(2, 50, 0)).toMatchObject({
			tier: 'highTouch',
			base: pooled,
			next,
			reasons: [{ code: 'elevated' }, { code: 'kept_until_renewal' }, { code: 'rule_matched' }],
		});
		await resolve(T0 + 3 * DAY);
		for (const day of [20, 21, 49, 50, 51, 90]) {
			const tier = await on(day, 70, day - 6);
			expect(tier).toMatchObject({ ...pooled, next });
			expect(tier).not.toHaveProperty('base');
		}
	});
});
