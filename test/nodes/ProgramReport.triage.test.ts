import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { answer, asking, runRouter } from './EscalationRouter.setup';
import { runReport, type Reported } from './ProgramReport.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** Friday and Monday, 10:00 in Berlin; Monday noon. */
const FRIDAY = '2026-02-27T09:00:00Z';
const MONDAY = '2026-03-02T09:00:00Z';
const NOON = '2026-03-02T11:00:00Z';
const TEAM = 'team@vendor.example';

type Alert = { code: string; since?: string; [field: string]: unknown };

const DROPPED: Alert = { code: 'health_dropped', text: 'Health dropped under 60 on 2026-03-01' };
const FELL = (percent: number): Alert => ({
	code: 'usage_fell',
	percent,
	// P03: 40 % or more is urgent
	priority: percent >= 40 ? 'urgent' : 'normal',
	text: `Usage fell by ${String(percent)} % from one closed week to the next`,
});
const NO_SPONSOR: Alert = {
	code: 'no_sponsor',
	renewal: '2026-04-12',
	text: 'The contract renews in 41 days and no executive sponsor is known',
};

/** An account as Health Score gives it on. */
function scored(id: string, alerts: readonly Alert[], over: IDataObject = {}): IDataObject {
	const { health = {}, ...more } = over;
	return {
		accountId: id,
		name: `Account ${id}`,
		arr: 5_000,
		currency: 'USD',
		...more,
		health: {
			score: 55,
			band: 'red',
			trend4w: null,
			change: 0,
			reasons: [],
			alerts: alerts.map((alert) => ({
				key: `${alert.code}/b2b-saas/${id}/2026-03-01`,
				priority: 'normal',
				since: '2026-03-01',
				...alert,
			})),
			...(health as IDataObject),
		},
	};
}

const triage = async (
	input: readonly IDataObject[],
	given: INodeParameters & { options?: INodeParameters } = {},
): Promise<Reported> => await runReport('triageQueue', NOON, input, { team: TEAM, ...given });
const idsOf = (ran: Reported): unknown[] => ran.items().map(({ accountId }) => accountId);

describe('Triage Queue (R27)', () => {
	it('has deadlines that passed first, then what is urgent, then the rest; each by the money at stake, then by the fall of health', async () => {
		await runRouter(FRIDAY, [asking('late', 'human_requested')]);
		await runRouter(MONDAY, [
			asking('today', 'human_requested'),
			asking('waits', 'human_requested'),
		]);
		await answer('wait', MONDAY, [{ accountId: 'waits' }]);
		const ran = await triage([
			scored('listed', [{ ...DROPPED, baseline: true }], { arr: 90_000 }),
			scored('fine', []),
			scored('unknown', [DROPPED], { arr: undefined }),
			scored('fell-35', [FELL(35)], { arr: 9_000 }),
			scored('gentle', [DROPPED], { arr: 20_000, health: { trend4w: -3 } }),
			scored('steep', [DROPPED], { arr: 20_000, health: { trend4w: -21.5 } }),
			scored('fell-45', [FELL(45)], { arr: 9_000 }),
			scored('today', [], { arr: 7_000 }),
			scored('waits', [], { arr: 80_000 }),
			scored('late', [], { arr: 1_000 }),
		]);
		expect(ran.reports().map(({ rank, pressing }) => [rank, pressing])).toEqual([
			[1, 'overdue'],
			[2, 'urgent'],
			[3, 'urgent'],
			[4, 'normal'],
			[5, 'normal'],
			[6, 'normal'],
			[7, 'normal'],
			[8, 'waiting'],
			[9, 'baseline'],
		]);
		expect(idsOf(ran)).toEqual([
			...['late', 'fell-45', 'today'],
			...['steep', 'gentle', 'fell-35', 'unknown'],
			...['waits', 'listed'],
		]);
		expect(ran.said).toContain('9 of 10 accounts need a look.');
	});

	it('compares ARR in one currency only (P36)', async () => {
		const ran = await triage(
			[
				scored('yen', [DROPPED], { arr: 900_000, currency: 'JPY' }),
				scored('euro', [DROPPED], { arr: 9_000, currency: 'EUR' }),
				scored('dollar', [DROPPED], { arr: 9_500 }),
				scored('pound', [DROPPED], { arr: 99_000, currency: 'GBP' }),
			],
			{ options: { rates: 'EUR 1.1, JPY 0.007' } },
		);
		// 9,900 · 9,500 · 6,300 · nobody knows
		expect(idsOf(ran)).toEqual(['euro', 'dollar', 'yen', 'pound']);
	});

	it('says of each why, by code and values first, and what to do next', async () => {
		const ran = await triage([
			scored('sponsor', [DROPPED, NO_SPONSOR]),
			scored('urgent', [FELL(45)]),
			scored('fell', [FELL(35)]),
			scored('dropped', [DROPPED], {
				health: { reasons: [{ code: 'signal_lowers', text: 'Adoption is 0.2' }] },
			}),
		]);
		const { sponsor, urgent, fell, dropped } = Object.fromEntries(
			ran.items().map(({ accountId, report }) => [accountId, report]),
		) as Record<string, IDataObject>;
		expect(sponsor).toMatchObject({
			reasons: [
				{ code: 'no_sponsor', renewal: '2026-04-12', text: expect.any(String) as string },
				{ code: 'health_dropped' },
			],
			nextStep: {
				code: 'call_about_sponsor',
				days: 41,
				text: 'Call about the missing sponsor: renewal in 41 days',
			},
		});
		expect(urgent).toMatchObject({
			pressing: 'urgent',
			reasons: [{ code: 'usage_fell', percent: 45, priority: 'urgent' }],
			nextStep: { code: 'call_about_usage', percent: 45 },
		});
		expect(fell).toMatchObject({ nextStep: { code: 'ask_what_changed', percent: 35 } });
		expect(dropped).toMatchObject({
			nextStep: {
				code: 'look_into_health',
				text: 'Look into what lowers the score: Adoption is 0.2',
			},
		});
	});

	it('with an open case says its deadline and the step the desk suggests; an alert that is part of it once only', async () => {
		const alert = scored('acme', [FELL(45)]);
		await runRouter(MONDAY, [alert]);
		const [acme] = (await triage([alert])).reports();
		expect(acme).toMatchObject({
			case: 1,
			// an urgent alert: 4 business hours from 10:00 (P07)
			dueAt: '2026-03-02T14:00:00+01:00',
			reasons: [
				{ code: 'case_due', no: 1, measure: 'acknowledge', dueAt: '2026-03-02T14:00:00+01:00' },
				{ code: 'usage_fell' },
			],
			nextStep: { code: 'acknowledge' },
			owner: { email: 'ana@vendor.example', name: 'Ana' },
		});
		expect(acme?.reasons).toHaveLength(2);
	});

	it('lists a case of an account that is not among the items, by what the desk knows of it', async () => {
		await runRouter(MONDAY, [
			scored('elsewhere', [DROPPED], { arr: 12_000, name: 'Elsewhere Inc' }),
		]);
		expect((await triage([scored('fine', [])])).items()).toMatchObject([
			{ accountId: 'elsewhere', name: 'Elsewhere Inc', report: { arr: 12_000, case: 1 } },
		]);
	});

	it('lists no alert that somebody has dealt with, nor a test account, nor one that has left', async () => {
		const settled = scored('settled', [DROPPED]);
		await runRouter(FRIDAY, [settled]);
		await answer('resolve', MONDAY, [{ accountId: 'settled' }]);
		const ran = await triage([
			settled,
			scored('test', [DROPPED], { excluded: 'test' }),
			scored('left', [DROPPED], { lifecycleStage: 'churned' }),
		]);
		expect(idsOf(ran)).toEqual([]);
	});

	it('finds the case of a record that was merged with the account (P32)', async () => {
		await runRouter(MONDAY, [asking('old', 'human_requested')]);
		await ledgerOf().linkAliases([{ alias: 'old', accountId: 'new' }], Date.parse(MONDAY));
		const ran = await triage([scored('new', [])]);
		expect(ran.items()).toMatchObject([{ accountId: 'new', report: { case: 1 } }]);
	});
});

describe('the lists of Triage Queue', () => {
	it('are one per owner: of the case, else the success manager, else the team', async () => {
		await runRouter(MONDAY, [asking('case', 'human_requested')]);
		const lists = (
			await triage([
				scored('case', [], { csm: 'carla@vendor.example' }),
				scored('own', [DROPPED], { csm: 'Carla@Vendor.example' }),
				scored('named', [DROPPED], { csm: 'Carla Jones' }),
				scored('nobody', [FELL(45)], { arr: 6_000 }),
			])
		).reports(1);
		expect(lists.map(({ owner, accounts, subject }) => [owner, accounts, subject])).toEqual([
			[
				{ email: TEAM, name: TEAM },
				['nobody', 'named'],
				'Triage: 2 customers need a look, 1 urgent',
			],
			[
				{ email: 'ana@vendor.example', name: 'Ana' },
				['case'],
				'Triage: 1 customer needs a look, all urgent',
			],
			[
				{ email: 'carla@vendor.example', name: 'Carla@Vendor.example' },
				['own'],
				'Triage: 1 customer needs a look',
			],
		]);
		expect(lists[0]?.html).toContain('with Carla Jones');
	});

	it('can be read by mail and in Slack, whatever a customer is called', async () => {
		const [list] = (
			await triage(
				[scored('evil', [NO_SPONSOR], { name: '<b>Bobby</b> & <!channel>', arr: 48_000 })],
				{
					options: { accountLink: 'https://crm.example.com/a?id={accountId}' },
				},
			)
		).reports(1);
		expect(list?.html).toContain('&lt;b&gt;Bobby&lt;/b&gt; &amp; &lt;!channel&gt;');
		expect(list?.html).not.toContain('<b>');
		expect(list?.html).toContain('href="https://crm.example.com/a?id=evil"');
		expect(list?.slack).toContain('&lt;b&gt;Bobby&lt;/b&gt; &amp; &lt;!channel&gt;');
		expect(list?.slack).not.toMatch(/[<>]/);
		for (const text of [list?.html, list?.slack]) {
			expect(text).toContain('ARR 48,000 USD, health 55 (red)');
			expect(text).toContain('Next: Call about the missing sponsor: renewal in 41 days');
		}
	});

	it('say so where nothing needs a look, and can be spared', async () => {
		const empty = await triage([scored('fine', [])]);
		expect(empty.items()).toEqual([]);
		expect(empty.reports(1)).toMatchObject([
			{
				owner: { email: TEAM },
				count: 0,
				subject: 'Triage: nothing needs a look today',
				slack: 'Triage: nothing needs a look today',
			},
		]);
		const spared = await triage([scored('fine', [])], { options: { listWhenEmpty: false } });
		expect(spared.outputs).toEqual([[], []]);
	});

	it('hold the most pressing accounts where there are too many', async () => {
		const many = Array.from({ length: 60 }, (_none, place) =>
			scored(`a${String(place)}`, [DROPPED], { arr: place }),
		);
		const ran = await triage(many, { options: { mostAccounts: 50 } });
		expect(ran.items()).toHaveLength(50);
		expect(ran.said).toContain('60 of 60 accounts need a look; the first 50 are listed.');
		expect(ran.reports(1)[0]?.html).toContain('10 more in the queue');
	});
});

describe('Triage Queue', () => {
	it('changes neither its items nor the ledger, and gives the same twice', async () => {
		const input = [scored('acme', [DROPPED])];
		const before = structuredClone(input);
		const ran = await triage(input);
		expect(input).toEqual(before);
		expect((await triage(input)).outputs).toEqual(ran.outputs);
		expect(ran.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
	});

	it('warns where nothing was scored', async () => {
		expect((await triage([{ accountId: 'acme' }])).said).toContain('No account has been scored');
	});

	it('names what is wrong with its settings', async () => {
		const wrong = await triage([{}], { team: 'the team' });
		expect(wrong.error?.message).toContain('Team Address: is no e-mail address');
		const rate = await triage([{}], { options: { rates: 'EUR' } });
		expect(rate.error?.message).toContain("'EUR' is no exchange rate");
	});
});
